"""Tables that run on over the end of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from textsafe.document import BBox
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
_Row = list[RawCell]


def join_tables(items: Iterable[Item], heights: Mapping[int, float]) -> list[Item]:
    """Return `items` with each table that runs on at the top of the next page made one.

    Args:
        items: Lines and tables of all pages in reading order, without furniture.
        heights: Height of each page in points, by its number.
    """
    joined: list[Item] = []
    parts: list[PageTable] = []
    for item in items:
        if parts and not (isinstance(item, PageTable) and _runs_on(parts[-1], item, heights)):
            joined.append(_joined(parts))
            parts = []
        if isinstance(item, PageTable):
            parts.append(item)
        else:
            joined.append(item)
    return [*joined, _joined(parts)] if parts else joined


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


def _joined(parts: Sequence[PageTable]) -> PageTable:
    if len(parts) == 1:
        return parts[0]
    edges = max((part.edges for part in parts), key=len)
    rows: list[_Row] = []
    places: list[tuple[int, BBox]] = []
    head: list[_Row] = []
    full: frozenset[int] | None = None
    for part in parts:
        more, where = _rows(part, edges), list(part.rows)
        if not rows:
            head = more[:HEAD_ROWS]
        else:
            if not part.ruled:
                more[0] = _without_glued_head(head[0], more[0])
            repeated = _repeated_head(head, more)
            more, where = more[repeated:], where[repeated:]
            if _is_cut(rows[-1], more[0], full):
                rows[-1] = _with_rest(rows[-1], more[0])
                more, where = more[1:], where[1:]
        rows += more
        places += where
        full = part.full if part.edges == edges else None
    cells = tuple(replace(cell, row=number) for number, row in enumerate(rows) for cell in row)
    return replace(parts[0], cells=cells, edges=edges, rows=tuple(places))


def _rows(table: PageTable, edges: Sequence[float]) -> list[_Row]:
    """Return the cells of each row, their columns counted by `edges`."""
    rows: list[_Row] = [[] for _ in table.rows]
    for cell in _on_edges(table, edges):
        rows[cell.row].append(cell)
    return rows


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


def _texts(row: _Row) -> dict[int, str]:
    return {cell.column: cell.text for cell in row}


def _repeated_head(head: Sequence[_Row], rows: Sequence[_Row]) -> int:
    """Return how many rows at the top of `rows`, not all of them, repeat those of `head`."""
    count = 0
    for above, row in zip(head, rows[:-1], strict=False):
        texts = _texts(row)
        if not any(texts.values()) or texts != _texts(above):
            break
        count += 1
    return count


def _without_glued_head(head: _Row, row: _Row) -> _Row:
    """Take a repeated head off the row that it was read with.

    Where no line parts them, the rest of a row that the page cuts, with nothing in its first
    column, looks like a part of the head above it.
    """
    heads, texts = _texts(head), _texts(row)
    glued = all(text and texts.get(column, "").startswith(text) for column, text in heads.items())
    if not glued or texts == heads:
        return row
    return [replace(cell, text=cell.text.removeprefix(heads.get(cell.column, ""))) for cell in row]


def _is_cut(row: _Row, rest: _Row, full: frozenset[int] | None) -> bool:
    """Tell whether the page ends within a row.

    Then the rest of it has nothing in the first column, and all that it has goes on with cells
    whose last line was full. Where it is not known which were, it must fill fewer cells than the
    beginning, and go on with one that was not finished.
    """
    above, below = _texts(row), _texts(rest)
    if below.get(0) or not above.get(0) or any(cell.row_span > 1 for cell in rest):
        return False
    filled = {column for column, text in below.items() if text}
    unfinished = {column for column in filled if above.get(column, "。")[-1:] not in _FINISHED}
    if filled and full is not None and unfinished == filled <= full:
        return True
    fewer = len(filled) < sum(bool(text) for column, text in above.items() if column)
    return fewer and bool(unfinished)


def _with_rest(row: _Row, rest: _Row) -> _Row:
    texts = _texts(rest)
    return [
        replace(cell, text=cell.text + joint(cell.text, texts[cell.column]) + texts[cell.column])
        if texts.get(cell.column)
        else cell
        for cell in row
    ]
