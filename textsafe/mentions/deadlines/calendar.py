"""The Chinese calendar as far as deadlines need it: festivals and working days."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from functools import cache

from textsafe.mentions.deadlines.lexicon import festivals
from textsafe.mentions.deadlines.lunar import lunar_day

_DAY = dt.timedelta(days=1)


def month_end(year: int, month: int) -> dt.date:
    """Return the last day of a month.

    >>> month_end(2024, 2).isoformat()
    '2024-02-29'
    """
    return dt.date(year, month, monthrange(year, month)[1])


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day `months` later, or the end of that month where it has no such day.

    >>> add_months(dt.date(2024, 8, 31), 1).isoformat()
    '2024-09-30'
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return min(month_end(year, month + 1), dt.date(year, month + 1, 1) + _DAY * (day.day - 1))


def festival(name: str, year: int) -> dt.date | None:
    """Return the day of a festival in `year`, or None outside the years of the table.

    >>> festival("春节", 2021)
    datetime.date(2021, 2, 12)
    """
    entry = festivals()[name]
    if entry.day:
        return dt.date.fromisoformat(f"{year}-{entry.day}")
    if entry.lunar:
        month, number = (int(part) for part in entry.lunar.split("-"))
        days = (lunar_day(lunar, month, number) for lunar in (year - 1, year))
        return next((day for day in days if day and day.year == year), None)
    place = year - entry.first_year
    if not 0 <= place < len(entry.days):
        return None
    return dt.date.fromisoformat(f"{year}-{entry.days[place]}")


def add_working_days(day: dt.date, count: int) -> tuple[dt.date, bool]:
    """Return the day that is `count` working days after `day`, and whether that is certain.

    The State Council announces the days off of a year in the autumn before it. For years that
    :mod:`chinese_calendar` does not know, weekends and the festivals' own days are left out, and
    the result is marked as uncertain.

    >>> add_working_days(dt.date(2024, 9, 27), 5)
    (datetime.date(2024, 10, 10), True)
    """
    certain = True
    while count:
        day += _DAY
        working, known = _is_working_day(day)
        count -= working
        certain = certain and known
    return day, certain


def _is_working_day(day: dt.date) -> tuple[bool, bool]:
    # Imported here: its tables are built on import, and few documents count working days.
    from chinese_calendar import is_workday  # noqa: PLC0415

    if day.year in _announced_years():
        return is_workday(day), True
    return day.weekday() < 5 and day not in _statutory_days(day.year), False


@cache
def _announced_years() -> range:
    from chinese_calendar.constants import holidays  # noqa: PLC0415

    return range(min(holidays).year, max(holidays).year + 1)


@cache
def _statutory_days(year: int) -> frozenset[dt.date]:
    """Return the days off by 全国年节及纪念日放假办法 (2024 revision), without shifted days."""
    days: set[dt.date] = set()
    for name, entry in festivals().items():
        first = festival(name, year)
        if first is not None:
            first += _DAY * entry.days_off_from
            days.update(first + _DAY * offset for offset in range(entry.days_off))
    return frozenset(days)
