"""Characters to lines of text."""

from __future__ import annotations

import re
import statistics
import unicodedata
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from textsafe.document import BBox
from textsafe.readers.layout.glyphs import Face, Glyph

# Height of a Chinese character above and below its baseline, in parts of the font size.
ASCENT, DESCENT = 0.88, 0.12

# Punctuation that is as wide as an ideograph although Unicode calls its width ambiguous.
_WIDE_PUNCTUATION = "“”‘’—…·"
_OPENING = "（(《〈“‘「『【〔［{｛["
_CLOSING = "，。、；：！？,.;:!?）)》〉”’」』】〕］}｝]…—％%"

_IDEOGRAPH = re.compile("[\u3400-\u9fff]")

# What a numbered paragraph or heading begins with: GB/T 9704 (一、（一）1.（1）), 第X条, 附件.
LABEL = re.compile(
    r"[（(][一二三四五六七八九十百\d０-９]{1,4}[）)]"
    r"|第[一二三四五六七八九十百零〇\d]{1,6}[编章节条款]"
    r"|[一二三四五六七八九十百]{1,4}[、．.]"
    r"|[\d０-９]{1,2}(?:[.．][\d０-９]{1,2}){1,3}(?![\d０-９％%])[、．.]?"
    r"|[\d０-９]{1,2}[、．.）)](?!\d)"
    r"|附\s?[件表录](?:[\d０-９一二三四五六七八九十]{1,3})?(?:[：:.．]\s?(?:[\d０-９]{1,2}[.．、])?|$)"
    r"|【[^】]{1,20}】"
    r"|[①-⑳●■◆★▲•\uf000-\uf0ff]"
)


@dataclass(frozen=True)
class Line:
    """One line of text on a page; lengths in points from the top left of the page.

    Attributes:
        size: Font size of most of its characters.
        unit: Width of what its beginning cannot be broken into: a character with its
            punctuation, or a word.
        hang: Where the text after its numbering starts, or None.
        confidence: How sure text recognition is of it, from 0 to 1; None where nothing had to be
            recognised.
        face: The face of nearly all of its Chinese characters, or None.
        pieces: The parts between which it has gaps of an em and more, as columns have; empty
            where there are none.
        column: Which column of text on its page it stands in, from 1; 0 where the text runs
            over the whole width.
    """

    text: str
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    unit: float
    hang: float | None = None
    confidence: float | None = None
    face: Face | None = None
    pieces: tuple[Line, ...] = ()
    column: int = 0

    @property
    def bbox(self) -> BBox:
        """The line's box (x0, top, x1, bottom)."""
        return self.x0, self.top, self.x1, self.bottom


@dataclass
class _Row:
    """Characters that stand side by side; `size` and `baseline` are those of the largest."""

    baseline: float
    size: float
    glyphs: list[Glyph] = field(default_factory=list)

    def shares_line_with(self, other: _Row) -> bool:
        top = max(self.baseline - ASCENT * self.size, other.baseline - ASCENT * other.size)
        bottom = min(self.baseline + DESCENT * self.size, other.baseline + DESCENT * other.size)
        return bottom - top > 0.5 * min(self.size, other.size)


def is_wide(char: str) -> bool:
    """Tell whether `char` is as wide as an ideograph.

    >>> [char for char in "２０24年—" if is_wide(char)]
    ['２', '０', '年', '—']
    """
    return unicodedata.east_asian_width(char) in "WF" or char in _WIDE_PUNCTUATION


def build_lines(glyphs: Iterable[Glyph], page: int) -> list[Line]:
    """Gather the characters of page `page` (from 1) into lines, from top to bottom."""
    lines = []
    for row in _rows(_runs(glyphs)):
        kept = _without_overprint(sorted(row.glyphs, key=lambda glyph: glyph.x0))
        if any(glyph.text != " " for glyph in kept):
            line = _line(kept, page)
            parts = _parted(kept)
            if len(parts) > 1:
                line = replace(line, pieces=tuple(_line(part, page) for part in parts))
            lines.append(line)
    return lines


