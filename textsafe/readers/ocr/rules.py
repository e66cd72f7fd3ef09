"""Ruled lines on the picture of a page, and the cells of tables between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from textsafe.document import BBox
from textsafe.readers.ocr.engine import Pixels

Mask = NDArray[np.bool_]
Box = tuple[int, int, int, int]

# In points, for text of 12 points or less. No stroke of a character is as long as the shortest
# rule; those of a letterhead may be, but do not hang together over the length of a table.
_TEXT = 12.0
_SHORTEST_RULE = 30.0
_SHORTEST_WHOLE = 100.0
_SHORTEST_PIECE = 14.0
_LONGEST_BREAK = 6.0
_SMALLEST_CELL = 8.0
# Heights of a line of text in a cell.
_SMALLEST_INK, _LARGEST_INK = 4.0, 25.0
# Rules of one edge of a column lie this near to one another.
_SAME_EDGE = 4.0
# More cells than a form on one sheet has; a halftone picture may look like thousands.
_MOST_CELLS = 2000


@dataclass(frozen=True)
class Ruling:
    """The rules on a page.

    Attributes:
        all: Where there is a rule, with its blurred edges.
        vertical: Where there is a vertical one.
        cells: The cells of each table, in pixels.
    """

    all: Mask
    vertical: Mask
    cells: list[list[Box]]


def find_rules(picture: Pixels, scale: float, text_height: float) -> Ruling:
    """Find the rules on an upright grey picture.

    Args:
        picture: Grey.
        scale: Pixels for each point.
        text_height: Usual height of the boxes around text, in pixels.
    """
    import cv2  # noqa: PLC0415

    scale = max(scale, text_height / _TEXT)
    window = 2 * round(8 * scale) + 1
    dark = np.asarray(
        cv2.adaptiveThreshold(
            picture, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, window, 25
        ),
        np.uint8,
    )
    across = _lengthwise(dark, scale)
    down = _lengthwise(np.ascontiguousarray(dark.T), scale).T
    # A drawn corner may stay open by a point.
    whole = cv2.dilate(across | down, np.ones((round(scale) + 2,) * 2, np.uint8))
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(whole)
    long = [
        label
        for label in range(1, count)
        if max(boxes[label][2], boxes[label][3]) >= _SHORTEST_WHOLE * scale
    ]
    kept = np.isin(labels, long)
    tables = [_cells(labels == label, boxes[label], scale) for label in long]
    return Ruling(kept, kept & (down > 0), [cells for cells in tables if cells])


def _lengthwise(dark: Pixels, scale: float) -> Pixels:
    """Return the horizontal rules of a picture; they may step by a pixel, or be broken by a seal.

    A piece between two breaks is shorter than a rule, and belongs to it if it continues one.
    """
    import cv2  # noqa: PLC0415

    thick = cv2.dilate(dark, np.ones((3, 1), np.uint8))
    sure = cv2.morphologyEx(thick, cv2.MORPH_OPEN, _bar(_SHORTEST_RULE * scale))
    piece = cv2.morphologyEx(thick, cv2.MORPH_OPEN, _bar(_SHORTEST_PIECE * scale))
    ruled_rows = cv2.dilate(sure.max(axis=1, keepdims=True), np.ones((5, 1), np.uint8))
    near = cv2.dilate(sure, _bar(4 * _SHORTEST_RULE * scale))
    rules = np.where((piece > 0) & (ruled_rows > 0) & (near > 0), piece, sure)
    return np.asarray(
        cv2.morphologyEx(rules, cv2.MORPH_CLOSE, _bar(_LONGEST_BREAK * scale)), np.uint8
    )


def _bar(length: float) -> Pixels:
    return np.ones((1, max(3, round(length))), np.uint8)


def _cells(rules: Mask, box: Sequence[int], scale: float) -> list[Box]:
    """Return the fields that the rules of a table enclose, edges shared by neighbours."""
    import cv2  # noqa: PLC0415

    left, top, width, height = (int(value) for value in box[:4])
    if min(width, height) < 2 * _SMALLEST_CELL * scale:
        return []
    bare = ~rules[top : top + height, left : left + width]
    count, _, fields, _ = cv2.connectedComponentsWithStats(bare.astype(np.uint8), connectivity=4)
    if count > _MOST_CELLS:
        return []
    smallest = _SMALLEST_CELL * scale
    edge = 1
    inner = [
        (left + int(x), top + int(y), left + int(x + w), top + int(y + h))
        for x, y, w, h, _ in fields[1:]
        if w >= smallest and h >= smallest
        and x >= edge and y >= edge and x + w <= width - edge and y + h <= height - edge
    ]  # fmt: skip
    if len(inner) < 2:
        return []
    near = _SAME_EDGE * scale
    xs = _shared([x for cell in inner for x in (cell[0], cell[2])], near)
    ys = _shared([y for cell in inner for y in (cell[1], cell[3])], near)
    return [(xs[x0], ys[y0], xs[x1], ys[y1]) for x0, y0, x1, y1 in inner]


def _shared(edges: Sequence[int], near: float) -> dict[int, int]:
    """Map edges that lie near to one another to their middle."""
    groups: list[list[int]] = []
    for edge in sorted(set(edges)):
        if groups and edge - groups[-1][-1] <= near:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    return {edge: (group[0] + group[-1]) // 2 for group in groups for edge in group}


def split_at_rules(box: Box, vertical: Mask) -> list[Box]:
    """Cut a box of text where vertical rules run through it."""
    left, top, right, bottom = box
    height = bottom - top
    ruled = vertical[top:bottom, left:right].mean(axis=0) > 0.6
    parts: list[Box] = []
    start: int | None = None
    for column, rule in enumerate([*ruled.tolist(), True]):
        if not rule and start is None:
            start = column
        elif rule and start is not None:
            if column - start > 0.3 * height:
                parts.append((left + start, top, left + column, bottom))
            start = None
    return parts


def unread_ink(
    picture: Pixels, tables: Sequence[Sequence[Box]], read: Sequence[Box], scale: float
) -> list[Box]:
    """Return boxes around the ink of cells in which no text was detected, such as a lone digit.

    Args:
        picture: Grey, without rules.
        tables: The cells of each table.
        read: Boxes of the text that was detected.
        scale: Pixels for each point.
    """
    middles = np.array([((x0 + x1) / 2, (y0 + y1) / 2) for x0, y0, x1, y1 in read]).reshape(-1, 2)
    found = []
    for x0, y0, x1, y1 in (cell for cells in tables for cell in cells):
        inside = (middles > (x0, y0)).all(axis=1) & (middles < (x1, y1)).all(axis=1)
        if not inside.any() and (box := _ink(picture, (x0, y0, x1, y1), scale)):
            found.append(box)
    return found


def _ink(picture: Pixels, cell: Box, scale: float) -> Box | None:
    """Return a box around the ink of a cell that could be one line of text, with some paper."""
    x0, y0, x1, y1 = cell
    rows, columns = np.nonzero(picture[y0:y1, x0:x1] < 0.6 * np.median(picture))
    if len(rows) < 4 * scale:
        return None
    top, bottom = int(rows.min()), int(rows.max()) + 1
    if not _SMALLEST_INK * scale <= bottom - top <= _LARGEST_INK * scale:
        return None
    edge = max(2, (bottom - top) // 6)
    return (
        max(x0, x0 + int(columns.min()) - 2 * edge),
        max(y0, y0 + top - edge),
        min(x1, x0 + int(columns.max()) + 1 + 2 * edge),
        min(y1, y0 + bottom + edge),
    )


def in_points(tables: Sequence[Sequence[Box]], scale: float) -> list[list[BBox]]:
    """Return the boxes of cells in points."""
    return [
        [(x0 / scale, y0 / scale, x1 / scale, y1 / scale) for x0, y0, x1, y1 in cells]
        for cells in tables
    ]
