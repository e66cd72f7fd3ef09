"""The sentences of ``corpora/sentences/deadlines.jsonl``: each kind, trap and edge."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from textsafe.mentions.deadlines import Anchor, deadlines_in, find_deadlines, years_of

ROWS = Path(__file__).parents[3] / "corpora" / "sentences" / "deadlines.jsonl"
# The test part is only measured; no rule answers to a single sentence of it.
CASES = [
    case
    for case in map(json.loads, ROWS.read_text(encoding="utf-8").splitlines())
    if case["split"] == "train"
]

UNCERTAIN = "放假安排尚未公布，按周末和法定节日推算"


def _date(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_sentence(case: dict[str, Any]) -> None:
    found = [d.model_dump(mode="json") for d in find_deadlines(case["text"], _date(case["date"]))]
    fields = [
        {key: deadline[key] for key in expected}
        for deadline, expected in zip(found, case["deadlines"], strict=False)
    ]
    assert fields == case["deadlines"], case["why"]
    assert len(found) == len(case["deadlines"]), case["why"]


def test_case_ids_are_unique() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES) >= 400


def test_spans_count_in_the_whole_text() -> None:
    text = "各镇要抓好落实。\n一、排查。6月底前完成；\n每月5日前报送。"
    found = find_deadlines(text, dt.date(2024, 3, 11))
    assert [(d.span.of(text), d.due) for d in found] == [
        ("6月底前", "2024-06-30"),
        ("每月5日前", "5日前"),
    ]


@pytest.mark.parametrize(
    ("text", "date", "trace", "unresolved"),
    [
        ("6月底前完成", "2020-03-11", "6月底前 → 2020-06-30 (成文日期 2020-03-11)", None),
        ("2020年6月底前完成", None, "2020年6月底前 → 2020-06-30 (成文日期不详)", None),
        ("6月底前完成", None, None, "文件没有成文日期"),
        ("6月31日前完成", "2020-03-11", None, "日历上没有这一天"),
        ("汛期前完成", "2020-03-11", None, "“汛期前”的日期因时因地而异"),
        ("收到通知后3日内完成", "2020-03-11", None, "“收到通知”的日期文件中没有写明"),
        ("应在2小时内上报", "2020-03-11", None, "没有写明从何时起算"),
        ("春节前完成", "2050-03-11", None, "节日日期表没有这一年"),
        (
            "4月至6月开展整治",
            "2020-03-11",
            "4月至6月 → 2020-04-01 至 2020-06-30 (成文日期 2020-03-11)",
            None,
        ),
        (
            "2个工作日内完成",
            "2040-03-12",
            f"2个工作日内 → 2040-03-14 (成文日期 2040-03-12；{UNCERTAIN})",
            None,
        ),
    ],
)
def test_every_value_says_how_it_came_about(
    text: str, date: str | None, trace: str | None, unresolved: str | None
) -> None:
    [deadline] = find_deadlines(text, _date(date))
    assert (deadline.trace, deadline.unresolved) == (trace, unresolved)


def test_empty_text() -> None:
    assert find_deadlines("", dt.date(2024, 3, 11)) == []


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("临江市治本攻坚三年行动方案（2024—2026年）", (2024, 2026)),
        ("关于印发«三年行动方案(２０２４－２０２６年)»的通知", (2024, 2026)),
        ("关于开展2023年消防宣传月活动的通知", (2023, 2023)),
        ("关于2023年检查情况和2024年打算的报告", None),
        ("关于加强值班的通知", None),
    ],
)
def test_years_of_a_title(title: str, years: tuple[int, int] | None) -> None:
    assert years_of(title) == years


def test_a_plan_period_is_that_of_the_title() -> None:
    (found,) = deadlines_in("三年行动期间，各县要完成改造。", Anchor(years=(2024, 2026)))
    assert (found.kind, str(found.start), found.due) == ("event", "2024-01-01", "2026-12-31")


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("请于5月26日前上报。", "2023-05-26"),
        ("年底前完成改造。", "2023-12-31"),
        ("下月前上报。", None),
    ],
)
def test_the_year_of_the_title_stands_in_for_a_missing_date(text: str, due: str | None) -> None:
    (found,) = deadlines_in(text, Anchor(years=(2023, 2023)))
    assert found.due == due
    assert ("按标题所称年份" in (found.trace or "")) == (due is not None)


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("手册须在2024年3月20前更新完。", ["2024年3月20前"]),
        ("2024年开始推动联防联控。", []),
        ("自2025年起全面推行电子证照。", ["自2025年起"]),
        ("在消防宣传活动期间，各校要演练一次。", ["消防宣传活动期间"]),
    ],
)
def test_what_is_taken_and_what_is_not(text: str, texts: list[str]) -> None:
    assert [d.text for d in find_deadlines(text, dt.date(2024, 3, 11))] == texts
