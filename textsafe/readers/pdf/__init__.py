"""The PDF reader: text with its place on the page, ruled tables, page furniture.

The way of a page: glyphs (what PDFium finds) → tables (where there are rules, cells by pdfplumber)
and lines, or text recognition where the page is a picture → the layout of all paged formats.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock

import pypdfium2
import pypdfium2.raw as pdfium

from textsafe.document import BBox
from textsafe.errors import CorruptDocumentError, EncryptedDocumentError, ScannedDocumentError
from textsafe.messages import message
from textsafe.readers import ocr
from textsafe.readers.content import Content, ContentBuilder
from textsafe.readers.layout import PageContent, lay_out
from textsafe.readers.layout.lines import Line, build_lines
from textsafe.readers.layout.tables import take_tables
from textsafe.readers.limits import Limits
from textsafe.readers.options import Options
from textsafe.readers.page_list import page_list
from textsafe.readers.pdf.glyphs import RawPage, read_page, upright
from textsafe.readers.pdf.plumber import TablesUnreadableError, page_cells
from textsafe.readers.pdf.rules import Ruling, page_ruling
from textsafe.readers.pdf.scans import is_scan, picture_of

# More characters than a page of any size has; pdfminer takes a second to read them.
MAX_GLYPHS = 20_000

# PDFium must not be entered by two threads at a time.
_PDFIUM = Lock()


@dataclass
class _Page:
    """A page while it is read.

    Attributes:
        drawn: Whether anything at all is drawn on it.
        scan: Whether text recognition has to read it.
        pale: Large pale lines, which are a watermark if they return on other pages.
    """

    content: PageContent
    drawn: bool
    scan: bool
    pale: list[Line]


@dataclass(frozen=True)
class _Faults:
    """Numbers of the pages on which something could not be read."""

    damaged: list[int] = field(default_factory=list)
    undecoded: list[int] = field(default_factory=list)
    turned: list[int] = field(default_factory=list)
    crowded: list[int] = field(default_factory=list)
    tangled: list[int] = field(default_factory=list)
    pale: list[int] = field(default_factory=list)

    def note(self, page: RawPage) -> None:
        """Keep the number of `page` under what is wrong with it."""
        # A few undecoded characters are bullets or page numbers in a symbol font.
        if page.undecoded > max(10, page.visible / 10):
            self.undecoded.append(page.number)
        if page.turned:
            self.turned.append(page.number)


def read(data: bytes, options: Options) -> Content:
    """Read a PDF file.

    Args:
        data: The file.
        options: Its limits say how many pages and characters are allowed; ``on_page`` is told
            of every page that text recognition has read.

    Returns:
        Paragraphs and tables in reading order with page and place; page numbers and running
        headers are set apart as furniture. Pages that are pictures are read by text recognition
        where that is installed; else they are named in the warnings, as are characters that
        could not be read.

    Raises:
        CorruptDocumentError: PDFium cannot open the file, or none of its pages.
        EncryptedDocumentError: A password is needed to open it.
        ScannedDocumentError: All pages are pictures, and text recognition is not installed.
        LimitExceededError: It has too many pages or characters.
    """
    with _PDFIUM:
        document = _open(data)
    try:
        with _PDFIUM:
            count = len(document)
            options.limits.check("pages", count)
            pages, faults = _each_page(document, options.limits)
        able = _recognise(document, pages, faults, options)
    finally:
        with _PDFIUM:
            document.close()
    if not pages:
        raise CorruptDocumentError("corrupt", format="pdf", reason="没有可读的页")
    _set_watermarks_apart(pages, faults)
    builder = ContentBuilder(options.limits)
    empty = lay_out([page.content for page in pages], builder)
    unread = [
        page.content.number
        for page in pages
        if (page.scan and not able) or (page.drawn and page.content.number in empty)
    ]
    if unread and len(empty) == len(pages) and not able:
        raise ScannedDocumentError("scanned", pages=count)
    complete = b"%%EOF" in data[-2048:]
    for warning in _warnings(faults, unread, able=able, complete=complete):
        builder.warn(warning)
    for warning in ocr.doubts(page.content for page in pages):
        builder.warn(warning)
    return builder.build(pages=count)


def _recognise(
    document: pypdfium2.PdfDocument, pages: Sequence[_Page], faults: _Faults, options: Options
) -> bool:
    """Read the scans among `pages` by text recognition; tell whether it is installed."""
    scans = [page for page in pages if page.scan]
    if not scans or not ocr.available():
        return False
    for done, page in enumerate(scans, 1):
        number = page.content.number
        with _PDFIUM:
            sheet = document[number - 1]
            try:
                image, scale = picture_of(sheet)
            finally:
                sheet.close()
        content = ocr.read_page(image, page=number, scale=scale)
        if content.lines or content.tables:
            page.content, page.scan, page.pale = content, False, []
            for numbers in (faults.undecoded, faults.turned, faults.crowded, faults.tangled):
                if number in numbers:
                    numbers.remove(number)
        if options.on_page:
            options.on_page(done, len(scans))
    return True


def _set_watermarks_apart(pages: Sequence[_Page], faults: _Faults) -> None:
    """Leave out large pale lines that return from page to page; others are titles."""
    counts = Counter(text for page in pages for text in {line.text for line in page.pale})
    enough = min(3, len(pages)) if len(pages) > 1 else 2
    for page in pages:
        kept = [line for line in page.pale if counts[line.text] < enough]
        if len(kept) < len(page.pale):
            faults.pale.append(page.content.number)
        if kept:
            lines = sorted([*page.content.lines, *kept], key=lambda line: line.top)
            page.content = replace(page.content, lines=lines)


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise EncryptedDocumentError("encrypted", format="pdf") from error
        reason = "没有页面" if error.err_code == pdfium.FPDF_ERR_SUCCESS else "不是有效的 PDF 结构"
        raise CorruptDocumentError("corrupt", format="pdf", reason=reason) from error


def _warnings(
    faults: _Faults, unread: Sequence[int], *, able: bool, complete: bool
) -> Iterator[str]:
    if not complete:
        yield message("pdf_incomplete").text
    for key, numbers in (
        ("page_damaged", faults.damaged),
        ("pdf_pictures" if able else "pdf_no_text", unread),
        ("page_undecoded", faults.undecoded),
        ("page_turned", faults.turned),
        ("page_crowded", faults.crowded),
        ("pdf_tangled", faults.tangled),
        ("pdf_pale", faults.pale),
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
                scan = is_scan(page, raw)
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
        content = PageContent(
            raw.number,
            (raw.width, raw.height),
            build_lines(rest, raw.number),
            tables,
            turn=90.0 * raw.turn,
        )
        pages.append(_Page(content, raw.drawn, scan, build_lines(raw.pale, raw.number)))
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
        return [[upright(cell, page) for cell in table] for table in page_cells(document, page)]
    except TablesUnreadableError:
        faults.tangled.append(page.number)
        return []
