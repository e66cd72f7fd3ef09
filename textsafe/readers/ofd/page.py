"""What is drawn on a page of OFD: text, paths, pictures (GB/T 33190-2016, chapters 7 to 13)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import chain

from lxml import etree

from textsafe.readers.layout.glyphs import Face, face_of
from textsafe.readers.layout.matrix import Matrix
from textsafe.readers.limits import Limits
from textsafe.readers.ofd import paths
from textsafe.readers.ofd.drawing import MAX_POINTS, MAX_SHAPE_POINTS, Drawing, Picture
from textsafe.readers.ofd.package import child, children, local
from textsafe.readers.ofd.paint import Paint, paint_of
from textsafe.readers.ofd.structure import Resources
from textsafe.readers.ofd.text import is_drawn, read_text
from textsafe.readers.ofd.values import is_true, transform, whole

# Weights from here on are bold; 400 is regular.
_BOLD = 600


class Drawer:
    """Draws pages: follows layers, blocks and composite units down to text, paths and pictures.

    Args:
        limits: ``depth`` holds for objects inside one another, ``blocks`` for their number in all
            pages, ``characters`` for the text.
    """

    def __init__(self, limits: Limits) -> None:
        self._resources = Resources()
        self._limits = limits
        self._faces: dict[tuple[str, bool], Face] = {}
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
        paint = self._paint(item, "FillColor", param) if is_drawn(item) else Paint.CLEAR
        if paint is Paint.SOLID:
            drawing.glyphs += run.glyphs
        else:
            drawing.faint.append((paint, run.glyphs))

    def _face(self, item: etree._Element) -> Face | None:
        font = self._resources.fonts.get((item.get("Font") or "").strip())
        if not font:
            return None
        key = font, whole(item.get("Weight"), 400) >= _BOLD
        if key not in self._faces:
            self._faces[key] = face_of(font, bold=key[1])
        return self._faces[key]

    def _path(
        self, item: etree._Element, matrix: Matrix, drawing: Drawing, param: str | None
    ) -> None:
        unseen = (Paint.WHITE, Paint.CLEAR)
        stroked = (
            is_true(item.get("Stroke"), True)
            and self._paint(item, "StrokeColor", param) not in unseen
        )
        filled = (
            is_true(item.get("Fill"), False) and self._paint(item, "FillColor", param) not in unseen
        )
        if not (stroked or filled) or drawing.points > MAX_SHAPE_POINTS:
            return
        found = paths.outlines(item, matrix)
        drawing.points += sum(map(len, found))
        box = paths.bounds(found)
        if box is None or not all(map(math.isfinite, box)):
            return
        if drawing.points <= MAX_POINTS:
            paths.add_to(drawing.ruling, found, stroked=stroked)
        if filled:
            drawing.shapes.append(paths.Shape(box, found))

    def _picture(self, item: etree._Element, matrix: Matrix, drawing: Drawing) -> None:
        # A picture fills the unit square of its own space.
        corners = [matrix.apply(x, y) for x in (0, 1) for y in (0, 1)]
        finite = all(map(math.isfinite, chain.from_iterable(corners)))
        if not finite or self._paint(item, "FillColor", None) is Paint.CLEAR:
            return
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        part = self._resources.pictures.get((item.get("ResourceID") or "").strip())
        drawing.pictures.append(Picture(part, (min(xs), min(ys), max(xs), max(ys))))

    def _paint(self, item: etree._Element, kind: str, param: str | None) -> Paint:
        return paint_of(item, kind, param, self._resources.draw_params)
