"""Characters and where they stand on a page, whatever the format of the file."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

UNDECODED = "\ufffd"

# Radicals that stand for a whole ideograph but have no compatibility decomposition.
# Source: EquivalentUnifiedIdeograph.txt of the Unicode Character Database.
_RADICALS = str.maketrans(
    "⺁⺒⺓⺝⺠⺩⺬⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰",
    "厂巳幺月民王示虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙",
)


class Glyph(NamedTuple):
    """One character on a page; lengths in points, `baseline` from the top of the page."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float


def fold_radicals(char: str) -> str:
    """Return the normal ideograph for a radical or compatibility ideograph.

    Some fonts map ideographs to U+2E80–2FDF or U+F900–FAFF; all other characters stay.

    >>> "".join(map(fold_radicals, "⼈⺠（１）"))
    '人民（１）'
    """
    if "\u2e80" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff":
        return unicodedata.normalize("NFKC", char.translate(_RADICALS))
    return char
