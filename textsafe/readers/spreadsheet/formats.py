"""Numbers and dates as a cell shows them, by its number format (ECMA-376 part 1, 18.8.30)."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

GENERAL = "General"

# Formats that every file may use without defining them, as an office in China sees them.
_DATE, _CHINESE_DATE = "yyyy/m/d", 'yyyy"年"m"月"d"日"'
_CHINESE_MONTH, _CHINESE_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
_CHINESE_TIME, _CHINESE_SECONDS = '上午/下午h"时"mm"分"', '上午/下午h"时"mm"分"ss"秒"'
BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: "¥#,##0", 6: "¥#,##0", 7: "¥#,##0.00", 8: "¥#,##0.00",
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: GENERAL, 13: GENERAL,
    14: _DATE, 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: _CHINESE_MONTH, 28: _CHINESE_DAY, 29: _CHINESE_DAY, 30: "m-d-yy", 31: _CHINESE_DATE,
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: _CHINESE_TIME, 35: _CHINESE_SECONDS,
    36: _CHINESE_MONTH, 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
    41: "#,##0", 42: "¥#,##0", 43: "#,##0.00", 44: "¥#,##0.00",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "0.0E+0", 49: "@",
    50: _CHINESE_MONTH, 51: _CHINESE_DAY, 52: _CHINESE_MONTH, 53: _CHINESE_DAY, 54: _CHINESE_DAY,
    55: _CHINESE_TIME, 56: _CHINESE_SECONDS, 57: _CHINESE_MONTH, 58: _CHINESE_DAY,
}  # fmt: skip

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]{0,255})\]'
    r"|(?P<general>General|G/通用格式)|(?P<noon>AM/PM|A/P|上午/下午)"
    r"|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|e+(?![+-]))"
    r"|(?P<number>[0#?][0#?,]*(?:\.[0#?,]*)?(?:e[+-]0+)?|\.[0#?]+)|(?P<text>@)|(?P<literal>.)",
    re.IGNORECASE | re.DOTALL,
)
_SECTIONS = re.compile(r'((?:"[^"]*"?|\\.|\[[^\]]{0,255}\]|[^;"\\\[])*)(?:;|$)', re.DOTALL)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_CURRENCY = re.compile(r"\$([^-\]]*)")
_LAST_DAY = 2_958_466  # the day after 9999-12-31
_LEAP_DAY_1900 = 60  # a day that never was; serial numbers below it are one too small
_HAN_DIGITS = "〇一二三四五六七八九"
_WEEKDAYS = "一二三四五六日"

Token = tuple[str, str]


def serial_of(moment: dt.datetime) -> float:
    """Return the serial number of a moment in the date system of 1900.

    >>> serial_of(dt.datetime(2019, 5, 28))
    43613.0
    """
    return (moment - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1)  # noqa: DTZ001


def shown(number: float, code: str, *, from_1904: bool = False) -> str:
    """Return `number` as a cell with the number format `code` shows it.

    Args:
        number: The value of the cell; for dates the number of days.
        code: The format, such as ``0.00%`` or ``yyyy"年"m"月"d"日"``.
        from_1904: Whether days count from 1904 (files of the old Excel for the Mac).

    >>> shown(1, "General"), shown(0.125, "0.0%"), shown(7, "000")
    ('1', '12.5%', '007')
    >>> shown(43613, "yyyy/m/d"), shown(43613, 'm"月"d"日";@'), shown(43613.5, "yyyy-mm-dd hh:mm")
    ('2019/5/28', '5月28日', '2019-05-28 12:00')
    """
    section, value = _section(code, number)
    tokens = [(str(match.lastgroup), match.group()) for match in _TOKEN.finditer(section)]
    kinds = {kind for kind, _ in tokens}
    if "general" in kinds or not kinds - {"bracket", "None"}:
        return _general(value)
    if "date" in kinds or _elapsed(tokens):
        moment = _moment(value, from_1904=from_1904)
        return _general(number) if moment is None else _date(tokens, moment, value)
    if "number" in kinds:
        return _number(tokens, value)
    return "".join(
        _general(number) if kind == "text" else _literal(kind, said) for kind, said in tokens
    )


def _section(code: str, number: float) -> tuple[str, float]:
    """Choose the part of a format for positive, negative or zero values."""
    sections = [match[1] for match in _SECTIONS.finditer(code)] or [GENERAL]
    if number < 0 and len(sections) > 1 and sections[1]:
        return sections[1], -number
    if number == 0 and len(sections) > 2 and sections[2]:
        return sections[2], number
    return sections[0], number


def _general(number: float) -> str:
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.11g}".upper()


def _literal(kind: str, said: str) -> str:
    if kind == "quoted":
        return said.strip('"')
    if kind == "escaped":
        return said[1:]
    if kind == "bracket":
        currency = _CURRENCY.match(said[1:-1])
        return currency[1] if currency else ""
    return said if kind == "literal" else ""


def _number(tokens: list[Token], number: float) -> str:
    """Show a number by its placeholders; several groups of them are read as one."""
    pattern = "".join(said for kind, said in tokens if kind == "number")
    percents = sum(said == "%" for kind, said in tokens if kind == "literal")
    pieces: list[str] = []
    for kind, said in tokens:
        if kind != "number":
            pieces.append(_literal(kind, said))
        elif pattern:
            pieces.append(_digits(pattern, number * 100**percents))
            pattern = ""
    return "".join(pieces).strip()


def _digits(pattern: str, number: float) -> str:
    mantissa, _, exponent = pattern.lower().partition("e")
    whole, _, fraction = mantissa.partition(".")
    places = sum(mark in "0#?" for mark in fraction)
    if exponent:
        return f"{number:.{places}E}"
    scaled = number / 1000 ** (len(mantissa) - len(mantissa.rstrip(",")))
    try:
        step = Decimal(1).scaleb(-places)
        exact = Decimal(repr(scaled)).quantize(step, rounding=ROUND_HALF_UP)
    except ArithmeticError:  # more digits than a number can have
        return _general(number)
    grouped = "," in whole.rstrip(",")
    text = f"{abs(exact):{',' if grouped else ''}f}"
    before, _, after = text.partition(".")
    before = (before if before != "0" else "").rjust(whole.count("0"), "0")
    while after and not fraction.endswith("0") and after.endswith("0"):
        after, fraction = after[:-1], fraction[:-1]
    return ("-" if exact < 0 else "") + before + (f".{after}" if after else "")


def _moment(number: float, *, from_1904: bool) -> dt.datetime | None:
    """Return the moment of a serial number, to the second; None where there is no such day."""
    if not 0 <= number < _LAST_DAY:
        return None
    first = dt.datetime(1904, 1, 1) if from_1904 else dt.datetime(1899, 12, 30)  # noqa: DTZ001
    if not from_1904 and number < _LEAP_DAY_1900:
        first += dt.timedelta(days=1)
    try:
        return first + dt.timedelta(seconds=round(number * 86400))
    except OverflowError:
        return None


def _elapsed(tokens: list[Token]) -> bool:
    return any(kind == "bracket" and _ELAPSED.fullmatch(said[1:-1]) for kind, said in tokens)


def _date(tokens: list[Token], moment: dt.datetime, number: float) -> str:
    half_day = any(kind == "noon" for kind, _ in tokens)
    han = any(said.lower().startswith("[dbnum1]") for _, said in tokens)
    said_before = ""
    pieces: list[str] = []
    for index, (kind, said) in enumerate(tokens):
        mark = said.lower()
        if kind == "bracket" and _ELAPSED.fullmatch(mark[1:-1]):
            unit = {"h": 3600, "m": 60, "s": 1}[mark[1]]
            pieces.append(str(int(round(number * 86400) // unit)))
            said_before = mark[1]
        elif kind == "date":
            minutes = mark[0] == "m" and (said_before == "h" or _next_date(tokens, index) == "s")
            pieces.append(_date_part("n" * len(mark) if minutes else mark, moment, half_day, han))
            said_before = mark[0]
        elif kind == "noon":
            names = ("上午", "下午") if said == "上午/下午" else ("AM", "PM")
            pieces.append(names[moment.hour >= 12])
        else:
            pieces.append(_literal(kind, said))
    return "".join(pieces).strip()


def _next_date(tokens: list[Token], index: int) -> str:
    return next((said[0].lower() for kind, said in tokens[index + 1 :] if kind == "date"), "")


def _date_part(mark: str, moment: dt.datetime, half_day: bool, han: bool) -> str:
    """Return one part of a date; minutes are marked ``n`` here, for ``m`` is the month."""
    unit, width = mark[0], len(mark)
    if unit == "a":
        return ("星期" if width > 3 else "") + _WEEKDAYS[moment.weekday()]
    if unit == "d" and width > 2:
        return f"星期{_WEEKDAYS[moment.weekday()]}"
    if unit in "ye":
        year = str(moment.year) if unit == "e" or width > 2 else f"{moment.year % 100:02}"
        return "".join(_HAN_DIGITS[int(digit)] for digit in year) if han else year
    if unit == "m" and width > 2:
        return f"{_han(moment.month)}月"
    hour = (moment.hour - 1) % 12 + 1 if half_day else moment.hour
    number = {"m": moment.month, "d": moment.day, "h": hour, "n": moment.minute}.get(
        unit, moment.second
    )
    return _han(number) if han else str(number).rjust(min(width, 2), "0")


def _han(number: int) -> str:
    """Write a number below 60 with Chinese digits."""
    tens, ones = divmod(number, 10)
    before = ("" if tens == 1 else _HAN_DIGITS[tens]) + "十" if tens else ""
    return before + (_HAN_DIGITS[ones] if ones or not tens else "")
