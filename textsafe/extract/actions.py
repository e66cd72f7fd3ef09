"""What is to be done, as a ledger would have it: without number, subject, time and brackets."""

from __future__ import annotations

import re

from textsafe.extract.drafts import Draft
from textsafe.structure.numbering import label_at

_LEAD_IN = re.compile(
    r"(?:同时|此外|另外|其中|特别是|对此|为此|今后|下一步|当前|原则上|并|还|也|都|[，,、：:；;\s])+"
)
_ORDER_WORD = re.compile(
    r"(?:务必要|一定要|必须要|要|必须|应当|应(?!急)|须|务必|需)(?!求|素|点|件|害)"
)


def action_of(text: str, draft: Draft) -> str:
    """Return the action of a task: the unit without what the other fields already say.

    Args:
        text: The document's text.
        draft: The unit; its deadlines, doers and assignments are left out where they lead in or
            close the unit. What stands inside the sentence is kept, so that it reads well.
    """
    start, end = draft.span.start, draft.span.end
    for assignment in draft.assignments:
        if assignment.end >= end - 1 and assignment.start > start:
            end = assignment.start
    label = label_at(text, start, end)
    if label and label.style not in {"is", "yao"}:
        start += label.length
    elif label:
        start += 2
    start = _skip_time(text, start, end, draft)
    if draft.doers.action_start is not None and start <= draft.doers.action_start < end:
        start = draft.doers.action_start
    order = _ORDER_WORD.match(text, start, end)
    if order:
        start = order.end()
    start = _skip_time(text, start, end, draft)
    return text[start:end].strip().rstrip("。；;，,").strip()


def _skip_time(text: str, start: int, end: int, draft: Draft) -> int:
    times = {d.span.start: d.span.end for d in draft.deadlines if d.origin == "explicit"}
    position = start
    while position < end:
        if position in times and text[times[position] : times[position] + 1] in "，, ":
            position = times[position]
        elif match := _LEAD_IN.match(text, position, end):
            position = match.end()
        else:
            break
    return position
