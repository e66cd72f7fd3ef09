"""From any picture to one that can be read: red, green and blue, eight bits, of a sensible size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from textsafe.readers.ocr.engine import Pixels

if TYPE_CHECKING:
    from PIL.Image import Image

# Recognition works on lines 48 pixels high: more than 200 dpi adds time, not certainty.
MAX_SCALE = 200 / 72
# A3 at 200 dpi; larger sheets are read with fewer pixels for each point.
MAX_SIDE = 3400


def rgb(image: Image, scale: float) -> tuple[Pixels, float]:
    """Return the pixels of `image` on white paper, and how many of them make a point.

    Args:
        image: Of any mode: black and white, grey of 8, 16 or 32 bits, palette, CMYK, with alpha.
        scale: Pixels for each point.
    """
    image = _eight_bits(image)
    shrink = min(1.0, MAX_SCALE / scale, MAX_SIDE / max(image.size))
    if shrink < 1:
        size = max(1, round(image.width * shrink)), max(1, round(image.height * shrink))
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
        image = image.resize(size, resample=4)  # 4: PIL.Image.Resampling.BOX, the mean
    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = image.copy()
        paper.paste((255, 255, 255, 255), (0, 0, *image.size))
        paper.alpha_composite(image)
        image = paper
    return np.asarray(image.convert("RGB")), scale * shrink


def _eight_bits(image: Image) -> Image:
    if image.mode != "F" and not image.mode.startswith("I"):
        return image
    from PIL.Image import fromarray  # noqa: PLC0415

    values = np.nan_to_num(np.asarray(image, np.float64))
    lowest, highest = float(values.min()), float(values.max())
    if image.mode.startswith("I;16"):
        lowest, highest = 0.0, max(highest, 256.0)
    return fromarray(np.uint8((values - lowest) * (255 / max(highest - lowest, 1e-9))))
