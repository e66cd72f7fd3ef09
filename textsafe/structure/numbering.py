"""The numbering at the head of a line: 第一章, 一、, （一）, 1., ①, 一是, 一要, 第一，.

Levels and forms follow GB/T 9704-2012, 7.3.3 (一、 （一） 1. （1）), the rules for statutes
(第X编, 章, 节, 条), and the ordinals that speeches use.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from textsafe.text import chinese_number

Style = Literal[
    "part",
    "chapter",
    "section",
    "article",
    "han",
    "han_paren",
    "stage",
    "decimal",
    "ordinal",
    "yao",
    "is",
    "arabic",
    "arabic_paren",
    "circled",
]

# Outer styles come first; a style met inside another of the same or a higher rank closes it.
RANK: dict[Style, int] = {style: rank for rank, style in enumerate(get_args(Style))}

#: Styles of spoken enumeration: they may stand in the middle of a paragraph and be used at two
#: levels at once.
SPOKEN: frozenset[Style] = frozenset({"ordinal", "is", "yao"})

_HAN = "一二三四五六七八九十百"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class Label:
    """A numbering: its text as written, its style, and the numbers it stands for.

    Attributes:
        path: The number, or the numbers of a decimal label: ``(1, 5, 2)`` for 1.5.2.
        length: Characters of the line that belong to the numbering and the space after it.
    """

    text: str
    style: Style
    path: tuple[int, ...]
    length: int

    @property
    def number(self) -> int:
        """The place among siblings."""
        return self.path[-1]


@cache
def _pattern() -> re.Pattern[str]:
    spaced = r"[ \u3000]{0,2}"
    return re.compile(
        rf"第{spaced}(?P<statute>[{_HAN}零〇\d]{{1,6}}){spaced}(?P<unit>[编章节条])(?![款例件])"
        rf"|(?P<han>[{_HAN}]{{1,4}})(?:、|[．.](?!\d)|[ \u3000]{{1,4}}(?=[\u4e00-\u9fff]{{4,20}}$))"
        rf"|[（(](?P<han_paren>[{_HAN}]{{1,4}})[）)][、．.]?"
        rf"|(?P<decimal>\d{{1,2}}(?:[.．]\d{{1,2}}){{1,4}})[.．、]?(?=[\s\u4e00-\u9fff])"
        r"(?!万|亿|元|米|吨|倍|公里|公斤|平方米|立方米|千瓦|兆瓦|千克)"
        r"|(?P<whole>\d{1,2})[ \u3000]{1,2}(?![年月日时分天个人名家户项条起次号万亿元米吨])"
        r"(?=[\u4e00-\u9fff、]{2,15}$)"
        r"|[（(](?P<arabic_paren>\d{1,3})[）)][、．.]?"
        r"|(?P<arabic>\d{1,3})(?:[.．、](?!\d)|[)）])"
        rf"|(?P<circled>[{_CIRCLED}])"
        rf"|第(?P<stage>[{_HAN}]{{1,2}})(?:阶段|步)[：:、，\s]?"
        rf"|[第头](?P<ordinal>[{_HAN}]{{1,3}})件?(?=[，,、：:是])[，,、：:]?"
        rf"|(?P<is>[{_HAN}]{{1,3}})是(?=[^\s，。])"
        rf"|(?P<yao>[{_HAN}]{{1,3}})要(?=[^\s，。])"
    )


# Groups whose style has another name: 第X章 and the like, and whole decimal numbers (1 总则).
_STYLES: dict[str, Style] = {
    "编": "part",
    "章": "chapter",
    "节": "section",
    "条": "article",
    "whole": "decimal",
}


def label_at(text: str, start: int, end: int) -> Label | None:
    """Return the numbering that a line begins with, or None.

    Args:
        text: The document's text.
        start: First character of the line.
        end: One past the last character of the line.

    >>> label_at("（二）强化源头治理。", 0, 10)
    Label(text='（二）', style='han_paren', path=(2,), length=3)
    >>> label_at("2024年底前完成。", 0, 10) is None
    True
    """
    match = _pattern().match(text, start, end)
    if match is None:
        return None
    unit = match["unit"]
    name = "statute" if unit else str(match.lastgroup)
    style = _STYLES.get(unit or name) or cast(Style, name)
    after = match.end()
    while after < end and text[after].isspace():
        after += 1
    return Label(
        text=match.group().strip(),
        style=style,
        path=_path(match[name], style),
        length=after - start,
    )


def _path(written: str, style: Style) -> tuple[int, ...]:
    if style == "circled":
        return (_CIRCLED.index(written) + 1,)
    if style == "decimal":
        return tuple(int(part) for part in re.split(r"[.．]", written))
    return (chinese_number(written),)
