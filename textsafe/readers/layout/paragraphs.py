"""Lines to paragraphs, as Chinese documents set them.

The first line of a paragraph is indented by two characters, the others run from margin to margin,
and the last one ends where its text ends. So a line that had room for more ends a paragraph, and
an indented line begins one (GB/T 9704-2012, 7.3.3 and 7.3.4). Titles, addressees, signatures and
dates follow from the same two rules: each of their lines is a block of its own.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from textsafe.document import BBox
from textsafe.readers.layout.columns import Column, Place, place_of
from textsafe.readers.layout.glyphs import Face
from textsafe.readers.layout.lines import LABEL, Line, joint
from textsafe.readers.layout.tables import PageTable

# How much wider than usual the step from line to line is where space is set between paragraphs.
WIDER = 1.35

_SENTENCE_END = "。；：！？.;:!?”）)】"
_CONTENTS_ENTRY = re.compile(r"[.．·…⋯]{3,200}\s?[\d０-９]{1,4}$")
_ITEM = re.compile(r"(\d{1,3})[.．、](?!\d)")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph or a line that stands alone; page and box are those of its first page.

    Attributes:
        place: The page and the column in which it begins.
        size: Font size of its first line.
        face: The face of nearly all of it, or None.
        confidence: That of its least certain line, or None.
    """

    text: str
    page: int
    bbox: BBox
    place: Place
    size: float
    face: Face | None = None
    confidence: float | None = None


Item = Line | PageTable


def build_paragraphs(
    items: Iterable[Item], columns: Mapping[Place, Column]
) -> list[Paragraph | PageTable]:
    """Join lines to paragraphs; tables stay where they are.

    Args:
        items: Lines and tables in reading order.
        columns: Text columns by place.
    """
    items = list(items)
    leading = _usual_leading([item for item in items if isinstance(item, Line)])
    blocks: list[Paragraph | PageTable] = []
    lines: list[Line] = []
    for item in items:
        if lines and not (isinstance(item, Line) and _continues(lines, item, columns, leading)):
            blocks.append(_paragraph(lines))
            lines = []
        if isinstance(item, Line):
            lines.append(item)
        else:
            blocks.append(item)
    if lines:
        blocks.append(_paragraph(lines))
    return blocks


def _paragraph(lines: Sequence[Line]) -> Paragraph:
    pieces = [lines[0].text]
    for above, below in pairwise(lines):
        pieces += [joint(above.text, below.text), below.text]
    first = lines[0]
    boxes = [line.bbox for line in lines if place_of(line) == place_of(first)]
    bbox = (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
    sure = [line.confidence for line in lines if line.confidence is not None]
    faces = {line.face for line in lines}
    return Paragraph(
        text="".join(pieces),
        page=first.page,
        bbox=bbox,
        place=place_of(first),
        size=first.size,
        face=faces.pop() if len(faces) == 1 else None,
        confidence=min(sure, default=None),
    )


def _usual_leading(lines: Sequence[Line]) -> float:
    """The usual distance from line to line, in parts of the font size."""
    steps = [
        (below.bottom - above.bottom) / above.size
        for above, below in pairwise(lines)
        if place_of(above) == place_of(below) and abs(above.size - below.size) < 0.1 * above.size
    ]
    return statistics.median(steps) if steps else 1.75


def _continues(
    lines: Sequence[Line], line: Line, columns: Mapping[Place, Column], leading: float
) -> bool:
    """Tell whether `line` goes on with the paragraph that `lines` have begun."""
    last = lines[-1]
    em = last.size
    if abs(line.size - em) > 0.1 * em or _CONTENTS_ENTRY.search(last.text):
        return False
    here, before = columns[place_of(line)], columns[place_of(last)]
    if place_of(line) == place_of(last) and line.bottom - last.bottom > WIDER * leading * em:
        return False
    if last.x1 + line.unit < before.right - 0.5 * em:
        return False
    shift = here.left - before.left
    indent = line.x0 - here.left
    if indent > 0.6 * em:
        return _hangs(lines, line.x0 - shift, em)
    return indent > -1.0 * em and not _begins_item(lines, line)


def _begins_item(lines: Sequence[Line], line: Line) -> bool:
    """Tell whether a numbered line at the margin begins an item of its own.

    A number may also be where a line happens to break; so the sentence before must be over, or
    the number must follow the one that the paragraph began with, as in a table of contents.
    """
    if LABEL.match(line.text) is None:
        return False
    before, after = _ITEM.match(lines[0].text), _ITEM.match(line.text)
    follows = before and after and int(after[1]) == int(before[1]) + 1
    return bool(follows) or lines[-1].text[-1] in _SENTENCE_END


def _hangs(lines: Sequence[Line], x0: float, em: float) -> bool:
    """Tell whether a line at `x0` stands under the text after the number, or under its like."""
    first = lines[0]
    hanging = first.hang is not None and abs(x0 - first.hang) < 0.6 * em
    beneath = len(lines) > 1 and abs(x0 - lines[-1].x0) < 0.3 * em
    return hanging or (beneath and abs(lines[-1].x0 - first.x0) > 0.6 * em)
