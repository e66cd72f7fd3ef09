"""Points and periods of the calendar: 2024年6月底, 今年, 本周五, “十四五”末, 第三季度."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from textsafe.mentions.deadlines.numerals import SMALL, YEAR, compiled, number

#: What stands between the two ends of a range.
JOIN = r"(?:至|到|[—－–―‐-]{1,2}|[~～〜])"

#: An hour of the day; it stays in the text of a deadline, whose value is the day.
CLOCK = (
    r"(?: (?:凌晨|早上|早|上午|中午|下午|晚上|晚间|夜间|晚))?"
    rf"(?: (?:零|{SMALL}) [时点](?:整|半| \d\d? 分)?| \d\d? [:：] \d\d|(?=下班|上班|[之以]?前))"
    r"(?:下班|上班)?"
)

_WEEKDAY_NOTE = r"(?: [（(][本下]?(?:周|星期|礼拜)[一二三四五六日天][）)])?"
_DAY = (
    rf"(?P<day>{SMALL})(?: [日号]{_WEEKDAY_NOTE}(?:{CLOCK})?"
    rf"|(?= (?:{JOIN}|、) {SMALL} [日号](?!内))"
    # 3月20前: a slip of the pen that is frequent in minutes
    r"|(?=[之以]?前[^\d一二三四五六七八九十]))"
)
_YEAR = (
    rf"(?:(?P<year>{YEAR})(?: 年度?|(?= {JOIN} {YEAR} 年))"
    rf"|(?P<short_year>\d\d) 年(?= (?:{SMALL} 月|[底末]))"
    r"|(?P<named_year>今明(?:两|2)年|[今本当]年度?|本年度|[明次来翌后去]年|上一?年度?))"
)
_MONTH = (
    rf"(?:(?P<month>{SMALL}|元)(?: 月 份?|(?= (?:{JOIN}|、) {SMALL} 月 (?!内)))"
    r"|(?P<named_month>(?:[本当]|这个)月份?|[下次上]个?月份?))"
    rf"(?: {_DAY}| 的?(?P<month_part>[上中下][中下]? 旬|[上下]半月"
    r"|月? [底末](?![数板部线层座端级尾])|初(?![步级中期始审查评])))?"
)
_QUARTER_DAY = _DAY.replace("?P<day>", "?P<quarter_day>")
_QUARTER = (
    r"(?:第? (?P<quarter>[一二三四1-4])|前(?P<first_quarters>[二两三])个?"
    r"|(?P<named_quarter>[本下上首])一?)"
    r" (?:个?季度|(?= [、和] 第?[二三四]季度))"
    rf"(?: 的?(?P<quarter_month>首|末|第 [一二三1-3]|最后一)个?月份?(?: {_QUARTER_DAY})?"
    r"|(?P<quarter_part> [末底初])(?![步级中期始]))?"
)
_HALF = r"(?P<half>[上下])半年(?: [末底])?"
_YEAR_PART = r"(?P<year_part>年? [底末](?![数端级尾])|年?终(?= 前)|年?初)"
_END = r"(?P<end>(?:年|季度?|月) [底末](?![数端级尾])|年终(?= 前)|(?:年度?|月)(?=[之以]?内))"
_WEEK = (
    r"(?:(?P<week>[本这上]|下{1,2})个?(?:周|星期|礼拜)|(?P<bare>周|星期|礼拜)(?=[一二三四五六日天末]))"
    rf"(?:(?P<weekday>[一二三四五六日天末])(?![次轮遍回])(?:{CLOCK})?)?"
)
_DAY_MAY_FOLLOW = r"(?:^|[于在、，,。；;：:（(请务必限应须要将前至到—~～\s-])$"
# What is still to come: 今早 and 今晨 are over.
_NEAR = rf"(?:[今明后][日天](?![然地])|今[晚夜](?:间|上)?|明(?:[早晚]上?|晨))(?:{CLOCK})?"
_MONTH_DAY = (
    r"(?P<month>1[0-2]|0?[1-9])(?P<sep>[./])(?P<day>3[01]|[12]\d|0?[1-9])(?= (?:[之以]?前|止))"
)
_NUMERIC = (
    r"(?P<year>[12]\d{3})(?P<sep>[./-])(?P<month>1[0-2]|0?[1-9])(?!\d)"
    r"(?:(?P=sep)(?P<day>[12]\d|3[01]|0?[1-9])(?!\d))?(?![%％年])"
)
_LUNAR_DAY = r"(?:初[一二三四五六七八九十]|廿[一二三四五六七八九]?|二?十[一二三四五六七八九]?|三十)"
_PLAN = (
    r"[“\"]?十(?P<plan>[一二三四五六七八九])五[”\"]?(?=规划期?末|期?末|期间|时期|期内|结束|收官前)"
)
_PLAN += r"(?:规划)?(?:期?末|期间|时期|期内)?"

_LUNAR = (
    r"(?:(?:农历的?(?P<lunar_month>正|[二三四五六七八九]|十[一二]?|冬|腊)月|(?P<own_month>[正冬腊]月))"
    rf"(?:(?P<lunar_day>{_LUNAR_DAY})(?:日(?!常))?|(?P<lunar_part>[上中下]旬|[底末初]))?"
    rf"|大年(?:(?P<new_year_day>初[一二三四五六七八九十])|三十)|年三十)(?:{CLOCK})?"
)
# 改正月报 is no 正月, 今年三十 no 年三十.
_NO_LUNAR = r"[改纠更修校订立真公端方纯严今明去来每]$"

_YEAR_SHIFTS = {"今": 0, "本": 0, "当": 0, "明": 1, "次": 1, "来": 1, "翌": 1, "后": 2}
_YEAR_SHIFTS |= {"去": -1, "上": -1}
_SHIFTS = {"本": 0, "当": 0, "这": 0, "下": 1, "次": 1, "下下": 2, "上": -1}
_MONTH_OF_QUARTER = {
    "首": 1,
    "一": 1,
    "1": 1,
    "二": 2,
    "2": 2,
    "三": 3,
    "3": 3,
    "末": 3,
    "最后一": 3,
}
_DAY_SHIFTS = {"今": 0, "明": 1, "后": 2}
_WEEKDAYS = {name: min(place, 6) for place, name in enumerate("一二三四五六日天末")}
_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}
#: All characters of numbers.
FIGURES = "0123456789０１２３４５６７８９一二三四五六七八九十廿两"


@dataclass(frozen=True, slots=True)
class Moment:
    """A point or period of the calendar, as far as the text names it.

    Attributes:
        year: The year, where it is written in figures.
        year_shift: Years after the document's (明年: 1).
        month_shift: Months after the document's (下月: 1).
        day_shift: Days after the document's (明日: 1).
        quarter: From 1.
        quarter_shift: Quarters after the document's.
        week_shift: Weeks after the document's; None where only a weekday is named.
        weekday: From 0, Monday.
        half: Half of the year, 1 or 2.
        part: Which part: 上旬, 中旬, 下旬, 中下旬, 上半月, 下半月, 初, 末 (also 底), 前 (前三季度).
        plan: Number of the five-year plan, 14 for “十四五”.
        lunar: Whether month and day are those of the lunar calendar.
    """

    start: int
    end: int
    year: int | None = None
    year_shift: int | None = None
    month: int | None = None
    month_shift: int | None = None
    day: int | None = None
    day_shift: int | None = None
    quarter: int | None = None
    quarter_shift: int | None = None
    week_shift: int | None = None
    weekday: int | None = None
    half: int | None = None
    part: str | None = None
    plan: int | None = None
    lunar: bool = False

    @property
    def names_year(self) -> bool:
        """Whether the text says which year is meant."""
        return self.year is not None or self.year_shift is not None or self.plan is not None

    @property
    def is_bare_day(self) -> bool:
        """Whether the text names a day and not its month."""
        return self.day is not None and self.month is None and self.month_shift is None


_Family = Callable[[str, int], Moment | None]


def moment_at(text: str, position: int) -> Moment | None:
    """Return the point or period that begins at `position`, or None.

    >>> moment = moment_at("于2024年6月底前完成", 1)
    >>> (moment.year, moment.month, moment.part, moment.end)
    (2024, 6, '末', 9)
    """
    if position >= len(text):
        return None
    for family in _families().get(text[position], ()):
        moment = family(text, position)
        if moment:
            return moment
    return None


@cache
def _families() -> dict[str, tuple[_Family, ...]]:
    """Return the families of moments by the character they begin with."""
    table: dict[str, tuple[_Family, ...]] = {}
    for first, family in (
        ('“"十', _plan),
        (FIGURES + "今本当这明次来翌后去上下第首前元", _date),
        ("年月季", _end),
        ("本这下上周星礼", _week),
        ("今明后", _near),
        ("农正冬腊大年", _lunar),
        ("0123456789", _numeric),
        (FIGURES, _bare_day),
    ):
        for character in first:
            table[character] = (*table.get(character, ()), family)
    return table


def openings() -> str:
    """Return the regular expression of what a moment can begin with.

    >>> bool(re.match(openings(), "腊月")), bool(re.match(openings(), "大力"))
    (True, False)
    """
    characters = set("".join(_families())) - set("农正冬腊大")
    # 大 and 正 are too frequent to look closer at each of them.
    return rf"[{re.escape(''.join(sorted(characters)))}]|大年|[正冬腊]月|农历"


def _date(text: str, position: int) -> Moment | None:
    """Read a year, a month, a quarter or a half year, or a year with one of these."""
    year = compiled(_YEAR).match(text, position)
    parts = f"{_MONTH}|{_QUARTER}|{_HALF}"
    if year:
        rest = compiled(f" 的?(?:{parts}|{_YEAR_PART})").match(text, year.end())
    else:
        rest = compiled(parts).match(text, position)
    last = rest or year
    if not last:
        return None
    named = rest.groupdict() if rest else {}
    month = _month(named)
    if month == (None, None) and named.get("month"):
        return None
    if month[0] and not year and _is_label(text, position, last.end(), month[0]):
        return None
    years = _year(year)
    quarter, day = _quarter(named), named.get("day") or named.get("quarter_day")
    shift = _SHIFTS.get(named.get("named_quarter") or "")
    if named.get("quarter_month") and (quarter or shift is not None):
        place = _MONTH_OF_QUARTER[named["quarter_month"].lstrip("第 \t\u3000")]
        month, quarter = (3 * quarter - 3 + place if quarter else place, None), None
    return Moment(
        start=position,
        end=last.end(),
        year=years[0],
        year_shift=years[1],
        month=month[0],
        month_shift=month[1],
        day=number(day) if day else None,
        quarter=quarter,
        quarter_shift=shift,
        half={"上": 1, "下": 2}.get(named.get("half") or ""),
        part=_part(named),
    )


def _is_label(text: str, position: int, end: int, month: int) -> bool:
    """Whether 1 in 1、5月底前 is the number of an item; in 6、7月 it is a month."""
    listed = compiled(rf"、 ({SMALL}) 月").match(text, end)
    if listed is None or text[:position].strip():
        return False
    return number(listed[1]) != month + 1


def _year(match: re.Match[str] | None) -> tuple[int | None, int | None]:
    """Return the year in figures, or the years after the document's (明年: 1)."""
    if match is None:
        return None, None
    name = match["named_year"]
    if name:
        return None, 1 if name.startswith("今明") else _YEAR_SHIFTS[name[0]]
    return (number(match["year"]) if match["year"] else 2000 + number(match["short_year"])), None


