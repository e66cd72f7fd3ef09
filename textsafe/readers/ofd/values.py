"""Values in the attributes of OFD elements (GB/T 33190-2016, 6.4), read without trust."""

from __future__ import annotations

import math
from itertools import islice

from lxml import etree

from textsafe.document import BBox
from textsafe.readers.layout.matrix import IDENTITY, Matrix

# Farther than any page reaches, in millimetres.
_FAR = 1e6


def number(text: str | None, default: float) -> float:
    """Return the number in `text`, or `default` when there is none that a page could have."""
    try:
        value = float(text or "")
    except ValueError:
        return default
    return value if math.isfinite(value) and abs(value) < _FAR else default


def whole(text: str | None, default: int) -> int:
    """Return the whole number in `text`, or `default`."""
    return int(number(text, default))


def is_true(text: str | None, default: bool) -> bool:
    """Return the xs:boolean in `text`, or `default` when there is none."""
    return default if text is None else text.strip().lower() in {"true", "1"}


def box(text: str | None) -> BBox | None:
    """Return the ST_Box (x, y, width, height) in `text`, in millimetres.

    >>> box("0 0 210 297"), box("0 0 210")
    ((0.0, 0.0, 210.0, 297.0), None)
    """
    values = _numbers(text, 4)
    return (values[0], values[1], values[2], values[3]) if values else None


def transform(element: etree._Element) -> Matrix:
    """Return the map from the space of an object to the one it stands in."""
    values = _numbers(element.get("CTM"), 6)
    inner = Matrix(*values) if values else IDENTITY
    x, y, _, _ = box(element.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    return inner.then(Matrix(1, 0, 0, 1, x, y))


def deltas(text: str | None, limit: int) -> list[float]:
    """Return the distances from each character to the next; ``g 3 5`` means ``5 5 5``.

    Args:
        text: The value of DeltaX or DeltaY (GB/T 33190-2016, 11.3).
        limit: How many are needed; a huge count costs no more.

    >>> deltas("6 g 2 5.5 3", 9)
    [6.0, 5.5, 5.5, 3.0]
    """
    found: list[float] = []
    pieces = iter((text or "").split())
    for piece in pieces:
        if len(found) >= limit:
            break
        if piece != "g":
            found.append(number(piece, 0.0))
            continue
        count, value = [*islice(pieces, 2), "", ""][:2]
        found += [number(value, 0.0)] * min(whole(count, 0), limit - len(found))
    return found[:limit]


def _numbers(text: str | None, count: int) -> list[float] | None:
    tokens = (text or "").split(maxsplit=count)[:count]
    values = [number(token, math.nan) for token in tokens]
    return values if len(values) == count and not any(map(math.isnan, values)) else None
