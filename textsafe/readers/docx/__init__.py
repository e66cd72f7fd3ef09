"""Word documents (.docx): the text as the reader of Word sees it, tracked changes accepted.

Paragraphs and tables come in document order; automatic numbers stand in front of their
paragraphs as text; text boxes follow the paragraph that they are anchored to; headers, footers
and page numbers are kept beside the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from docx.package import Package
from lxml import etree

from textsafe.document import Furniture
from textsafe.errors import CorruptDocumentError
from textsafe.readers.archive import ZIP_ERRORS, checked_package
from textsafe.readers.content import Content, ContentBuilder, RawCell
from textsafe.readers.docx.numbering import VAL, Numbering, W, is_on
from textsafe.readers.docx.styles import Properties, Styles, heading_level, properties
from textsafe.readers.limits import Limits
from textsafe.readers.options import Options

_STYLES, _NUMBERING = RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.NUMBERING
_FURNITURE: dict[Literal["header", "footer"], str] = {
    "header": RELATIONSHIP_TYPE.HEADER,
    "footer": RELATIONSHIP_TYPE.FOOTER,
}
_STEPS = (
    frozenset({RELATIONSHIP_TYPE.OFFICE_DOCUMENT}),
    frozenset({_STYLES, _NUMBERING, *_FURNITURE.values()}),
)
# python-docx trusts what it opens: an attribute or a part that is not there shows in these.
_PACKAGE_ERRORS = (AttributeError, LookupError, TypeError, OpcError, etree.LxmlError, *ZIP_ERRORS)
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_PARAGRAPH, _TABLE, _ROW, _CELL, _RUN = (W + name for name in ("p", "tbl", "tr", "tc", "r"))
_ALTERNATIVE = _COMPATIBILITY + "AlternateContent"
_TEXT_BOX = W + "txbxContent"
# Elements that only stand around others: content controls, links, accepted insertions.
_WRAPPERS = frozenset(
    W + name
    for name in (
        "sdt", "sdtContent", "hyperlink", "ins", "moveTo", "smartTag", "customXml", "fldSimple",
        "ruby", "rubyBase", "dir", "bdo",
    )
)  # fmt: skip
_DRAWN = frozenset(W + name for name in ("drawing", "pict", "object"))
_NOTES = frozenset({W + "footnoteReference", W + "endnoteReference"})
_FIXED_TEXT = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
# Tick boxes in forms are drawn with characters of symbol fonts; a code below 0x100 stands in the
# private use area, at 0xF000 and above.
_SYMBOLS = {
    "wingdings": {0x6F: "□", 0x71: "□", 0xA8: "□", 0xFB: "☒", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"},
    "wingdings 2": {0x2A: "□", 0x35: "□", 0x50: "✓", 0x52: "☑", 0x54: "☒", 0xA3: "□"},
}
_PAGE_FIELDS = ("PAGE", "NUMPAGES")


def read(data: bytes, options: Options) -> Content:
    """Read a Word document.

    Raises:
        CorruptDocumentError: It is damaged or truncated.
        EncryptedDocumentError: It is under a password.
        LimitExceededError: It inflates to more than is allowed.
    """
    main = _main_part(data, options.limits)
    body = _root(main).find(W + "body")
    if body is None:
        raise CorruptDocumentError("corrupt", format="docx", reason=f"{main.partname}: no body")
    styles = Styles(next(_related(main, _STYLES), None))
    numbering = Numbering(next(_related(main, _NUMBERING), None), styles.lists())
    reader = _BodyReader(styles, numbering)
    reader.read_blocks(body)
    for kind, relation in _FURNITURE.items():
        for root in _related(main, relation):
            reader.read_furniture(root, kind)
    return reader.builder.build()


def _main_part(data: bytes, limits: Limits) -> Part:
    try:
        package = checked_package(data, limits, kind="docx", steps=_STEPS)
        main: Part = Package.open(package).main_document_part
    except _PACKAGE_ERRORS as error:
        raise CorruptDocumentError("corrupt", format="docx", reason=str(error)) from error
    return main


def _related(part: Part, relation: str) -> Iterator[etree._Element]:
    """Yield the roots of the parts that stand in `relation` to `part`."""
    for found in part.rels.values():
        if found.reltype == relation:
            yield _root(found.target_part)


def _root(part: Part) -> etree._Element:
    # Of templates and of documents with macros python-docx makes plain parts, as of all types
    # of content that it does not know.
    return part.element if isinstance(part, XmlPart) else parse_xml(part.blob)


def _children(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield the child elements, and in place of a wrapper those inside it."""
    stack = [iter(parent)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag in _WRAPPERS:
            stack.append(iter(child))
        elif child.tag == _ALTERNATIVE:
            stack.append(iter(_chosen(child)))
        else:
            yield child


def _chosen(alternative: etree._Element) -> etree._Element:
    """Return the variant that Word shows; both variants hold the same text."""
    choice = alternative.find(_COMPATIBILITY + "Choice")
    if choice is None:
        choice = alternative.find(_COMPATIBILITY + "Fallback")
    return alternative if choice is None else choice


def _text_boxes(drawn: etree._Element) -> Iterator[etree._Element]:
    """Yield the text boxes in a drawing, without those inside other text boxes."""
    stack = [drawn]
    while stack:
        element = stack.pop()
        if element.tag == _TEXT_BOX:
            yield element
        else:
            chosen = _chosen(element) if element.tag == _ALTERNATIVE else element
            stack.extend(reversed(chosen))


class _BodyReader:
    """Walks through the body once, in order, since numbers are counted on the way."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.builder = ContentBuilder()
        self._styles = styles
        self._numbering = numbering
        self._carried = ""
        self._seen_furniture: set[tuple[str, str]] = set()

    def read_blocks(self, container: etree._Element) -> None:
        """Add all paragraphs and tables in `container`: the body, a cell, or a text box."""
        for element in _children(container):
            if element.tag == _PARAGRAPH:
                text, level, boxes = self._paragraph(element)
                self.builder.add_paragraph(text, level=level)
                for box in boxes:
                    self.read_blocks(box)
            elif element.tag == _TABLE:
                self._read_table(element)
            elif element.tag == W + "altChunk":
                self.builder.warn("文中嵌入的其他文件未读取")

    def read_furniture(self, root: etree._Element, kind: Literal["header", "footer"]) -> None:
        """Keep the paragraphs of a header or footer beside the text."""
        for paragraph in root.iter(_PARAGRAPH):
            text = "".join(self._inline(paragraph, [])).strip()
            shown = "page_number" if _counts_pages(paragraph) else kind
            if text and (shown, text) not in self._seen_furniture:
                self._seen_furniture.add((shown, text))
                self.builder.add_furniture(Furniture.model_validate({"kind": shown, "text": text}))

    # Paragraphs ---------------------------------------------------------------------------------

    def _paragraph(self, element: etree._Element) -> tuple[str, int | None, list[etree._Element]]:
        """Return the text of a paragraph with its number, its heading level, and its text boxes."""
        boxes: list[etree._Element] = []
        own = element.find(W + "pPr")
        text = self._carried + "".join(self._inline(element, boxes))
        self._carried = ""
        if own is not None and own.find(f"{W}rPr/{W}del") is not None:
            # Its end was deleted: in the accepted text it runs on into the next paragraph.
            self._carried = text
            return "", None, boxes
        style = None if own is None else own.find(W + "pStyle")
        style_id = None if style is None else style.get(VAL)
        said = properties(own)
        level = heading_level(said, self._styles.properties(style_id))
        return self._prefix(said, style_id) + text.lstrip(), level, boxes

    def _prefix(self, own: Properties, style: str | None) -> str:
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

    def _inline(self, paragraph: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
        """Yield the pieces of text in a paragraph; its text boxes are put into `boxes`."""
        for element in _children(paragraph):
            if element.tag == _RUN:
                if not is_on(element.find(f"{W}rPr/{W}vanish")):
                    yield from self._run(element, boxes)
            elif element.tag.startswith(_MATH):
                yield from (text.text or "" for text in element.iter(_MATH + "t"))

    def _run(self, run: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
        for element in _children(run):
            tag = element.tag
            if tag == W + "t":
                yield element.text or ""
            elif tag in _FIXED_TEXT:
                yield _FIXED_TEXT[tag]
            elif tag == W + "sym":
                yield _symbol(element)
            elif tag in _DRAWN:
                boxes.extend(_text_boxes(element))
            elif tag == _RUN:  # the base text of a phonetic guide
                yield from self._run(element, boxes)
            elif tag in _NOTES:
                self.builder.warn("脚注和尾注未读取")

    # Tables -------------------------------------------------------------------------------------

    def _read_table(self, table: etree._Element) -> None:
        cells = list(_grid(table))
        if len(cells) == 1:
            # A frame around running text, not a table.
            self.read_blocks(cells[0][0])
            return
        self.builder.add_table(
            [
                RawCell(self._cell_text(element), row, column, row_span, column_span)
                for element, row, column, row_span, column_span in cells
            ]
        )

    def _cell_text(self, cell: etree._Element) -> str:
        """Return all text in a cell; tables inside it are read row by row."""
        pieces: list[str] = []
        for element in _children(cell):
            if element.tag == _PARAGRAPH:
                text, _, boxes = self._paragraph(element)
                pieces.append(text)
                pieces.extend(self._cell_text(box) for box in boxes)
            elif element.tag == _TABLE:
                pieces.extend(self._cell_text(inner) for inner, *_ in _grid(element))
        return "\n".join(pieces)


def _grid(table: etree._Element) -> Iterator[tuple[etree._Element, int, int, int, int]]:
    """Yield each cell with row, column, row span and column span; a merged cell comes once."""
    cells: list[tuple[etree._Element, int, int, int]] = []
    row_spans: list[int] = []
    above: dict[int, int] = {}
    rows = [
        row for row in _children(table) if row.tag == _ROW and row.find(f"{W}trPr/{W}del") is None
    ]
    for row_number, row in enumerate(rows):
        column = _count(row.find(f"{W}trPr/{W}gridBefore"), least=0)
        open_merges: dict[int, int] = {}
        for cell in _children(row):
            if cell.tag != _CELL:
                continue
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            width = _count(cell.find(f"{W}tcPr/{W}gridSpan"), least=1)
            if merge is not None and merge.get(VAL) != "restart" and column in above:
                index = above[column]
                row_spans[index] += 1
                open_merges[column] = index
            else:
                if merge is not None:
                    open_merges[column] = len(cells)
                cells.append((cell, row_number, column, width))
                row_spans.append(1)
            column += width
        above = open_merges
    for (cell, row_number, column, width), row_span in zip(cells, row_spans, strict=True):
        yield cell, row_number, column, row_span, width


def _count(element: etree._Element | None, *, least: int) -> int:
    value = "" if element is None else element.get(VAL, "")
    return max(int(value[:4]), least) if value.isascii() and value.isdigit() else least


def _symbol(element: etree._Element) -> str:
    try:
        code = int(element.get(W + "char", ""), 16)
    except ValueError:
        return ""
    symbols = _SYMBOLS.get(element.get(W + "font", "").lower())
    if symbols is not None:
        return symbols.get(code & 0xFF, "")
    return chr(code) if 0x20 <= code < 0xD800 else ""


def _counts_pages(paragraph: etree._Element) -> bool:
    instructions = [text.text or "" for text in paragraph.iter(W + "instrText")]
    instructions += [field.get(W + "instr", "") for field in paragraph.iter(W + "fldSimple")]
    return any(name in " ".join(instructions).upper().split() for name in _PAGE_FIELDS)
