"""The way of a page: where text stands → upright → rules → characters → lines and tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from textsafe.readers.layout import PageContent
from textsafe.readers.layout.lines import build_lines
from textsafe.readers.layout.tables import take_tables
from textsafe.readers.ocr import engine, pictures, turns
from textsafe.readers.ocr.engine import Pixels, Quad
from textsafe.readers.ocr.pieces import (
    Piece,
    font_sizes,
    glyphs_of,
    make_piece,
    mean_confidence,
    with_confidence,
)
from textsafe.readers.ocr.rules import Box, find_rules, in_points, split_at_rules, unread_ink
from textsafe.readers.ocr.seals import grey

if TYPE_CHECKING:
    from PIL.Image import Image

# Text of 9 points is found at 105 dpi; the time it takes grows with the pixels.
_DETECTION_SCALE = 105 / 72
_DETECTION_SIDE = 2000
# A line across A3 in the smallest print has 150 characters; the engine needs memory for each.
_LONGEST_LINE = 200
# What the engine is less sure of is a speck or the rest of a seal; PaddleOCR's own default.
_LEAST_CONFIDENCE = 0.5


def read(image: Image, *, page: int, scale: float) -> PageContent:
    """Read the picture of a page; see :func:`textsafe.readers.ocr.read_page`."""
    colours, scale = pictures.rgb(image, scale)
    picture, quads, turn = _upright(grey(colours, scale), scale)
    height, width = picture.shape
    size = width / scale, height / scale
    if not quads:
        return PageContent(page, size, [], [], turn)
    text_height = float(np.median([quad.max(axis=0)[1] - quad.min(axis=0)[1] for quad in quads]))
    rules = find_rules(picture, scale, text_height)
    picture = np.where(rules.all, _paper(picture), picture).astype(np.uint8)
    boxes = [part for quad in quads for part in split_at_rules(_box(quad, picture), rules.vertical)]
    boxes += unread_ink(picture, rules.cells, boxes, scale)
    pieces = _pieces(picture, boxes)
    glyphs = [
        glyph
        for piece, font_size in zip(pieces, font_sizes(pieces), strict=True)
        for glyph in glyphs_of(piece, font_size, scale)
    ]
    tables, rest = take_tables(in_points(rules.cells, scale), glyphs, page)
    lines = with_confidence(build_lines(rest, page), pieces, scale)
    return PageContent(page, size, lines, tables, turn, mean_confidence(pieces))


def _upright(picture: Pixels, scale: float) -> tuple[Pixels, list[Quad], float]:
    """Return the picture turned upright, its boxes, and by how much it was turned.

    The angle is in degrees, anticlockwise.
    """
    quads = _detect(picture, scale)
    quarters = 1 if turns.is_sideways(quads) else 0
    picture, quads = turns.quarter_turns(picture, quads, quarters)
    if turns.is_upside_down(picture, quads, engine.is_upside_down):
        picture, quads = turns.quarter_turns(picture, quads, 2)
        quarters += 2
    skew = turns.skew(quads)
    if skew:
        picture, quads = turns.straighten(picture, quads, skew)
    return picture, quads, 90.0 * quarters + skew


def _detect(picture: Pixels, scale: float) -> list[Quad]:
    import cv2  # noqa: PLC0415

    height, width = picture.shape
    factor = min(2.0, _DETECTION_SCALE / scale, _DETECTION_SIDE / max(height, width))
    size = max(1, round(width * factor)), max(1, round(height * factor))
    small = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
    # The engine would enlarge a strip until its short side is this long.
    missing = [max(0, engine.SHORTEST_SIDE - side) for side in small.shape]
    sheet = np.pad(small, [(0, rows) for rows in missing], constant_values=_paper(picture))
    return [quad / factor for quad in engine.detect(sheet)]


def _paper(picture: Pixels) -> int:
    return int(np.median(picture))


def _box(quad: Quad, picture: Pixels) -> Box:
    height, width = picture.shape
    left, top = np.floor(quad.min(axis=0)).astype(int).tolist()
    right, bottom = np.ceil(quad.max(axis=0)).astype(int).tolist()
    return max(left, 0), max(top, 0), min(right, width), min(bottom, height)


def _pieces(picture: Pixels, boxes: Sequence[Box]) -> list[Piece]:
    pieces = []
    for left, top, right, bottom in boxes:
        if min(right - left, bottom - top) < 4 or right - left > _LONGEST_LINE * (bottom - top):
            continue
        chars = engine.recognise(np.ascontiguousarray(picture[top:bottom, left:right]))
        if any(char.centre is not None for char in chars):
            piece = make_piece(chars, (left, top, right, bottom), picture)
            if (mean_confidence([piece]) or 0.0) >= _LEAST_CONFIDENCE:
                pieces.append(piece)
    return pieces
