"""Ruled tables: the cells that pdfplumber finds, filled with the characters of the page."""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from textsafe.document import BBox
from textsafe.readers.content import RawCell
from textsafe.readers.layout.glyphs import Glyph
from textsafe.readers.layout.lines import Line, build_lines, joint


@dataclass(frozen=True)
class PageTable:
    """A table that begins on a page, its cells in rows from the top.

    Attributes:
        page: Number of the page on which it begins, from 1.
        bbox: Its place on that page.
        edges: Where its columns begin, and where the last one ends, in points; empty if unknown.
        rows: Page and place of each row; empty if unknown.
        ruled: Whether lines show where its columns end, or only the white between them.
        full: The columns in whose last cell the last line has no room for more, so that the text
            may go on over the page; None if unknown.
    """

    page: int
    bbox: BBox
    cells: tuple[RawCell, ...]
    edges: tuple[float, ...] = ()
    rows: tuple[tuple[int, BBox], ...] = ()
    ruled: bool = True
    full: frozenset[int] | None = None


class _Grid:
    """The fields into which the edges of all cells cut a page, and the cell that has each field.

    A box around other cells is a frame and no cell.
    """

    def __init__(self, cells: Iterable[BBox]) -> None:
        by_size = sorted(set(cells), key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))
        self._xs = sorted({x for cell in by_size for x in (cell[0], cell[2])})
        self._ys = sorted({y for cell in by_size for y in (cell[1], cell[3])})
        self._owners: dict[tuple[int, int], BBox] = {}
        for cell in by_size:
            columns = range(bisect_left(self._xs, cell[0]), bisect_left(self._xs, cell[2]))
            rows = range(bisect_left(self._ys, cell[1]), bisect_left(self._ys, cell[3]))
            fields = list(product(columns, rows))
            if self._owners.keys().isdisjoint(fields):
                self._owners.update(dict.fromkeys(fields, cell))
        self.cells = frozenset(self._owners.values())

    def cell_at(self, x: float, y: float) -> BBox | None:
        return self._owners.get((bisect(self._xs, x) - 1, bisect(self._ys, y) - 1))


def take_tables(
    tables: Sequence[Sequence[BBox]], glyphs: Sequence[Glyph], page: int
) -> tuple[list[PageTable], list[Glyph]]:
    """Fill the cells of a page's tables with its characters.

    Args:
        tables: The boxes of the cells of each table.
        glyphs: The characters of the page.
        page: Its number from 1.

    Returns:
        The tables with text, and the characters outside of them.
    """
    grid = _Grid(cell for table in tables for cell in table)
    contents: dict[BBox | None, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        middle = (glyph.x0 + glyph.x1) / 2, glyph.baseline - 0.4 * glyph.size
        contents[grid.cell_at(*middle)].append(glyph)
    lines = {cell: build_lines(held, page) for cell, held in contents.items() if cell is not None}
    kept = [
        part
        for table in tables
        for part in _between_running_text([cell for cell in table if cell in grid.cells], lines)
        if any(cell in lines for cell in part)
    ]
    inside = {cell for part in kept for cell in part}
    outside = [glyph for cell, held in contents.items() if cell not in inside for glyph in held]
    return [_table(part, lines, page) for part in kept], outside


def _between_running_text(
    cells: Sequence[BBox], lines: Mapping[BBox, Sequence[Line]]
) -> list[list[BBox]]:
    """Cut a table at those that hold running text: the frame of a page, not a table.

    Such a cell is as wide as the whole and holds more than three lines. What is left is a table
    if it has two columns.
    """
    left = min((cell[0] for cell in cells), default=0.0)
    right = max((cell[2] for cell in cells), default=0.0)
    tables: list[list[BBox]] = [[]]
    for cell in sorted(cells, key=lambda cell: (cell[1], cell[0])):
        if (cell[0], cell[2]) == (left, right) and len(lines.get(cell, ())) > 3:
            tables.append([])
        else:
            tables[-1].append(cell)
    return [table for table in tables if len({cell[0] for cell in table}) > 1]


def _table(cells: Sequence[BBox], lines: Mapping[BBox, Sequence[Line]], page: int) -> PageTable:
    lefts = sorted({cell[0] for cell in cells})
    tops = sorted({cell[1] for cell in cells})
    raw = []
    for cell in cells:
        x0, top, x1, bottom = cell
        row, column = tops.index(top), lefts.index(x0)
        raw.append(
            RawCell(
                text=_cell_text(lines.get(cell, ()), cell),
                row=row,
                column=column,
                row_span=bisect_left(tops, bottom) - row,
                column_span=bisect_left(lefts, x1) - column,
            )
        )
    raw.sort(key=lambda cell: (cell.row, cell.column))
    bbox = (
        lefts[0],
        tops[0],
        max(cell[2] for cell in cells),
        max(cell[3] for cell in cells),
    )
    bottoms = [*tops[1:], bbox[3]]
    rows = [
        (page, (bbox[0], top, bbox[2], bottom)) for top, bottom in zip(tops, bottoms, strict=True)
    ]
    full = frozenset(
        lefts.index(cell[0])
        for cell in cells
        if cell[1] == tops[-1] and lines.get(cell) and _is_full(lines[cell][-1], cell)
    )
    return PageTable(
        page=page,
        bbox=bbox,
        cells=tuple(raw),
        edges=(*lefts, bbox[2]),
        rows=tuple(rows),
        full=full,
    )


def _is_full(line: Line, cell: BBox, unit: float | None = None) -> bool:
    """Tell whether a line of a cell has no room for `unit` more points, one character if None.

    Two ems: the usual padding of a cell (about 5 points on each side) and rounding.
    """
    return line.x1 - line.x0 + (unit or line.size) >= cell[2] - cell[0] - 2 * line.size


def _cell_text(lines: Sequence[Line], cell: BBox) -> str:
    """Join the lines of a cell; a line that had room for more ends a paragraph."""
    pieces = [line.text for line in lines[:1]]
    for above, below in pairwise(lines):
        full = _is_full(above, cell, below.unit)
        pieces += [joint(above.text, below.text) if full else " ", below.text]
    return "".join(pieces)
