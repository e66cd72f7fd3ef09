"""The text of one paragraph: its runs, and what is anchored between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from textsafe.readers.docx.fields import Fields
from textsafe.readers.docx.revisions import ALTERNATIVE, View, chosen
from textsafe.readers.docx.styles import Styles
from textsafe.readers.docx.symbols import MATH, formula, in_font, symbol
from textsafe.readers.docx.wordml import PARAGRAPH, RUN, W

_TEXT_BOX = W + "txbxContent"
_DRAWN = frozenset(W + name for name in ("drawing", "pict", "object"))
_NOTES = frozenset({W + "footnoteReference", W + "endnoteReference"})
_EMBEDDED = "{urn:schemas-microsoft-com:office:office}OLEObject"
_GRAPHIC = "{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"
_UNREAD_GRAPHICS = ("/chart", "/diagram")
_WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"
_FIXED_TEXT = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
_LINE_END = re.compile(r"[\r\n]")


@dataclass(frozen=True)
class NoteMark:
    """A reference to a footnote or endnote.

    Attributes:
        sign: The sign that the author chose (*), or None where Word counts.
        new_page: It is the first one after the beginning of a page, as Word last laid it out.
    """

    element: etree._Element
    sign: str | None
    new_page: bool


@dataclass
class Inline:
    """What stands in a paragraph.

    Attributes:
        pieces: Text with the properties (``w:rPr``) of its run.
        boxes: The text boxes that are anchored in it.
        fields: Names of its fields.
    """

    pieces: list[tuple[str, etree._Element | None]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[NoteMark] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        """The text of all runs."""
        return "".join(text for text, _ in self.pieces)

    def extend(self, other: Inline) -> None:
        """Let what stands in `other` follow."""
        self.pieces += other.pieces
        self.boxes += other.boxes
        self.notes += other.notes
        self.fields |= other.fields


@dataclass
class LeftOut:
    """What a document holds that is not read."""

    comments: set[str] = field(default_factory=set)
    objects: int = 0
    chunks: int = 0
    notes: int = 0


class InlineReader:
    """Reads paragraphs.

    Args:
        left_out: Told what is passed over.
    """

    def __init__(self, view: View, styles: Styles, left_out: LeftOut) -> None:
        self._view = view
        self._styles = styles
        self._left_out = left_out
        self._new_page = False

    def read(self, paragraph: etree._Element, style: str | None) -> Inline:
        """Return what stands in a paragraph; `style` is the identifier of its style."""
        inline = Inline()
        fields = Fields()
        for simple in paragraph.iter(W + "fldSimple"):
            if next(simple.iterancestors(PARAGRAPH)) is paragraph:
                fields.name(simple.get(W + "instr", ""))
        for element in self._view.children(paragraph):
            if element.tag == RUN:
                self._run(element, style, inline, fields)
            elif element.tag.startswith(MATH):
                inline.pieces.append((formula(element), None))
        inline.fields = fields.names
        return inline

    def _run(self, run: etree._Element, style: str | None, inline: Inline, fields: Fields) -> None:
        looks = self._view.properties(run, "rPr")
        hidden = self._styles.face(looks, style).hidden
        before = len(inline.notes)
        for element in self._view.children(run):
            tag = element.tag
            if tag == RUN:  # the base text of a phonetic guide
                self._run(element, style, inline, fields)
            elif tag == W + "fldChar":
                inline.pieces.append((fields.mark(element), looks))
            elif tag == W + "instrText":
                fields.instruct(element.text or "")
            elif hidden or fields.hide or self._anchored(element, inline):
                continue
            elif text := self._text(element, looks):
                if len(inline.notes) > before and inline.notes[-1].sign is not None:
                    _add_sign(inline, text)
                else:
                    inline.pieces.append((text, looks))

    def _anchored(self, element: etree._Element, inline: Inline) -> bool:
        """Take a drawing, a note or a comment; return False for anything else."""
        if element.tag in _DRAWN:
            self._drawn(element, inline)
        elif element.tag in _NOTES:
            self._note(element, inline)
        elif element.tag == W + "commentReference":
            self._left_out.comments.add(element.get(W + "id", ""))
        else:
            return False
        return True

    def _text(self, element: etree._Element, looks: etree._Element | None) -> str:
        tag = element.tag
        if tag in self._view.texts:
            return in_font(_written(element), _latin_font(looks))
        if tag == W + "sym":
            return symbol(element)
        if tag == W + "lastRenderedPageBreak" or element.get(W + "type") == "page":
            self._new_page = True
        return _FIXED_TEXT.get(tag, "")

    def _note(self, element: etree._Element, inline: Inline) -> None:
        follows = element.get(W + "customMarkFollows", "0") in {"1", "true", "on"}
        inline.notes.append(NoteMark(element, "" if follows else None, self._new_page))
        self._new_page = False

    def _drawn(self, element: etree._Element, inline: Inline) -> None:
        if is_watermark(element):
            return
        inline.boxes.extend(text_boxes(element))
        self._left_out.objects += sum(
            found.tag == _EMBEDDED
            or bool(found.get("string"))
            or found.get("uri", "").endswith(_UNREAD_GRAPHICS)
            for found in element.iter(_EMBEDDED, _GRAPHIC, _WORD_ART)
        )


def is_watermark(drawn: etree._Element) -> bool:
    """Return whether a drawing is a watermark by the name that Word and WPS give to it."""
    names = (
        element.get(attribute, "")
        for element in drawn.iter("{*}docPr", "{*}shape")
        for attribute in ("name", "id")
    )
    return any(sign in name.lower() for name in names for sign in ("watermark", "水印"))


def text_boxes(drawn: etree._Element) -> Iterator[etree._Element]:
    """Yield the text boxes in a drawing, without those inside other text boxes."""
    stack = [drawn]
    while stack:
        element = stack.pop()
        if element.tag == _TEXT_BOX:
            yield element
        else:
            within = chosen(element) if element.tag == ALTERNATIVE else element
            stack.extend(reversed(within))


def _add_sign(inline: Inline, text: str) -> None:
    mark = inline.notes[-1]
    inline.notes[-1] = NoteMark(mark.element, (mark.sign or "") + text.strip(), mark.new_page)


def _written(element: etree._Element) -> str:
    """Return the text; line ends in it are the layout of the file, as are the spaces beside them.

    Word drops all outer white space that is not marked to be kept. Programs that forget the mark
    are more frequent than files in which the space is not meant.
    """
    text = element.text or ""
    if "\n" not in text and "\r" not in text:
        return text
    return " ".join(filter(None, map(str.strip, _LINE_END.split(text))))


def _latin_font(looks: etree._Element | None) -> str | None:
    fonts = None if looks is None else looks.find(W + "rFonts")
    return None if fonts is None else fonts.get(W + "ascii")
