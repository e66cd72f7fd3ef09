"""Text objects of OFD to characters with their places (GB/T 33190-2016, chapter 11)."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from lxml import etree

from textsafe.readers.layout.glyphs import UNDECODED, Face, Glyph, fold_radicals
from textsafe.readers.layout.lines import is_wide
from textsafe.readers.layout.matrix import Matrix, Point, quarter
from textsafe.readers.ofd.package import local
from textsafe.readers.ofd.values import deltas, is_true, number, whole

# Widths of the characters from the space to the tilde in hundredths of the size: those of Times,
# from the metrics that Adobe publishes. Other faces differ by less than what makes a word gap.
_TIMES = (
    "25 33 41 50 50 83 78 18 33 33 50 56 25 33 25 28 50 50 50 50 50 50 50 50 50 50 28 28 56 "
    "56 56 44 92 72 67 67 72 61 56 72 72 33 39 72 61 89 72 72 56 72 67 56 61 72 72 94 72 72 "
    "61 33 28 33 47 50 33 44 50 44 50 44 33 50 50 28 28 50 28 78 50 50 50 50 33 39 28 50 50 "
    "72 50 50 44 48 20 48 54"
)
_WIDTHS = {chr(32 + index): int(width) / 100 for index, width in enumerate(_TIMES.split())}


@dataclass
class TextRun:
    """The characters of one text object.

    Attributes:
        glyphs: Upright characters, spaces included.
        turned: How many others there are in each direction, in quarters of a turn clockwise; None
            where they are set at an angle. They are left out.
    """

    glyphs: list[Glyph] = field(default_factory=list)
    turned: Counter[int | None] = field(default_factory=Counter)


@dataclass(frozen=True)
class _Setting:
    """How the characters of a text object are set.

    Attributes:
        em: Width of an ideograph, in the space of the object.
        height: Size of the characters, in the space of the object.
        towards: Direction in which they follow one another where no distances are given, in
            degrees clockwise from the right.
        matrix: Map from the space of the object to points on the page.
    """

    em: float
    height: float
    towards: int
    matrix: Matrix
    face: Face | None


def read_text(element: etree._Element, matrix: Matrix, face: Face | None) -> TextRun:
    """Read a TextObject.

    Args:
        element: The text object.
        matrix: Map from its space to points on the page.
        face: Its typeface.
    """
    run = TextRun()
    size = number(element.get("Size"), 0.0)
    setting = _Setting(
        em=size * number(element.get("HScale"), 1.0),
        height=size,
        towards=whole(element.get("ReadDirection"), 0) % 360,
        matrix=matrix,
        face=face,
    )
    direction = quarter(matrix.a, matrix.b)
    if whole(element.get("CharDirection"), 0) % 360 != 0:
        direction = None
    x = y = 0.0
    transforms: list[etree._Element] = []
    for part in element:
        if local(part) == "CGTransform":
            transforms.append(part)
        elif local(part) == "TextCode":
            # A place that is not given is that of the text before.
            x, y = number(part.get("X"), x), number(part.get("Y"), y)
            slots = _slots(_unbroken(part.text or ""), transforms)
            transforms = []
            if direction != 0:
                run.turned[direction] += sum(bool(slot.strip()) for slot in slots)
            elif size > 0:
                run.glyphs += _placed(part, slots, (x, y), setting)
    return run


def is_drawn(element: etree._Element) -> bool:
    """Tell whether a text object has its characters filled or outlined."""
    return is_true(element.get("Fill"), True) or is_true(element.get("Stroke"), False)


def _unbroken(text: str) -> str:
    """Take out the line breaks, and the white space around them: so the XML was written."""
    lines = text.splitlines()
    return "".join(line.strip() for line in lines) if len(lines) > 1 else text


def _slots(text: str, transforms: Sequence[etree._Element]) -> list[str]:
    """Say what is drawn at each place: a character, several as one shape, or part of a shape.

    A CGTransform draws `CodeCount` characters from `CodePosition` on as `GlyphCount` shapes.
    """
    slots: list[str] = []
    position = 0
    for transform in sorted(transforms, key=lambda found: whole(found.get("CodePosition"), 0)):
        start = whole(transform.get("CodePosition"), 0)
        shapes = [token for part in transform for token in (part.text or "").split()]
        if start < position or not shapes:
            continue
        slots += text[position:start]
        end = start + max(whole(transform.get("CodeCount"), 1), 1)
        count = min(max(whole(transform.get("GlyphCount"), 1), 1), len(shapes))
        slots += _shaped(text[start:end], shapes[:count])
        position = min(end, len(text))
    return [*slots, *text[position:]]


def _shaped(codes: str, shapes: Sequence[str]) -> list[str]:
    if not codes.strip() and len(set(shapes)) > 1:
        # Different shapes cannot all be spaces: the file does not say which characters they are.
        return [UNDECODED] * len(shapes)
    if len(codes) == len(shapes):
        return [*codes]
    return [codes] + [""] * (len(shapes) - 1)


def _placed(
    code: etree._Element, slots: Sequence[str], start: Point, setting: _Setting
) -> Iterator[Glyph]:
    """Yield the characters of one TextCode with their places in points."""
    matrix, em, towards = setting.matrix, setting.em, setting.towards
    across = deltas(code.get("DeltaX"), len(slots) - 1)
    down = deltas(code.get("DeltaY"), len(slots) - 1)
    widths = _widths(slots, across, em)
    scale = math.hypot(matrix.a, matrix.b)
    size = setting.height * math.hypot(matrix.c, matrix.d)
    x, y = start
    for index, (slot, width) in enumerate(zip(slots, widths, strict=True)):
        text = "".join(map(_character, slot))
        if text:
            x0, baseline = matrix.apply(x, y)
            yield Glyph(text, x0, x0 + width * scale, baseline, size, setting.face)
        if index < len(across) or index < len(down):
            x += across[index] if index < len(across) else 0.0
            y += down[index] if index < len(down) else 0.0
        else:
            x += width if towards == 0 else -width if towards == 180 else 0.0
            y += em if towards == 90 else -em if towards == 270 else 0.0


def _widths(slots: Sequence[str], across: Sequence[float], em: float) -> list[float]:
    """Estimate how wide each shape is: a wide one as its size, never beyond the next one.

    Narrow characters that mostly have the same distance come from a face that gives all of them
    one width, such as 宋体.
    """
    narrow = [
        distance
        for slot, distance in zip(slots, across, strict=False)
        if slot and not is_wide(slot[0])
    ]
    fixed = 0.0
    if narrow:
        ((common, times),) = Counter(narrow).most_common(1)
        fixed = common if times > len(narrow) / 2 and common < 0.75 * em else 0.0
    widths = []
    for index, slot in enumerate(slots):
        width = sum(em if is_wide(char) else _WIDTHS.get(char, 0.5) * em for char in slot)
        if slot and not is_wide(slot[0]):
            # Of other scripts nothing is known but how far the next character is.
            width = max(width, fixed) if slot.isascii() else 2 * em
        if index < len(across) and 0 < across[index] < width:
            width = across[index]
        widths.append(width)
    return widths


@cache
def _character(char: str) -> str:
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category == "Cf":
        return ""
    return UNDECODED if category in ("Cc", "Cn", "Cs") else fold_radicals(char)


def undecoded(glyph: Glyph) -> bool:
    """Tell whether nobody can say which character `glyph` is.

    The private area of Unicode means something in one font only; U+F000–F0FF are the bullets of
    symbol fonts, which are known.
    """
    return any(
        char == UNDECODED or "\ue000" <= char < "\uf000" or "\uf100" <= char <= "\uf8ff"
        for char in glyph.text
    )
