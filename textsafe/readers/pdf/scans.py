"""Pages that text recognition has to read: scans, and text that does not say what it is."""

from __future__ import annotations

import ctypes
import sys
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

from textsafe.readers.layout.furniture import MARGIN
from textsafe.readers.pdf.glyphs import RawPage

if TYPE_CHECKING:
    from PIL.Image import Image

# Enough for the text of any office: 200 dots to an inch; and pixels a side, for posters.
_SCALE, _MAX_SIDE = 200 / 72, 4000
# More characters than a page number, a running header or a stamp puts on a scan.
_FEW = 40
# The share of a page that a scan covers, as one picture, where nothing else is on the page, and
# where there are words; a photograph with its caption covers less.
_PAGE_SHARE, _PAGE_SHARE_WITH_WORDS = 0.3, 0.7
# How many shapes there are where text is drawn as shapes.
_MANY = 50
# More pieces of lines than a page of text drawn as shapes has; PDFium draws 30,000 in a second.
_MAX_PIECES = 300_000


def is_scan(page: pypdfium2.PdfPage, raw: RawPage) -> bool:
    """Tell whether what `page` shows is not in its text layer.

    Either next to none of it is: a picture covers the page, or shapes do, and what text there is
    stands in the margins or is too little to be the page's. Or most of its characters have a font
    that does not say which they are. A page that would take long to draw is none.
    """
    return _is_unread(page, raw) and not _is_heavy(page)


def _is_unread(page: pypdfium2.PdfPage, raw: RawPage) -> bool:
    if raw.undecoded > 0.5 * raw.visible:
        return raw.visible > _FEW or _is_covered(page, raw, _PAGE_SHARE, _MANY)
    in_margin = (MARGIN * raw.height, (1 - MARGIN) * raw.height)
    inside = sum(
        glyph.text != " " and in_margin[0] < glyph.baseline < in_margin[1] for glyph in raw.glyphs
    )
    if not raw.drawn or inside > _FEW:
        return False
    # A drawing has many shapes and a few words on it; text drawn as shapes has no words.
    if inside:
        return _is_covered(page, raw, _PAGE_SHARE_WITH_WORDS, sys.maxsize)
    return _is_covered(page, raw, _PAGE_SHARE, _MANY)


def _is_covered(page: pypdfium2.PdfPage, raw: RawPage, share: float, many: int) -> bool:
    """Tell whether one thing covers `share` of `page`, or there are more than `many` of them."""
    objects = 0
    sides = [ctypes.c_float() for _ in range(4)]
    for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
        item = pdfium.FPDFPage_GetObject(page.raw, index)
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        objects += 1
        if objects > many:
            return True
        if pdfium.FPDFPageObj_GetBounds(item, *sides):
            left, bottom, right, top = (side.value for side in sides)
            if (right - left) * (top - bottom) > share * raw.width * raw.height:
                return True
    return False


def _is_heavy(page: pypdfium2.PdfPage) -> bool:
    pieces = 0
    for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
        item = pdfium.FPDFPage_GetObject(page.raw, index)
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_PATH:
            pieces += pdfium.FPDFPath_CountSegments(item)
    return pieces > _MAX_PIECES


def picture_of(page: pypdfium2.PdfPage) -> tuple[Image, float]:
    """Return `page` as a person sees it, and its pixels for each point."""
    scale = min(_SCALE, _MAX_SIDE / max(page.get_size()))
    bitmap = page.render(scale=scale)
    try:
        image: Image = bitmap.to_pil().convert("RGB")
    finally:
        bitmap.close()
    return image, scale
