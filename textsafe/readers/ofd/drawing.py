"""What was found on one page of OFD."""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from textsafe.document import BBox
from textsafe.readers.layout.furniture import rounded
from textsafe.readers.layout.glyphs import Glyph
from textsafe.readers.layout.ruling import Ruling, TooManyLinesError
from textsafe.readers.ofd.paint import Paint
from textsafe.readers.ofd.paths import Shape, is_character_like, is_ground, lines_of_shapes

# More points of paths than the tables of a page have; the page is a drawing.
MAX_POINTS = 20_000
# A page on which all text is drawn as shapes has some 100,000.
MAX_SHAPE_POINTS = 500_000
# Grounds behind text that are looked at; a page with more is a drawing.
_MAX_GROUNDS = 200
# A page is turned when more than this share of its characters, and not a few, are.
_MOSTLY, _MIN_TURNED = 0.8, 20
# How much larger than most characters a watermark is.
_LARGE = 1.5


@dataclass(frozen=True)
class Picture:
    """A picture on a page: the part that holds it, or None, and its box in points."""

    part: str | None
    bbox: BBox


class Seen(NamedTuple):
    """The characters that are read, and whether others cannot be seen or are a watermark."""

    glyphs: list[Glyph]
    hidden: bool
    pale: bool


@dataclass
class Drawing:
    """All that is drawn on one page; lengths in points from the top left.

    Attributes:
        glyphs: Upright characters in solid colours, spaces included, in the order of the file.
        faint: Other characters, object by object.
        turned: How many characters run in which direction, in quarters of a turn clockwise; None
            where they are set at an angle.
        ruling: The straight lines.
        points: How many points the paths have.
        shapes: Filled shapes: bars, coloured grounds, characters that were turned into shapes.
        pictures: The pictures, seals among them.
    """

    glyphs: list[Glyph] = field(default_factory=list)
    faint: list[tuple[Paint, list[Glyph]]] = field(default_factory=list)
    turned: Counter[int | None] = field(default_factory=Counter)
    ruling: Ruling = field(default_factory=Ruling)
    points: int = 0
    shapes: list[Shape] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    @property
    def quarters(self) -> int:
        """In how many quarters of a turn clockwise most of the text runs."""
        visible = sum(glyph.text != " " for glyph in self.glyphs) + self.turned.total()
        turned = (quarter for quarter in (1, 2, 3) if self.turned[quarter] >= _MIN_TURNED)
        return next((q for q in turned if self.turned[q] > _MOSTLY * visible), 0)

    def tables(self) -> list[list[BBox]]:
        """Return the cells of each table.

        Raises:
            TooManyLinesError: The page is a drawing.
        """
        if self.points > MAX_POINTS:
            raise TooManyLinesError
        return self.ruling.tables()

    def lettering(self) -> tuple[BBox, ...]:
        """Return where shapes may be characters; nothing if none stand side by side in a line."""
        characters = list(filter(is_character_like, self.shapes))
        if not any(lines_of_shapes(characters)):
            return ()
        return tuple(rounded(shape.bbox) for shape in characters)

    def text_in_sight(self) -> Seen:
        """Tell what is read from what cannot be seen, and from watermarks.

        Text that cannot be seen is read only where it lies on a picture: there it is the text
        layer of a scan. White text is seen on a coloured ground as well. Pale text is a watermark
        if it is larger than most.
        """
        glyphs, hidden, pale = list(self.glyphs), False, False
        usual = statistics.median([glyph.size for glyph in glyphs]) if glyphs else 0.0
        pictures = [picture.bbox for picture in self.pictures][:_MAX_GROUNDS]
        colours = [shape.bbox for shape in self.shapes if is_ground(shape.bbox)][:_MAX_GROUNDS]
        for paint, run in self.faint:
            grounds = pictures + (colours if paint is Paint.WHITE else [])
            if paint is Paint.PALE and usual and run[0].size > _LARGE * usual:
                pale = True
            elif paint is Paint.PALE or any(_lies_on(run[0], ground) for ground in grounds):
                glyphs += run
            else:
                hidden = True
        return Seen(glyphs, hidden, pale)


def _lies_on(glyph: Glyph, box: BBox) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, glyph.baseline - 0.4 * glyph.size
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