def _parted(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Cut a line at its gaps of an em and more, unless all of its gaps are wide."""
    visible = [glyph for glyph in glyphs if glyph.text != " "]
    gaps = [right.x0 - left.x1 for left, right in pairwise(visible)]
    em = max(glyph.size for glyph in visible)
    # Letterspacing: three quarters of the gaps are as wide; but not so wide that it is cells.
    least = sorted(gaps)[len(gaps) // 4] if len(gaps) >= 3 else 0.0
    widest = max(0.95 * em, 1.8 * least if least < 2.5 * em else 0.0)
    parts = [visible[:1]]
    for gap, glyph in zip(gaps, visible[1:], strict=True):
        if gap > widest:
            parts.append([])
        parts[-1].append(glyph)
    return parts


def _runs(glyphs: Iterable[Glyph]) -> list[_Row]:
    runs: list[_Row] = []
    for glyph in glyphs:
        run = runs[-1] if runs else None
        if (
            run is None
            or abs(glyph.baseline - run.baseline) > 0.1 * run.size
            or abs(glyph.size - run.size) > 0.1 * run.size
        ):
            run = _Row(glyph.baseline, glyph.size)
            runs.append(run)
        run.glyphs.append(glyph)
    return runs


def _rows(runs: Sequence[_Row]) -> list[_Row]:
    """Merge runs into rows, the largest first: superscripts join the line that they are on."""
    rows: list[_Row] = []
    baselines: list[float] = []
    for run in sorted(runs, key=lambda run: -run.size):
        place = bisect(baselines, run.baseline)
        near = [row for row in rows[max(place - 2, 0) : place + 2] if row.shares_line_with(run)]
        if near:
            closest = min(near, key=lambda row: abs(row.baseline - run.baseline))
            closest.glyphs += run.glyphs
        else:
            rows.insert(place, run)
            baselines.insert(place, run.baseline)
    return rows


def _without_overprint(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Drop characters printed twice at one place, as imitated bold type is."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        if not any(
            other.text == glyph.text
            and abs(other.x0 - glyph.x0) < 0.5 * (glyph.x1 - glyph.x0)
            and abs(other.baseline - glyph.baseline) < 0.3 * glyph.size
            for other in kept[-4:]
        ):
            kept.append(glyph)
    return kept


def _line(glyphs: Sequence[Glyph], page: int) -> Line:
    visible = [glyph for glyph in glyphs if glyph.text != " "]
    chars, starts = _spaced(glyphs)
    text = "".join(chars)
    label = LABEL.match(text)
    after = label.end() if label else 0
    while after < len(text) and text[after] == " ":
        after += 1
    size = statistics.mode(glyph.size for glyph in visible)
    return Line(
        text=text,
        page=page,
        x0=visible[0].x0,
        top=min(glyph.baseline - ASCENT * glyph.size for glyph in visible),
        x1=max(glyph.x1 for glyph in visible),
        bottom=max(glyph.baseline + DESCENT * glyph.size for glyph in visible),
        size=size,
        unit=_first_unit(visible),
        hang=starts[after] if 0 < after < len(text) else None,
        face=_usual_face(visible),
    )


def _usual_face(glyphs: Iterable[Glyph]) -> Face | None:
    faces = [glyph.face for glyph in glyphs if _IDEOGRAPH.match(glyph.text)]
    # A missing character may come from another font.
    face, count = Counter(faces).most_common(1)[0] if faces else (None, 0)
    return face if count >= 0.9 * len(faces) else None


def _spaced(glyphs: Sequence[Glyph]) -> tuple[list[str], list[float]]:
    """Return the characters with the spaces that the gaps mean, and where each one starts."""
    usual = _usual_gap([glyph for glyph in glyphs if glyph.text != " "])
    chars: list[str] = []
    starts: list[float] = []
    last: Glyph | None = None
    space_before = False
    for glyph in glyphs:
        if glyph.text == " ":
            space_before = True
            continue
        if last is not None and _is_word_gap(last, glyph, usual, space_before):
            chars.append(" ")
            starts.append(glyph.x0)
        chars.extend(glyph.text)
        starts.extend([glyph.x0] * len(glyph.text))
        last, space_before = glyph, False
    return chars, starts


def _usual_gap(visible: Sequence[Glyph]) -> float:
    """The gap between the characters of a line that is letterspaced throughout, else about 0."""
    gaps = [right.x0 - left.x1 for left, right in pairwise(visible)]
    return statistics.median(gaps) if len(gaps) >= 3 else 0.0


def _is_word_gap(left: Glyph, right: Glyph, usual: float, space_between: bool) -> bool:
    gap = right.x0 - left.x1
    size = max(left.size, right.size)
    wide_left, wide_right = is_wide(left.text[-1]), is_wide(right.text[0])
    if wide_left and wide_right:
        return gap > max(0.5 * size, 1.8 * usual)
    if wide_left or wide_right:
        return gap > 0.5 * size or (space_between and gap > 0.1 * size)
    return gap > max(0.2 * size, 1.8 * usual) or space_between


def _first_unit(visible: Sequence[Glyph]) -> float:
    end = 0
    last = len(visible) - 1
    while end < last and visible[end].text in _OPENING:
        end += 1
    while end < last and _is_word(visible[end].text) and _is_word(visible[end + 1].text):
        end += 1
    while end < last and visible[end + 1].text in _CLOSING:
        end += 1
    return visible[end].x1 - visible[0].x0


def _is_word(text: str) -> bool:
    return text.isalnum() and not is_wide(text[0])


def joint(left: str, right: str) -> str:
    """Return what belongs between two lines of one paragraph: a space between words, else nothing.

    >>> joint("按照 GB", "6441 的规定"), joint("各镇要立", "即排查")
    (' ', '')
    """
    if not left or not right or is_wide(left[-1]) or is_wide(right[0]):
        return ""
    return "" if left[-1] in _OPENING or right[0] in _CLOSING else " "