def _month(named: dict[str, str | None]) -> tuple[int | None, int | None]:
    written = named.get("month")
    if written:
        month = 1 if written == "元" else number(written)
        return (month, None) if 1 <= month <= 12 else (None, None)
    name = named.get("named_month")
    return None, _SHIFTS[name[0]] if name else None


def _quarter(named: dict[str, str | None]) -> int | None:
    written = named.get("quarter") or named.get("first_quarters")
    if written:
        return number(written)
    return 1 if named.get("named_quarter") == "首" else None


def _part(named: dict[str, str | None]) -> str | None:
    if named.get("first_quarters"):
        return "前"
    written = named.get("month_part") or named.get("year_part") or named.get("quarter_part")
    if not written:
        return None
    written = re.sub(r"[ \t\u3000年月]", "", written) if "半" not in written else written
    return "末" if written in "底末终" else written


def _end(text: str, position: int) -> Moment | None:
    """Read the end of the current year, quarter or month: 年底, 季末, 月底; also 年 in 年内."""
    match = compiled(_END).match(text, position)
    if not match:
        return None
    unit = text[position]
    return Moment(
        position,
        match.end(),
        part=None if match["end"] in ("年", "年度", "月") else "末",
        year_shift=0 if unit == "年" else None,
        quarter_shift=0 if unit == "季" else None,
        month_shift=0 if unit == "月" else None,
    )


