"""Path objects of OFD: the lines of tables, coloured grounds, and text that was turned into shapes.

GB/T 33190-2016, 9.1: S and M begin an outline, L goes on to a point, Q, B and A draw curves to a
point, C closes the outline.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from lxml import etree

from textsafe.document import BBox
from textsafe.readers.layout.matrix import Matrix, Point
from textsafe.readers.layout.ruling import MAX_WIDTH, Ruling
from textsafe.readers.ofd.package import child_text
from textsafe.readers.ofd.values import number

# How many numbers follow an operator; the last two are the point that it leads to.
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
# Points in an outline of a character, at the least: a box has five.
_SHAPE_POINTS = 8
# Sizes of printed characters, in points.
_SMALLEST_SHAPE, LARGEST_SHAPE = 5.0, 120.0
# As many characters as the shortest name of an office has.
_SHAPES_IN_LINE = 4

Outline = list[Point | None]  # None stands before the end of a curve


class Shape(NamedTuple):
    """A filled shape: its box and its outlines."""

    bbox: BBox
    outlines: list[Outline]


def outlines(element: etree._Element, matrix: Matrix) -> list[Outline]:
    """Return the outlines of a PathObject.

    Args:
        element: The path object.
        matrix: Map from its space to points on the page.
    """
    found: list[Outline] = []
    tokens = iter(child_text(element, "AbbreviatedData").split())
    for operator in tokens:
        count = _OPERANDS.get(operator)
        if count is None:
            continue
        values = [number(next(tokens, None), 0.0) for _ in range(count)]
        if operator in "SM":
            found.append([matrix.apply(*values)])
        elif not found:
            continue
        elif operator == "C":
            found[-1].append(found[-1][0])
        else:
            if operator != "L":
                found[-1].append(None)
            found[-1].append(matrix.apply(values[-2], values[-1]))
    return found


def bounds(found: Iterable[Outline]) -> BBox | None:
    """Return the box around outlines, or None when they have no points."""
    points = [point for outline in found for point in outline if point is not None]
    if not points:
        return None
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def add_to(ruling: Ruling, found: Iterable[Outline], *, stroked: bool) -> None:
    """Add the straight lines and thin bars that outlines draw to `ruling`."""
    for outline in found:
        if not stroked:
            box = bounds([outline])
            if box is not None:
                ruling.add_bar(box)
            continue
        for start, end in pairwise(outline):
            if start is not None and end is not None:
                ruling.add_line(*start, *end)


def is_ground(box: BBox) -> bool:
    """Tell whether a filled shape is large enough to stand behind text."""
    return min(box[2] - box[0], box[3] - box[1]) > MAX_WIDTH


def is_character_like(shape: Shape) -> bool:
    """Tell whether a filled shape may be a character: its size, and more corners than a box."""
    x0, top, x1, bottom = shape.bbox
    width, height = x1 - x0, bottom - top
    sized = _SMALLEST_SHAPE <= max(width, height) <= LARGEST_SHAPE and height < 3 * max(width, 1.0)
    return sized and sum(map(len, shape.outlines)) >= _SHAPE_POINTS


def lines_of_shapes(shapes: Iterable[Shape]) -> Iterator[list[Shape]]:
    """Yield shapes that stand side by side like the characters of a line."""
    line: list[Shape] = []
    for shape in sorted(shapes, key=_middle):
        first = line[0].bbox if line else shape.bbox
        if line and _middle(shape) - _middle(line[0]) > 0.4 * (first[3] - first[1]):
            yield from _as_line(line)
            line = []
        line.append(shape)
    yield from _as_line(line)


def _as_line(line: list[Shape]) -> Iterator[list[Shape]]:
    line = sorted(line, key=lambda shape: shape.bbox)
    boxes = [shape.bbox for shape in line]
    apart = all(after[0] > (before[0] + before[2]) / 2 for before, after in pairwise(boxes))
    if len(line) >= _SHAPES_IN_LINE and apart:
        yield line


def _middle(shape: Shape) -> float:
    return (shape.bbox[1] + shape.bbox[3]) / 2
