"""What is to be done, as a ledger would have it: without number, subject, time and brackets."""

from __future__ import annotations

import re

from textsafe.extract.drafts import Draft
from textsafe.structure.numbering import SPOKEN, label_at

_LEAD_IN = re.compile(
    r"(?:同时|此外|另外|其中|特别是|对此|为此|今后|下一步|当前|原则上|并|还|也|都|[，,、：:；;\s])+"
)
_ORDER_WORD = re.compile(
    r"(?:务必要|一定要|必须要|要|必须|应当|应(?!急)|须|务必|需)(?!求|素|点|件|害)"
)


def action_of(draft: Draft) -> str:
    """Return the action of a task: the unit without what the other fields already say.

    Args:
        draft: The unit; its number, subject, leading deadline and closing bracket are left out.
            What stands inside the sentence is kept, so that it reads well.
    """
    text = draft.text
    end = len(text)
    for assignment in draft.reading.assignments:
        if assignment.end >= end - 1 and assignment.start > 0:
            end = assignment.start
    start = _skip_time(draft, _label_length(text), end)
    predicate = draft.reading.doers.action_start
    if predicate is not None and start <= predicate < end:
        start = predicate
    if order := _ORDER_WORD.match(text, start, end):
        start = order.end()
    start = _skip_time(draft, start, end)
    return text[start:end].strip().rstrip("。；;，,").strip()


def _label_length(text: str) -> int:
    """Return the length of the number; of 一是 and 一要 the order word 要 is dropped as well."""
    label = label_at(text, 0, len(text))
    if label is None:
        return 0
    return len(label.text) if label.style in SPOKEN else label.length


def _skip_time(draft: Draft, start: int, end: int) -> int:
    times = {
        deadline.span.start - draft.span.start: deadline.span.end - draft.span.start
        for deadline in draft.deadlines
        if deadline.origin == "explicit"
    }
    position = start
    while position < end:
        if position in times and draft.text[times[position]] in "，, ":
            position = times[position]
        elif match := _LEAD_IN.match(draft.text, position, end):
            position = match.end()
        else:
            break
    return position
