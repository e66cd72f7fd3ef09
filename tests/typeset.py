"""Sets the visible text of a document on pages, as GB/T 9704 asks: for every format with pages.

The visible text (``tests/visible.py``) is the specification. Head lines are centred, the addressee
stands at the margin, other paragraphs are indented by two characters, the signature stands on the
right, and each page has its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from tests.office import DATE_LINE, letterhead_length
from tests.pdf_builder import FONT, LEADING, LEFT, RIGHT, SIZE, TOP, Drawn, Page, Rule, Text
from tests.visible import Rows, visible_blocks

BOTTOM = TOP + 22 * LEADING
CELL_SIZE, CELL_LEADING, PADDING = 12.0, 18.0, 5.0
NUMBER_SIZE = 14.0
_WORD = re.compile(r"[A-Za-z0-9.%／/-]+|.")


@dataclass
class _Sheets:
    """The pages set so far, and how far down the last one is filled."""

    pages: list[list[Drawn]] = field(default_factory=lambda: [[]])
    y: float = TOP

    def room(self, height: float) -> float:
        """Return where something of this height begins, on a new page if it must."""
        if self.y + height > BOTTOM + 0.5:
            self.pages.append([])
            self.y = TOP
        y = self.y
        self.y += height
        return y


def typeset(text: str) -> list[Page]:
    """Return the pages that show `text`."""
    _register_font()
    lines = text.splitlines()
    head = letterhead_length(lines)
    sheets = _Sheets()
    for index, block in visible_blocks(lines):
        if isinstance(block, Rows):
            _set_table(sheets, block)
            continue
        following = lines[index + 1] if index + 1 < len(lines) else ""
        _set_paragraph(sheets, block, following, index, head)
    return [
        Page([*drawn, Text(f"— {number} —", 280, 785, NUMBER_SIZE)])
        for number, drawn in enumerate(sheets.pages, 1)
    ]


def _register_font() -> None:
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def width(text: str, size: float) -> float:
    """Return how wide `text` is set, in points."""
    return float(pdfmetrics.stringWidth(text, FONT, size))


def broken(text: str, size: float, room: float, indent: float = 0.0) -> Iterator[str]:
    """Yield the lines into which `text` is broken; words and numbers stay whole."""
    line, used = "", indent
    for word in _WORD.findall(text):
        needed = width(word, size)
        if line and used + needed > room + 0.01:
            yield line
            line, used = "", 0.0
        line += word
        used += needed
    yield line


def _set_paragraph(sheets: _Sheets, line: str, following: str, index: int, head: int) -> None:
    measure = RIGHT - LEFT
    centred = index < head
    signed = bool(DATE_LINE.match(line) or DATE_LINE.match(following)) and "。" not in line
    indent = 0.0 if centred or signed or (index == head and line.endswith("：")) else 2 * SIZE
    size = _title_size(line, measure) if centred and not line.endswith("号") else SIZE
    for place, piece in enumerate(broken(line, size, measure, indent)):
        x = LEFT + (indent if place == 0 else 0.0)
        if centred:
            x = LEFT + (measure - width(piece, size)) / 2
        elif signed:
            x = RIGHT - width(piece, size) - 2 * size
        y = sheets.room(LEADING)
        sheets.pages[-1].append(Text(piece, x, y + 0.88 * size, size))


def _title_size(line: str, measure: float) -> float:
    """Return 22 points (二号), or less where the line would not fit."""
    return next((size for size in (22.0, 20.0, 18.0, 14.0) if width(line, size) <= measure), SIZE)


def _set_table(sheets: _Sheets, block: Rows) -> None:
    columns = _column_edges(block)
    for row in block.rows:
        edges = columns if len(row) > 1 else [columns[0], columns[-1]]
        cells = [
            list(broken(text, CELL_SIZE, right - left - 2 * PADDING)) if text else []
            for text, left, right in zip(row, edges, edges[1:], strict=False)
        ]
        height = max(map(len, cells)) * CELL_LEADING + PADDING
        top = sheets.room(height)
        page = sheets.pages[-1]
        page += [Rule(x, top, x, top + height) for x in edges]
        page += [Rule(edges[0], y, edges[-1], y) for y in (top, top + height)]
        for left, lines in zip(edges, cells, strict=False):
            page += [
                Text(line, left + PADDING, top + place * CELL_LEADING + 14, CELL_SIZE)
                for place, line in enumerate(lines)
            ]


def _column_edges(block: Rows) -> list[float]:
    """Return the vertical rules: columns as wide as what they hold, within the type area."""
    full = [row for row in block.rows if len(row) > 1]
    wanted = [
        min(max(width(row[column], CELL_SIZE) for row in full if column < len(row)), 200)
        + 2 * PADDING
        + 2
        for column in range(block.columns)
    ]
    scale = min(1.0, (RIGHT - LEFT) / sum(wanted))
    edges = [LEFT]
    for room in wanted:
        edges.append(edges[-1] + room * scale)
    return edges
