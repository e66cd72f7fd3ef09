"""When a party or a deadline that was found is the one that annotators meant."""

from __future__ import annotations

import re

from textsafe.records import Deadline
from textsafe.training.corpus import GoldDeadline

SCORED_KINDS = frozenset({"by", "span", "recurring", "relative", "event"})
_UNSEEN = re.compile(r"[\s“”\"']")
_HALF_WIDTH = str.maketrans("()", "（）")
_AROUND_EVENT = re.compile(r"[\s“”]|(?:之?前|前夕|期间|之?后|之?内)$")
_WEEKS = re.compile(r"P(\d+)W")

Value = tuple[object, ...]


def name_key(name: str) -> str:
    """Return what two writings of one name share: no blanks, no quotes, full-width brackets, no 等.

    >>> name_key("各县(市、 区)等")
    '各县（市、区）'
    """
    return _UNSEEN.sub("", name).translate(_HALF_WIDTH).rstrip("等")


def deadline_value(deadline: Deadline | GoldDeadline) -> Value:
    """Return what a deadline means, for comparison; how it is written does not count.

    What is counted from the document itself is a plain date; weeks are days; an event is compared
    without 前, 期间, 后.

    >>> from textsafe.mentions.deadlines import find_deadlines
    >>> deadline_value(find_deadlines("汛期前完成", None)[0])
    ('event', '汛期')
    """
    kind, due = deadline.kind, deadline.due
    if kind == "relative" and due and not deadline.after:
        kind = "by"
    match kind:
        case "by":
            return (kind, due)
        case "span":
            return (kind, deadline.start and str(deadline.start), due)
        case "recurring":
            return (kind, deadline.every)
        case "relative":
            weeks = _WEEKS.fullmatch(deadline.duration or "")
            duration = f"P{7 * int(weeks[1])}D" if weeks else deadline.duration
            return (kind, duration, deadline.working_days)
        case "event":
            return (kind, _AROUND_EVENT.sub("", deadline.event or deadline.text))
    return (kind,)
