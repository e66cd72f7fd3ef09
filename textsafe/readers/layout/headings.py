"""Headings that only their typeface tells, as GB/T 9704-2012 sets them.

The standard (7.3.3) numbers the levels 一、 （一） 1. （1） and sets the first in 黑体, the second
in 楷体, the others like the body, in 仿宋; in practice 1. is made bold. A line is a heading by its
face where nearly all of it stands in one that running text is not set in. The Word reader goes by
the same rules, so that a file exported as PDF keeps its headings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from textsafe.readers.layout.columns import Column, Place
from textsafe.readers.layout.glyphs import Face
from textsafe.readers.layout.paragraphs import Paragraph
from textsafe.readers.layout.tables import PageTable

# How many characters a heading may have.
LONGEST, LONGEST_UNNUMBERED = 40, 25
# Characters from which a paragraph is running text without a full stop.
RUNNING_TEXT = 30
# How far to the right a heading begins that is not centred, in parts of the font size.
MAX_INDENT = 2.6

_EMPHATIC = ("hei", "kai")
_ARABIC = re.compile(r"\d{1,2}[.．、](?!\d)")
_NUMBERS = (
    re.compile(r"[一二三四五六七八九十]{1,3}、"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]"),
    _ARABIC,
    re.compile(r"[（(]\d{1,2}[）)]"),
)
# GB/T 1.1-2020, 7.3 and 7.4: clauses of standards and rules are numbered 1, 1.1, 1.1.1.
_CLAUSE = re.compile(
    r"(\d{1,2}(?:[.．]\d{1,2}){0,4})(?:[.．、]\s?|\s)(?![\d\s])"
    "|(\\d{1,2}(?:[.．]\\d{1,2}){1,4})(?=[\u3400-\u9fff])"
)
_ANY_NUMBER = re.compile(r"第[一二三四五六七八九十百零〇\d]+[编章节条]|[\d①-⑳]|[图表]\s?\d|附\s?件")
_CLOSED = re.compile(r"[。；：！？!?;:，,、…）)]$")
_SENTENCE = re.compile(r"[。！？]")
_LEADER = re.compile(r"[.．·…⋯_]{3}")

Block = Paragraph | PageTable


def heading_levels(blocks: Sequence[Block], columns: Mapping[Place, Column]) -> list[int | None]:
    """Return the heading level of each block, from 1; None for what does not look like a heading.

    Args:
        blocks: Paragraphs and tables of all pages in reading order.
        columns: Where the text of each page or column begins and ends.
    """
    running = _running_face(blocks)
    if running is None:
        return [None] * len(blocks)
    clauses = any(_stands_out(block, running) and _clause_depth(block) > 1 for block in blocks)
    levels: list[int | None] = []
    of_face: dict[Face | None, int] = {}
    deeper = 1
    text_began = False
    for index, block in enumerate(blocks):
        level = None
        if isinstance(block, Paragraph):
            if _stands_out(block, running):
                level = _numbered_level(block, clauses=clauses)
                if level:
                    of_face.setdefault(block.face, level)
                    deeper = level + 1
                if not level and text_began and _is_unnumbered(block, columns[block.place]):
                    following = blocks[index + 1] if index + 1 < len(blocks) else None
                    if _is_running(following, running):
                        level = of_face.get(block.face, deeper)
            text_began |= len(block.text) > RUNNING_TEXT and block.text.endswith("。")
        levels.append(level)
    return levels


def _running_face(blocks: Sequence[Block]) -> Face | None:
    """The face of most characters outside of tables."""
    counted: Counter[Face] = Counter()
    for block in blocks:
        if isinstance(block, Paragraph) and block.face:
            counted[block.face] += len(block.text)
    return counted.most_common(1)[0][0] if counted else None


def _stands_out(block: Block, running: Face) -> bool:
    """Tell whether a face is heavier than, or of another family than, that of running text."""
    if not isinstance(block, Paragraph) or block.face is None:
        return False
    heavier = block.face.bold and not running.bold
    return heavier or (block.face.family != running.family and block.face.family in _EMPHATIC)


def _clause_depth(block: Block) -> int:
    """Return how many numbers a clause is numbered by; 0 where it is no clause."""
    match = _CLAUSE.match(block.text) if isinstance(block, Paragraph) else None
    return len(re.split("[.．]", match[1] or match[2])) if match else 0


def _numbered_level(block: Paragraph, *, clauses: bool) -> int | None:
    """Return the level that the number of a line gives it: 1 to 4, or that of a clause."""
    if not _is_title(block.text):
        return None
    depth = _clause_depth(block)
    if depth > 1 or (depth and (clauses or not _ARABIC.match(block.text))):
        return depth
    return next(
        (level for level, number in enumerate(_NUMBERS, 1) if number.match(block.text)), None
    )


def _is_title(text: str) -> bool:
    """Tell whether a numbered line in the face of headings is one, not an order."""
    title = text.removesuffix("。")
    closed = _CLOSED.search(title) and not title.endswith(("）", ")"))
    return (
        len(title) <= LONGEST
        and not closed
        and not _SENTENCE.search(title)
        and not _LEADER.search(title)
    )


def _is_unnumbered(block: Paragraph, column: Column) -> bool:
    return (
        block.face is not None
        and (block.face.family == "hei" or block.face.bold)
        and 2 <= len(block.text) <= LONGEST_UNNUMBERED
        and not _CLOSED.search(block.text)
        and "：" not in block.text
        and not _ANY_NUMBER.match(block.text)
        and not _LEADER.search(block.text)
        and block.bbox[0] - column.left <= MAX_INDENT * block.size
    )


def _is_running(block: Block | None, running: Face) -> bool:
    return isinstance(block, Paragraph) and block.face == running
