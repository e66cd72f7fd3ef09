"""The body of a Word document: its paragraphs, tables and notes in document order.

A table inside a cell is a table of its own behind the one around it; one of a single row or
column is layout, and is read as text of the cell. A cell as wide as its table that holds several
paragraphs of running text, or that is the whole table, is a frame: its paragraphs are no row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree

from textsafe.readers.content import ContentBuilder, RawCell
from textsafe.readers.docx.notes import Note
from textsafe.readers.docx.paragraphs import Paragraph, ParagraphReader
from textsafe.readers.docx.revisions import View
from textsafe.readers.docx.tables import GridCell, grid
from textsafe.readers.docx.wordml import PARAGRAPH
from textsafe.readers.limits import Limits

# What makes a cell running text: paragraphs that are not empty, and characters of the longest.
_FEWEST = 3
_RUNNING_TEXT = 30


@dataclass
class _Inside:
    """What was found in the cells of a table besides their text."""

    tables: list[list[RawCell]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


class BodyReader:
    """Puts paragraphs, tables and notes into a builder.

    Args:
        view: Which text of a document with tracked changes is read.
        limits: How much may be read; a note that is referred to often is shown as often.
    """

    def __init__(self, paragraphs: ParagraphReader, view: View, limits: Limits) -> None:
        self.builder = ContentBuilder(limits)
        self._paragraphs = paragraphs
        self._view = view

    def read_blocks(self, container: etree._Element) -> None:
        """Add all paragraphs and tables in `container`: the body, a frame, or a text box."""
        for found in self._paragraphs.flow(container):
            if isinstance(found, Paragraph):
                self.builder.add_paragraph(found.text, level=found.level)
                self._add_notes(found.notes)
                for box in found.boxes:
                    self.read_blocks(box)
            else:
                self._add_table(found)

    def lines(self, container: etree._Element) -> Iterator[tuple[str, frozenset[str]]]:
        """Yield the text of each paragraph in `container`, those of tables and text boxes too.

        With each come the names of its fields.
        """
        for found in self._paragraphs.flow(container):
            if isinstance(found, Paragraph):
                if text := found.text.strip():
                    yield text, found.fields
                inner: list[etree._Element] = list(found.boxes)
            else:
                inner = [cell.element for cell in grid(found, self._view)]
            for element in inner:
                yield from self.lines(element)

    def _add_notes(self, notes: Sequence[Note]) -> None:
        """Add notes, the number in front as ``[1]``; numbers look as Word shows them."""
        for note in notes:
            inside = _Inside()
            text = self._text_in(note.element, inside)
            self.builder.add_note(f"[{note.number}] {text}" if note.number else text)
            for rows in inside.tables:
                self.builder.add_table(rows)

    def _add_table(self, table: etree._Element) -> None:
        cells = grid(table, self._view)
        width = max((cell.column + cell.column_span for cell in cells), default=0)
        alone = len(cells) == 1
        for is_frame, part in groupby(cells, key=lambda cell: alone or self._is_frame(cell, width)):
            if is_frame:
                for cell in part:
                    if not cell.is_prompt:
                        self.read_blocks(cell.element)
                continue
            read = _Inside()
            rows = self._rows(list(part), read)
            for found in (rows, *read.tables):
                self.builder.add_table(found)
            self._add_notes(read.notes)

    def _is_frame(self, cell: GridCell, width: int) -> bool:
        """Return whether a cell is a frame around running text, as in the form of minutes."""
        if cell.column > 0 or cell.column_span < width:
            return False
        paragraphs = (p for p in self._view.children(cell.element) if p.tag == PARAGRAPH)
        lengths = [sum(len(t.text or "") for t in p.iter(*self._view.texts)) for p in paragraphs]
        return sum(map(bool, lengths)) >= _FEWEST and max(lengths) >= _RUNNING_TEXT

    def _rows(self, cells: Sequence[GridCell], inside: _Inside) -> list[RawCell]:
        first = cells[0].row if cells else 0
        return [
            RawCell(
                "" if cell.is_prompt else self._text_in(cell.element, inside),
                cell.row - first,
                cell.column,
                cell.row_span,
                cell.column_span,
            )
            for cell in cells
        ]

    def _text_in(self, container: etree._Element, inside: _Inside) -> str:
        """Return all text in a cell, a text box or a note; `inside` takes what it holds besides."""
        pieces: list[str] = []
        for found in self._paragraphs.flow(container):
            if isinstance(found, Paragraph):
                pieces.append(found.text)
                inside.notes += found.notes
                pieces += (self._text_in(box, inside) for box in found.boxes)
                continue
            cells = grid(found, self._view)
            if _is_layout(cells):
                pieces += (self._text_in(cell.element, inside) for cell in cells)
            else:
                place = len(inside.tables)
                rows = self._rows(cells, inside)
                inside.tables.insert(place, rows)
        return "\n".join(pieces)


def _is_layout(cells: Sequence[GridCell]) -> bool:
    """Return whether a table in a cell has a single row or column."""
    return len({cell.row for cell in cells}) < 2 or len({cell.column for cell in cells}) < 2
