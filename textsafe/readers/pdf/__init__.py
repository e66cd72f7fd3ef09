"""The PDF reader: text with its place on the page, ruled tables, page furniture.

The way of a page: glyphs (what PDFium finds) → tables (where there are rules, cells by pdfplumber)
and lines → furniture is set apart → paragraphs, over the ends of pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from threading import Lock

import pypdfium2
import pypdfium2.raw as pdfium

from textsafe.document import BBox
from textsafe.errors import CorruptDocumentError, EncryptedDocumentError, ScannedDocumentError
from textsafe.messages import message
from textsafe.readers.content import Content, ContentBuilder
from textsafe.readers.layout import PageContent, lay_out
from textsafe.readers.layout.lines import build_lines
from textsafe.readers.layout.tables import take_tables
from textsafe.readers.limits import Limits
from textsafe.readers.options import Options
from textsafe.readers.page_list import page_list
from textsafe.readers.pdf.glyphs import RawPage, read_page
from textsafe.readers.pdf.plumber import TablesUnreadableError, page_cells
from textsafe.readers.pdf.rules import Ruling, page_ruling

# More characters than a page of any size has; pdfminer takes a second to read them.
MAX_GLYPHS = 20_000

# PDFium must not be entered by two threads at a time.
_PDFIUM = Lock()


@dataclass(frozen=True)
class _Page:
    """A page, and whether anything at all is drawn on it."""

    content: PageContent
    drawn: bool


@dataclass(frozen=True)
class _Faults:
    """Numbers of the pages on which something could not be read."""

    damaged: list[int] = field(default_factory=list)
    undecoded: list[int] = field(default_factory=list)
    turned: list[int] = field(default_factory=list)
    crowded: list[int] = field(default_factory=list)
    tangled: list[int] = field(default_factory=list)

    def note(self, page: RawPage) -> None:
        """Keep the number of `page` under what is wrong with it."""
        visible = sum(glyph.text != " " for glyph in page.glyphs)
        # A few undecoded characters are bullets or page numbers in a symbol font.
        if page.undecoded > max(10, visible / 10):
            self.undecoded.append(page.number)
        if page.turned:
            self.turned.append(page.number)


def read(data: bytes, options: Options) -> Content:
    """Read a PDF file.

    Args:
        data: The file.
        options: Its limits say how many pages and characters are allowed.

    Returns:
        Paragraphs and tables in reading order with page and place; page numbers and running
        headers are set apart as furniture. Pages without a text layer, and characters that
        could not be read, are named in the warnings.

    Raises:
        CorruptDocumentError: PDFium cannot open the file, or none of its pages.
        EncryptedDocumentError: A password is needed to open it.
        ScannedDocumentError: No page has a text layer.
        LimitExceededError: It has too many pages or characters.
    """
    with _PDFIUM:
        pages, count, faults = _read_pages(data, options.limits)
    builder = ContentBuilder()
    empty = lay_out([page.content for page in pages], builder)
    unread = [page.content.number for page in pages if page.drawn and page.content.number in empty]
    if unread and len(empty) == len(pages):
        raise ScannedDocumentError("scanned", pages=count)
    for warning in _warnings(faults, unread, complete=b"%%EOF" in data[-2048:]):
        builder.warn(warning)
    return builder.build(pages=count)


def _read_pages(data: bytes, limits: Limits) -> tuple[list[_Page], int, _Faults]:
    document = _open(data)
    try:
        count = len(document)
        limits.check("pages", count)
        pages, faults = _each_page(document, limits)
    finally:
        document.close()
    if not pages:
        raise CorruptDocumentError("corrupt", format="pdf", reason="没有可读的页")
    return pages, count, faults


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise EncryptedDocumentError("encrypted", format="pdf") from error
        reason = "没有页面" if error.err_code == pdfium.FPDF_ERR_SUCCESS else "不是有效的 PDF 结构"
        raise CorruptDocumentError("corrupt", format="pdf", reason=reason) from error


def _warnings(faults: _Faults, unread: Sequence[int], *, complete: bool) -> Iterator[str]:
    if not complete:
        yield message("pdf_incomplete").text
    for key, numbers in (
        ("pdf_damaged", faults.damaged),
        ("pdf_no_text", unread),
        ("pdf_undecoded", faults.undecoded),
        ("pdf_turned", faults.turned),
        ("pdf_crowded", faults.crowded),
        ("pdf_tangled", faults.tangled),
    ):
        if numbers:
            yield message(key, pages=page_list(numbers)).text


def _each_page(document: pypdfium2.PdfDocument, limits: Limits) -> tuple[list[_Page], _Faults]:
    pages: list[_Page] = []
    faults = _Faults()
    characters = 0
    for index in range(len(document)):
        try:
            page = document[index]
            try:
                raw, ruling = read_page(page, index + 1), page_ruling(page)
            finally:
                page.close()
        except pypdfium2.PdfiumError:
            faults.damaged.append(index + 1)
            continue
        faults.note(raw)
        characters += len(raw.glyphs)
        limits.check("characters", characters)
        cells = _cells(document, raw, ruling, faults)
        tables, rest = take_tables(cells, raw.glyphs, raw.number)
        lines = build_lines(rest, raw.number)
        content = PageContent(
            raw.number, (raw.width, raw.height), lines, tables, turn=90.0 * raw.turn
        )
        pages.append(_Page(content, raw.drawn))
    return pages, faults


def _cells(
    document: pypdfium2.PdfDocument, page: RawPage, ruling: Ruling, faults: _Faults
) -> list[list[BBox]]:
    """Return the cells of each table on `page`; none where it is not fit for finding them."""
    if ruling is Ruling.NONE or not page.glyphs:
        return []
    if ruling is Ruling.DRAWING or len(page.glyphs) > MAX_GLYPHS:
        faults.crowded.append(page.number)
        return []
    try:
        return page_cells(document, page)
    except TablesUnreadableError:
        faults.tangled.append(page.number)
        return []
