"""The body of a Word document, read once and in order, since numbers are counted on the way.

A table inside a cell is a table of its own behind the one around it; one of a single row or
column is layout, and is read as text of the cell. A cell as wide as its table that holds several
paragraphs of running text, or that is the whole table, is a frame: its paragraphs are no row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from textsafe.readers.content import ContentBuilder, RawCell
from textsafe.readers.docx.notes import Note, Notes
from textsafe.readers.docx.numbering import Numbering
from textsafe.readers.docx.revisions import View
from textsafe.readers.docx.runs import Inline, InlineReader, LeftOut
from textsafe.readers.docx.styles import Properties, Styles
from textsafe.readers.docx.tables import GridCell, grid
from textsafe.readers.docx.typography import Typography
from textsafe.readers.docx.wordml import PARAGRAPH, TABLE, W, is_on, value

_BREAK = re.compile(r"[ \t]*\n\s*")
_INSIDE_SENTENCE = re.compile(r"(?<=[，、])[ \t]*\n\s*")
_BETWEEN_HAN = re.compile(r"(?<=[\u4e00-\u9fff，、》”）])[ \t]*\n\s*(?=[\u4e00-\u9fff《“（])")
_CHAPTER = re.compile(r"第[一二三四五六七八九十百零〇\d]{1,6}(?:[编章节条]|部分)$")

# What makes a cell running text: paragraphs that are not empty, and characters of the longest.
_FEWEST = 3
_RUNNING_TEXT = 30


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as it is seen, its number in front."""

    text: str
    level: int | None
    boxes: Sequence[etree._Element]
    notes: Sequence[Note]
    fields: frozenset[str]


