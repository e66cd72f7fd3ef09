"""From what the text names to days of the calendar, seen from the document's date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from textsafe.mentions.deadlines.calendar import add_months, month_end
from textsafe.mentions.deadlines.lunar import lunar_month, lunar_year
from textsafe.mentions.deadlines.moments import Moment

_DAY = dt.timedelta(days=1)

NO_DATE = "文件没有成文日期"
NO_SUCH_DAY = "日历上没有这一天"
NO_LUNAR_YEAR = "农历日期表没有这一年"


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day of what a moment names."""

    first: dt.date
    last: dt.date


class Unresolvable(ValueError):  # noqa: N818
    """A moment has no day; the argument says why, in Chinese."""


def resolve(
    moment: Moment,
    date: dt.date | None,
    previous: dt.date | None = None,
    year: int | None = None,
) -> Period:
    """Return the days that `moment` names in a document of the given date.

    A month or day without a year is that of the document's year, or of the next where it is past;
    after a date in a later year it is counted on from there, as in 2025年6月底前…，12月底前….

    Args:
        moment: What the text names.
        date: The document's date.
        previous: The deadline before it in the same sentence.
        year: The year that the title of a document without a date speaks of.

    Raises:
        Unresolvable: The document has no date and the text needs one, or there is no such day.

    >>> from textsafe.mentions.deadlines.moments import moment_at
    >>> resolve(moment_at("2月底前", 0), dt.date(2023, 11, 20)).last.isoformat()
    '2024-02-29'
    """
    try:
        return _resolve(moment, date, previous, year)
    except (ValueError, OverflowError) as error:
        if isinstance(error, Unresolvable):
            raise
        raise Unresolvable(NO_SUCH_DAY) from error


def _resolve(
    moment: Moment, date: dt.date | None, previous: dt.date | None, year: int | None
) -> Period:
    if moment.plan is not None:
        last = 1955 + 5 * moment.plan
        return Period(dt.date(last - 4, 1, 1), dt.date(last, 12, 31))
    if moment.lunar:
        return _lunar(moment, date, previous)
    if moment.year is not None:
        return _in_year(moment, moment.year)
    if date is None and previous is None:
        return _undated(moment, year)
    if date is not None and _is_near(moment):
        return _near(moment, date)
    if moment.year_shift is not None:
        if date is None:
            raise Unresolvable(NO_DATE)
        return _in_year(moment, date.year + moment.year_shift)
    base = max(day for day in (date, previous) if day is not None)
    if moment.month is None and moment.quarter is None and moment.half is None:
        if date is None and moment.day is None:
            raise Unresolvable(NO_DATE)
        return _bare_day(moment, previous or base, base)
    period = _in_year(moment, base.year)
    return period if period.last >= base else _in_year(moment, base.year + 1)


def _undated(moment: Moment, year: int | None) -> Period:
    """Resolve a day in a document that only says which year it is about."""
    if year is None or _is_near(moment) or moment.is_bare_day:
        raise Unresolvable(NO_DATE)
    return _in_year(moment, year + (moment.year_shift or 0))


def _lunar(moment: Moment, date: dt.date | None, previous: dt.date | None) -> Period:
    """Resolve a day of the lunar calendar to the next one, or to that of the year named."""
    base = max((day for day in (date, previous) if day is not None), default=None)
    if base is None:
        raise Unresolvable(NO_DATE)
    year = lunar_year(base)
    for one in (year, year + 1):
        period = _in_lunar_month(moment, one)
        if period and period.last >= base:
            return period
    raise Unresolvable(NO_LUNAR_YEAR)


def _in_lunar_month(moment: Moment, year: int) -> Period | None:
    found = lunar_month(year, moment.month or 1)
    if found is None:
        return None
    if moment.day:
        day = min(found.first + _DAY * (moment.day - 1), found.last)
        return Period(day, day)
    part = {"上旬": (0, 9), "中旬": (10, 19), "初": (0, 9)}.get(moment.part or "")
    if part:
        return Period(found.first + _DAY * part[0], found.first + _DAY * part[1])
    late = {"下旬": found.first + _DAY * 20, "末": found.last}
    return Period(late.get(moment.part or "", found.first), found.last)


def _is_near(moment: Moment) -> bool:
    return (
        moment.month_shift is not None
        or moment.day_shift is not None
        or moment.quarter_shift is not None
        or moment.week_shift is not None
        or moment.weekday is not None
    )


def _near(moment: Moment, date: dt.date) -> Period:
    """Resolve what is counted from the document's own month, quarter, week or day."""
    if moment.day_shift is not None:
        day = date + _DAY * moment.day_shift
        return Period(day, day)
    if moment.month_shift is not None:
        month = add_months(date.replace(day=1), moment.month_shift)
        return _in_month(moment, month.year, month.month)
    if moment.quarter_shift is not None:
        first = add_months(
            dt.date(date.year, (date.month - 1) // 3 * 3 + 1, 1), 3 * moment.quarter_shift
        )
        if moment.month is not None:
            return _in_month(moment, first.year, first.month + moment.month - 1)
        return _months(first.year, first.month, 3, moment.part)
    monday = date - _DAY * date.weekday() + _DAY * 7 * (moment.week_shift or 0)
    if moment.weekday is None:
        return Period(monday, monday + _DAY * 6)
    day = monday + _DAY * moment.weekday
    if moment.week_shift is None and day < date:
        day += _DAY * 7
    return Period(day, day)


def _bare_day(moment: Moment, month: dt.date, base: dt.date) -> Period:
    day = month.replace(day=moment.day or 1)
    if day < base:
        following = add_months(month.replace(day=1), 1)
        day = following.replace(day=moment.day or 1)
    return Period(day, day)


def _in_year(moment: Moment, year: int) -> Period:
    if moment.month is not None:
        return _in_month(moment, year, moment.month)
    if moment.quarter is not None:
        if moment.part == "前":
            return _months(year, 1, 3 * moment.quarter, None)
        return _months(year, 3 * moment.quarter - 2, 3, moment.part)
    if moment.half is not None:
        return _months(year, 6 * moment.half - 5, 6, moment.part)
    if moment.part == "初":
        return _months(year, 1, 1, None)
    return _months(year, 1, 12, moment.part)


def _months(year: int, month: int, count: int, part: str | None) -> Period:
    if part == "初":
        count = 1
    last = month_end(year, month + count - 1)
    return Period(last if part == "末" else dt.date(year, month, 1), last)


def _in_month(moment: Moment, year: int, month: int) -> Period:
    if moment.day is not None:
        day = dt.date(year, month, moment.day)
        return Period(day, day)
    last = month_end(year, month).day
    first, end = {
        "上旬": (1, 10),
        "中旬": (11, 20),
        "下旬": (21, last),
        "上中旬": (1, 20),
        "中下旬": (11, last),
        "上半月": (1, 15),
        "下半月": (16, last),
        "初": (1, 10),
        "末": (last, last),
    }.get(moment.part or "", (1, last))
    return Period(dt.date(year, month, first), dt.date(year, month, end))
