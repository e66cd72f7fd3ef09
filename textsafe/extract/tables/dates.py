"""Cells that hold nothing but a deadline: 2024.6.1-2024.6.30, 6.30前, 6月底, 长期坚持."""

from __future__ import annotations

import datetime as dt
import re

from textsafe.document import Span
from textsafe.mentions.deadlines import Anchor, deadlines_in
from textsafe.records import Deadline

# A bare date in such a cell is a deadline, as it is after this label.
_LABEL = "完成时限："
# Days have two digits where the month stands alone: a sheet shows a 6.30 typed as a number as 6.3.
_FIGURES = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)[.．/-](?P<month>\d{1,2})[.．/-](?P<day>\d{1,2})"
    r"|(?P<month2>\d{1,2})[.．](?P<day2>\d{2}))(?![\d.．%])日?"
)
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[年.．/-](\d{1,2})[月.．/-](\d{1,2})(?!\d)")
_RANGE = re.compile(r"[-—–－~～至到]{1,2}")


def day_in(cell: str) -> dt.date | None:
    """Return the day that a cell gives with its year, or None.

    >>> str(day_in("2024.3.5")), str(day_in("2024年3月5日"))
    ('2024-03-05', '2024-03-05')
    """
    match = _DAY.search("".join(cell.split()))
    try:
        return dt.date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def slot_deadlines(text: str, span: Span, anchor: Anchor) -> list[Deadline]:
    """Return the deadlines of a cell that is there for them.

    Args:
        text: The text of the document.
        span: Where the cell's text stands.
        anchor: What its times are resolved against.

    >>> from textsafe.mentions.deadlines import NOWHERE
    >>> cell = "2024.6.1-2024.6.30"
    >>> found = slot_deadlines(cell, Span(start=0, end=18), NOWHERE)
    >>> [(d.text, str(d.start), d.due) for d in found]
    [('2024.6.1-2024.6.30', '2024-06-01', '2024-06-30')]
    """
    cell = span.of(text)
    written, places = _in_words(cell)
    found = deadlines_in(_LABEL + written, anchor)
    return [
        _as_written(deadline, cell, span, places)
        for deadline in found
        if deadline.span.start >= len(_LABEL)
    ]


def _in_words(cell: str) -> tuple[str, list[int]]:
    """Write out dates in figures, where a range of them or a day without a year is meant.

    Returns:
        The text, and for each of its characters, and its end, the place in `cell`.
    """
    dates = list(_FIGURES.finditer(cell))
    is_range = len(dates) == 2 and _RANGE.fullmatch(cell[dates[0].end() : dates[1].start()].strip())
    pieces: list[str] = []
    places: list[int] = []
    position = 0
    for match in dates:
        month, day = match["month"] or match["month2"], match["day"] or match["day2"]
        if (match["year"] and not is_range) or not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
            continue
        words = (f"{match['year']}年" if match["year"] else "") + f"{int(month)}月{int(day)}日"
        pieces += [cell[position : match.start()], words]
        places += range(position, match.start())
        places += [match.start()] * len(words)
        position = match.end()
    pieces.append(cell[position:])
    places += range(position, len(cell) + 1)
    return "".join(pieces), places


def _as_written(deadline: Deadline, cell: str, span: Span, places: list[int]) -> Deadline:
    start, end = (edge - len(_LABEL) for edge in (deadline.span.start, deadline.span.end))
    first, last = places[start], places[end]
    said = cell[first:last]
    trace = deadline.trace.replace(deadline.text, said) if deadline.trace else deadline.trace
    where = Span(start=span.start + first, end=span.start + last)
    return deadline.model_copy(update={"text": said, "span": where, "trace": trace})
