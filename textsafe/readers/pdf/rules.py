"""Whether a page has the lines of a table: a quick look, so that other pages cost nothing."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from textsafe.readers.layout.matrix import Matrix, Point

# More segments and groups of objects than any table needs: some four thousand cells with borders of
# their own. pdfminer reads them in one to three seconds.
MAX_PIECES = 20_000
# The same for a grid: places of vertical times places of horizontal lines.
MAX_CROSSINGS = 5_000
# The widest bar that counts as a line, in points.
MAX_RULE_WIDTH = 3.0
# How much a drawn line may slant, in points; few are exactly straight.
SLACK = 1.0
# Lines closer than this, in points, are one line drawn twice or the two sides of a thin bar.
SNAP = 3.0

Outline = list[Point | None]  # None stands before the end of a curve


class Ruling(Enum):
    """What the straight lines of a page look like."""

    NONE = "too few lines for a table"
    TABLE = "maybe a table"
    DRAWING = "more lines than a table has"


def page_ruling(page: pypdfium2.PdfPage) -> Ruling:
    """Tell whether `page` can have a ruled table."""
    verticals: list[float] = []
    horizontals: list[float] = []
    budget = MAX_PIECES
    for item, is_path, matrix in _paths_and_groups(page.raw):
        count = pdfium.FPDFPath_CountSegments(item) if is_path else 1
        budget -= count
        if budget < 0:
            return Ruling.DRAWING
        if is_path:
            _note_path(item, count, matrix, verticals, horizontals)
    few, many = sorted((_places(verticals), _places(horizontals)))
    if few * many > MAX_CROSSINGS:
        return Ruling.DRAWING
    # Two cells side by side, the smallest table, have three lines one way and two the other.
    return Ruling.TABLE if few >= 2 and many >= 3 else Ruling.NONE


def _paths_and_groups(page: Any) -> Iterator[tuple[Any, bool, Matrix]]:
    """Yield paths and groups of objects, whether each is a path, and its map to the page."""
    whole = Matrix(1, 0, 0, 1, 0, 0)
    objects = [
        (pdfium.FPDFPage_GetObject(page, index), whole)
        for index in range(pdfium.FPDFPage_CountObjects(page))
    ]
    raw = pdfium.FS_MATRIX()
    while objects:
        item, outer = objects.pop()
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM):
            continue
        pdfium.FPDFPageObj_GetMatrix(item, raw)
        matrix = Matrix(raw.a, raw.b, raw.c, raw.d, raw.e, raw.f).then(outer)
        yield item, kind == pdfium.FPDF_PAGEOBJ_PATH, matrix
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            objects += [
                (pdfium.FPDFFormObj_GetObject(item, index), matrix)
                for index in range(pdfium.FPDFFormObj_CountObjects(item))
            ]


def _note_path(
    path: Any, count: int, matrix: Matrix, verticals: list[float], horizontals: list[float]
) -> None:
    """Add the places of the straight lines that `path` draws to those found so far."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    if not fill.value and not stroke.value:
        return
    for outline in _outlines(path, count, matrix):
        # Other filled shapes are coloured backgrounds.
        if not stroke.value and not _is_thin(outline):
            continue
        for start, end in pairwise(outline):
            if start is None or end is None:
                continue
            width, height = abs(end[0] - start[0]), abs(end[1] - start[1])
            if width <= SLACK < height:
                verticals.append(start[0])
            elif height <= SLACK < width:
                horizontals.append(start[1])


def _outlines(path: Any, count: int, matrix: Matrix) -> Iterator[Outline]:
    """Yield the connected outlines of a path."""
    x, y = ctypes.c_float(), ctypes.c_float()
    outline: Outline = []
    for index in range(count):
        piece = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(piece)
        pdfium.FPDFPathSegment_GetPoint(piece, x, y)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if outline:
                yield outline
            outline = []
        elif kind != pdfium.FPDF_SEGMENT_LINETO:
            outline.append(None)
        outline.append(matrix.apply(x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(piece):
            outline.append(outline[0])
    if outline:
        yield outline


def _is_thin(outline: Outline) -> bool:
    points = [point for point in outline if point is not None]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(max(xs) - min(xs), max(ys) - min(ys)) <= MAX_RULE_WIDTH


def _places(values: Iterable[float]) -> int:
    """How many different places there are among `values`."""
    ordered = sorted(values)
    return len(ordered[:1]) + sum(after - before > SNAP for before, after in pairwise(ordered))
