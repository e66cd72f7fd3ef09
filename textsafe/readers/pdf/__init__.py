"""The PDF reader: text with its place on the page, ruled tables, page furniture.

The way of a page: glyphs (what PDFium finds) → tables (where there are rules, cells by pdfplumber)
and lines → furniture is set apart → paragraphs, over the ends of pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from threading import Lock

import pypdfium2
import pypdfium2.raw as pdfium

from textsafe.document import BBox
from textsafe.errors import CorruptDocumentError, EncryptedDocumentError, ScannedDocumentError
from textsafe.messages import message
from textsafe.readers.content import Content, ContentBuilder
from textsafe.readers.limits import Limits
from textsafe.readers.pdf.columns import text_columns
from textsafe.readers.pdf.furniture import rounded, running_tables, split_furniture
from textsafe.readers.pdf.glyphs import RawPage, read_page
from textsafe.readers.pdf.lines import Line, build_lines
from textsafe.readers.pdf.paragraphs import Item, build_paragraphs
from textsafe.readers.pdf.plumber import TablesUnreadableError, page_cells
from textsafe.readers.pdf.rules import Ruling, page_ruling
from textsafe.readers.pdf.tables import PageTable, take_tables

# More characters than a page of any size has; pdfminer takes a second to read them.
MAX_GLYPHS = 20_000

# PDFium must not be entered by two threads at a time.
_PDFIUM = Lock()


@dataclass(frozen=True)
class _Page:
    """What is kept of a page until the whole document is known."""

    number: int
    size: tuple[float, float]
    lines: list[Line]
    tables: list[PageTable]
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


def read(data: bytes, limits: Limits) -> Content:
    """Read a PDF file.

    Args:
        data: The file.
        limits: How many pages and characters are allowed.

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
        pages, count, faults = _read_pages(data, limits)
    heights = {page.number: page.size[1] for page in pages}
    body, furniture = split_furniture([page.lines for page in pages], heights)
    heads = running_tables([table for page in pages for table in page.tables], heights, count)
    lines = {page.number: kept for page, kept in zip(pages, body, strict=True)}
    tables = {page.number: [table for table in page.tables if table not in heads] for page in pages}
    unread = [
        page.number
        for page in pages
        if page.drawn and not lines[page.number] and not tables[page.number]
    ]
    if unread and not any(lines.values()) and not any(tables.values()):
        raise ScannedDocumentError("scanned", pages=count)

    builder = ContentBuilder()
    for piece in [*furniture, *heads.values()]:
        builder.add_furniture(piece)
    columns = text_columns(lines, {page.number: page.size for page in pages})
    items = (item for page in pages for item in _in_order(lines[page.number], tables[page.number]))
    for block in build_paragraphs(items, columns):
        if isinstance(block, PageTable):
            builder.add_table(block.cells, page=block.page, bbox=rounded(block.bbox))
        else:
            builder.add_paragraph(block.text, page=block.page, bbox=rounded(block.bbox))
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
        pages.append(_Page(raw.number, (raw.width, raw.height), lines, tables, raw.drawn))
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


def _in_order(lines: Iterable[Line], tables: Iterable[PageTable]) -> Sequence[Item]:
    return sorted([*lines, *tables], key=lambda item: item.bbox[1])


def page_list(numbers: Sequence[int]) -> str:
    """Write page numbers for a person.

    >>> page_list([1, 2, 3, 7])
    '1—3、7'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    texts = [f"{run[0]}—{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return "、".join(texts)
