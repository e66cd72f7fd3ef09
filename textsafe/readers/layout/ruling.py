"""The cells of ruled tables, found from the straight lines that are drawn on a page.

The lines cut the page into fields. Fields with no line between them belong together, and what
belongs together, is a rectangle and is closed on all sides is a cell; so merged cells need no
rule of their own. The cost is linear in the number of fields.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textsafe.document import BBox

# How much a drawn line may slant, in points; few are exactly straight.
SLACK = 1.0
# The widest bar that counts as a line, in points.
MAX_WIDTH = 3.0
# Lines closer than this, in points, are one line drawn twice or the two sides of a thin bar, and
# the end of a line this close to another one meets it.
SNAP = 3.0
# More than the fields of any table: places of vertical times places of horizontal lines.
MAX_FIELDS = 5_000

_Field = tuple[int, int]


class Stroke(NamedTuple):
    """A horizontal or vertical line: its place across, and where along it starts and ends."""

    place: float
    start: float
    end: float


class TooManyLinesError(Exception):
    """The page has more lines than a table has: it is a drawing."""


class Ruling:
    """The horizontal and vertical lines of one page; lengths in points from the top left."""

    def __init__(self) -> None:
        self._horizontal: list[Stroke] = []
        self._vertical: list[Stroke] = []

    def add_line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Add a line; one that is neither horizontal nor vertical is left out."""
        width, height = abs(x1 - x0), abs(y1 - y0)
        if height <= SLACK < width:
            self._horizontal.append(Stroke((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif width <= SLACK < height:
            self._vertical.append(Stroke((x0 + x1) / 2, min(y0, y1), max(y0, y1)))

    def add_bar(self, box: BBox) -> None:
        """Add a filled rectangle if it is so thin that it is seen as a line."""
        x0, top, x1, bottom = box
        width, height = x1 - x0, bottom - top
        if height <= MAX_WIDTH and height < width:
            self._horizontal.append(Stroke((top + bottom) / 2, x0, x1))
        elif width <= MAX_WIDTH and width < height:
            self._vertical.append(Stroke((x0 + x1) / 2, top, bottom))

    def tables(self) -> list[list[BBox]]:
        """Return the cells of each table, for ``take_tables``.

        Raises:
            TooManyLinesError: These are not the lines of tables.

        >>> ruling = Ruling()
        >>> for x in (100, 200, 300):
        ...     ruling.add_line(x, 50, x, 80)
        >>> for y in (50, 80):
        ...     ruling.add_line(100, y, 300, y)
        >>> ruling.tables()
        [[(100.0, 50.0, 200.0, 80.0), (200.0, 50.0, 300.0, 80.0)]]
        """
        xs = _places(self._vertical)
        ys = _places(self._horizontal)
        # Two cells side by side, the smallest table, have three lines one way and two the other.
        if min(len(xs), len(ys)) < 2 or len(xs) + len(ys) < 5:
            return []
        if len(xs) * len(ys) > MAX_FIELDS:
            raise TooManyLinesError
        walls_x = _walls(self._vertical, xs, ys)
        walls_y = _walls(self._horizontal, ys, xs)
        return _Fields(xs, ys, walls_x, walls_y).tables()


def _places(strokes: Sequence[Stroke]) -> list[float]:
    """The different places of lines; those within ``SNAP`` of the first are one, in its middle."""
    groups: list[list[float]] = []
    for place in sorted(stroke.place for stroke in strokes):
        if groups and place - groups[-1][0] <= SNAP:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [(group[0] + group[-1]) / 2 for group in groups]


def _walls(
    strokes: Iterable[Stroke], places: Sequence[float], along: Sequence[float]
) -> set[_Field]:
    """Say between which places `along` there is a line: (index of its place, index along)."""
    lines: defaultdict[int, list[Stroke]] = defaultdict(list)
    for stroke in strokes:
        index = bisect_left(places, stroke.place)
        near = [i for i in (index - 1, index) if 0 <= i < len(places)]
        lines[min(near, key=lambda i: abs(places[i] - stroke.place))].append(stroke)
    walls = set()
    for index, pieces in lines.items():
        for start, end in _joined(pieces):
            first = bisect_left(along, start - SNAP)
            last = bisect_left(along, end + SNAP) - 1
            walls |= {(index, step) for step in range(first, last)}
    return walls


def _joined(pieces: Sequence[Stroke]) -> list[tuple[float, float]]:
    """Join pieces of one line that touch or overlap."""
    joined: list[tuple[float, float]] = []
    for _, start, end in sorted(pieces, key=lambda piece: piece.start):
        if joined and start <= joined[-1][1] + SNAP:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined


class _Fields:
    """The fields (column, row) between the lines of a page, gathered into cells."""

    def __init__(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        walls_x: set[_Field],
        walls_y: set[_Field],
    ) -> None:
        self._xs, self._ys = xs, ys
        self._walls_x, self._walls_y = walls_x, walls_y

    def tables(self) -> list[list[BBox]]:
        cells = [cell for region in self._regions() if (cell := self._cell(region)) is not None]
        return _touching(sorted(cells, key=_in_rows))

    def _regions(self) -> list[list[_Field]]:
        """Gather the fields with no line between them."""
        left = {(x, y) for x in range(len(self._xs) - 1) for y in range(len(self._ys) - 1)}
        regions = []
        while left:
            region, queue = [], [left.pop()]
            while queue:
                field = queue.pop()
                region.append(field)
                for neighbour in self._open_to(field):
                    if neighbour in left:
                        left.remove(neighbour)
                        queue.append(neighbour)
            regions.append(region)
        return regions

    def _open_to(self, field: _Field) -> list[_Field]:
        x, y = field
        neighbours = [
            ((x - 1, y), (x, y) in self._walls_x),
            ((x + 1, y), (x + 1, y) in self._walls_x),
            ((x, y - 1), (y, x) in self._walls_y),
            ((x, y + 1), (y + 1, x) in self._walls_y),
        ]
        return [neighbour for neighbour, wall in neighbours if not wall]

    def _cell(self, region: Sequence[_Field]) -> BBox | None:
        """Return the box of a region that is a closed rectangle."""
        columns = [x for x, _ in region]
        rows = [y for _, y in region]
        x0, x1, y0, y1 = min(columns), max(columns) + 1, min(rows), max(rows) + 1
        if (x1 - x0) * (y1 - y0) != len(region):
            return None
        sides = all((x, y) in self._walls_x for x in (x0, x1) for y in range(y0, y1))
        ends = all((y, x) in self._walls_y for y in (y0, y1) for x in range(x0, x1))
        if not sides or not ends:
            return None
        return float(self._xs[x0]), float(self._ys[y0]), float(self._xs[x1]), float(self._ys[y1])


def _touching(cells: Sequence[BBox]) -> list[list[BBox]]:
    """Gather cells that share a corner into tables, in the order of their first cells."""
    at: defaultdict[tuple[float, float], list[BBox]] = defaultdict(list)
    for cell in cells:
        for corner in _corners(cell):
            at[corner].append(cell)
    left = dict.fromkeys(cells)
    tables = []
    for first in cells:
        if first not in left:
            continue
        del left[first]
        table, queue = [], [first]
        while queue:
            cell = queue.pop()
            table.append(cell)
            for neighbour in (other for corner in _corners(cell) for other in at[corner]):
                if neighbour in left:
                    del left[neighbour]
                    queue.append(neighbour)
        tables.append(sorted(table, key=_in_rows))
    return tables


def _corners(cell: BBox) -> list[tuple[float, float]]:
    x0, top, x1, bottom = cell
    return [(x0, top), (x1, top), (x0, bottom), (x1, bottom)]


def _in_rows(cell: BBox) -> tuple[float, float]:
    return cell[1], cell[0]
