"""Tables that run on over the end of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from textsafe.readers.content import RawCell
from textsafe.readers.layout.lines import Line, joint
from textsafe.readers.layout.tables import PageTable

# Where a table must end, and where the next must begin, in parts of the height of their pages. The
# first leaves room for a row that was too high for the rest of the page.
LOW, HIGH = 0.6, 0.25
# How far the edges of the same column may lie apart on two pages, in points.
SLACK = 4.0
# The same where no lines are drawn: the text of a column begins and ends where it may.
SLACK_UNRULED = 36.0
# The most rows that a repeated head has.
HEAD_ROWS = 3

_FINISHED = "。；！？;!?"

Item = Line | PageTable


def join_tables(items: Iterable[Item], heights: Mapping[int, float]) -> list[Item]:
    """Return `items` with each table that runs on at the top of the next page made one.

    Args:
        items: Lines and tables of all pages in reading order, without furniture.
        heights: Height of each page in points, by its number.
    """
    joined: list[Item] = []
    for item in items:
        last = joined[-1] if joined else None
        if (
            isinstance(item, PageTable)
            and isinstance(last, PageTable)
            and _runs_on(last, item, heights)
        ):
            joined[-1] = _join(last, item)
        else:
            joined.append(item)
    return joined


def _runs_on(above: PageTable, below: PageTable, heights: Mapping[int, float]) -> bool:
    if not above.rows or not below.rows or below.page != above.rows[-1][0] + 1:
        return False
    page, (_, _, _, bottom) = above.rows[-1]
    if bottom < LOW * heights[page] or below.bbox[1] > HIGH * heights[below.page]:
        return False
    few, many = sorted((above.edges, below.edges), key=len)
    if above.ruled != below.ruled or (not above.ruled and len(few) != len(many)):
        return False
    slack = SLACK if above.ruled else SLACK_UNRULED
    return (
        abs(few[0] - many[0]) <= slack
        and abs(few[-1] - many[-1]) <= slack
        and all(any(abs(edge - other) <= slack for other in many) for edge in few)
    )


def _join(above: PageTable, below: PageTable) -> PageTable:
    edges = max(above.edges, below.edges, key=len)
    first, second = _on_edges(above, edges), _on_edges(below, edges)
    if not below.ruled:
        second = _without_glued_head(first, second)
    head = _repeated_head(first, second)
    second = [replace(cell, row=cell.row - head) for cell in second if cell.row >= head]
    places = list(below.rows[head:])
    count = len(above.rows)
    if second and _is_cut(first, second, count - 1):
        first = _with_rest(first, second, count - 1)
        second = [replace(cell, row=cell.row - 1) for cell in second if cell.row > 0]
        places = places[1:]
    cells = [*first, *(replace(cell, row=cell.row + count) for cell in second)]
    return replace(above, cells=tuple(cells), edges=edges, rows=(*above.rows, *places))


def _on_edges(table: PageTable, edges: Sequence[float]) -> list[RawCell]:
    """Count the columns of the cells by `edges`, of which the table may lack some."""
    places = [min(range(len(edges)), key=lambda i: abs(edges[i] - edge)) for edge in table.edges]
    return [
        replace(
            cell,
            column=places[cell.column],
            column_span=max(
                places[min(cell.column + cell.column_span, len(places) - 1)] - places[cell.column],
                1,
            ),
        )
        for cell in table.cells
    ]


def _row(cells: Iterable[RawCell], row: int) -> dict[int, str]:
    return {cell.column: cell.text for cell in cells if cell.row == row}


def _repeated_head(first: Sequence[RawCell], second: Sequence[RawCell]) -> int:
    """Return how many rows at the top of `second` repeat those of `first`."""
    rows = 1 + max(cell.row for cell in second)
    head = 0
    while head < min(HEAD_ROWS, rows - 1):
        row = _row(second, head)
        if not any(row.values()) or row != _row(first, head):
            break
        head += 1
    return head


def _without_glued_head(first: Sequence[RawCell], second: Sequence[RawCell]) -> list[RawCell]:
    """Take a repeated head off the row that it was read with.

    Where no line parts them, the rest of a row that the page cuts, with nothing in its first
    column, looks like a part of the head above it.
    """
    head, row = _row(first, 0), _row(second, 0)
    glued = all(text and row.get(column, "").startswith(text) for column, text in head.items())
    if not glued or row == head:
        return list(second)
    return [
        replace(cell, text=cell.text.removeprefix(head.get(cell.column, "")))
        if cell.row == 0
        else cell
        for cell in second
    ]


def _is_cut(first: Sequence[RawCell], second: Sequence[RawCell], last_row: int) -> bool:
    """Tell whether the page ends within a row.

    Then the rest of it has nothing in the first column and fills fewer cells than its beginning,
    and some cell goes on that was not finished.
    """
    above, below = _row(first, last_row), _row(second, 0)
    if below.get(0) or not above.get(0) or any(c.row == 0 and c.row_span > 1 for c in second):
        return False
    filled = [column for column, text in below.items() if text]
    if not filled or len(filled) >= sum(bool(text) for column, text in above.items() if column):
        return False
    return any(above.get(column, "。")[-1:] not in _FINISHED for column in filled)


def _with_rest(first: Sequence[RawCell], second: Sequence[RawCell], last_row: int) -> list[RawCell]:
    rest = _row(second, 0)
    return [
        replace(cell, text=cell.text + joint(cell.text, rest[cell.column]) + rest[cell.column])
        if cell.row == last_row and rest.get(cell.column)
        else cell
        for cell in first
    ]