class BodyReader:
    """Puts paragraphs, tables and notes into a builder.

    Args:
        view: Which text of a document with tracked changes is read.
        typography: Tells headings by their font.
        left_out: Told what is passed over.
    """

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        *,
        view: View,
        notes: Notes,
        typography: Typography,
        left_out: LeftOut,
    ) -> None:
        self.builder = ContentBuilder()
        self._styles = styles
        self._numbering = numbering
        self._view = view
        self._notes = notes
        self._typography = typography
        self._left_out = left_out
        self._inline = InlineReader(view, styles, left_out)

    def read_blocks(self, container: etree._Element) -> None:
        """Add all paragraphs and tables in `container`: the body, a frame, or a text box."""
        for found in self._flow(container):
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
        for found in self._flow(container):
            if isinstance(found, Paragraph):
                if text := found.text.strip():
                    yield text, found.fields
                inner: list[etree._Element] = list(found.boxes)
            else:
                inner = [cell.element for cell in grid(found, self._view)]
            for element in inner:
                yield from self.lines(element)

    # Paragraphs ---------------------------------------------------------------------------------

    def _flow(self, container: etree._Element) -> Iterator[Paragraph | etree._Element]:
        """Yield the paragraphs and tables in `container`.

        A paragraph whose end was deleted, or is hidden, runs on into the next one.
        """
        carried: Inline | None = None
        last: etree._Element | None = None
        for element in self._view.children(container):
            if element.tag == PARAGRAPH:
                inline = self._read_inline(element)
                if carried is not None:
                    carried.extend(inline)
                    inline = carried
                carried, last = None, element
                if self._view.runs_on(element):
                    carried = inline
                elif inline.text.strip() and _has_hidden_end(element):
                    inline.pieces.insert(0, (self._number(element), None))
                    carried = inline
                else:
                    yield self._paragraph(element, inline)
            elif element.tag == TABLE:
                if carried is not None and last is not None:
                    yield self._paragraph(last, carried)
                    carried = None
                yield element
            elif element.tag == W + "altChunk":
                self._left_out.chunks += 1
        if carried is not None and last is not None:
            yield self._paragraph(last, carried)

    def _read_inline(self, element: etree._Element) -> Inline:
        return self._inline.read(element, self._style_of(element))

    def _paragraph(self, element: etree._Element, inline: Inline) -> Paragraph:
        text = self._number(element) + inline.text.lstrip()
        level = self._styles.heading_level(self._view.properties(element, "pPr"))
        if level is None:
            style = self._style_of(element)
            level = self._typography.level(element, style, text.strip(), inline.pieces)
        notes = self._referred(inline)
        if element.find(f"{W}pPr/{W}sectPr") is not None:
            self._notes.end_section()
        return Paragraph(
            _unbroken(text, is_heading=level is not None),
            level,
            inline.boxes,
            notes,
            frozenset(inline.fields),
        )

    def _style_of(self, element: etree._Element) -> str | None:
        return value(self._view.properties(element, "pPr"), "pStyle")

    def _list_properties(self, element: etree._Element) -> Properties:
        return self._view.list_properties(self._view.properties(element, "pPr"))

    def _number(self, element: etree._Element) -> str:
        """Count a paragraph of a list and return its number."""
        style, own = self._style_of(element), self._list_properties(element)
        inherited = self._styles.properties(style)
        list_id = inherited.list_id if own.list_id is None else own.list_id
        if list_id is None:
            return ""
        depth = own.depth
        if depth is None and own.list_id is None:
            depth = inherited.depth or self._bound_depth(list_id, style)
        return self._numbering.next_prefix(list_id, depth or 0)

    def _bound_depth(self, list_id: str, style: str | None) -> int | None:
        for name in self._styles.lineage(style):
            depth = self._numbering.level_of_style(list_id, name)
            if depth is not None:
                return depth
        return None

    # Notes --------------------------------------------------------------------------------------

    def _referred(self, inline: Inline) -> list[Note]:
        found = [self._notes.note(mark) for mark in inline.notes]
        self._left_out.notes += found.count(None)
        return [note for note in found if note is not None]

    def _add_notes(self, notes: Sequence[Note]) -> None:
        for note in notes:
            text, inner = self._cell_text(note.element)
            self.builder.add_note(f"[{note.number}] {text}" if note.number else text)
            for rows in inner.tables:
                self.builder.add_table(rows)

    # Tables -------------------------------------------------------------------------------------

    def _add_table(self, table: etree._Element) -> None:
        cells = grid(table, self._view)
        width = max((cell.column + cell.column_span for cell in cells), default=0)
        alone = len(cells) == 1
        for is_frame, part in groupby(cells, key=lambda cell: alone or self._is_frame(cell, width)):
            if is_frame:
                for cell in part:
                    self.read_blocks(cell.element)
                continue
            read = _Inside(tables=[], notes=[])
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

    def _cell_text(self, container: etree._Element) -> tuple[str, _Inside]:
        inside = _Inside(tables=[], notes=[])
        return self._text_in(container, inside), inside

    def _text_in(self, container: etree._Element, inside: _Inside) -> str:
        """Return all text in a cell, a text box or a note; `inside` takes what it holds besides."""
        pieces: list[str] = []
        for found in self._flow(container):
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


@dataclass
class _Inside:
    """What was found in the cells of a table besides their text."""

    tables: list[list[RawCell]]
    notes: list[Note]


def _is_layout(cells: Sequence[GridCell]) -> bool:
    """Return whether a table in a cell has a single row or column."""
    return len({cell.row for cell in cells}) < 2 or len({cell.column for cell in cells}) < 2


def _has_hidden_end(paragraph: etree._Element) -> bool:
    return any(
        is_on(paragraph.find(f"{W}pPr/{W}rPr/{W}{name}")) for name in ("vanish", "specVanish")
    )


def _unbroken(text: str, *, is_heading: bool) -> str:
    """Take out the manual line breaks that do not end a line of meaning.

    A heading set on two lines is one heading; elsewhere a break after a comma stands inside a
    sentence, and any other begins a new line: an item, a signature, a line of an address.
    """
    if "\n" not in text:
        return text
    if not is_heading:
        return _INSIDE_SENTENCE.sub("", text)
    first, _, _ = text.lstrip().partition("\n")
    if not _CHAPTER.match(first.strip()):
        text = _BETWEEN_HAN.sub("", text)
    return _BREAK.sub(" ", text)