def _week(text: str, position: int) -> Moment | None:
    match = compiled(_WEEK).match(text, position)
    if not match:
        return None
    return Moment(
        position,
        match.end(),
        week_shift=_SHIFTS[match["week"]] if match["week"] else None,
        weekday=_WEEKDAYS[match["weekday"]] if match["weekday"] else None,
    )


def _lunar(text: str, position: int) -> Moment | None:
    """Read 腊月二十三, 正月十五, 农历八月十五, 大年初七 or 大年三十."""
    match = compiled(_LUNAR).match(text, position)
    if not match or compiled(_NO_LUNAR).search(text[max(0, position - 1) : position]):
        return None
    if match["new_year_day"] or text[position] in "大年":
        month, day = (1, match["new_year_day"]) if match["new_year_day"] else (12, "三十")
    else:
        named = match["lunar_month"] or match["own_month"].removesuffix("月")
        month, day = _LUNAR_MONTHS.get(named) or number(named), match["lunar_day"]
    part = match["lunar_part"]
    if not (day or part or compiled(r"[之以]?前|期间|[之以]?内").match(text, match.end())):
        return None  # 正月里 sets the scene
    return Moment(
        position,
        match.end(),
        month=month,
        day=_lunar_number(day) if day else None,
        part="末" if part == "底" else part,
        lunar=True,
    )


