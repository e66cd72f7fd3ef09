"""Days of the lunar calendar (农历), from the table of its months."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from textsafe.mentions.deadlines.lexicon import lexicon


@dataclass(frozen=True, slots=True)
class LunarMonth:
    """A month of the lunar calendar; leap months are none that documents name."""

    first: dt.date
    last: dt.date


def lunar_month(year: int, month: int) -> LunarMonth | None:
    """Return a month of the lunar year that begins in `year`, or None outside the table.

    >>> lunar_month(2023, 12).last.isoformat()
    '2024-02-09'
    """
    return _months().get((year, month))


def lunar_day(year: int, month: int, day: int) -> dt.date | None:
    """Return a day of the lunar year that begins in `year`; the 30th is the last of its month.

    >>> lunar_day(2024, 1, 15).isoformat()
    '2024-02-24'
    """
    found = lunar_month(year, month)
    return None if found is None else min(found.first + dt.timedelta(days=day - 1), found.last)


def lunar_year(day: dt.date) -> int:
    """Return the year in which the lunar year of `day` began.

    >>> lunar_year(dt.date(2024, 2, 9))
    2023
    """
    starts = sorted(month.first for (_, number), month in _months().items() if number == 1)
    before = bisect_right(starts, day)
    return starts[before - 1].year if before else day.year


@cache
def _months() -> dict[tuple[int, int], LunarMonth]:
    table = lexicon().lunar
    first = table.first_day
    months: dict[tuple[int, int], LunarMonth] = {}
    for year, written in enumerate(table.years, start=first.year):
        leap, _, lengths = written.rpartition(":")
        numbers = list(range(1, 13))
        if leap:
            numbers.insert(int(leap), 0)
        for number, length in zip(numbers, lengths, strict=True):
            following = first + dt.timedelta(days=29 + int(length))
            if number:
                months[year, number] = LunarMonth(first, following - dt.timedelta(days=1))
            first = following
    return months
