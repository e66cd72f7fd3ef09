"""Numbers in the formats that Word counts in (ECMA-376 part 1, section 17.18.59)."""

from __future__ import annotations

import re
from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "十", "百", "千")
_LEGAL_UNITS = ("", "拾", "佰", "仟")
_TRADITIONAL_DIGITS = "零壹貳參肆伍陸柒捌玖"
_JAPANESE_LEGAL_DIGITS = "〇壱弐参四伍六七八九"
_JAPANESE_LEGAL_UNITS = ("", "拾", "百", "阡")
_KOREAN_DIGITS = "영일이삼사오육칠팔구"
_KOREAN_UNITS = ("", "십", "백", "천")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MAX_ROMAN = 32767
# Formats that Word 2010 added say what they look like: "001, 002, 003, ...".
_PADDED = re.compile(r"(0{1,9}1), ")
_MAX_LETTERS = 780


def format_number(number: int, name: str) -> str:
    """Return `number` as the format `name` shows it; an unknown format counts in digits.

    >>> [format_number(number, "chineseCountingThousand") for number in (1, 10, 12, 105, 120)]
    ['一', '十', '十二', '一百零五', '一百二十']
    >>> format_number(3, "decimalEnclosedCircle"), format_number(4, "upperRoman")
    ('③', 'IV')
    """
    padded = _PADDED.match(name)
    if padded:
        return str(number).zfill(len(padded[1]))
    formatter = _FORMATS.get(name, str)
    return formatter(number)


def _thousands(number: int, digits: str, units: tuple[str, ...], zero: str) -> str:
    """Write out a number with its units: 一百零五, 一万二千."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        rest = _thousands(low, digits, units, zero) if low else ""
        gap = zero if low and low < 1000 else ""
        return _thousands(high, digits, units, zero) + "万" + gap + rest
    text = ""
    for position in range(3, -1, -1):
        digit = number // 10**position % 10
        if digit:
            text += digits[digit] + units[position]
        elif text and not text.endswith(zero):
            text += zero
    return text.removesuffix(zero) or zero


def _chinese(number: int) -> str:
    text = _thousands(number, _DIGITS, _UNITS, "零")
    return text[1:] if 10 <= number < 20 else text


def _chinese_plain(number: int) -> str:
    """Count to 99 with 十 and write digit by digit from 100 on, as chineseCounting asks."""
    return _chinese(number) if 0 < number < 100 else _by_digits(number).replace("〇", "○")


def _legal(digits: str, units: tuple[str, ...]) -> Callable[[int], str]:
    return lambda number: _thousands(number, digits, units, digits[0])


def _korean(number: int) -> str:
    """Write a number as in Korea: neither 영 inside nor 일 before 십, 백 and 천."""
    text = _thousands(number, _KOREAN_DIGITS, _KOREAN_UNITS, "영").replace("영", "")
    return text.replace("일십", "십").replace("일백", "백").replace("일천", "천") or "영"


def _japanese(number: int) -> str:
    """Write a number as in Japan: neither 零 inside nor 一 before 十, 百 and 千."""
    if number <= 0 or number >= 10_000:
        return _chinese(number)
    text = _thousands(number, _DIGITS, _UNITS, "零").replace("零", "")
    return text.replace("一十", "十").replace("一百", "百").replace("一千", "千")


def _by_digits(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _roman(number: int) -> str:
    if not 0 < number <= _MAX_ROMAN:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _letters(number: int) -> str:
    """Count a, b … z, aa, bb …: the letter is repeated, by Word up to 30 times."""
    if not 0 < number <= _MAX_LETTERS:
        return str(number)
    rounds, index = divmod(number - 1, 26)
    return chr(ord("a") + index) * (rounds + 1)


def _run(first: str, last: int) -> Callable[[int], str]:
    """Return a counter over consecutive code points from `first` for 1 up to `last`."""
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= last else str(number)


def _cycle(symbols: str) -> Callable[[int], str]:
    return lambda number: symbols[(number - 1) % len(symbols)] if number > 0 else str(number)


def _full_width(number: int) -> str:
    return "".join(chr(ord("０") + int(digit)) for digit in str(number))


_FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "bullet": lambda _: "",
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _run("①", 20),
    "decimalEnclosedCircleChinese": _run("①", 20),
    "decimalEnclosedFullstop": _run("⒈", 20),
    "decimalEnclosedParen": _run("⑴", 20),
    "ideographEnclosedCircle": _run("㈠", 10),
    "numberInDash": lambda number: f"- {number} -",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "chineseCounting": _chinese_plain,
    "taiwaneseCounting": _chinese_plain,
    "chineseCountingThousand": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _japanese,
    "chineseLegalSimplified": _legal(_LEGAL_DIGITS, _LEGAL_UNITS),
    "ideographLegalTraditional": _legal(_TRADITIONAL_DIGITS, _LEGAL_UNITS),
    "japaneseLegal": _legal(_JAPANESE_LEGAL_DIGITS, _JAPANESE_LEGAL_UNITS),
    "koreanDigital": lambda number: "".join(_KOREAN_DIGITS[int(digit)] for digit in str(number)),
    "koreanDigital2": lambda number: _by_digits(number).replace("〇", "零"),
    "koreanCounting": _korean,
    "ideographDigital": _by_digits,
    "japaneseDigitalTenThousand": _by_digits,
    "taiwaneseDigital": _by_digits,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": lambda number: _cycle(_STEMS)(number) + _cycle(_BRANCHES)(number),
    "hex": lambda number: f"{number:X}",
    "chicago": lambda number: "*†‡§"[(number - 1) % 4] * ((number - 1) // 4 + 1),
}
