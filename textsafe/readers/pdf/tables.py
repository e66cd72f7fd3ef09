"""Ruled tables: lines drawn on a page to cells with their text.

The lines cut the page into a grid. Fields of the grid with no line between them belong to one
cell, so merged cells need no rule of their own. The method is the usual one for ruled tables
(pdfplumber's "lines" strategy) with a flood fill in place of a search for corners.
"""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from textsafe.document import BBox
from textsafe.readers.content import RawCell
from textsafe.readers.pdf.glyphs import Glyph, Segment
from textsafe.readers.pdf.lines import Line, build_lines, joint

# Lines closer than this, in points, are one line drawn twice or the two sides of a thin bar.
SNAP = 3.0
# A page with more distinct lines in one direction is a drawing or graph paper.
MAX_RULES = 200

Field = tuple[int, int]  # column and row of the grid


@dataclass(frozen=True)
class PageTable:
    """A table on one page, its cells in rows from the top."""

    page: int
    bbox: BBox
    cells: tuple[RawCell, ...]


@dataclass(frozen=True)
class _Cell:
    """A rectangle of fields, the last column and row excluded."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True)
class _Rules:
    """Parallel lines: where they stand, and over which stretches each one runs."""

    places: tuple[float, ...]
    stretches: tuple[tuple[tuple[float, float], ...], ...]

    def covers(self, index: int, position: float) -> bool:
        return any(start <= position <= end for start, end in self.stretches[index])


@dataclass(frozen=True)
class _Grid:
    verticals: _Rules
    horizontals: _Rules

    def field_at(self, x: float, y: float) -> Field:
        return bisect(self.verticals.places, x) - 1, bisect(self.horizontals.places, y) - 1

    def neighbours(self, field: Field) -> list[tuple[Field, bool]]:
        """The four fields around, each with whether a line stands between."""
        column, row = field
        xs, ys = self.verticals.places, self.horizontals.places
        x, y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
        return [
            ((column - 1, row), self.verticals.covers(column, y)),
            ((column + 1, row), self.verticals.covers(column + 1, y)),
            ((column, row - 1), self.horizontals.covers(row, x)),
            ((column, row + 1), self.horizontals.covers(row + 1, x)),
        ]

    def box(self, cell: _Cell) -> BBox:
        xs, ys = self.verticals.places, self.horizontals.places
        return xs[cell.left], ys[cell.top], xs[cell.right], ys[cell.bottom]


def take_tables(
    segments: Sequence[Segment], glyphs: Sequence[Glyph], page: int
) -> tuple[list[PageTable], list[Glyph]]:
    """Return the tables of page `page` (from 1) and the characters outside of them."""
    grid = _grid(segments)
    if grid is None:
        return [], list(glyphs)
    cells = _cells(grid)
    owner = {field: cell for cell in cells for field in _fields(cell)}
    contents: dict[_Cell | None, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        middle = grid.field_at((glyph.x0 + glyph.x1) / 2, glyph.baseline - 0.4 * glyph.size)
        contents[owner.get(middle)].append(glyph)
    lines = {cell: build_lines(contents[cell], page) for cell in cells if cell in contents}
    tables = [
        table
        for touching in _touching(grid, cells)
        for table in _between_running_text(touching, lines)
        if any(cell in lines for cell in table)
    ]
    inside = {cell for table in tables for cell in table}
    outside = [glyph for cell, held in contents.items() if cell not in inside for glyph in held]
    return [_table(grid, table, lines, page) for table in tables], outside


def _between_running_text(
    cells: Sequence[_Cell], lines: Mapping[_Cell, Sequence[Line]]
) -> list[list[_Cell]]:
    """Cut a group of cells at those that hold running text: the frame of a page, not a table.

    Such a cell is as wide as the whole and holds more than three lines. What is left is a table
    if it has two columns.
    """
    left, right = min(cell.left for cell in cells), max(cell.right for cell in cells)
    tables: list[list[_Cell]] = [[]]
    for cell in sorted(cells, key=lambda cell: (cell.top, cell.left)):
        if (cell.left, cell.right) == (left, right) and len(lines.get(cell, ())) > 3:
            tables.append([])
        else:
            tables[-1].append(cell)
    return [table for table in tables if len({cell.left for cell in table}) > 1]


def _grid(segments: Sequence[Segment]) -> _Grid | None:
    verticals = _rules((s.x0, s.top, s.bottom) for s in segments if s.bottom - s.top > s.x1 - s.x0)
    horizontals = _rules((s.top, s.x0, s.x1) for s in segments if s.x1 - s.x0 > s.bottom - s.top)
    few, many = sorted((len(verticals.places), len(horizontals.places)))
    # Two cells side by side, the smallest table, have three lines one way and two the other.
    if few < 2 or many < 3 or many > MAX_RULES:
        return None
    return _Grid(verticals, horizontals)


def _rules(lines: Iterable[tuple[float, float, float]]) -> _Rules:
    """Gather (place, start, end) into lines at one place, their stretches joined."""
    groups: list[list[tuple[float, float, float]]] = []
    for line in sorted(lines):
        if (
            groups
            and line[0] - groups[-1][-1][0] <= SNAP
            and line[0] - groups[-1][0][0] <= 2 * SNAP
        ):
            groups[-1].append(line)
        else:
            groups.append([line])
    return _Rules(
        places=tuple(sum(line[0] for line in group) / len(group) for group in groups),
        stretches=tuple(_joined((start, end) for _, start, end in group) for group in groups),
    )


def _joined(stretches: Iterable[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    joined: list[tuple[float, float]] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1] + SNAP:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _cells(grid: _Grid) -> list[_Cell]:
    """Flood the grid: what is closed in on all sides and rectangular is a cell."""
    columns, rows = len(grid.verticals.places) - 1, len(grid.horizontals.places) - 1
    seen: set[Field] = set()
    cells = []
    for seed in ((column, row) for row in range(rows) for column in range(columns)):
        if seed in seen:
            continue
        seen.add(seed)
        region, waiting, closed = [seed], [seed], True
        while waiting:
            for field, wall in grid.neighbours(waiting.pop()):
                if wall or field in seen:
                    continue
                if 0 <= field[0] < columns and 0 <= field[1] < rows:
                    seen.add(field)
                    region.append(field)
                    waiting.append(field)
                else:
                    closed = False
        cell = _Cell(
            left=min(column for column, _ in region),
            top=min(row for _, row in region),
            right=max(column for column, _ in region) + 1,
            bottom=max(row for _, row in region) + 1,
        )
        if closed and len(region) == (cell.right - cell.left) * (cell.bottom - cell.top):
            cells.append(cell)
    return cells


def _fields(cell: _Cell) -> Iterable[Field]:
    return (
        (column, row)
        for column in range(cell.left, cell.right)
        for row in range(cell.top, cell.bottom)
    )


def _touching(grid: _Grid, cells: Sequence[_Cell]) -> list[list[_Cell]]:
    """Group the cells that touch each other."""
    owner = {field: cell for cell in cells for field in _fields(cell)}
    grouped: set[_Cell] = set()
    groups = []
    for seed in cells:
        if seed in grouped:
            continue
        grouped.add(seed)
        group, waiting = [seed], [seed]
        while waiting:
            for field in _fields(waiting.pop()):
                for beside, _ in grid.neighbours(field):
                    cell = owner.get(beside)
                    if cell is not None and cell not in grouped:
                        grouped.add(cell)
                        group.append(cell)
                        waiting.append(cell)
        groups.append(group)
    return groups


def _table(
    grid: _Grid, cells: Sequence[_Cell], lines: Mapping[_Cell, Sequence[Line]], page: int
) -> PageTable:
    lefts = sorted({cell.left for cell in cells})
    tops = sorted({cell.top for cell in cells})
    raw = []
    for cell in cells:
        column, row = lefts.index(cell.left), tops.index(cell.top)
        x0, _, x1, _ = grid.box(cell)
        raw.append(
            RawCell(
                text=_cell_text(lines.get(cell, ()), x1 - x0),
                row=row,
                column=column,
                row_span=max(bisect(tops, cell.bottom - 1) - row, 1),
                column_span=max(bisect(lefts, cell.right - 1) - column, 1),
            )
        )
    raw.sort(key=lambda cell: (cell.row, cell.column))
    boxes = [grid.box(cell) for cell in cells]
    bbox = (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
    return PageTable(page=page, bbox=bbox, cells=tuple(raw))


def _cell_text(lines: Sequence[Line], width: float) -> str:
    """Join the lines of a cell; a line that had room for more ends a paragraph."""
    pieces = [line.text for line in lines[:1]]
    for above, below in pairwise(lines):
        # Two ems: the usual padding of a cell (about 5 points on each side) and rounding.
        full = above.x1 - above.x0 + below.unit >= width - 2 * above.size
        pieces += [joint(above.text, below.text) if full else " ", below.text]
    return "".join(pieces)