def lunar_day_at(text: str, position: int) -> Moment | None:
    """Return the lunar day that begins at `position` without its month, as in 大年三十到初六.

    >>> lunar_day_at("大年三十到初六", 5).day
    6
    """
    match = compiled(rf"(?P<day>{_LUNAR_DAY})(?:{CLOCK})?").match(text, position)
    return match and Moment(position, match.end(), day=_lunar_number(match["day"]), lunar=True)


def _lunar_number(written: str) -> int:
    return number(written.removeprefix("初"))


def _near(text: str, position: int) -> Moment | None:
    match = compiled(_NEAR).match(text, position)
    return match and Moment(position, match.end(), day_shift=_DAY_SHIFTS[text[position]])


def _numeric(text: str, position: int) -> Moment | None:
    """Read 2024.6.30, 2024-06-30 or 2024/6, and before 前 6.30 and 6/30."""
    match = compiled(_NUMERIC).match(text, position)
    if position and text[position - 1] in "0123456789-./":
        return None
    if not match:
        match = compiled(_MONTH_DAY).match(text, position)
        return match and Moment(
            position, match.end(), month=int(match["month"]), day=int(match["day"])
        )
    day = int(match["day"]) if match["day"] else None
    return Moment(
        position, match.end(), year=int(match["year"]), month=int(match["month"]), day=day
    )


def _bare_day(text: str, position: int) -> Moment | None:
    """Read a day without its month, as in 于25日前."""
    number_or_range = rf"(?P<day>{SMALL})(?: 日(?:{CLOCK})?|(?= (?:{JOIN}|、) {SMALL} 日(?!内)))"
    match = compiled(rf"{number_or_range}(?= (?:[之以]?前|止|{JOIN}|、))").match(text, position)
    # 开工15日前 counts back from an event and is no day of the month.
    if not match or not compiled(_DAY_MAY_FOLLOW).search(text[max(0, position - 2) : position]):
        return None
    return Moment(position, match.end(), day=number(match["day"]))


def day_at(text: str, position: int) -> Moment | None:
    """Return the day that begins at `position` without its month, as in 5月11日至17日.

    >>> day_at("5月11日至17日", 6).day
    17
    """
    match = compiled(rf"(?P<day>{SMALL}) [日号]{_WEEKDAY_NOTE}(?:{CLOCK})?").match(text, position)
    return match and Moment(position, match.end(), day=number(match["day"]))


def _plan(text: str, position: int) -> Moment | None:
    match = compiled(_PLAN).match(text, position)
    return match and Moment(position, match.end(), plan=10 + number(match["plan"]))
