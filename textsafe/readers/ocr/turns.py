"""Pages that lie crooked, on their side or upside down are turned upright."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from textsafe.readers.ocr.engine import Pixels, Quad

# Skew below this, in degrees, moves the end of a line by less than half its height.
_STRAIGHT = 0.1


def is_sideways(quads: Sequence[Quad]) -> bool:
    """Tell whether most text runs up or down the page."""
    upright = sideways = 0.0
    for width, height in map(sides, quads):
        if width > 2 * height:
            upright += width
        elif height > 2 * width:
            sideways += height
    return sideways > upright


def sides(quad: Quad) -> tuple[float, float]:
    """Return width and height of a box that may be crooked."""
    across = np.linalg.norm(quad[1] - quad[0]) + np.linalg.norm(quad[2] - quad[3])
    down = np.linalg.norm(quad[3] - quad[0]) + np.linalg.norm(quad[2] - quad[1])
    return float(across) / 2, float(down) / 2


def skew(quads: Sequence[Quad]) -> float:
    """Return the angle in degrees, clockwise, at which most lines of text run.

    Short pieces say little: each counts as much as it is long. 0 where the lines are straight or
    disagree.
    """
    angles, weights = [], []
    for quad in quads:
        width, height = sides(quad)
        if width > 4 * height:
            middle = quad[1] + quad[2] - quad[0] - quad[3]
            angles.append(math.degrees(math.atan2(middle[1], middle[0])))
            weights.append(width)
    if not angles:
        return 0.0
    order = np.argsort(angles)
    total = np.cumsum(np.asarray(weights)[order])
    median = float(np.asarray(angles)[order][np.searchsorted(total, total[-1] / 2)])
    return median if _STRAIGHT < abs(median) < 45 else 0.0


def quarter_turns(picture: Pixels, quads: Sequence[Quad], count: int) -> tuple[Pixels, list[Quad]]:
    """Turn a picture and the boxes on it by `count` quarters, anticlockwise."""
    turned = list(quads)
    width = picture.shape[1]
    for _ in range(count):
        turned = [np.stack([quad[:, 1], width - quad[:, 0]], axis=1) for quad in turned]
        # The corner that is now at the top left comes first.
        turned = [np.roll(quad, -1, axis=0) for quad in turned]
        picture = np.rot90(picture)
        width = picture.shape[1]
    return np.ascontiguousarray(picture), turned


def straighten(picture: Pixels, quads: Sequence[Quad], degrees: float) -> tuple[Pixels, list[Quad]]:
    """Turn a picture and the boxes on it anticlockwise by `degrees` around its middle."""
    import cv2  # noqa: PLC0415

    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turned = cv2.warpAffine(
        picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    moved = [quad @ matrix[:, :2].T + matrix[:, 2] for quad in quads]
    return np.asarray(turned, np.uint8), moved


def is_upside_down(picture: Pixels, quads: Sequence[Quad], judge: Callable[[Pixels], bool]) -> bool:
    """Tell whether the page is upside down, by the beginnings of its nine longest lines.

    Args:
        picture: A page whose lines run from left to right or from right to left.
        quads: Its boxes.
        judge: Tells whether the picture of a piece of text is upside down.
    """
    longest = sorted(quads, key=lambda quad: -sides(quad)[0])[:9]
    votes = [judge(piece) for piece in (cut(picture, quad) for quad in longest) if piece.size]
    return sum(votes) > len(votes) / 2


def cut(picture: Pixels, quad: Quad) -> Pixels:
    """Return the upright part of `picture` around `quad`, no longer than four times its height."""
    left, top = np.maximum(np.floor(quad.min(axis=0)).astype(int), 0)
    right, bottom = np.ceil(quad.max(axis=0)).astype(int)
    return picture[top:bottom, left : min(right, left + 4 * (bottom - top))]
