"""Characters and where they stand on a page, whatever the format of the file."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

UNDECODED = "\ufffd"

# Radicals that stand for a whole ideograph but have no compatibility decomposition.
# Source: EquivalentUnifiedIdeograph.txt of the Unicode Character Database.
_RADICALS = str.maketrans(
    "⺁⺒⺓⺝⺠⺩⺬⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰",
    "厂巳幺月民王示虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙",
)


# What the makers of Chinese fonts call the faces of GB/T 9704-2012: SimHei, FZHTK, 楷体_GB2312 …
_FAMILIES = (
    ("biaosong", re.compile(r"xbs|biaosong|标宋")),
    ("fangsong", re.compile(r"fangsong|仿宋|^fz\w?fs")),
    ("kai", re.compile(r"kai|楷|^fz\w?kt")),
    ("hei", re.compile(r"hei|黑|^fz\w?ht")),
    ("song", re.compile(r"song|simsun|宋|^fz\w?ss")),
)
_SUBSET = re.compile(r"[A-Z]{6}\+")
_BOLD = re.compile(r"bold|heavy|black|粗", re.IGNORECASE)


class Face(NamedTuple):
    """What a typeface looks like.

    Attributes:
        family: ``hei`` (黑体), ``kai`` (楷体), ``fangsong``, ``song`` or ``biaosong``
            (小标宋体); the name of the font where it is none of these.
        bold: Whether it is bold, or printed so as to look bold.
    """

    family: str
    bold: bool


class Glyph(NamedTuple):
    """One character on a page; lengths in points, `baseline` from the top of the page."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    face: Face | None = None


def face_of(font: str, *, bold: bool = False) -> Face:
    """Return the face of a font by its name.

    >>> face_of("BCDEEE+SimHei"), face_of("KaiTi_GB2312,Bold")
    (Face(family='hei', bold=False), Face(family='kai', bold=True))
    """
    name = _SUBSET.sub("", font, count=1)
    lower = name.lower()
    family = next((family for family, pattern in _FAMILIES if pattern.search(lower)), lower)
    return Face(family, bold or _BOLD.search(name) is not None)


def fold_radicals(char: str) -> str:
    """Return the normal ideograph for a radical or compatibility ideograph.

    Some fonts map ideographs to U+2E80–2FDF or U+F900–FAFF; all other characters stay.

    >>> "".join(map(fold_radicals, "⼈⺠（１）"))
    '人民（１）'
    """
    if "\u2e80" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff":
        return unicodedata.normalize("NFKC", char.translate(_RADICALS))
    return char
