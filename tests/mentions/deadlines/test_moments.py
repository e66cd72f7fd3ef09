"""Points and periods: how far they reach in the text, and which days they name."""

import datetime as dt

import pytest

from textsafe.mentions.deadlines.moments import moment_at
from textsafe.mentions.deadlines.resolve import Unresolvable, resolve

DATE = dt.date(2024, 3, 13)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "written", "first", "last"),
    [
        ("2024年", "2024年", "2024-01-01", "2024-12-31"),
        ("二○二五年三月", "二○二五年三月", "2025-03-01", "2025-03-31"),
        ("２０２５年", "２０２５年", "2025-01-01", "2025-12-31"),
        ("明年的6月上旬", "明年的6月上旬", "2025-06-01", "2025-06-10"),
        ("后年年底", "后年年底", "2026-12-31", "2026-12-31"),
        ("6月中下旬", "6月中下旬", "2024-06-11", "2024-06-30"),
        ("2月", "2月", "2025-02-01", "2025-02-28"),
        ("3月", "3月", "2024-03-01", "2024-03-31"),
        ("元月", "元月", "2025-01-01", "2025-01-31"),
        ("3月13日（星期三）上午11时", "3月13日（星期三）上午11时", "2024-03-13", "2024-03-13"),
        ("3月12日", "3月12日", "2025-03-12", "2025-03-12"),
        ("月末", "月末", "2024-03-31", "2024-03-31"),
        ("季末", "季末", "2024-03-31", "2024-03-31"),
        ("上季度", "上季度", "2023-10-01", "2023-12-31"),
        ("前三季度", "前三季度", "2024-01-01", "2024-09-30"),
        ("首季度", "首季度", "2024-01-01", "2024-03-31"),
        ("下半年", "下半年", "2024-07-01", "2024-12-31"),
        ("本周日", "本周日", "2024-03-17", "2024-03-17"),
        ("下周", "下周", "2024-03-18", "2024-03-24"),
        ("下下周一", "下下周一", "2024-03-25", "2024-03-25"),
        ("星期二", "星期二", "2024-03-19", "2024-03-19"),
        ("后天", "后天", "2024-03-15", "2024-03-15"),
        ("上月", "上月", "2024-02-01", "2024-02-29"),
        ("十五五时期", "十五五时期", "2026-01-01", "2030-12-31"),
        ("2024/6/30", "2024/6/30", "2024-06-30", "2024-06-30"),
        ("2024-06", "2024-06", "2024-06-01", "2024-06-30"),
        ("8日前", "8日", "2024-04-08", "2024-04-08"),
    ],
)
def test_moment(text: str, written: str, first: str, last: str) -> None:
    moment = moment_at(text, 0)
    assert moment is not None
    assert text[: moment.end] == written
    period = resolve(moment, DATE)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "13月",
        "0月",
        "5日",
        "第1次",
        "一要",
        "上面",
        "下级",
        "2024",
        "20%",
        "十四五规划",
        "年度",
    ],
)
def test_no_moment(text: str) -> None:
    assert moment_at(text, 0) is None


@pytest.mark.parametrize("text", ["6月31日", "2023年2月29日"])
def test_days_that_do_not_exist(text: str) -> None:
    moment = moment_at(text, 0)
    assert moment is not None
    with pytest.raises(Unresolvable, match="日历上没有这一天"):
        resolve(moment, DATE)


@pytest.mark.parametrize("text", ["6月", "今年", "月底", "周五", "明日", "本季度", "8日前"])
def test_what_needs_the_document_date(text: str) -> None:
    moment = moment_at(text, 0)
    assert moment is not None
    with pytest.raises(Unresolvable, match="文件没有成文日期"):
        resolve(moment, None)
