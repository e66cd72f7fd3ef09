"""The OFD reader: the government's exchange format, GB/T 33190-2016.

An OFD file is a zip container of XML: documents, their pages, and on each page text objects whose
characters all have places, in millimetres from the top left. The order of the objects says nothing;
so the characters go the same way as those of a PDF: lines, tables, furniture, paragraphs.

Seals, stamps and other annotations, attachments and metadata are not part of the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from textsafe.document import BBox
from textsafe.errors import (
    CorruptDocumentError,
    EncryptedDocumentError,
    MissingToolError,
    ScannedDocumentError,
)
from textsafe.messages import message
from textsafe.readers import ocr
from textsafe.readers.content import Content, ContentBuilder
from textsafe.readers.layout import PageContent, lay_out
from textsafe.readers.layout.glyphs import Glyph
from textsafe.readers.layout.lines import build_lines
from textsafe.readers.layout.matrix import Matrix
from textsafe.readers.layout.ruling import TooManyLinesError
from textsafe.readers.layout.tables import take_tables
from textsafe.readers.ofd.package import Package, child, children
from textsafe.readers.ofd.page import Drawer, Drawing
from textsafe.readers.ofd.paths import lines_of_shapes
from textsafe.readers.ofd.scan import UnreadablePictureError, draw_page, page_picture
from textsafe.readers.ofd.structure import (
    PagePart,
    Resources,
    page_area,
    read_documents,
    read_or_none,
)
from textsafe.readers.ofd.text import undecoded
from textsafe.readers.options import Options
from textsafe.readers.page_list import page_list

_POINTS_PER_MM = 72 / 25.4


@dataclass
class _Faults:
    """Numbers of the pages on which something was not read."""

    damaged: list[int] = field(default_factory=list)
    enciphered: list[int] = field(default_factory=list)
    undecoded: list[int] = field(default_factory=list)
    turned: list[int] = field(default_factory=list)
    crowded: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    shapes: list[int] = field(default_factory=list)
    noted: list[int] = field(default_factory=list)
    pictures: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Page:
    """A page, and whether pictures or paths are drawn on it."""

    content: PageContent
    drawn: bool


def read(data: bytes, options: Options) -> Content:
    """Read an OFD file.

    Args:
        data: The file.
        options: Its limits say how many pages and characters are allowed, and how much the file
            may inflate to.

    Returns:
        Paragraphs and tables in reading order with page and place; page numbers and running
        headers are set apart as furniture. What was not read is named in the warnings, with the
        pages.

    Raises:
        CorruptDocumentError: It is damaged, or none of its pages can be read.
        EncryptedDocumentError: Its pages are enciphered (GM/T 0099-2020).
        ScannedDocumentError: All pages are pictures, and text recognition is not installed.
        LimitExceededError: It is too large or too deep.
    """
    package = Package(data, options.limits)
    documents = read_documents(package)
    parts = [part for _, pages in documents for part in pages]
    options.limits.check("pages", len(parts))
    reader = _Reader(package, options, len(parts))
    pages = [page for number, part in enumerate(parts, 1) for page in reader.read(part, number)]
    if not pages and reader.faults.enciphered:
        raise EncryptedDocumentError("encrypted", format="ofd")
    if not pages:
        raise CorruptDocumentError("corrupt", format="ofd", reason="没有可读的页")
    builder = ContentBuilder()
    empty = lay_out([page.content for page in pages], builder)
    unread = [page.content.number for page in pages if page.drawn and page.content.number in empty]
    if unread and len(empty) == len(pages) and not reader.faults.pictures:
        raise ScannedDocumentError("scanned", pages=len(parts))
    for warning in _warnings(reader.faults, unread):
        builder.warn(warning)
    names = [name for document, _ in documents for name in document.attachments]
    if names:
        builder.warn(message("ofd_attachments", count=len(names), names="、".join(names[:5])).text)
    return builder.build(pages=len(parts))


def _warnings(faults: _Faults, unread: list[int]) -> Iterator[str]:
    for key, numbers in (
        ("pdf_damaged", faults.damaged),
        ("ofd_enciphered", faults.enciphered),
        ("pdf_no_text", [number for number in unread if number not in faults.pictures]),
        ("pdf_undecoded", faults.undecoded),
        ("pdf_turned", faults.turned),
        ("pdf_crowded", faults.crowded),
        ("ofd_hidden", faults.hidden),
        ("ofd_shapes", faults.shapes),
        ("ofd_notes", faults.noted),
    ):
        if numbers:
            yield message(key, pages=page_list(numbers)).text
    if faults.pictures:
        kinds = "、".join(sorted(set(faults.pictures.values())))
        pages = page_list(sorted(faults.pictures))
        yield message("ofd_pictures", pages=pages, kinds=kinds).text


class _Reader:
    """Reads pages one by one and notes what is wrong with them."""

    def __init__(self, package: Package, options: Options, count: int) -> None:
        self.faults = _Faults()
        self._package = package
        self._options = options
        self._count = count
        self._drawer = Drawer(options.limits)
        self._templates: dict[str, etree._Element | None] = {}

    def read(self, part: PagePart, number: int) -> Iterator[_Page]:
        """Yield page `number`, unless it cannot be read."""
        if part.identity in part.document.noted:
            self.faults.noted.append(number)
        try:
            root = self._package.read_xml(part.name or part.identity)
        except EncryptedDocumentError:
            self.faults.enciphered.append(number)
            return
        except CorruptDocumentError:
            self.faults.damaged.append(number)
            return
        area = page_area(child(root, "Area")) or part.document.area
        size = area[2] * _POINTS_PER_MM, area[3] * _POINTS_PER_MM
        drawing = self._drawing(root, part, area, number)
        glyphs = self._glyphs(drawing, size, number)
        content = self._laid(drawing, glyphs, size, number)
        scanned = self._recognised(drawing, glyphs, content)
        drawn = bool(drawing.pictures or drawing.points)
        yield _Page(scanned or content, drawn)

    def _drawing(self, root: etree._Element, part: PagePart, area: BBox, number: int) -> Drawing:
        scale = _POINTS_PER_MM
        matrix = Matrix(scale, 0, 0, scale, -area[0] * scale, -area[1] * scale)
        drawing = Drawing()
        for template in children(root, "Template"):
            name = part.document.templates.get((template.get("TemplateID") or "").strip())
            if name is not None and name not in self._templates:
                self._templates[name] = read_or_none(self._package, name)
            under = self._templates.get(name or "")
            if under is None:
                self.faults.damaged.append(number)
            else:
                self._drawer.draw(under, part.document.resources, matrix, drawing)
        self._drawer.draw(root, self._resources(root, part), matrix, drawing)
        return drawing

    def _resources(self, root: etree._Element, part: PagePart) -> Resources:
        """Return the resources of the document and those of the page itself."""
        own = [self._package.locate(part.name or "", res.text) for res in children(root, "PageRes")]
        if not own:
            return part.document.resources
        resources = part.document.resources.copy()
        for name in own:
            resources.add(self._package, name)
        return resources

    def _glyphs(self, drawing: Drawing, size: tuple[float, float], number: int) -> list[Glyph]:
        """Return the characters that can be seen on the page."""
        found, hidden = drawing.text_in_sight()
        width, height = size
        glyphs = [
            glyph
            for glyph in found
            if glyph.x1 > 0 and glyph.x0 < width and 0 < glyph.baseline < height + glyph.size
        ]
        visible = sum(glyph.text != " " for glyph in glyphs)
        # A few undecoded characters are bullets in a symbol font.
        if sum(map(undecoded, glyphs)) > max(10, visible / 10):
            self.faults.undecoded.append(number)
        if drawing.turned:
            self.faults.turned.append(number)
        if hidden:
            self.faults.hidden.append(number)
        if any(lines_of_shapes(drawing.shapes)):
            self.faults.shapes.append(number)
        return glyphs

    def _laid(
        self, drawing: Drawing, glyphs: list[Glyph], size: tuple[float, float], number: int
    ) -> PageContent:
        cells: list[list[BBox]] = []
        try:
            cells = drawing.tables()
        except TooManyLinesError:
            self.faults.crowded.append(number)
        tables, rest = take_tables(cells, glyphs, number)
        return PageContent(number, size, build_lines(rest, number), tables)

    def _recognised(
        self, drawing: Drawing, glyphs: list[Glyph], content: PageContent
    ) -> PageContent | None:
        """Return a page that is a picture with what is written on it, where that can be read."""
        picture = page_picture(drawing.pictures, glyphs, content.size)
        if picture is None:
            return None
        try:
            image, scale = draw_page(self._package, picture, content.size, self._options.limits)
            scanned = ocr.read_page(image, page=content.number, scale=scale)
        except UnreadablePictureError as error:
            self.faults.pictures[content.number] = str(error)
            return None
        except MissingToolError:
            return None
        if self._options.on_page is not None:
            self._options.on_page(content.number, self._count)
        lines = sorted([*content.lines, *scanned.lines], key=lambda line: line.top)
        return replace(content, lines=lines, tables=[*content.tables, *scanned.tables])
