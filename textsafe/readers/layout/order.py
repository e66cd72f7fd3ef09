"""Reading order: which lines of a page stand in columns, and what is read after what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from textsafe.readers.layout.gutters import Gutter, Row, build_rows, find_gutters
from textsafe.readers.layout.lines import Line
from textsafe.readers.layout.tables import PageTable

# What makes columns of text, not of a table: lines beside one another, wide, and mostly full.
MIN_LINES = 3
MIN_WIDTH = 9.0  # in parts of the font size
FULL = 0.85
MOSTLY = 0.5

Item = Line | PageTable


@dataclass(frozen=True)
class _Band:
    """The rows ``first`` to ``last`` (inclusive) of a page, which stand in columns."""

    first: int
    last: int
    gutters: tuple[float, ...]

    def column(self, item: Item) -> int:
        """Return in which column `item` stands, from 1."""
        middle = (item.bbox[0] + item.bbox[2]) / 2
        return 1 + sum(middle > gutter for gutter in self.gutters)


def arrange(items: Iterable[Item]) -> list[Item]:
    """Return what stands on one page in reading order; lines over several columns are parted.

    Titles, and all that crosses the gutter, part the columns above from those below.
    """
    rows = build_rows(items)
    ordered: list[Item] = []
    next_row = 0
    for band in _bands(rows):
        ordered += _plain(rows[next_row : band.first])
        ordered += _in_columns(rows[band.first : band.last + 1], band)
        next_row = band.last + 1
    return ordered + _plain(rows[next_row:])


def _plain(rows: Iterable[Row]) -> list[Item]:
    return [item for row in rows for item in (row.lines or row.pieces)]


def _in_columns(rows: Iterable[Row], band: _Band) -> list[Item]:
    parts: list[Item] = []
    for row in rows:
        for column, pieces in groupby(row.pieces, key=band.column):
            parts += _rejoined(list(pieces), row.lines, column)
    return sorted(parts, key=lambda item: (band.column(item), item.bbox[1]))


def _rejoined(pieces: Sequence[Item], lines: Sequence[Line], column: int) -> list[Item]:
    """Return the pieces that one column has of a row: one line, the whole one if it is unparted."""
    texts = [piece for piece in pieces if isinstance(piece, Line)]
    if len(texts) < len(pieces):
        return list(pieces)
    x0, x1 = texts[0].x0, texts[-1].x1
    whole = next((line for line in lines if line.x0 == x0 and line.x1 == x1), None)
    sure = min((line.confidence for line in lines if line.confidence is not None), default=None)
    joined = whole or replace(
        texts[0],
        text=" ".join(piece.text for piece in texts),
        x1=x1,
        top=min(piece.top for piece in texts),
        bottom=max(piece.bottom for piece in texts),
        confidence=sure,
        pieces=tuple(texts) if len(texts) > 1 else (),
    )
    return [replace(joined, column=column)]


def _bands(rows: Sequence[Row]) -> list[_Band]:
    bands: list[_Band] = []
    free_from = 0
    for group in _side_by_side(find_gutters(rows)):
        first = max(gutter.first for gutter in group)
        last = min(gutter.last for gutter in group)
        band = _Band(first, last, tuple(sorted((g.left + g.right) / 2 for g in group)))
        if first < free_from or not _is_text(rows[first : last + 1], band):
            continue
        band = replace(band, first=_upwards(rows, group, first, free_from))
        bands.append(band)
        free_from = last + 1
    return bands


def _side_by_side(gutters: Iterable[Gutter]) -> list[list[Gutter]]:
    """Group the gutters that run over much the same rows: three columns have two."""
    long = [g for g in gutters if len(g.between) >= 2 and g.last - g.first >= MIN_LINES - 1]
    groups: list[list[Gutter]] = []
    for gutter in sorted(long, key=lambda g: (g.first, g.left)):
        if groups and _share(groups[-1][0], gutter) > 0.6:
            groups[-1].append(gutter)
        else:
            groups.append([gutter])
    return groups


def _share(one: Gutter, other: Gutter) -> float:
    common = min(one.last, other.last) - max(one.first, other.first) + 1
    return common / max(one.last - one.first + 1, other.last - other.first + 1)


def _is_text(rows: Sequence[Row], band: _Band) -> bool:
    """Tell whether columns hold running text: most of their lines are full, and long enough."""
    columns: dict[int, list[Line]] = {n: [] for n in range(1, len(band.gutters) + 2)}
    for row in rows:
        for column, pieces in groupby(row.pieces, key=band.column):
            for part in _rejoined(list(pieces), row.lines, column):
                if isinstance(part, Line):
                    columns[column].append(part)
    return all(_is_column(lines) for lines in columns.values())


def _is_column(lines: Sequence[Line]) -> bool:
    if len(lines) < MIN_LINES:
        return False
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    full = sum(line.x1 - line.x0 >= FULL * (right - left) for line in lines)
    return right - left >= MIN_WIDTH * lines[0].size and full >= MOSTLY * len(lines)


def _upwards(rows: Sequence[Row], group: Sequence[Gutter], first: int, free_from: int) -> int:
    """Return where the columns begin: above, one of them may have text and the others none."""
    left, right = min(g.left for g in group), max(g.right for g in group)
    while first > free_from and all(
        piece.bbox[2] <= left or piece.bbox[0] >= right for piece in rows[first - 1].pieces
    ):
        first -= 1
    return first
