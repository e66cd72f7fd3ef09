"""Recognised pieces of text become characters with a place and a font size.

The engine says in which column of a piece it saw each character, and draws its boxes a third too
high. Where the ink begins and ends says more; sizes are then made equal where they are meant to be.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from textsafe.readers.layout.glyphs import Glyph, fold_radicals
from textsafe.readers.layout.lines import Line, is_wide
from textsafe.readers.ocr.characters import as_written
from textsafe.readers.ocr.engine import Pixels, ReadChar
from textsafe.readers.ocr.rules import Box

# Height of an ideograph's ink, of a detected box, and of a digit's ink in parts of the font size.
_INK, _BOX, _DIGIT = 0.93, 1.15, 0.72
# The middle of an ideograph stands above the baseline by this part of the font size.
_MIDDLE = 0.38
# Sizes that differ less are one size: the nearest two in use, 15 and 16 points, differ by 7 %.
_SAME_SIZE = 0.065
# Characters whose ink fills the height of their font size do not belong to these.
_FLAT = "一二三四六八十口日曰—"
_RIGHT_HALF = "（《〈“‘「『【〔"
_LEFT_HALF = "，。、；：！？）》〉”’」』】〕"


@dataclass(frozen=True)
class Piece:
    """A piece of text on one line.

    Attributes:
        box: In pixels, as detected.
        ink: The part of it that is inked.
    """

    chars: tuple[ReadChar, ...]
    box: Box
    ink: Box

    @property
    def text(self) -> str:
        """Its characters, spaces included."""
        return "".join(char.text for char in self.chars)


def make_piece(chars: Sequence[ReadChar], box: Box, picture: Pixels) -> Piece:
    """Return what was read in `box` of `picture`, as a document would have it written."""
    text = as_written("".join(fold_radicals(char.text)[:1] for char in chars))
    written = tuple(char._replace(text=new) for char, new in zip(chars, text, strict=True))
    return Piece(written, box, ink_box(picture, box))


def ink_box(picture: Pixels, box: Box) -> Box:
    """Return where the line in the middle of `box` has its ink; `box` itself if it has none."""
    left, top, right, bottom = box
    part = picture[top:bottom, left:right]
    ink, paper = np.percentile(part, (2, 90))
    dark = part < (ink + paper) / 2
    height = bottom - top
    rows = dark.sum(axis=1) > max(1, 0.01 * (right - left))
    first, last = _run_around_middle(rows.tolist(), max(1, round(0.12 * height)))
    columns = np.flatnonzero(dark[first : last + 1].any(axis=0))
    if not len(columns) or last - first < 0.3 * height:
        return box
    return left + int(columns[0]), top + first, left + int(columns[-1]) + 1, top + last + 1


def _run_around_middle(rows: Sequence[bool], gap: int) -> tuple[int, int]:
    """Return the first and last inked row; beyond a gap stands the neighbouring line."""
    middle = len(rows) // 2
    ends = []
    for steps in (range(middle, -1, -1), range(middle, len(rows))):
        end = misses = 0
        end = middle
        for row in steps:
            misses = 0 if rows[row] else misses + 1
            if misses > gap and abs(row - middle) > len(rows) / 4:
                break
            if rows[row]:
                end = row
        ends.append(end)
    return ends[0], ends[1]


def font_sizes(pieces: Sequence[Piece]) -> list[float]:
    """Return the font size of each piece in pixels, the same where it is meant to be the same."""
    measured = [_measured(piece) for piece in pieces]
    weights = [_ideographs(piece) for piece in pieces]
    sizes = [size for size, _ in measured]
    left = {index for index, (_, sure) in enumerate(measured) if sure}
    usual: list[float] = []
    while left:
        near = max(
            ({other for other in left if _same(sizes[other], sizes[index])} for index in left),
            key=lambda group: (sum(weights[index] for index in group), -min(group)),
        )
        size = float(np.average([sizes[i] for i in near], weights=[weights[i] for i in near]))
        usual.append(size)
        for index in near:
            sizes[index] = size
        left -= near
    return [
        size if sure else min(usual, key=lambda other: abs(other - size), default=size)
        if any(abs(other - size) < 0.25 * other for other in usual) else size
        for size, (_, sure) in zip(sizes, measured, strict=True)
    ]  # fmt: skip


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= _SAME_SIZE * max(one, other)


def _ideographs(piece: Piece) -> int:
    return sum("\u3400" <= char.text <= "\u9fff" and char.text not in _FLAT for char in piece.chars)


def _measured(piece: Piece) -> tuple[float, bool]:
    """Return the font size, and whether it is sure: a few tall ideographs measure it."""
    box = (piece.box[3] - piece.box[1]) / _BOX
    ink = piece.ink[3] - piece.ink[1]
    if _ideographs(piece) >= 3:
        # A stroke of a seal makes the ink higher; but ideographs do not overlap.
        return min(ink / _INK, 1.05 * _advance(piece)), True
    if all(char.text.isascii() for char in piece.chars) and ink < 0.75 * box:
        return ink / _DIGIT, False
    return max(ink / _INK, 0.75 * box), False


def _advance(piece: Piece) -> float:
    """Return the mean distance from one ideograph to the next."""
    width = piece.box[2] - piece.box[0]
    steps = [
        (right.centre - left.centre) * width
        for left, right in pairwise(piece.chars)
        if left.centre is not None and right.centre is not None
        and left.text > "\u3400" and right.text > "\u3400"
        and left.text <= "\u9fff" and right.text <= "\u9fff"
    ]  # fmt: skip
    return statistics.fmean(steps) if len(steps) >= 3 else math.inf


def glyphs_of(piece: Piece, size: float, scale: float) -> list[Glyph]:
    """Return the characters of `piece` in points; they stand side by side unless there is a gap.

    Args:
        piece: With at least one character that is not a space.
        size: Font size in pixels.
        scale: Pixels for each point.
    """
    middle = (piece.ink[1] + piece.ink[3]) / 2
    baseline = (middle + _MIDDLE * size) / scale
    visible = [char for char in piece.chars if char.centre is not None]
    places = iter(_places(visible, piece, size))
    glyphs = []
    end = piece.ink[0] / scale
    for char in piece.chars:
        if char.centre is None:
            glyphs.append(Glyph(" ", end, end, baseline, size / scale))
            continue
        x0, x1 = next(places)
        end = x1 / scale
        glyphs.append(Glyph(char.text, x0 / scale, end, baseline, size / scale))
    return glyphs


def _places(chars: Sequence[ReadChar], piece: Piece, size: float) -> list[tuple[float, float]]:
    left, _, right, _ = piece.box
    centres = [left + (char.centre or 0.0) * (right - left) for char in chars]
    widths = [size if is_wide(char.text) else 0.5 * size for char in chars]
    borders = [
        one + (other - one) * width / (width + next_width)
        for (one, other), (width, next_width) in zip(
            pairwise(centres), pairwise(widths), strict=True
        )
    ]
    start, end = piece.ink[0], piece.ink[2]
    if chars[0].text in _RIGHT_HALF:
        start -= round(0.5 * size)
    if chars[-1].text in _LEFT_HALF:
        end += round(0.5 * size)
    starts = [min(start, centres[0]), *borders]
    ends = [*borders, max(end, centres[-1])]
    # Columns are coarse: only what is farther away is a gap. Spaces between words are read as such.
    reach = 0.65 * size
    return [
        (max(x0, centre - reach), min(x1, centre + reach))
        for x0, x1, centre in zip(starts, ends, centres, strict=True)
    ]


def with_confidence(lines: Iterable[Line], pieces: Sequence[Piece], scale: float) -> list[Line]:
    """Return `lines` with the confidence of the pieces that they are made of."""
    return [
        replace(line, confidence=mean_confidence(_pieces_on(line, pieces, scale))) for line in lines
    ]


def _pieces_on(line: Line, pieces: Sequence[Piece], scale: float) -> list[Piece]:
    return [
        piece
        for piece in pieces
        if line.x0 <= (piece.ink[0] + piece.ink[2]) / 2 / scale <= line.x1
        and line.top <= (piece.ink[1] + piece.ink[3]) / 2 / scale <= line.bottom
    ]


def mean_confidence(pieces: Sequence[Piece]) -> float | None:
    """Return how sure the engine is of all characters, on average; None if there are none."""
    chars = [char.confidence for piece in pieces for char in piece.chars]
    return round(statistics.fmean(chars), 3) if chars else None
