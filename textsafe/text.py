"""Pure functions on text: units, brackets, numerals, stretches without outer white space."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

_KIND_OF_OPENING = dict(zip("（(〔【《〈[「", "))〕】》〉]」", strict=True))
_KIND_OF_CLOSING = {"）": ")"} | {closing: closing for closing in ")〕】》〉]」"}
_UNIT_MARKS = re.compile(r"[。！？；;!?（(〔【《〈\[「）)〕】》〉\]」]")
_BRACKETS = re.compile(r"[（(〔【《〈\[「）)〕】》〉\]」]")
_CLAUSE_MARKS = re.compile(r"[，,：:；;]")
_LINE_BREAKS = re.compile(r"[\n\t]")
_CLOSING_QUOTES = "”’』\"'"


def clauses(text: str) -> list[tuple[int, int]]:
    """Cut a unit at the commas, colons and semicolons outside brackets; marks are left out.

    >>> text = "各镇（含村，社区）要巡查，每日上报"
    >>> [text[a:b] for a, b in clauses(text)]
    ['各镇（含村，社区）要巡查', '每日上报']
    """
    brackets = bracket_ranges(text, 0, len(text))
    found: list[tuple[int, int]] = []
    begin = inside_until = 0
    for match in _CLAUSE_MARKS.finditer(text):
        position = match.start()
        while brackets and brackets[0][0] < position:
            inside_until = brackets.pop(0)[1]
        if position >= inside_until:
            found.append((begin, position))
            begin = match.end()
    found.append((begin, len(text)))
    return found


def strip_range(text: str, start: int, end: int) -> tuple[int, int]:
    """Shrink ``[start, end)`` until it neither starts nor ends with white space.

    >>> strip_range("　要求 ", 0, 4)
    (1, 3)
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def bracket_ranges(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the outermost bracketed ranges in ``[start, end)``, both brackets included.

    A bracket that is never closed counts as an ordinary character; depth is not limited.

    >>> bracket_ranges("落实（县住建局（房管局）牵头）。", 0, 17)
    [(2, 15)]
    """
    open_at: dict[str, list[int]] = {}
    closed: list[tuple[int, int]] = []
    for match in _BRACKETS.finditer(text, start, end):
        char = match.group()
        if char in _KIND_OF_OPENING:
            open_at.setdefault(_KIND_OF_OPENING[char], []).append(match.start())
        elif open_at.get(_KIND_OF_CLOSING[char]):
            closed.append((open_at[_KIND_OF_CLOSING[char]].pop(), match.end()))
    return _outermost(closed)


def _outermost(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    outer: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if not outer or start >= outer[-1][1]:
            outer.append((start, end))
    return outer


def lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the lines and table cells in ``[start, end)`` without outer white space."""
    position = start
    for match in _LINE_BREAKS.finditer(text, start, end):
        yield strip_range(text, position, match.start())
        position = match.end()
    yield strip_range(text, position, end)


def units(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Cut text into units: sentence-like stretches that a task record is made of.

    A unit ends at a line break, at a cell border, or at ``。！？；`` outside brackets; quotation
    marks that close after it belong to it.

    >>> text = "各镇要排查（含夜市；集市）。立即整改；按时报送。"
    >>> [text[a:b] for a, b in units(text)]
    ['各镇要排查（含夜市；集市）。', '立即整改；', '按时报送。']
    """
    found: list[tuple[int, int]] = []
    for line_start, line_end in lines(text, start, len(text) if end is None else end):
        found.extend(_units_of_line(text, line_start, line_end))
    return found


def _units_of_line(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    brackets: list[tuple[int, int]] | None = None
    unit_start = start
    skip_until = start
    for match in _UNIT_MARKS.finditer(text, start, end):
        position = match.start()
        if position < skip_until:
            continue
        char = text[position]
        if char in _KIND_OF_OPENING:
            if brackets is None:
                brackets = bracket_ranges(text, position, end)
            skip_until = _end_of_bracket(brackets, position)
        elif char not in _KIND_OF_CLOSING:
            unit_end = position + 1
            while unit_end < end and text[unit_end] in _CLOSING_QUOTES:
                unit_end += 1
            skip_until = unit_end
            unit = strip_range(text, unit_start, unit_end)
            if unit[0] < unit[1]:
                yield unit
            unit_start = unit_end
    unit = strip_range(text, unit_start, end)
    if unit[0] < unit[1]:
        yield unit


def _end_of_bracket(brackets: list[tuple[int, int]], position: int) -> int:
    index = bisect_left(brackets, (position, 0))
    if index < len(brackets) and brackets[index][0] == position:
        return brackets[index][1]
    return position + 1


_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "Ｏ": 0,
    "两": 2,
    "元": 1,
}
_PLACES = {"十": 10, "百": 100, "千": 1000, "万": 10000}


def chinese_number(written: str) -> int:
    """Return the whole number that a Chinese or decimal numeral stands for.

    Both the spoken form (二十三) and the digit string of dates (二〇二四) are understood.

    Raises:
        ValueError: `written` is no numeral.

    >>> chinese_number("二十三"), chinese_number("二〇二四"), chinese_number("１２")
    (23, 2024, 12)
    """
    if written.isdecimal():
        return int(written)
    if not written or any(c not in _DIGITS and c not in _PLACES for c in written):
        raise ValueError(f"not a numeral: {written!r}")
    if not any(c in _PLACES for c in written):
        return int("".join(str(_DIGITS[c]) for c in written))
    total = section = digit = 0
    for char in written:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char == "万":
            total, section, digit = (total + section + digit) * 10000, 0, 0
        else:
            section, digit = section + (digit or 1) * _PLACES[char], 0
    return total + section + digit
