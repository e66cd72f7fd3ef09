"""Where the text column of each page begins and ends."""

from __future__ import annotations

import statistics
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from textsafe.readers.layout.lines import Line


class Column(NamedTuple):
    """The left and right edge of a page's text, in points."""

    left: float
    right: float


Size = tuple[float, float]
# A page, from 1, and one of its columns, from 1; 0 where text runs over the whole width.
Place = tuple[int, int]


def place_of(line: Line) -> Place:
    """Return the page and column in which `line` stands."""
    return line.page, line.column


def text_columns(lines: Iterable[Line], sizes: Mapping[int, Size]) -> dict[Place, Column]:
    """Return where text begins and ends in every place that has lines.

    Pages of one size share a column, as they do in a document of one make. A page of another make
    (a plan bound behind a notice) shows by three or more lines that run from its own left to its
    own right edge.

    Args:
        lines: Body lines of all pages.
        sizes: Width and height of the pages, in points, by page number.
    """
    places: defaultdict[Place, list[Line]] = defaultdict(list)
    for line in lines:
        places[place_of(line)].append(line)
    alike: defaultdict[tuple[int, int, int], list[Line]] = defaultdict(list)
    for place, held in places.items():
        alike[_make(place, sizes)] += _body_size(held)
    shared = {make: _edges(held) for make, held in alike.items()}
    return {
        place: _page_column(_body_size(held), shared[_make(place, sizes)])
        for place, held in places.items()
    }


def _make(place: Place, sizes: Mapping[int, Size]) -> tuple[int, int, int]:
    """The size of a page, and which of its columns a place is."""
    width, height = sizes[place[0]]
    return round(width), round(height), place[1]


def _body_size(lines: Sequence[Line]) -> list[Line]:
    """The lines in the font size that most characters have."""
    if not lines:
        return []
    counts: Counter[int] = Counter()
    for line in lines:
        counts[round(line.size * 2)] += len(line.text)
    usual = max(lines, key=lambda line: counts[round(line.size * 2)]).size
    return [line for line in lines if abs(line.size - usual) < 0.1 * usual]


def _edges(lines: Sequence[Line]) -> Column:
    """The outermost places where several lines begin, and where several lines end."""
    em = statistics.median(line.size for line in lines)
    starts = [line.x0 for line in lines]
    left = _outermost(starts, em)
    # One line is enough where the others are indented as first lines are (GB/T 9704-2012, 7.3.3).
    left = next((x for x in sorted(starts) if abs(left - 2 * em - x) < 0.3 * em), left)
    ends = [-line.x1 for line in lines]
    return Column(left, -_without_hanging(ends, _outermost(ends, em), em))


def _without_hanging(ends: Sequence[float], outermost: float, em: float) -> float:
    """Return the place, up to an em further in, where many more lines end than at the outermost.

    Punctuation may hang out of the margin.
    """
    near = sorted(end for end in ends if outermost <= end <= outermost + em)
    steps = [bisect(near, end + 0.1 * em) - index for index, end in enumerate(near)]
    most = max(range(len(near)), key=lambda index: steps[index])
    return near[most] if steps[most] >= 3 * steps[0] else outermost


def _outermost(values: Sequence[float], em: float) -> float:
    """The smallest value that a twelfth of the values, at least two, share within half an em."""
    ordered = sorted(values)
    enough = max(2, len(ordered) / 12)
    end = 0
    for start, value in enumerate(ordered):
        while end < len(ordered) and ordered[end] <= value + 0.5 * em:
            end += 1
        if end - start >= enough:
            return value
    return ordered[0]


def _page_column(lines: Sequence[Line], shared: Column) -> Column:
    own = _edges(lines)
    em = lines[0].size
    full = [
        line for line in lines if line.x0 - own.left < 0.5 * em and own.right - line.x1 < 1.0 * em
    ]
    # Neither a page of first lines only (indented by two ems) nor a list has margins of its own.
    indented = abs(own.left - shared.left - 2 * em) < 0.5 * em
    narrow = own.right - own.left < 0.75 * (shared.right - shared.left)
    return shared if len(full) < 3 or indented or narrow else own
