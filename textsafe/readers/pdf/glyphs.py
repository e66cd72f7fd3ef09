"""Characters of a PDF page, as PDFium finds them."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from textsafe.readers.layout.glyphs import UNDECODED, Glyph, fold_radicals

Point = tuple[float, float]


class Matrix(NamedTuple):
    """An affine map of the plane, as PDF writes it: x' = ax + cy + e, y' = bx + dy + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def apply(self, x: float, y: float) -> Point:
        """Return the image of the point (x, y)."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, other: Matrix) -> Matrix:
        """Return the map that does `self` first and `other` second."""
        e, f = other.apply(self.e, self.f)
        return Matrix(
            self.a * other.a + self.b * other.c,
            self.a * other.b + self.b * other.d,
            self.c * other.a + self.d * other.c,
            self.c * other.b + self.d * other.d,
            e,
            f,
        )


@dataclass(frozen=True)
class RawPage:
    """What one page holds before anything is made of it.

    Attributes:
        number: Page number from 1.
        width: Width as shown, in points, after the page's rotation.
        height: Height as shown, in points, after the page's rotation.
        media: Where the top left corner of the sheet stands; not at (0, 0) if a crop box hides it.
        glyphs: Upright characters in the order of the file, spaces included.
        drawn: Whether anything at all is drawn on the page.
        turned: How many characters are set at an angle (watermarks); they are left out.
    """

    number: int
    width: float
    height: float
    media: Point
    glyphs: list[Glyph]
    drawn: bool
    turned: int

    @property
    def undecoded(self) -> int:
        """How many characters have a font that does not say which characters they are."""
        return sum(glyph.text == UNDECODED for glyph in self.glyphs)


def read_page(page: pypdfium2.PdfPage, number: int) -> RawPage:
    """Read the characters of `page`, which is page `number` from 1."""
    left, bottom, right, top = page.get_bbox()
    width, height = right - left, top - bottom
    # Clockwise rotation in degrees -> map from the page's coordinates to those of the reader.
    rotation = page.get_rotation()
    display = {
        0: Matrix(1, 0, 0, -1, -left, top),
        90: Matrix(0, 1, 1, 0, -bottom, -left),
        180: Matrix(-1, 0, 0, 1, right, -bottom),
        270: Matrix(0, -1, -1, 0, top, right),
    }[rotation]
    if rotation in (90, 270):
        width, height = height, width
    sheet = page.get_mediabox()
    media = display.apply(*sheet[:2]), display.apply(*sheet[2:])
    textpage = page.get_textpage()
    try:
        glyphs, turned = _glyphs(textpage.raw, display)
    finally:
        textpage.close()
    return RawPage(
        number=number,
        width=width,
        height=height,
        media=(min(media[0][0], media[1][0]), min(media[0][1], media[1][1])),
        glyphs=glyphs,
        drawn=pdfium.FPDFPage_CountObjects(page.raw) > 0,
        turned=turned,
    )


def _glyphs(textpage: Any, display: Matrix) -> tuple[list[Glyph], int]:
    glyphs: list[Glyph] = []
    turned = 0
    matrix, box = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
    origin_x, origin_y = ctypes.c_double(), ctypes.c_double()
    count = pdfium.FPDFText_CountChars(textpage)
    high_surrogate = 0
    for index in range(count):
        # PDFium adds spaces and line ends of its own; the positions say more.
        if pdfium.FPDFText_IsGenerated(textpage, index) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        if 0xD800 <= code < 0xDC00:
            high_surrogate = code
            continue
        text = _character(code, high_surrogate)
        high_surrogate = 0
        pdfium.FPDFText_GetMatrix(textpage, index, matrix)
        pdfium.FPDFText_GetLooseCharBox(textpage, index, box)
        pdfium.FPDFText_GetCharOrigin(textpage, index, origin_x, origin_y)
        # The direction of writing as shown: upright text runs to the right.
        run_x = matrix.a * display.a + matrix.b * display.c
        run_y = matrix.a * display.b + matrix.b * display.d
        if run_x <= 0 or abs(run_y) > 0.2 * run_x:
            turned += not text.isspace()
            continue
        scale = math.hypot(matrix.c, matrix.d)
        size = pdfium.FPDFText_GetFontSize(textpage, index) * scale
        corners = display.apply(box.left, box.bottom), display.apply(box.right, box.top)
        x0, x1 = sorted((corners[0][0], corners[1][0]))
        _, baseline = display.apply(origin_x.value, origin_y.value)
        if size > 0 and math.isfinite(x0 + x1 + baseline + size):
            glyphs.append(Glyph(text, x0, x1, baseline, size))
    return glyphs, turned


def _character(code: int, high_surrogate: int) -> str:
    if high_surrogate and 0xDC00 <= code < 0xE000:
        return chr(0x10000 + ((high_surrogate - 0xD800) << 10) + (code - 0xDC00))
    if code > 0x10FFFF or 0xD800 <= code < 0xE000:
        return UNDECODED
    char = chr(code)
    if char.isspace():
        return " "
    # Cc: the font has no Unicode map and PDFium hands out the character's number in the font.
    if unicodedata.category(char) in ("Cc", "Cn"):
        return UNDECODED
    return fold_radicals(char)
