"""Page numbers and running headers and footers: what belongs to the page, not to the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from textsafe.document import BBox, Furniture
from textsafe.readers.layout.lines import Line
from textsafe.readers.layout.tables import PageTable

# GB/T 9704 sets page numbers within the margins, which are 35–37 mm of a page of 297 mm.
MARGIN = 0.125
# The head of a form, which is a table, may take up more of the page.
FORM_HEAD = 0.25

_NUMBER = r"[\d０-９]{1,4}"
_DASHES = r"[-－—–―~～·•*\s]{0,8}"
_PAGE_NUMBER = re.compile(
    rf"{_DASHES}(?:第\s?)?{_NUMBER}\s?页?"
    rf"(?:\s?(?:[/／]|[,，]?\s?共)\s?{_NUMBER}\s?页?)?{_DASHES}"
    rf"|{_DASHES}[ivxlcIVXLCⅠ-ⅿ]{{1,7}}{_DASHES}"
    rf"|Page\s{_NUMBER}(?:\sof\s{_NUMBER})?",
    re.IGNORECASE,
)
# A page number inside a running header: 安全管理制度 第3页.
_COUNT = re.compile(rf"第\s?{_NUMBER}\s?页|共\s?{_NUMBER}\s?页|{_NUMBER}\s?[/／]\s?{_NUMBER}")
_IDEOGRAPH = re.compile("[\u3400-\u9fff]")

Kind = Literal["header", "footer", "page_number"]


def split_furniture(
    pages: Sequence[Sequence[Line]], heights: Mapping[int, float]
) -> tuple[list[list[Line]], list[Furniture]]:
    """Return the body lines of each page, and the furniture of all pages.

    Args:
        pages: The lines of each page, from the top.
        heights: Height of each page in points, by page number from 1.
    """
    margins = [_margin_lines(lines, heights) for lines in pages]
    kinds: dict[Line, Kind] = {
        line: "page_number"
        for lines in margins
        for line in lines
        if _PAGE_NUMBER.fullmatch(line.text)
    }
    candidates = [line for lines in margins for line in lines if line not in kinds]
    for same in _at_same_place(candidates, heights):
        if _is_running(same, len(pages)):
            kinds |= dict.fromkeys(same, _margin_kind(same[0], heights))
    furniture = [
        Furniture(kind=kinds[line], text=line.text, page=line.page, bbox=rounded(line.bbox))
        for lines in margins
        for line in lines
        if line in kinds
    ]
    return [[line for line in lines if line not in kinds] for lines in pages], furniture


def rounded(box: BBox) -> BBox:
    """Return `box` with its lengths rounded to a tenth of a point."""
    x0, top, x1, bottom = box
    return round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1)


def _margin_lines(lines: Sequence[Line], heights: Mapping[int, float]) -> list[Line]:
    """The lines that stand wholly in the top or the bottom margin."""
    return [
        line
        for line in lines
        if line.bottom < MARGIN * heights[line.page] or line.top > (1 - MARGIN) * heights[line.page]
    ]


def _margin_kind(line: Line, heights: Mapping[int, float]) -> Kind:
    if not _IDEOGRAPH.search(line.text):
        return "page_number"
    return "header" if line.top < heights[line.page] / 2 else "footer"


def _at_same_place(lines: Iterable[Line], heights: Mapping[int, float]) -> list[list[Line]]:
    """Group lines with the same words at the same height.

    Short lines without an ideograph count as the same words: they are page numbers in a font
    that does not say which characters its shapes are.
    """
    groups: defaultdict[tuple[str, bool], list[list[Line]]] = defaultdict(list)
    for line in lines:
        words = _COUNT.sub("#", line.text)
        if len(words) <= 12 and not _IDEOGRAPH.search(words):
            words = ""
        at_top = line.top < heights[line.page] / 2
        places = groups[words, at_top]
        for place in places:
            if abs(place[0].bottom - line.bottom) < 0.5 * line.size:
                place.append(line)
                break
        else:
            places.append([line])
    return [place for places in groups.values() for place in places]


def _is_running(same: Sequence[Line], page_count: int) -> bool:
    pages = [line.page for line in same]
    if not _IDEOGRAPH.search(same[0].text):
        return len(set(pages)) >= 3 and len(set(pages)) > page_count / 2
    return _return(pages, page_count)


def _return(pages: Iterable[int], page_count: int) -> bool:
    """Tell whether something stands on every page or every second page of a stretch."""
    numbers = set(pages)
    dense = len(numbers) >= (max(numbers) - min(numbers) + 1) / 2
    return dense and (len(numbers) >= 3 or len(numbers) == page_count == 2)


def running_tables(
    tables: Sequence[PageTable], heights: Mapping[int, float], page_count: int
) -> dict[PageTable, Furniture]:
    """Return the tables that return from page to page (the head of a form) as furniture."""
    groups: defaultdict[tuple[object, ...], list[PageTable]] = defaultdict(list)
    for table in tables:
        _, top, _, bottom = table.bbox
        height = heights[table.page]
        if FORM_HEAD * height < bottom and top < (1 - FORM_HEAD) * height:
            continue
        words = tuple(_COUNT.sub("#", cell.text) for cell in table.cells)
        groups[(words, round(top), round(bottom))].append(table)
    return {
        table: Furniture(
            kind="header" if table.bbox[1] < heights[table.page] / 2 else "footer",
            text=" ".join(cell.text for cell in table.cells if cell.text),
            page=table.page,
            bbox=rounded(table.bbox),
        )
        for same in groups.values()
        if _return([table.page for table in same], page_count)
        for table in same
    }
