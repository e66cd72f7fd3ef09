"""White gutters: upright strips of a page that no text crosses over several lines.

Columns of text and tables without rules both show by them. The work is linear in the number of
pieces of text: each row is compared with the few gutters that are open above it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from textsafe.readers.layout.lines import Line
from textsafe.readers.layout.tables import PageTable

# The narrowest gutter in parts of the font size.
MIN_WIDTH = 0.9
# More open gutters, or pieces in a row, than any page of text has.
MAX_OPEN = 40
# The highest blank that a gutter runs over, in parts of the font size: room for a picture.
MAX_BLANK = 12.0

Interval = tuple[float, float]


@dataclass
class Row:
    """What stands side by side on a page: the pieces of lines from the left, or one table."""

    top: float
    bottom: float
    size: float
    pieces: list[Line | PageTable]
    lines: list[Line] = field(default_factory=list)


@dataclass
class Gutter:
    """A gutter between two places of a page, over rows ``first`` to ``last`` (inclusive).

    Attributes:
        between: The rows in which text stands on both sides of it.
    """

    left: float
    right: float
    first: int
    last: int
    between: list[int]


def build_rows(items: Iterable[Line | PageTable]) -> list[Row]:
    """Gather lines that stand side by side into rows, from the top; a table is a row by itself."""
    rows: list[Row] = []
    for item in sorted(items, key=lambda item: (item.bbox[1], item.bbox[0])):
        if isinstance(item, PageTable):
            rows.append(Row(item.bbox[1], item.bbox[3], 0.0, [item]))
            continue
        row = rows[-1] if rows else None
        if row is not None and row.lines and _beside(row, item):
            row.lines.append(item)
            row.pieces += item.pieces or (item,)
            row.bottom = max(row.bottom, item.bottom)
        else:
            row = Row(item.top, item.bottom, item.size, list(item.pieces or (item,)), [item])
            rows.append(row)
    for row in rows:
        row.pieces.sort(key=lambda piece: piece.bbox[0])
    return rows


def _beside(row: Row, line: Line) -> bool:
    last = row.lines[-1]
    overlap = min(row.bottom, line.bottom) - max(row.top, line.top)
    low = min(row.bottom - row.top, line.bottom - line.top)
    return overlap > 0.5 * low and (line.x0 >= last.x1 or line.x1 <= row.lines[0].x0)


def find_gutters(rows: Sequence[Row]) -> list[Gutter]:
    """Return the gutters with text on both sides in some row, in the order in which they end."""
    found: list[Gutter] = []
    live: list[Gutter] = []
    for index, row in enumerate(rows):
        blank = row.top - rows[index - 1].bottom if index else 0.0
        if blank > MAX_BLANK * max(row.size, rows[index - 1].size):
            found += live
            live = []
        whites = _whites(row)
        kept = []
        for gutter in live:
            best = max(whites, key=lambda white: _overlap(white, gutter))
            if _overlap(best, gutter) < MIN_WIDTH * row.size:
                found.append(gutter)
                continue
            gutter.left, gutter.right = max(best[0], gutter.left), min(best[1], gutter.right)
            gutter.last = index
            if math.isfinite(best[0]) and math.isfinite(best[1]):
                gutter.between.append(index)
            kept.append(gutter)
        live = kept
        if len(row.pieces) <= MAX_OPEN:
            live += [
                Gutter(left, right, index, index, [index])
                for left, right in whites[1:-1]
                if right - left >= MIN_WIDTH * row.size and len(live) < MAX_OPEN
                if not any(_overlap((left, right), gutter) > 0 for gutter in live)
            ]
    return found + live


def _whites(row: Row) -> list[Interval]:
    """What is white in a row: to the left of it, between its pieces, to the right of it."""
    whites: list[Interval] = []
    end = -math.inf
    for piece in row.pieces:
        if piece.bbox[0] > end or not whites:
            whites.append((end, piece.bbox[0]))
        end = max(end, piece.bbox[2])
    return [*whites, (end, math.inf)]


def _overlap(white: Interval, gutter: Gutter) -> float:
    return min(white[1], gutter.right) - max(white[0], gutter.left)
