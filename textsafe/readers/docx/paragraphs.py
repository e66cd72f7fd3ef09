"""Paragraphs as they are seen: with their numbers, heading levels and notes, ends taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from textsafe.readers.docx.notes import Note, Notes
from textsafe.readers.docx.numbering import Numbering
from textsafe.readers.docx.revisions import View
from textsafe.readers.docx.runs import Inline, InlineReader, LeftOut
from textsafe.readers.docx.styles import Styles
from textsafe.readers.docx.typography import Typography
from textsafe.readers.docx.wordml import PARAGRAPH, TABLE, W, is_on, value

_COMMAS = "，、"
_HAN = re.compile(r"[\u4e00-\u9fff，、《》“”（）]")
_CHAPTER = re.compile(r"第[一二三四五六七八九十百零〇\d]{1,6}(?:[编章节条]|部分)$")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as it is seen, its number in front.

    Attributes:
        level: The heading level from 1, or None.
        boxes: The text boxes that are anchored in it.
        fields: Names of its fields, such as ``PAGE``.
    """

    text: str
    level: int | None
    boxes: Sequence[etree._Element]
    notes: Sequence[Note]
    fields: frozenset[str]


@dataclass(frozen=True)
class _Stated:
    """What a paragraph says about itself.

    Attributes:
        mark: Its properties as they are now; on them changes of its end are noted.
        properties: Its properties in the view that is read.
    """

    element: etree._Element
    mark: etree._Element | None
    properties: etree._Element | None
    style: str | None


class ParagraphReader:
    """Reads paragraphs in order, since numbers are counted on the way.

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
        self._styles = styles
        self._numbering = numbering
        self._view = view
        self._notes = notes
        self._typography = typography
        self._left_out = left_out
        self._inline = InlineReader(view, styles, left_out)

    def flow(self, container: etree._Element) -> Iterator[Paragraph | etree._Element]:
        """Yield the paragraphs and the ``w:tbl`` elements in `container`.

        A paragraph whose end was deleted, or is hidden, runs on into the next one.
        """
        carried: Inline | None = None
        last: _Stated | None = None
        for element in self._view.children(container):
            if element.tag == PARAGRAPH:
                stated = self._stated(element)
                inline = self._inline.read(element, stated.style)
                hides_end = _hides_end(stated.mark) and bool(inline.text.strip())
                if hides_end:
                    inline.pieces.insert(0, (self._number(stated), None))
                if carried is not None:
                    carried.extend(inline)
                    inline = carried
                if hides_end or self._view.runs_on(stated.mark):
                    carried, last = inline, None if hides_end else stated
                else:
                    carried = None
                    yield self._paragraph(stated, inline)
            elif element.tag == TABLE:
                if carried is not None:
                    yield self._paragraph(last, carried)
                    carried = None
                yield element
            elif element.tag == W + "altChunk":
                self._left_out.chunks += 1
        if carried is not None:
            yield self._paragraph(last, carried)

    def _stated(self, element: etree._Element) -> _Stated:
        mark = element.find(W + "pPr")
        properties = self._view.former(mark, "pPr")
        return _Stated(element, mark, properties, value(properties, "pStyle"))

    def _paragraph(self, stated: _Stated | None, inline: Inline) -> Paragraph:
        """Return a paragraph; `stated` is None where its properties were taken into account."""
        text, level = inline.text.lstrip(), None
        if stated is not None:
            text = self._number(stated) + text
            level = self._styles.heading_level(stated.properties)
            if level is None:
                level = self._typography.level(
                    stated.element, stated.style, text.strip(), inline.pieces
                )
        notes = self._referred(inline)
        if stated is not None and stated.mark is not None:
            self._end_section(stated.mark)
        return Paragraph(
            _unbroken(text, is_heading=level is not None),
            level,
            inline.boxes,
            notes,
            frozenset(inline.fields),
        )

    def _end_section(self, mark: etree._Element) -> None:
        if mark.find(W + "sectPr") is not None:
            self._notes.end_section()

    def _referred(self, inline: Inline) -> list[Note]:
        found = [self._notes.note(mark) for mark in inline.notes]
        self._left_out.notes += found.count(None)
        return [note for note in found if note is not None]

    def _number(self, stated: _Stated) -> str:
        """Count a paragraph of a list and return its number."""
        inherited = self._styles.properties(stated.style)
        own = self._view.list_properties(stated.properties)
        list_id = inherited.list_id if own.list_id is None else own.list_id
        if list_id is None:
            return ""
        depth = own.depth
        if depth is None and own.list_id is None:
            depth = inherited.depth or self._bound_depth(list_id, stated.style)
        return self._numbering.next_prefix(list_id, depth or 0)

    def _bound_depth(self, list_id: str, style: str | None) -> int | None:
        for name in self._styles.lineage(style):
            depth = self._numbering.level_of_style(list_id, name)
            if depth is not None:
                return depth
        return None


def _hides_end(mark: etree._Element | None) -> bool:
    looks = None if mark is None else mark.find(W + "rPr")
    return looks is not None and any(
        is_on(looks.find(W + name)) for name in ("vanish", "specVanish")
    )


def _unbroken(text: str, *, is_heading: bool) -> str:
    """Take out the manual line breaks that do not end a line of meaning.

    A heading set on two lines is one heading; elsewhere a break after a comma stands inside a
    sentence, and any other begins a new line: an item, a signature, a line of an address.
    """
    if "\n" not in text:
        return text
    lines = list(filter(None, map(str.strip, text.split("\n"))))
    joined = lines[:1]
    for line in lines[1:]:
        last = joined[-1][-1]
        if not is_heading:
            joined.append(("" if last in _COMMAS else "\n") + line)
        elif _CHAPTER.match(joined[-1]) or not (_HAN.match(last) and _HAN.match(line)):
            joined.append(" " + line)
        else:
            joined.append(line)
    return "".join(joined)
