"""Pages of OFD: drawn, set upright, laid out, recognised where they are pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from textsafe.document import BBox
from textsafe.errors import CorruptDocumentError, EncryptedDocumentError, MissingToolError
from textsafe.readers import ocr
from textsafe.readers.layout import PageContent
from textsafe.readers.layout.glyphs import Glyph
from textsafe.readers.layout.lines import build_lines
from textsafe.readers.layout.matrix import Matrix, turns
from textsafe.readers.layout.ruling import TooManyLinesError
from textsafe.readers.layout.tables import take_tables
from textsafe.readers.ofd.drawing import Drawing
from textsafe.readers.ofd.package import Package, child, children
from textsafe.readers.ofd.page import Drawer
from textsafe.readers.ofd.scan import (
    UnreadablePictureError,
    draw_page,
    draw_shapes,
    page_picture,
)
from textsafe.readers.ofd.structure import PagePart, Resources, page_area, read_or_none
from textsafe.readers.ofd.text import undecoded
from textsafe.readers.options import Options

_POINTS_PER_MM = 72 / 25.4


@dataclass
class Faults:
    """Numbers of the pages on which something was not read; of pictures, also their formats."""

    damaged: list[int] = field(default_factory=list)
    enciphered: list[int] = field(default_factory=list)
    undecoded: list[int] = field(default_factory=list)
    turned: list[int] = field(default_factory=list)
    crowded: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    pale: list[int] = field(default_factory=list)
    shapes: list[int] = field(default_factory=list)
    noted: list[int] = field(default_factory=list)
    pictures: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ReadPage:
    """A page, and whether pictures or paths are drawn on it."""

    content: PageContent
    drawn: bool


@dataclass(frozen=True)
class _Paper:
    """A page as shown: its number, its size in points, and the map from its millimetres."""

    number: int
    size: tuple[float, float]
    matrix: Matrix


class PageReader:
    """Reads pages one by one and notes what is wrong with them.

    Args:
        package: The file.
        options: ``on_page`` is told of pages that take seconds.
        count: How many pages there are.
    """

    def __init__(self, package: Package, options: Options, count: int) -> None:
        self.faults = Faults()
        self._package = package
        self._options = options
        self._count = count
        self._drawer = Drawer(options.limits)
        self._templates: dict[str, etree._Element | None] = {}
        self._known_shapes: dict[tuple[BBox, ...], PageContent] = {}

    def read(self, part: PagePart, number: int) -> ReadPage | None:
        """Return page `number`, or None if it cannot be read.

        Raises:
            LimitExceededError: It is too large or too deep, or all pages together are.
        """
        try:
            root = self._package.read_xml(part.name or part.identity)
        except EncryptedDocumentError:
            self.faults.enciphered.append(number)
            return None
        except CorruptDocumentError:
            self.faults.damaged.append(number)
            return None
        x, y, width, height = page_area(child(root, "Area")) or part.document.area
        scale = _POINTS_PER_MM
        paper = _Paper(
            number,
            (width * scale, height * scale),
            Matrix(scale, 0, 0, scale, -x * scale, -y * scale),
        )
        drawing = self._drawing(root, part, paper.matrix)
        quarters = drawing.quarters
        if quarters:
            paper = _upright(paper, quarters)
            drawing = self._drawing(root, part, paper.matrix)
        self._note(part, number, root, drawing)
        glyphs = self._glyphs(drawing, paper)
        content = replace(self._laid(drawing, glyphs, paper), turn=90.0 * quarters)
        content = self._with_shapes(drawing, self._with_picture(drawing, glyphs, content))
        return ReadPage(content, drawn=bool(drawing.pictures or drawing.points))

    def _drawing(self, root: etree._Element, part: PagePart, matrix: Matrix) -> Drawing:
        drawing = Drawing()
        for template in children(root, "Template"):
            under = self._template(part, template)
            if under is not None:
                self._drawer.draw(under, part.document.resources, matrix, drawing)
        self._drawer.draw(root, self._resources(root, part), matrix, drawing)
        return drawing

    def _template(self, part: PagePart, template: etree._Element) -> etree._Element | None:
        name = part.document.templates.get((template.get("TemplateID") or "").strip())
        if name is not None and name not in self._templates:
            self._templates[name] = read_or_none(self._package, name)
        return self._templates.get(name or "")

    def _resources(self, root: etree._Element, part: PagePart) -> Resources:
        """Return the resources of the document and those of the page itself."""
        own = [self._package.locate(part.name or "", res.text) for res in children(root, "PageRes")]
        if not own:
            return part.document.resources
        resources = part.document.resources.copy()
        for name in own:
            resources.add(self._package, name)
        return resources

    def _note(self, part: PagePart, number: int, root: etree._Element, drawing: Drawing) -> None:
        if part.identity in part.document.noted:
            self.faults.noted.append(number)
        if any(self._template(part, template) is None for template in children(root, "Template")):
            self.faults.damaged.append(number)
        if drawing.turned.total():
            self.faults.turned.append(number)

    def _glyphs(self, drawing: Drawing, paper: _Paper) -> list[Glyph]:
        """Return the characters that can be seen on the page."""
        found, hidden, pale = drawing.text_in_sight()
        width, height = paper.size
        glyphs = [
            glyph
            for glyph in found
            if glyph.x1 > 0 and glyph.x0 < width and 0 < glyph.baseline < height + glyph.size
        ]
        visible = sum(glyph.text != " " for glyph in glyphs)
        # A few undecoded characters are bullets in a symbol font.
        if sum(map(undecoded, glyphs)) > max(10, visible / 10):
            self.faults.undecoded.append(paper.number)
        if hidden:
            self.faults.hidden.append(paper.number)
        if pale:
            self.faults.pale.append(paper.number)
        return glyphs

    def _laid(self, drawing: Drawing, glyphs: Sequence[Glyph], paper: _Paper) -> PageContent:
        cells: list[list[BBox]] = []
        try:
            cells = drawing.tables()
        except TooManyLinesError:
            self.faults.crowded.append(paper.number)
        tables, rest = take_tables(cells, glyphs, paper.number)
        return PageContent(paper.number, paper.size, build_lines(rest, paper.number), tables)

    def _with_picture(
        self, drawing: Drawing, glyphs: Sequence[Glyph], content: PageContent
    ) -> PageContent:
        """Add what is written on the picture that a page consists of, where that can be read."""
        picture = page_picture(drawing.pictures, glyphs, content.size)
        if picture is None:
            return content
        try:
            image, scale = draw_page(self._package, picture, content.size, self._options.limits)
            scanned = ocr.read_page(image, page=content.number, scale=scale)
        except UnreadablePictureError as error:
            self.faults.pictures[content.number] = str(error)
            return content
        except MissingToolError:
            return content
        self._report(content.number)
        # On a scan that had to be turned, what stands on the page beside it has no place.
        return scanned if round(scanned.turn / 90) else _merged(content, scanned)

    def _with_shapes(self, drawing: Drawing, content: PageContent) -> PageContent:
        """Add text that is drawn as shapes, mostly the letterhead, where it can be read.

        On a page that has other text, shapes may be anything; what is not surely text is left out.
        """
        lettering = drawing.lettering()
        if not lettering:
            return content
        try:
            found = self._recognised(lettering, drawing, content)
        except MissingToolError:
            self.faults.shapes.append(content.number)
            return content
        if not content.lines and not content.tables:
            return _merged(content, found)
        lines = [line for line in found.lines if (line.confidence or 0) >= ocr.LEAST_CONFIDENCE]
        if not lines:
            self.faults.shapes.append(content.number)
        return _merged(content, replace(found, lines=lines, tables=[], confidence=None))

    def _recognised(
        self, key: tuple[BBox, ...], drawing: Drawing, content: PageContent
    ) -> PageContent:
        """Recognise shapes; those that return at the same places are looked at once."""
        number = content.number
        if key not in self._known_shapes:
            image, scale = draw_shapes(drawing.shapes, content.size, self._options.limits)
            self._known_shapes[key] = ocr.read_page(image, page=number, scale=scale)
            self._report(number)
        known = self._known_shapes[key]
        return replace(
            known,
            number=number,
            lines=[replace(line, page=number) for line in known.lines],
            tables=[replace(table, page=number) for table in known.tables],
        )

    def _report(self, number: int) -> None:
        if self._options.on_page is not None:
            self._options.on_page(number, self._count)


def _upright(paper: _Paper, quarters: int) -> _Paper:
    """Turn a page on which most of the text lies on its side or upside down."""
    width, height = paper.size
    size = (height, width) if quarters % 2 else (width, height)
    return _Paper(paper.number, size, paper.matrix.then(turns(width, height)[quarters]))


def _merged(content: PageContent, other: PageContent) -> PageContent:
    return replace(
        content,
        lines=sorted([*content.lines, *other.lines], key=lambda line: line.top),
        tables=[*content.tables, *other.tables],
        confidence=content.confidence if other.confidence is None else other.confidence,
    )
