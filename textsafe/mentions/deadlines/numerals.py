"""Numbers as officials write them: 15, １５, 1 5 (from OCR), 十五, 廿三, 二〇二四, 两."""

from __future__ import annotations

import re
from functools import cache

from textsafe.text import chinese_number

#: Regular expression for a day, a month or a count up to 99.
SMALL = (
    r"(?:\d(?: \d)?|廿[一二三四五六七八九]?|[二三四五六七八九]?十[一二三四五六七八九]?"
    r"|[一二三四五六七八九两])"
)
#: Regular expression for a year of four figures.
YEAR = r"(?:[12１２] \d \d \d|[一二](?: [〇零○一二三四五六七八九]){3})"


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return `pattern` compiled; a space in it stands for up to two blanks, as OCR leaves them.

    >>> bool(compiled("6 月 底").fullmatch("6 月底"))
    True
    """
    return re.compile(pattern.replace(" ", r"[ \t\u3000]{0,2}"))


def number(written: str) -> int:
    """Return the value of a number that :data:`SMALL` or :data:`YEAR` matches.

    >>> [number(written) for written in ("1 5", "２０２３", "二十一", "廿三", "两", "二〇二四")]
    [15, 2023, 21, 23, 2, 2024]
    """
    return chinese_number("".join(written.split()).replace("廿", "二十"))
