"""Characters of a PDF page, as PDFium finds them."""

from __future__ import annotations

import ctypes
import math
import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from textsafe.document import BBox
from textsafe.readers.layout.glyphs import UNDECODED, Face, Glyph, face_of, fold_radicals
from textsafe.readers.layout.matrix import Matrix, Point, quarter, turns

# A page is turned when more than this share of its characters, and not a few, are.
MOSTLY, MIN_TURNED = 0.8, 20
# What FPDFFont_GetWeight says of a semibold font; regular is 400, bold 700.
BOLD_WEIGHT = 600
# From 0 to 255: the grey from which text is pale, and from which it is white; how opaque it may be.
PALE, WHITE, SEE_THROUGH = 170, 250, 140
# How much larger than most characters a watermark is.
LARGE = 1.5


@dataclass(frozen=True)
class RawPage:
    """What one page holds before anything is made of it.

    Attributes:
        number: Page number from 1.
        width: Width in points when the text stands upright.
        height: Height in points when the text stands upright.
        turn: How many quarters the text is turned clockwise on the page as it is shown: a wide
            table set sideways. All lengths but `media` count from the top left of the upright text.
        media: Where the top left corner of the sheet stands on the page as it is shown; not at
            (0, 0) if a crop box hides it.
        glyphs: Upright characters in the order of the file, spaces included.
        pale: Those of them that are large and hardly darker than paper, as watermarks are; they
            are not among `glyphs`.
        drawn: Whether anything at all is drawn on the page.
        turned: How many characters are set at an angle (watermarks); they are left out.
    """

    number: int
    width: float
    height: float
    turn: int
    media: Point
    glyphs: list[Glyph]
    pale: list[Glyph]
    drawn: bool
    turned: int

    @property
    def visible(self) -> int:
        """How many characters there are, spaces left out."""
        return sum(glyph.text != " " for glyph in self.glyphs)

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
        glyphs, turned, turn = _upright(list(_glyphs(textpage.raw, display, (width, height))))
    finally:
        textpage.close()
    if turn % 2:
        width, height = height, width
    dark, pale = _without_pale(glyphs)
    return RawPage(
        number=number,
        width=width,
        height=height,
        turn=turn,
        media=(min(media[0][0], media[1][0]), min(media[0][1], media[1][1])),
        glyphs=dark,
        pale=pale,
        drawn=pdfium.FPDFPage_CountObjects(page.raw) > 0,
        turned=turned,
    )


def upright(box: BBox, page: RawPage) -> BBox:
    """Return where `box`, which counts from the page as it is shown, stands on the upright text."""
    if not page.turn:
        return box
    shown = (page.height, page.width) if page.turn % 2 else (page.width, page.height)
    turn = turns(*shown)[page.turn]
    (x0, y0), (x1, y1) = turn.apply(box[0], box[1]), turn.apply(box[2], box[3])
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


class _Found(NamedTuple):
    """A character, its direction in quarters of a turn (None: at an angle), whether it is pale."""

    glyph: Glyph
    direction: int | None
    pale: bool


class _Look(NamedTuple):
    """What the characters of one text object have in common."""

    size: float
    direction: int | None
    face: Face | None
    pale: bool


def _glyphs(textpage: Any, display: Matrix, size_shown: tuple[float, float]) -> Iterator[_Found]:
    maps = [display.then(turn) for turn in turns(*size_shown)]
    looks = _Looks(textpage, display)
    box = pdfium.FS_RECTF()
    origin_x, origin_y = ctypes.c_double(), ctypes.c_double()
    high_surrogate = 0
    for index in range(pdfium.FPDFText_CountChars(textpage)):
        # PDFium adds spaces and line ends of its own; the positions say more.
        if pdfium.FPDFText_IsGenerated(textpage, index) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        if 0xD800 <= code < 0xDC00:
            high_surrogate = code
            continue
        text = _character(code, high_surrogate)
        high_surrogate = 0
        size, direction, face, pale = looks.of(index)
        pdfium.FPDFText_GetLooseCharBox(textpage, index, box)
        pdfium.FPDFText_GetCharOrigin(textpage, index, origin_x, origin_y)
        upright = maps[direction or 0]
        corners = upright.apply(box.left, box.bottom), upright.apply(box.right, box.top)
        x0, x1 = sorted((corners[0][0], corners[1][0]))
        _, baseline = upright.apply(origin_x.value, origin_y.value)
        if size > 0 and math.isfinite(x0 + x1 + baseline + size):
            yield _Found(Glyph(text, x0, x1, baseline, size, face), direction, pale)


