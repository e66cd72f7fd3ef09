"""From characters on pages to paragraphs and tables, for every format that has pages.

The way of a page: characters → lines, and cells of tables → furniture is set apart → paragraphs,
over the ends of pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textsafe.readers.content import ContentBuilder
from textsafe.readers.layout.columns import text_columns
from textsafe.readers.layout.furniture import rounded, running_tables, split_furniture
from textsafe.readers.layout.lines import Line
from textsafe.readers.layout.paragraphs import build_paragraphs
from textsafe.readers.layout.tables import PageTable


@dataclass(frozen=True)
class PageContent:
    """What stands on one page, until the whole document is known.

    Attributes:
        number: Page number from 1.
        size: Width and height as shown, in points.
        lines: The lines outside of tables, from the top.
    """

    number: int
    size: tuple[float, float]
    lines: list[Line]
    tables: list[PageTable]


def lay_out(pages: Sequence[PageContent], builder: ContentBuilder) -> set[int]:
    """Add the paragraphs, tables and furniture of all pages to `builder` in reading order.

    Returns:
        The numbers of the pages that hold nothing but furniture.
    """
    sizes = {page.number: page.size for page in pages}
    heights = {number: size[1] for number, size in sizes.items()}
    body, furniture = split_furniture([page.lines for page in pages], heights)
    tables = [table for page in pages for table in page.tables]
    heads = running_tables(tables, heights, len(pages))
    for piece in [*furniture, *heads.values()]:
        builder.add_furniture(piece)
    lines = {page.number: kept for page, kept in zip(pages, body, strict=True)}
    items: dict[int, list[Line | PageTable]] = {
        page.number: sorted(
            [*lines[page.number], *(table for table in page.tables if table not in heads)],
            key=lambda item: item.bbox[1],
        )
        for page in pages
    }
    in_order = (item for page in pages for item in items[page.number])
    for block in build_paragraphs(in_order, text_columns(lines, sizes)):
        if isinstance(block, PageTable):
            builder.add_table(block.cells, page=block.page, bbox=rounded(block.bbox))
        else:
            builder.add_paragraph(
                block.text,
                page=block.page,
                bbox=rounded(block.bbox),
                confidence=block.confidence,
            )
    return {number for number, found in items.items() if not found}
