"""Writes small PDF files for tests: text at given places, ruled tables, any page size.

The font is STSong-Light, one of the fonts that every PDF program has to bring along for Chinese,
so that nothing is embedded and nothing is fetched. A page is a list of things to draw; lengths
are in points and count from the top left of the page, as in ``Block.bbox``.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportlab.lib import pdfencrypt
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
A4 = (595.0, 842.0)

# The page of GB/T 9704 with 28 characters of 16 points to a line, and 22 lines of 28 points.
LEFT, TOP, SIZE, LEADING, LINE = 74.0, 105.0, 16.0, 28.0, 28
RIGHT = LEFT + LINE * SIZE


@dataclass(frozen=True)
class Text:
    """Characters on one baseline; `spacing` is added after each one, `angle` turns them.

    A `bold` one has its outlines drawn as well, a `hidden` one is not drawn at all, as the text
    under the picture of a searchable scan; `grey` goes from 0, black, to 1, white.
    """

    text: str
    x: float
    baseline: float
    size: float = SIZE
    spacing: float = 0.0
    angle: float = 0.0
    bold: bool = False
    hidden: bool = False
    grey: float = 0.0


@dataclass(frozen=True)
class Rule:
    """A ruled line; drawn as a thin filled bar if `bar` is set, as Word draws borders."""

    x0: float
    y0: float
    x1: float
    y1: float
    bar: bool = False


@dataclass(frozen=True)
class Shade:
    """A coloured background or, on a page without text, the picture of a scan."""

    x: float
    y: float
    width: float
    height: float


Drawn = Text | Rule | Shade


@dataclass(frozen=True)
class Page:
    """What is drawn on one page.

    A `rotation` (degrees clockwise) makes a page whose contents lie on their side in the file and
    which the viewer turns; it looks the same as without.
    """

    drawn: Sequence[Drawn] = field(default_factory=list)
    size: tuple[float, float] = A4
    rotation: int = 0


def build_pdf(*pages: Page, opened_by: str | None = None, changed_by: str | None = None) -> bytes:
    """Return a PDF file; `opened_by` and `changed_by` are passwords."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    encrypt = None
    if opened_by or changed_by:
        encrypt = pdfencrypt.StandardEncryption(opened_by or "", changed_by, strength=128)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=encrypt, invariant=1)
    for page in pages:
        canvas.setPageSize(page.size)
        canvas.setPageRotation(page.rotation)
        width, height = page.size
        match page.rotation:
            case 90:
                canvas.transform(0, 1, -1, 0, height, 0)
            case 180:
                canvas.transform(-1, 0, 0, -1, width, height)
            case 270:
                canvas.transform(0, -1, 1, 0, 0, width)
        for item in page.drawn:
            _draw(canvas, item, page.size[1])
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw(canvas: Canvas, item: Drawn, height: float) -> None:
    match item:
        case Text():
            canvas.saveState()
            canvas.translate(item.x, height - item.baseline)
            canvas.rotate(item.angle)
            text = canvas.beginText(0, 0)
            text.setFont(FONT, item.size)
            text.setCharSpace(item.spacing)
            text.setTextRenderMode(3 if item.hidden else 2 if item.bold else 0)
            text.setFillGray(item.grey)
            text.textOut(item.text)
            canvas.drawText(text)
            canvas.restoreState()
        case Rule(bar=True):
            width = max(item.x1 - item.x0, 0.5)
            canvas.rect(item.x0, height - item.y1, width, max(item.y1 - item.y0, 0.5), 0, 1)
        case Rule():
            canvas.line(item.x0, height - item.y0, item.x1, height - item.y1)
        case Shade():
            canvas.setFillGray(0.9)
            canvas.rect(item.x, height - item.y - item.height, item.width, item.height, 0, 1)
            canvas.setFillGray(0)


def wrap(paragraph: str, *, indent: int = 2, width: int = LINE) -> list[str]:
    """Break a paragraph of ideographs into lines, the first one shorter by its indent."""
    rest = "\u3000" * indent + paragraph
    return [rest[start : start + width] for start in range(0, len(rest), width)]


def page_of(lines: Sequence[str], *, number: str = "", first: int = 0) -> Page:
    """Set `lines` one below the other; leading ideographic spaces are the indent.

    Args:
        number: The page number, printed below the text.
        first: How many line places stay empty at the top.
    """
    drawn = [
        Text(
            line.lstrip("\u3000"),
            LEFT + SIZE * (len(line) - len(line.lstrip("\u3000"))),
            TOP + LEADING * (place + first) + 0.88 * SIZE,
        )
        for place, line in enumerate(lines)
        if line
    ]
    if number:
        drawn.append(Text(number, 280, 770, 14))
    return Page(drawn)


def grid(xs: Sequence[float], ys: Sequence[float], *, bar: bool = False) -> list[Drawn]:
    """Return the rules of a table without merged cells."""
    return [
        *(Rule(x, ys[0], x, ys[-1], bar) for x in xs),
        *(Rule(xs[0], y, xs[-1], y, bar) for y in ys),
    ]
