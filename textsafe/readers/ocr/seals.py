"""Red ink: a seal is taken off the text that it lies over, red letters stay.

A seal lies over the signature and the date (GB/T 9704-2012, 7.3.5). Red ink lets the black under
it through, so that in the red channel of the picture only the black is dark. A letterhead
(发文机关标志, 7.2.4) is red as well, and is text.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from textsafe.readers.ocr.engine import Pixels

Mask = NDArray[np.bool_]

_MM = 72 / 25.4  # points
# Seals are 38–50 mm across, those of enterprises mostly 40–42 mm; GB/T 33190 has none smaller.
_RADII = (16.0, 27.0)
# Seals are looked for on a picture of two pixels for each millimetre.
_FINE = 2.0
# The ink of a rim lies this near to the circle that was found.
_MARGIN = 3 * _FINE
# Where ink is red: so much more red than green or blue.
_REDDER = 45
_BLACK = 110


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
    for x, y, radius in _rings(coarse):
        cv2.circle(found, (round(x), round(y)), round(radius + _MARGIN), 1, thickness=-1)
    margin = round(_MARGIN)
    for left, top, right, bottom in _oval_stamps(coarse & (found == 0)):
        found[max(0, top - margin) : bottom + margin, max(0, left - margin) : right + margin] = 1
    large = cv2.resize(found, (width, height), interpolation=cv2.INTER_NEAREST)
    return np.asarray(large > 0)


def _rings(ink: Mask) -> list[tuple[float, float, float]]:
    """Return centre and radius of each ring of ink; the edge of the page may cut it."""
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
    candidates = [(x - border, y - border, radius) for x, y, radius in circles.reshape(-1, 3)[:50]]
    wide = cv2.dilate(ink.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool)
    return [ring for ring in candidates if _is_ring(wide, *ring)]


def _is_ring(ink: Mask, x: float, y: float, radius: float) -> bool:
    """Tell whether ink follows the circle and ends beyond it, as it does not in a red paragraph."""
    on = _along(ink, x, y, radius)
    beyond = _along(ink, x, y, radius + _MARGIN)
    return len(on) >= 60 and float(on.mean()) > 0.6 and float(beyond.mean()) < 0.4


def _along(ink: Mask, x: float, y: float, radius: float) -> Mask:
    """Return whether there is ink at each of 180 places of a circle that are on the page."""
    angles = np.linspace(0, 2 * np.pi, 180, endpoint=False)
    columns = np.rint(x + radius * np.cos(angles)).astype(int)
    rows = np.rint(y + radius * np.sin(angles)).astype(int)
    height, width = ink.shape
    inside = (columns >= 0) & (columns < width) & (rows >= 0) & (rows < height)
    return ink[rows[inside], columns[inside]] if inside.sum() > 1 else np.zeros(1, np.bool_)


def _oval_stamps(ink: Mask) -> list[tuple[int, int, int, int]]:
    """Return the boxes of blots of ink that fill an oval: stamps for contracts or invoices."""
    import cv2  # noqa: PLC0415

    kernel = np.ones((round(3 * _FINE), round(3 * _FINE)), np.uint8)
    joined = cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_CLOSE, kernel)
    _, _, boxes, _ = cv2.connectedComponentsWithStats(joined)
    stamps = []
    for left, top, width, height, _ in boxes[1:].tolist():
        sides = sorted((width, height))
        if sides[0] < 18 * _FINE or sides[1] > 65 * _FINE:
            continue
        rows, columns = np.nonzero(ink[top : top + height, left : left + width])
        across = (columns + 0.5) / width * 2 - 1
        along = (rows + 0.5) / height * 2 - 1
        # The corners of its box are bare; those of a block of red text are not.
        if float(np.mean(across**2 + along**2 > 1.15)) < 0.01:
            stamps.append((left, top, left + width, top + height))
    return stamps