def _upright(found: Sequence[_Found]) -> tuple[list[tuple[Glyph, bool]], int, int]:
    """Return the characters that share the page's direction, how many do not, the direction.

    The direction is upright unless most characters of the page say otherwise. One or two upright
    characters between slanted ones are the top of a seal's circle.
    """
    visible = [one for one in found if one.glyph.text != " "]
    counts = Counter(one.direction for one in visible)
    turn = next(
        (
            direction
            for direction in (1, 2, 3)
            if counts[direction] >= MIN_TURNED and counts[direction] > MOSTLY * len(visible)
        ),
        0,
    )
    runs = [
        (direction, list(members))
        for direction, members in groupby(found, key=lambda one: one.direction)
    ]
    kept: list[tuple[Glyph, bool]] = []
    for index, (direction, members) in enumerate(runs):
        around = [runs[near][0] for near in (index - 1, index + 1) if 0 <= near < len(runs)]
        circle = len(members) <= 2 and around == [None, None]
        if direction == turn and not circle:
            kept += [(one.glyph, one.pale) for one in members]
    lost = len(visible) - sum(glyph.text != " " for glyph, _ in kept)
    return kept, lost, turn


def _without_pale(glyphs: Sequence[tuple[Glyph, bool]]) -> tuple[list[Glyph], list[Glyph]]:
    """Part the characters from those that are pale and larger than most."""
    if not any(pale for _, pale in glyphs):
        return [glyph for glyph, _ in glyphs], []
    usual = statistics.median(glyph.size for glyph, _ in glyphs)
    dark: list[Glyph] = []
    watermark: list[Glyph] = []
    for glyph, pale in glyphs:
        (watermark if pale and glyph.size > LARGE * usual else dark).append(glyph)
    return dark, watermark


class _Looks:
    """What text objects look like, asked once for each of them."""

    def __init__(self, textpage: Any, display: Matrix) -> None:
        self._textpage = textpage
        self._display = display
        self._matrix = pdfium.FS_MATRIX()
        self._known: dict[int, _Look] = {}
        self._faces: dict[tuple[int, bool], Face] = {}

    def of(self, index: int) -> _Look:
        """Return the look of the character at `index`."""
        item = pdfium.FPDFText_GetTextObject(self._textpage, index)
        if not item:
            return self._look(index, None, pale=False)
        address = ctypes.addressof(item.contents)
        if address not in self._known:
            self._known[address] = self._look(index, self._face(item), pale=_is_pale(item))
        return self._known[address]

    def _look(self, index: int, face: Face | None, *, pale: bool) -> _Look:
        matrix, display = self._matrix, self._display
        pdfium.FPDFText_GetMatrix(self._textpage, index, matrix)
        size = pdfium.FPDFText_GetFontSize(self._textpage, index)
        direction = quarter(
            matrix.a * display.a + matrix.b * display.c, matrix.a * display.b + matrix.b * display.d
        )
        return _Look(size * math.hypot(matrix.c, matrix.d), direction, face, pale)

    def _face(self, item: Any) -> Face | None:
        font = pdfium.FPDFTextObj_GetFont(item)
        if not font:
            return None
        # Bold where there is no bold font: the outlines are drawn as well.
        outlined = (
            pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
        )
        key = ctypes.addressof(font.contents), outlined
        if key not in self._faces:
            name = ctypes.create_string_buffer(128)
            pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
            bold = outlined or pdfium.FPDFFont_GetWeight(font) >= BOLD_WEIGHT
            self._faces[key] = face_of(name.value.decode("utf-8", "replace"), bold=bold)
        return self._faces[key]


def _is_pale(item: Any) -> bool:
    """Tell whether text is printed hardly darker than paper, or can be seen through.

    White text is none: it stands on a dark ground.
    """
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
        return False
    luminance = 0.299 * red.value + 0.587 * green.value + 0.114 * blue.value
    return PALE <= luminance < WHITE or alpha.value <= SEE_THROUGH


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
