"""What a reader finds in a file, gathered into one text with blocks, tables and furniture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from textsafe.document import BBox, Block, Cell, Furniture, Span, Table
from textsafe.readers.limits import DEFAULT_LIMITS, Limits

CELL_SEPARATOR = "\t"


@dataclass(frozen=True)
class Content:
    """The result of one reader: everything of a Document that comes from the file's format."""

    text: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    pages: int | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class RawCell:
    """A cell as the file has it: its text, and how many rows and columns it covers."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


def joined(contents: Sequence[Content]) -> Content:
    r"""Return `contents` as one, each on lines of its own below the one before it.

    >>> first, second = ContentBuilder(), ContentBuilder()
    >>> first.add_paragraph("通知")
    >>> second.add_paragraph("请落实。")
    >>> content = joined([first.build(), second.build()])
    >>> content.text, content.blocks[1].span
    ('通知\n请落实。', Span(start=3, end=7))
    """
    texts: list[str] = []
    blocks: list[Block] = []
    tables: list[Table] = []
    offset = 0
    for content in contents:
        if content.blocks:
            texts.append(content.text)
            blocks += [_moved(block, offset) for block in content.blocks]
            tables += [_moved_table(table, offset) for table in content.tables]
            offset += len(content.text) + 1
    return Content(
        text="\n".join(texts),
        blocks=tuple(blocks),
        tables=tuple(tables),
        furniture=tuple(item for content in contents for item in content.furniture),
        warnings=tuple(dict.fromkeys(item for content in contents for item in content.warnings)),
    )


def _moved(block: Block, offset: int) -> Block:
    return block.model_copy(update={"span": block.span.shift(offset)})


def _moved_table(table: Table, offset: int) -> Table:
    cells = tuple(
        cell.model_copy(update={"span": cell.span.shift(offset)}) if cell.span else cell
        for cell in table.cells
    )
    return table.model_copy(update={"span": table.span.shift(offset), "cells": cells})


@dataclass
class ContentBuilder:
    r"""Collects paragraphs and tables in reading order and keeps their offsets.

    Args:
        limits: How much may be collected: a small file may well show one long note, or one
            background, ten thousand times.

    >>> builder = ContentBuilder()
    >>> builder.add_paragraph("一、总体要求", level=1)
    >>> builder.add_table([RawCell("单位", 0, 0), RawCell("县住建局", 0, 1)])
    >>> builder.build().text
    '一、总体要求\n单位\t县住建局'
    """

    limits: Limits = DEFAULT_LIMITS
    _pieces: list[str] = field(default_factory=list)
    _length: int = 0
    _blocks: list[Block] = field(default_factory=list)
    _tables: list[Table] = field(default_factory=list)
    _furniture: list[Furniture] = field(default_factory=list)
    _warnings: list[str] = field(default_factory=list)

    def _append(self, text: str, separator: str) -> Span:
        if self._pieces:
            self._pieces.append(separator)
            self._length += len(separator)
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        self.limits.check("characters", self._length)
        self.limits.check("blocks", len(self._blocks))
        return Span(start=start, end=self._length)

    def add_paragraph(
        self,
        text: str,
        *,
        level: int | None = None,
        page: int | None = None,
        bbox: BBox | None = None,
        confidence: float | None = None,
    ) -> None:
        """Add a paragraph; `level` is the heading level that the file states, from 1.

        Line breaks inside `text` start new blocks; empty text adds nothing.
        """
        for line in text.splitlines():
            stripped = line.strip()
            if stripped:
                self._blocks.append(
                    Block(
                        kind="heading" if level else "paragraph",
                        span=self._append(stripped, "\n"),
                        level=level,
                        page=page,
                        bbox=bbox,
                        confidence=confidence,
                    )
                )

    def add_note(self, text: str, *, page: int | None = None, bbox: BBox | None = None) -> None:
        """Add a footnote or endnote; white space inside it becomes one space."""
        if stripped := " ".join(text.split()):
            span = self._append(stripped, "\n")
            self._blocks.append(Block(kind="note", span=span, page=page, bbox=bbox))

    def add_table(
        self,
        cells: Sequence[RawCell],
        *,
        page: int | None = None,
        bbox: BBox | None = None,
        places: Sequence[tuple[int, BBox]] = (),
    ) -> None:
        """Add a table; white space inside a cell becomes one space, a row becomes one block.

        Args:
            cells: The cells, a merged one at its top left place.
            page: The page on which the table begins.
            bbox: Its place there.
            places: Page and place of each row, from the first; where there are none, the rows have
                those of the table.
        """
        placed: list[Cell] = []
        rows: list[Span] = []
        in_order = sorted(cells, key=lambda cell: (cell.row, cell.column))
        for number, row in groupby(in_order, key=lambda cell: cell.row):
            row_spans: list[Span] = []
            for cell in row:
                text = " ".join(cell.text.split())
                span = None
                if text:
                    span = self._append(text, CELL_SEPARATOR if row_spans else "\n")
                    row_spans.append(span)
                placed.append(
                    Cell(
                        row=cell.row,
                        column=cell.column,
                        row_span=cell.row_span,
                        column_span=cell.column_span,
                        span=span,
                    )
                )
            if row_spans:
                row_span = Span(start=row_spans[0].start, end=row_spans[-1].end)
                rows.append(row_span)
                row_page, row_bbox = places[number] if number < len(places) else (page, bbox)
                self._blocks.append(Block(kind="row", span=row_span, page=row_page, bbox=row_bbox))
        if rows:
            span = Span(start=rows[0].start, end=rows[-1].end)
            self._tables.append(Table(span=span, cells=tuple(placed), page=page, bbox=bbox))

    def add_furniture(self, furniture: Furniture) -> None:
        """Keep a page number, header or footer beside the text."""
        self._furniture.append(furniture)

    def warn(self, warning: str) -> None:
        """Record, in Chinese, that something in the file was left out or guessed."""
        if warning not in self._warnings:
            self._warnings.append(warning)

    def build(self, *, pages: int | None = None) -> Content:
        """Return what was collected; `pages` is the number of pages, where there are pages."""
        return Content(
            text="".join(self._pieces),
            blocks=tuple(self._blocks),
            tables=tuple(self._tables),
            furniture=tuple(self._furniture),
            pages=pages,
            warnings=tuple(self._warnings),
        )
