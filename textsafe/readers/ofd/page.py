"""What is drawn on a page of OFD: text, paths, pictures (GB/T 33190-2016, chapters 7 to 13)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain

from lxml import etree

from textsafe.document import BBox
from textsafe.readers.layout.glyphs import Face, Glyph, face_of
from textsafe.readers.layout.matrix import Matrix
from textsafe.readers.layout.ruling import Ruling, TooManyLinesError
from textsafe.readers.limits import Limits
from textsafe.readers.ofd import paths
from textsafe.readers.ofd.package import child, children, local
from textsafe.readers.ofd.structure import Resources
from textsafe.readers.ofd.text import is_drawn, read_text
from textsafe.readers.ofd.values import is_true, is_white, number, transform, whole

# More points of paths than the tables of a page have; the page is a drawing.
MAX_POINTS = 20_000
# Grounds behind text that are looked at; a page with more is a drawing.
_MAX_GROUNDS = 200
# Weights from here on are bold; 400 is regular.
_BOLD = 700


@dataclass(frozen=True)
class Picture:
    """A picture on a page: the part that holds it, or None, and its box in points."""

    part: str | None
    bbox: BBox


@dataclass
class Drawing:
    """All that is drawn on one page; lengths in points from the top left.

    Attributes:
        glyphs: Upright characters, spaces included, in the order of the file.
        faint: Characters that are white or have no colour at all, object by object, and whether
            a coloured ground makes them visible.
        turned: How many characters are set at an angle.
        ruling: The straight lines.
        points: How many points the paths have.
        grounds: Boxes of coloured shapes.
        shapes: Boxes of what may be characters that were turned into shapes.
        pictures: The pictures, seals among them.
    """

    glyphs: list[Glyph] = field(default_factory=list)
    faint: list[tuple[list[Glyph], bool]] = field(default_factory=list)
    turned: int = 0
    ruling: Ruling = field(default_factory=Ruling)
    points: int = 0
    grounds: list[BBox] = field(default_factory=list)
    shapes: list[BBox] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    def tables(self) -> list[list[BBox]]:
        """Return the cells of each table.

        Raises:
            TooManyLinesError: The page is a drawing.
        """
        if self.points > MAX_POINTS:
            raise TooManyLinesError
        return self.ruling.tables()

    def text_in_sight(self) -> tuple[list[Glyph], bool]:
        """Return the characters that are read, and whether others are hidden.

        Text that cannot be seen is read only where it lies on a picture: there it is the text
        layer of a scan. White text is seen on a coloured ground as well.
        """
        glyphs, hidden = list(self.glyphs), False
        pictures = [picture.bbox for picture in self.pictures][:_MAX_GROUNDS]
        for run, white in self.faint:
            grounds = pictures + (self.grounds[:_MAX_GROUNDS] if white else [])
            if any(_lies_on(run[0], ground) for ground in grounds):
                glyphs += run
            else:
                hidden = True
        return glyphs, hidden


class Drawer:
    """Draws pages: follows layers, blocks and composite units down to text, paths and pictures.

    Args:
        limits: ``depth`` holds for objects inside one another, ``blocks`` for their number in all
            pages, ``characters`` for the text.
    """

    def __init__(self, limits: Limits) -> None:
        self._resources = Resources()
        self._limits = limits
        self._objects = 0
        self._characters = 0

    def draw(
        self, page: etree._Element, resources: Resources, matrix: Matrix, drawing: Drawing
    ) -> None:
        """Add what a page or a template draws to what is drawn already.

        Args:
            page: The root of the part that holds it.
            resources: What its objects refer to.
            matrix: Map from its millimetres to points on the page.
            drawing: Where to add it.

        Raises:
            LimitExceededError: There is too much of it, or too deep.
        """
        self._resources = resources
        for layer in children(child(page, "Content"), "Layer"):
            self._draw(layer, matrix, drawing, layer.get("DrawParam"), 0)

    def _draw(
        self,
        holder: Iterable[etree._Element],
        matrix: Matrix,
        drawing: Drawing,
        param: str | None,
        depth: int,
    ) -> None:
        self._limits.check("depth", depth)
        for item in holder:
            self._objects += 1
            self._limits.check("blocks", self._objects)
            own = item.get("DrawParam") or param
            match local(item):
                case "TextObject":
                    self._text(item, transform(item).then(matrix), drawing, own)
                case "PathObject":
                    self._path(item, transform(item).then(matrix), drawing, own)
                case "ImageObject":
                    self._picture(item, transform(item).then(matrix), drawing)
                case "PageBlock":
                    self._draw(item, matrix, drawing, param, depth + 1)
                case "CompositeObject":
                    unit = self._resources.units.get((item.get("ResourceID") or "").strip())
                    content = child(unit, "Content")
                    if content is not None and is_true(item.get("Visible"), True):
                        inner = transform(item).then(matrix)
                        self._draw(content, inner, drawing, own, depth + 1)

    def _text(
        self, item: etree._Element, matrix: Matrix, drawing: Drawing, param: str | None
    ) -> None:
        if not all(map(math.isfinite, matrix)):
            return
        run = read_text(item, matrix, self._face(item))
        drawing.turned += run.turned
        self._characters += len(run.glyphs)
        self._limits.check("characters", self._characters)
        if not run.glyphs:
            return
        white = self._is_white(item, "FillColor", param)
        clear = not is_drawn(item) or self._is_clear(item)
        if white or clear:
            drawing.faint.append((run.glyphs, not clear))
        else:
            drawing.glyphs += run.glyphs

    def _face(self, item: etree._Element) -> Face | None:
        font = self._resources.fonts.get((item.get("Font") or "").strip())
        bold = whole(item.get("Weight"), 400) >= _BOLD
        return face_of(font, bold=bold) if font else None

    def _path(
        self, item: etree._Element, matrix: Matrix, drawing: Drawing, param: str | None
    ) -> None:
        stroked = is_true(item.get("Stroke"), True) and not self._is_white(
            item, "StrokeColor", param
        )
        filled = is_true(item.get("Fill"), False) and not self._is_white(item, "FillColor", param)
        if not (stroked or filled) or self._is_clear(item) or drawing.points > MAX_POINTS:
            return
        found = paths.outlines(item, matrix)
        drawing.points += sum(map(len, found))
        box = paths.bounds(found)
        if box is None or not all(map(math.isfinite, box)):
            return
        paths.add_to(drawing.ruling, found, stroked=stroked)
        if filled and paths.is_ground(box):
            drawing.grounds.append(box)
            if paths.is_character_like(found, box):
                drawing.shapes.append(box)

    def _picture(self, item: etree._Element, matrix: Matrix, drawing: Drawing) -> None:
        if self._is_clear(item):
            return
        # A picture fills the unit square of its own space.
        corners = [matrix.apply(x, y) for x in (0, 1) for y in (0, 1)]
        if not all(map(math.isfinite, chain.from_iterable(corners))):
            return
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        part = self._resources.pictures.get((item.get("ResourceID") or "").strip())
        drawing.pictures.append(Picture(part, (min(xs), min(ys), max(xs), max(ys))))

    def _is_clear(self, item: etree._Element) -> bool:
        color = child(item, "FillColor")
        alpha = number(item.get("Alpha"), 255)
        if color is not None:
            alpha = min(alpha, number(color.get("Alpha"), 255))
        return alpha <= 0 or not is_true(item.get("Visible"), True)

    def _is_white(self, item: etree._Element, name: str, param: str | None) -> bool:
        color = child(item, name)
        seen: set[str] = set()
        while color is None and param is not None and param not in seen:
            seen.add(param)
            shared = self._resources.draw_params.get(param.strip())
            color = child(shared, name)
            param = None if shared is None else shared.get("Relative")
        return color is not None and is_white(color)


def _lies_on(glyph: Glyph, box: BBox) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, glyph.baseline - 0.4 * glyph.size
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
