"""Colours of OFD: whether what is painted can be seen (GB/T 33190-2016, 8.2 and 8.3)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from lxml import etree

from textsafe.readers.ofd.package import child
from textsafe.readers.ofd.values import is_true, number

# From 0 to 255: the grey from which text is pale, and from which it is white; how opaque it may be.
_PALE, _WHITE, _SEE_THROUGH = 170, 250, 140


class Paint(Enum):
    """How well something can be seen on white paper."""

    SOLID = "well"
    PALE = "like a watermark"
    WHITE = "only on a coloured ground"
    CLEAR = "not at all"


def paint_of(
    item: etree._Element, kind: str, param: str | None, shared: Mapping[str, etree._Element]
) -> Paint:
    """Return how well an object can be seen.

    Args:
        item: The object.
        kind: ``FillColor`` or ``StrokeColor``; black where the file gives none.
        param: ID of the DrawParam that holds for it.
        shared: All DrawParams, by ID.
    """
    color = child(item, kind)
    seen: set[str] = set()
    while color is None and param is not None and param not in seen:
        seen.add(param)
        params = shared.get(param.strip())
        color = child(params, kind)
        param = None if params is None else params.get("Relative")
    alpha = number(item.get("Alpha"), 255)
    if color is not None:
        alpha = min(alpha, number(color.get("Alpha"), 255))
    if alpha <= 0 or not is_true(item.get("Visible"), True):
        return Paint.CLEAR
    grey = 0.0 if color is None else _luminance(color)
    if grey >= _WHITE:
        return Paint.WHITE
    return Paint.PALE if grey >= _PALE or alpha <= _SEE_THROUGH else Paint.SOLID


def _luminance(color: etree._Element) -> float:
    """Return the grey of a color; 3 components are RGB, 4 are CMYK, 1 is a grey, others black."""
    values = [_component(token) for token in (color.get("Value") or "").split()[:5]]
    if len(values) == 4:
        *ink, black = values
        values = [max(255 - part - black, 0.0) for part in ink]
    if len(values) == 1:
        return values[0]
    return 0.299 * values[0] + 0.587 * values[1] + 0.114 * values[2] if len(values) == 3 else 0.0


def _component(token: str) -> float:
    if not token.startswith("#"):
        return number(token, 0.0)
    try:
        return float(int(token[1:3], 16))
    except ValueError:
        return 0.0
