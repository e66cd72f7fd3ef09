"""Seals are taken off the text that they lie over; other red ink is text and stays.

A seal lies over the signature and the date (GB/T 9704-2012, 7.3.5). Red ink lets the black under
it through, so that in the red channel of the picture only the black is dark. A letterhead
(发文机关标志, 7.2.4) is red as well, and is text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textsafe.readers.ocr.engine import Pixels

Mask = NDArray[np.bool_]

_MM = 72 / 25.4  # points
# Seals of government are 42–60 mm across (国发〔1999〕25号), those of enterprises mostly 38–42 mm.
_RADII = (17.0, 31.0)
# Seals are looked for on a picture of two pixels for each millimetre.
_FINE = 2.0
# The ink of a rim lies this near to the circle that was found.
_MARGIN = 3 * _FINE
# Where ink is red: so much more red than green or blue.
_REDDER = 45
_BLACK = 110


class _Rim(NamedTuple):
    """The rim of a seal: its centre and half its width and height, in pixels."""

    x: float
    y: float
    across: float
    down: float


def grey(picture: Pixels, scale: float) -> Pixels:
    """Return `picture` without colours; seals become paper, and what they cover stays.

    Args:
        picture: Red, green and blue. In a scan without colours a seal is grey, and can be told
            from the text as long as that is darker.
        scale: Pixels for each point.
    """
    import cv2  # noqa: PLC0415

    plain: Pixels = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.uint8)
    paper = int(np.median(plain))
    if paper < _BLACK:  # a negative: white on black
        return np.asarray(255 - plain, np.uint8)
    red, green, blue = cv2.split(picture)
    reddish = np.asarray(cv2.subtract(red, cv2.max(green, blue)) > _REDDER)
    if reddish.any():
        # A compressed picture has its colours at half the resolution: they bleed.
        near = cv2.dilate(reddish.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        freed = np.where(red > _BLACK, np.maximum(red, paper), red)
        return np.where(_seals(reddish, scale) & near, freed, plain).astype(np.uint8)
    dark = plain[plain < 0.8 * paper]
    if not dark.size:
        return plain
    black = int(np.percentile(dark, 5))
    contrast = paper - black
    between = (plain > black + contrast // 6) & (plain < paper - contrast // 6)
    # Every black stroke has grey edges, but these are thin.
    solid = cv2.morphologyEx(between.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    seals = _seals(np.asarray(solid > 0), scale)
    return np.where(seals & between, paper, plain).astype(np.uint8)


def _seals(ink: Mask, scale: float) -> Mask:
    """Return where red seals lie."""
    import cv2  # noqa: PLC0415

    height, width = ink.shape
    shrink = _FINE / (scale * _MM)
    size = max(1, round(width * shrink)), max(1, round(height * shrink))
    share = cv2.resize(ink.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    coarse = np.asarray(share > 0.15)
    found = np.zeros(coarse.shape, np.uint8)
    for rim in [*_rings(coarse), *_ovals(coarse)]:
        centre = round(rim.x), round(rim.y)
        axes = round(rim.across + _MARGIN), round(rim.down + _MARGIN)
        cv2.ellipse(found, centre, axes, 0, 0, 360, 1, thickness=-1)
    large = cv2.resize(found, (width, height), interpolation=cv2.INTER_NEAREST)
    return np.asarray(large > 0)


def _rings(ink: Mask) -> list[_Rim]:
    """Return the round seals; the edge of the page may cut one."""
    import cv2  # noqa: PLC0415

    border = round(_RADII[1] * _FINE)
    drawn = cv2.copyMakeBorder(
        ink.astype(np.uint8) * 255, *(border,) * 4, cv2.BORDER_CONSTANT, value=0
    )
    circles = cv2.HoughCircles(
        cv2.GaussianBlur(drawn, (3, 3), 0),
        cv2.HOUGH_GRADIENT,
        dp=1,
        minDist=12 * _FINE,
        param1=100,
        param2=14,
        minRadius=round(_RADII[0] * _FINE),
        maxRadius=border,
    )
    if circles is None:
        return []
    rims = [_Rim(x - border, y - border, r, r) for x, y, r in circles.reshape(-1, 3)[:50].tolist()]
    return [rim for rim in rims if _is_drawn(rim, ink)]


def _ovals(ink: Mask) -> list[_Rim]:
    """Return the oval seals, such as those for contracts and invoices."""
    import cv2  # noqa: PLC0415

    kernel = np.ones((round(_MARGIN), round(_MARGIN)), np.uint8)
    joined = cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_CLOSE, kernel)
    _, _, blots, _ = cv2.connectedComponentsWithStats(joined)
    rims = [
        _Rim(left + width / 2, top + height / 2, width / 2 - 1, height / 2 - 1)
        for left, top, width, height, _ in blots[1:].tolist()
        if min(width, height) > 18 * _FINE and max(width, height) < 65 * _FINE
    ]
    return [rim for rim in rims if _is_drawn(rim, ink)]


def _is_drawn(rim: _Rim, ink: Mask) -> bool:
    """Tell whether ink follows the rim and ends beyond it.

    Of the rim of a seal 60 % and more is inked, more than beyond it by 50 to 100 points. A circle
    through text meets ink at up to 60 % of its places, and as much or 45 points less beyond.
    """
    on = max(float(_inked(rim, ink, (step - 1, step, step + 1)).mean()) for step in range(-1, 3))
    outside = round(_MARGIN)
    beyond = [float(_inked(rim, ink, (outside + step,)).mean()) for step in range(3)]
    return on - sum(beyond) / 3 > 0.5


def _inked(rim: _Rim, ink: Mask, steps: Sequence[int]) -> Mask:
    """Return whether there is ink at each of 180 places of a rim that are on the page.

    Args:
        rim: Its centre and axes.
        ink: Where there is ink.
        steps: How far outside of the rim ink is looked for; one place of these is enough.
    """
    angles = np.linspace(0, 2 * np.pi, 180, endpoint=False)
    height, width = ink.shape
    found, on_page = np.zeros(180, np.bool_), np.zeros(180, np.bool_)
    for step in steps:
        columns = np.rint(rim.x + (rim.across + step) * np.cos(angles)).astype(int)
        rows = np.rint(rim.y + (rim.down + step) * np.sin(angles)).astype(int)
        inside = (columns >= 0) & (columns < width) & (rows >= 0) & (rows < height)
        on_page |= inside
        found[inside] |= ink[rows[inside], columns[inside]]
    # Of a seal that is cut by the edge of the page a third must be there.
    return found[on_page] if on_page.sum() >= 60 else np.zeros(1, np.bool_)
