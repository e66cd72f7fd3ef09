"""The cells of ruled tables, found by pdfplumber."""

from __future__ import annotations

import io
import logging
import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any

import pypdfium2

from textsafe.document import BBox
from textsafe.readers.layout.matrix import Point
from textsafe.readers.pdf.glyphs import RawPage
from textsafe.readers.pdf.rules import MAX_RULE_WIDTH, SLACK

if TYPE_CHECKING:
    import pdfplumber.page
    import pdfplumber.table


# Bytes of drawing operators on a page; a crowded table takes a tenth, pdfminer 2.5 s for all.
MAX_CONTENT = 1024 * 1024


class TablesUnreadableError(Exception):
    """pdfplumber cannot make out the lines of a page."""


def page_cells(document: pypdfium2.PdfDocument, page: RawPage) -> list[list[BBox]]:
    """Return the tables of `page`, each as the boxes of its cells.

    Raises:
        TablesUnreadableError: The page is damaged in a way that PDFium bears and pdfminer, which
            reads for pdfplumber, does not.
    """
    try:
        with _quiet():
            return _find(_page_alone(document, page.number), page.media)
    # pdfminer checks little of what it reads, so that damage shows as any kind of error.
    except Exception as error:
        raise TablesUnreadableError(str(error)) from error


def _page_alone(document: pypdfium2.PdfDocument, number: int) -> io.BytesIO:
    """Return a file with one page of `document`.

    PDFium writes it in good order, however large or damaged the whole is; pdfminer would search
    a damaged file object by object, for a minute and with gigabytes of memory if it is large.
    """
    file = io.BytesIO()
    alone = pypdfium2.PdfDocument.new()
    try:
        alone.import_pages(document, [number - 1])
        alone.save(file)
    finally:
        alone.close()
    return file


def _find(file: io.BytesIO, media: Point) -> list[list[BBox]]:
    import pdfplumber  # noqa: PLC0415 - costs 90 ms, and most files have no tables

    (page,) = pdfplumber.open(file).pages
    try:
        _check_length(page)
        tables = _tables(page)
    finally:
        page.close()
    # pdfplumber counts from the corner of the sheet, we from what a crop box leaves of it.
    right, down = media[0] - page.mediabox[0], media[1] - page.mediabox[1]
    cells = [
        [(x0 + right, top + down, x1 + right, bottom + down) for x0, top, x1, bottom in found]
        for found in (table.cells for table in tables)
    ]
    if not all(map(math.isfinite, chain.from_iterable(chain.from_iterable(cells)))):
        raise TablesUnreadableError("lines without end")
    return cells


def _tables(page: pdfplumber.page.Page) -> list[pdfplumber.table.Table]:
    lines = list(_straightened(page.filter(_is_rule).edges))
    if len(lines) < 2:
        return []  # which pdfplumber would call an error
    return page.find_tables(
        {
            "vertical_strategy": "explicit",
            "horizontal_strategy": "explicit",
            "explicit_vertical_lines": lines,
            "explicit_horizontal_lines": lines,
        }
    )


def _check_length(page: pdfplumber.page.Page) -> None:
    """Refuse a page whose drawing operators would keep pdfminer busy for long."""
    from pdfminer.pdftypes import stream_value  # noqa: PLC0415 - see _find

    if sum(len(stream_value(part).get_data()) for part in page.page_obj.contents) > MAX_CONTENT:
        raise TablesUnreadableError("too many drawing operators")


def _is_rule(item: dict[str, Any]) -> bool:
    """Tell lines, frames and thin bars from text, pictures and the coloured ground of cells."""
    if item["object_type"] == "rect" and not item["stroke"]:
        return bool(min(item["width"], item["height"]) <= MAX_RULE_WIDTH)
    return item["object_type"] in ("line", "rect", "curve")


def _straightened(edges: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the edges that are horizontal or vertical to the eye, made so exactly.

    pdfplumber takes a line that slants by a hair for a vertical one.
    """
    for edge in edges:
        if edge["height"] <= SLACK < edge["width"]:
            yield edge | {"orientation": "h", "bottom": edge["top"], "height": 0}
        elif edge["width"] <= SLACK < edge["height"]:
            yield edge | {"orientation": "v", "x1": edge["x0"], "width": 0}


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what pdfminer finds odd about a file out of the logs of the program that reads it."""
    loggers = [logging.getLogger(name) for name in ("pdfminer", "pdfplumber")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
