"""Festivals, months and working days."""

import datetime as dt

import pytest

from textsafe.mentions.deadlines.calendar import (
    add_months,
    add_working_days,
    festival,
    month_end,
)
from textsafe.mentions.deadlines.lexicon import festivals


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("元旦", 2025, "2025-01-01"),
        ("春节", 2021, "2021-02-12"),
        ("春节", 2033, "2033-01-31"),
        ("清明节", 2023, "2023-04-05"),
        ("清明节", 2024, "2024-04-04"),
        ("劳动节", 1999, "1999-05-01"),
        ("端午节", 2022, "2022-06-03"),
        ("中秋节", 2020, "2020-10-01"),
        ("国庆节", 2060, "2060-10-01"),
    ],
)
def test_festival(name: str, year: int, day: str) -> None:
    assert festival(name, year) == dt.date.fromisoformat(day)


def test_moving_festivals_are_known_for_the_years_of_the_table_only() -> None:
    assert festival("春节", 1998) is None
    assert festival("春节", 2051) is None


def _statutory_since_2008() -> list[tuple[str, int]]:
    names = [name for name, entry in festivals().items() if entry.days_off]
    return [(name, year) for name in names for year in range(2008, 2027)]


def test_the_announced_days_off_agree_with_the_table() -> None:
    chinese_calendar = pytest.importorskip("chinese_calendar")
    for name, year in _statutory_since_2008():
        day = festival(name, year)
        assert day is not None
        assert chinese_calendar.is_holiday(day), f"{name} {year}"


@pytest.mark.parametrize(
    ("start", "count", "end", "certain"),
    [
        ("2024-09-25", 10, "2024-10-14", True),  # worked: Sunday 29 September, Saturday 12 October
        ("2023-01-18", 5, "2023-01-30", True),  # worked: 28 and 29 January
        ("2024-03-11", 1, "2024-03-12", True),
        ("2026-12-31", 1, "2027-01-04", False),  # 1 January is a Friday
        ("2030-09-30", 1, "2030-10-04", False),  # National Day, three days
        ("2003-07-07", 5, "2003-07-14", False),
    ],
)
def test_working_days(start: str, count: int, end: str, certain: bool) -> None:
    found = add_working_days(dt.date.fromisoformat(start), count)
    assert found == (dt.date.fromisoformat(end), certain)


def test_months_clamp_to_their_end() -> None:
    assert add_months(dt.date(2023, 10, 31), 4) == dt.date(2024, 2, 29)
    assert add_months(dt.date(2024, 1, 15), -1) == dt.date(2023, 12, 15)
    assert month_end(2100, 2) == dt.date(2100, 2, 28)
