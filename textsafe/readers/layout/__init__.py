"""From characters on pages to paragraphs and tables, for every format that has pages.

The way of a page: characters → lines, and cells of tables → furniture is set apart → reading order
→ tables without lines → tables and paragraphs over the ends of pages → headings.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from textsafe.document import BBox
from textsafe.readers.content import ContentBuilder
from textsafe.readers.layout.columns import text_columns
from textsafe.readers.layout.continued import join_tables
from textsafe.readers.layout.furniture import rounded, running_tables, split_furniture
from textsafe.readers.layout.headings import heading_levels
from textsafe.readers.layout.lines import Line
from textsafe.readers.layout.order import arrange
from textsafe.readers.layout.paragraphs import build_paragraphs
from textsafe.readers.layout.tables import PageTable
from textsafe.readers.layout.unruled import with_unruled_tables


@dataclass(frozen=True)
class PageContent:
    """What stands on one page, until the whole document is known.

    Attributes:
        number: Page number from 1.
        size: Width and height of the page turned upright, in points; lines and tables have
            their places on it.
        lines: The lines outside of tables, from the top.
        turn: Degrees, anticlockwise, by which the page as shown was turned around its middle to
            make its text upright: a scan may lie crooked, or on its side.
        confidence: How sure text recognition is of the characters of the page, tables included,
            from 0 to 1; None where nothing had to be recognised.
    """

    number: int
    size: tuple[float, float]
    lines: list[Line]
    tables: list[PageTable]
    turn: float = 0.0
    confidence: float | None = None

    def shown(self, box: BBox) -> BBox:
        """Return where `box` stands on the page as shown, in tenths of a point.

        >>> PageContent(1, (842, 595), [], [], turn=90).shown((10, 20, 110, 40))
        (555.0, 10.0, 575.0, 110.0)
        """
        if not self.turn:
            return rounded(box)
        angle = math.radians(self.turn)
        cos, sin = math.cos(angle), math.sin(angle)
        width, height = self.size
        on_its_side = round(self.turn / 90) % 2 == 1
        middle = (height / 2, width / 2) if on_its_side else (width / 2, height / 2)
        corners = [
            (x - width / 2, y - height / 2) for x in (box[0], box[2]) for y in (box[1], box[3])
        ]
        xs = [middle[0] + x * cos - y * sin for x, y in corners]
        ys = [middle[1] + x * sin + y * cos for x, y in corners]
        return rounded((min(xs), min(ys), max(xs), max(ys)))


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
    on_page = {page.number: page for page in pages}
    for piece in [*furniture, *heads.values()]:
        shown = on_page[piece.page].shown(piece.bbox) if piece.page and piece.bbox else None
        builder.add_furniture(piece.model_copy(update={"bbox": shown}))
    items: dict[int, list[Line | PageTable]] = {
        page.number: with_unruled_tables(
            arrange([*kept, *(table for table in page.tables if table not in heads)])
        )
        for page, kept in zip(pages, body, strict=True)
    }
    in_order = join_tables((item for page in pages for item in items[page.number]), heights)
    columns = text_columns((item for item in in_order if isinstance(item, Line)), sizes)
    blocks = build_paragraphs(in_order, columns)
    for block, level in zip(blocks, heading_levels(blocks, columns), strict=True):
        box = on_page[block.page].shown(block.bbox)
        if isinstance(block, PageTable):
            places = [(number, on_page[number].shown(row)) for number, row in block.rows]
            builder.add_table(block.cells, page=block.page, bbox=box, places=places)
        else:
            builder.add_paragraph(
                block.text,
                level=level,
                page=block.page,
                bbox=box,
                confidence=block.confidence,
            )
    return {number for number, found in items.items() if not found}
