"""Renders invented official documents as scans: skewed, noisy, with a red letterhead and a seal.

The page is that of GB/T 9704-2012: A4, body of 28 characters a line and 22 lines in size 3 (16 pt).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

FONTS = Path("/usr/share/fonts/opentype/noto")
SERIF, SANS = "NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc"
SIMPLIFIED = 2  # the face of these collections with the shapes of simplified Chinese

WIDTH, HEIGHT = 595.3, 841.9
LEFT, RIGHT, TOP, BOTTOM = 79.4, 521.6, 104.9, 742.7
LEADING = 29.0
BODY, TITLE, HEAD = 15.8, 22.0, 42.0
RED, BLACK = (215, 35, 30), (25, 25, 25)
_NO_START = "，。、；：！？）》”’〕】%"
_NO_END = "（《“‘〔【"


@dataclass(frozen=True)
class Look:
    """How a scan looks.

    Attributes:
        skew: Degrees by which the sheet lay crooked, anticlockwise.
        turn: Degrees by which the whole picture is turned, anticlockwise: 0, 90, 180 or 270.
        seal: Whether a red seal of 42 mm lies over the last lines.
        noise: Standard deviation of what the sensor adds to each pixel, of 255.
        quality: That of the JPEG file which the scanner writes, or None.
        letterhead: Whether the first paragraph is set large and red over a red rule.
    """

    dpi: int = 150
    skew: float = 0.0
    turn: int = 0
    seal: bool = False
    noise: float = 4.0
    quality: int | None = 75
    letterhead: bool = False
    font: str = SERIF


def fonts_installed() -> bool:
    """Tell whether the fonts to draw with are there."""
    return (FONTS / SERIF).is_file() and (FONTS / SANS).is_file()


class _Sheet:
    """A page that is being drawn from the top."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.scale = look.dpi / 72
        size = round(WIDTH * self.scale), round(HEIGHT * self.scale)
        self.image = Image.new("RGB", size, (252, 251, 248))
        self.draw = ImageDraw.Draw(self.image)
        self.top = TOP
        self.lines: list[str] = []

    @property
    def full(self) -> bool:
        return self.top + LEADING > BOTTOM

    def font(self, size: float, name: str = "") -> ImageFont.FreeTypeFont:
        path = FONTS / (name or self.look.font)
        return ImageFont.truetype(path, round(size * self.scale), index=SIMPLIFIED)

    def line(self, text: str, x: float, size: float, *, color: tuple[int, int, int]) -> None:
        place = x * self.scale, (self.top + size) * self.scale
        self.draw.text(place, text, font=self.font(size), fill=color, anchor="ls")
        self.lines.append(text)
        self.top += max(LEADING, 1.4 * size)

    def centred(self, text: str, size: float, *, color: tuple[int, int, int] = BLACK) -> None:
        width = self.font(size).getlength(text) / self.scale
        size *= min(1.0, (RIGHT - LEFT) / width)
        width = min(width, RIGHT - LEFT)
        self.line(text, (WIDTH - width) / 2, size, color=color)

    def rule(self) -> None:
        y = self.top * self.scale
        box = LEFT * self.scale, y, RIGHT * self.scale, y + max(2, 1.5 * self.scale)
        self.draw.rectangle(box, fill=RED)
        self.top += LEADING

    def table(self, rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
        """Draw a ruled table; `widths` are parts of the width of the text."""
        edges = [LEFT + (RIGHT - LEFT) * sum(widths[:column]) for column in range(len(widths) + 1)]
        size, padding = 12.0, 5.0
        font = self.font(size)
        for row in rows:
            cells = [
                wrap(text, font, (right - left - 2 * padding) * self.scale)
                for text, left, right in zip(row, edges, edges[1:], strict=False)
            ]
            bottom = self.top + 17 * max(map(len, cells)) + 8
            for lines, left, right in zip(cells, edges, edges[1:], strict=False):
                box = [value * self.scale for value in (left, self.top, right, bottom)]
                self.draw.rectangle(box, outline=BLACK, width=max(1, round(0.7 * self.scale)))
                for index, text in enumerate(lines):
                    place = left + padding, self.top + 17 * (index + 1)
                    at = place[0] * self.scale, place[1] * self.scale
                    self.draw.text(at, text, font=font, fill=BLACK, anchor="ls")
            self.top = bottom
        self.top += LEADING


def wrap(text: str, font: ImageFont.FreeTypeFont, width: float, *, indent: float = 0) -> list[str]:
    """Break `text` into lines of `width` pixels, not in a number nor before closing punctuation."""
    lines, line, room = [], "", width - indent
    for unit in re.findall(rf"[{_NO_END}]*(?:[0-9A-Za-z.]+|.)[{_NO_START}]*", text):
        if line and font.getlength(line + unit.rstrip(_NO_START)) > room:
            lines.append(line)
            line, room = "", width
        line += unit
    return [*lines, line]


def pages(text: str, look: Look) -> Iterator[tuple[Image.Image, list[str]]]:
    """Yield the scan of each page of `text`, and the lines on it.

    The second paragraph or, without a letterhead, the first is the title.
    """
    paragraphs = text.splitlines()
    waiting: list[tuple[str, float]] = []
    sheet = _Sheet(look)
    if look.letterhead:
        sheet.centred(paragraphs.pop(0), HEAD, color=RED)
        sheet.rule()
    sheet.centred(paragraphs.pop(0), TITLE)
    em = sheet.font(BODY).getlength("国") / sheet.scale
    for paragraph in paragraphs:
        lines = wrap(
            paragraph,
            sheet.font(BODY),
            (RIGHT - LEFT) * sheet.scale,
            indent=2 * em * sheet.scale,
        )
        waiting += [(line, LEFT + (0 if number else 2 * em)) for number, line in enumerate(lines)]
    for line, x in waiting:
        if sheet.full:
            yield scanned(sheet.image, look, sheet.top), sheet.lines
            sheet = _Sheet(look)
        sheet.line(line, x, BODY, color=BLACK)
    yield scanned(sheet.image, look, sheet.top), sheet.lines


def page_with_table(
    title: str,
    before: str,
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    look: Look,
) -> Image.Image:
    """Return the scan of a page with a title, a line of text and a ruled table."""
    sheet = _Sheet(look)
    sheet.centred(title, TITLE)
    sheet.line(before, LEFT, BODY, color=BLACK)
    sheet.table(rows, widths)
    return scanned(sheet.image, look, sheet.top)


def scanned(image: Image.Image, look: Look, bottom: float) -> Image.Image:
    """Return what a scanner makes of `image`, whose text ends at `bottom` points."""
    if look.seal:
        _stamp(image, look.dpi / 72, (RIGHT - 110, min(bottom, BOTTOM) - 70))
    if look.skew:
        paper = image.getpixel((0, 0))
        image = image.rotate(look.skew, Image.Resampling.BICUBIC, fillcolor=paper)
    if look.turn:
        image = image.rotate(look.turn, expand=True)
    if look.noise:
        grain = np.random.default_rng(20240412).normal(0, look.noise, (*image.size[::-1], 1))
        image = Image.fromarray(np.clip(np.asarray(image) + grain, 0, 255).astype(np.uint8))
    if look.quality:
        file = BytesIO()
        image.save(file, "JPEG", quality=look.quality)
        image = Image.open(file)
        image.load()
    image.info["dpi"] = look.dpi, look.dpi
    return image


def _stamp(image: Image.Image, scale: float, centre: tuple[float, float]) -> None:
    """Lay a round seal over `image`: the ink colours the paper and leaves black text black."""
    radius = 59.5 * scale  # 42 mm across, as those of county governments
    side = round(2 * radius)
    seal = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(seal)
    draw.ellipse((1, 1, side - 2, side - 2), outline=255, width=round(3.4 * scale))
    star = []
    for corner in range(10):
        angle = math.pi * corner / 5 - math.pi / 2
        reach = radius * (0.33 if corner % 2 == 0 else 0.13)
        star.append((radius + reach * math.cos(angle), radius + reach * math.sin(angle)))
    draw.polygon(star, fill=255)
    font = ImageFont.truetype(FONTS / SERIF, round(15 * scale), index=SIMPLIFIED)
    name = "清源县安全生产委员会"
    for index, char in enumerate(name):
        angle = -120 + 240 * index / (len(name) - 1)
        glyph = Image.new("L", (side, side), 0)
        place = radius, radius - 0.74 * radius
        ImageDraw.Draw(glyph).text(place, char, font=font, fill=255, anchor="mm")
        seal.paste(255, mask=glyph.rotate(-angle, Image.Resampling.BICUBIC))
    left, top = round(centre[0] * scale - radius), round(centre[1] * scale - radius)
    box = left, top, left + side, top + side
    under = np.asarray(image.crop(box), np.float64)
    ink = np.asarray(seal, np.float64)[:, :, np.newaxis] / 255 * 0.9
    inked = under * (1 - ink * (1 - np.asarray(RED) / 255))
    image.paste(Image.fromarray(inked.astype(np.uint8)), box)


def accuracy(expected: str, found: str) -> float:
    """Return the share of the characters that are right: 1 - edit distance / length.

    White space does not count.
    """
    wanted = np.array([ord(char) for char in "".join(expected.split())])
    steps = np.arange(len(wanted) + 1)
    costs = steps.copy()
    for char in "".join(found.split()):
        changed = costs[:-1] + (wanted != ord(char))
        best = np.concatenate([[costs[0] + 1], np.minimum(changed, costs[1:] + 1)])
        costs = np.minimum.accumulate(best - steps) + steps
    return 1 - float(costs[-1]) / max(len(wanted), 1)
