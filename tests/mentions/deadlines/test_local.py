"""Local events: what a calendar of the user makes of 汛期前 and the like."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import textsafe
from textsafe import LocalEvents, find_deadlines, load_events
from textsafe.errors import UsageError
from textsafe.messages import explain

CALENDAR = """\
[[event]]
name = "汛期"
aliases = ["入汛"]
start = "05-15"
end = "09-15"

[[event]]
name = "汛期"
region = ["岭川省", "白沙市"]
start = "05-01"
end = "09-30"

[[event]]
name = "供暖季"
region = "云岭县"
start = "11-15"
end = "03-15"

[[event]]
name = "荔枝节"
start = 2025-06-20
end = 2025-06-22

[[event]]
name = "荔枝节"
start = "06-10"
end = "06-12"
"""


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> LocalEvents:
    path = tmp_path_factory.mktemp("calendar") / "本地.toml"
    path.write_text(CALENDAR, encoding="utf-8")
    return load_events(path)


@pytest.mark.parametrize(
    ("text", "date", "region", "days"),
    [
        ("汛期前完成除险加固。", "2024-03-11", None, (None, "2024-05-14")),
        ("汛期来临之前完成除险加固。", "2024-03-11", None, (None, "2024-05-14")),
        ("汛期前完成除险加固。", "2024-06-11", None, (None, "2025-05-14")),
        ("今年汛期前完成除险加固。", "2024-06-11", None, (None, "2024-05-14")),
        ("明年汛期前完成除险加固。", "2024-03-11", None, (None, "2025-05-14")),
        ("汛期结束前完成修复。", "2024-06-11", None, (None, "2024-09-15")),
        ("汛期期间，严禁堆放物料。", "2024-06-11", None, ("2024-05-15", "2024-09-15")),
        ("汛期后，要组织一次评估。", "2024-06-11", None, ("2024-09-16", None)),
        ("入汛后，要组织一次巡查。", "2024-03-11", None, ("2024-05-15", None)),
        ("汛期前完成除险加固。", "2024-03-11", "岭川省白沙市", (None, "2024-04-30")),
        ("汛期前完成除险加固。", "2024-03-11", "远山省", (None, "2024-05-14")),
        ("供暖季结束前完成检修。", "2025-01-11", "云岭县", (None, "2025-03-15")),
        ("供暖季前完成检修。", "2025-01-11", "云岭县", (None, "2025-11-14")),
        ("荔枝节前拆除危棚。", "2024-12-01", None, (None, "2025-06-19")),
        ("荔枝节前拆除危棚。", "2025-12-01", None, (None, "2026-06-09")),
        ("自即日起至汛期结束，实行日报告。", "2024-06-11", None, ("2024-06-11", "2024-09-15")),
    ],
)
def test_days(
    events: LocalEvents,
    text: str,
    date: str,
    region: str | None,
    days: tuple[str | None, str | None],
) -> None:
    found = find_deadlines(text, dt.date.fromisoformat(date), events=events, region=region)[0]
    assert (str(found.start or "") or None, found.due) == days
    assert found.kind in ("event", "span")
    assert "事件日历“本地.toml”" in (found.trace or "")


@pytest.mark.parametrize(
    ("text", "date", "reason"),
    [
        ("供暖季前完成检修。", "2025-01-11", "事件日历“本地.toml”只有其他地区（云岭县）的“供暖季”"),
        ("汛期前完成除险加固。", None, "文件没有成文日期"),
        ("台风季前完成加固。", "2025-01-11", "“台风季前”的日期因时因地而异"),
    ],
)
def test_why_an_event_has_no_day(
    events: LocalEvents, text: str, date: str | None, reason: str
) -> None:
    day = dt.date.fromisoformat(date) if date else None
    [found] = find_deadlines(text, day, events=events)
    assert (found.kind, found.due, found.unresolved) == ("event", None, reason)


def test_the_entry_is_that_of_the_issuer(events: LocalEvents) -> None:
    text = "关于做好防汛工作的通知\n各镇：\n汛期前要完成除险加固。\n{}\n2024年3月11日"
    for issuer, due in (("白沙市应急管理局", "2024-04-30"), ("青湖市应急管理局", "2024-05-14")):
        document = textsafe.parse_text(text.format(issuer))
        [task] = textsafe.extract_tasks(document, events=events).tasks
        assert task.deadlines[0].due == due


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (None, "events_unreadable"),
        ("[[event]", "events_not_toml"),
        ("", "events_none"),
        ('[[event]]\nname = "汛期"\nstart = "05-15"', "events_missing"),
        (
            '[[event]]\nname = "汛期"\nbegin = "05-15"\nstart = "05-15"\nend = "09-15"',
            "events_unknown",
        ),
        ('[[event]]\nname = "汛期"\nstart = "05-32"\nend = "09-15"', "events_wrong"),
        ('[[event]]\nname = "汛期"\nstart = 515\nend = "09-15"', "events_wrong"),
        ('[[event]]\nname = "汛期"\nstart = "05-15"\nend = 2025-09-15', "events_wrong"),
        ('[[event]]\nname = "汛期"\nstart = 2025-09-15\nend = 2025-05-15', "events_wrong"),
        ('[[event]]\nname = "汛 期"\nstart = "05-15"\nend = "09-15"', "events_wrong"),
        ('[[event]]\nname = "汛期"\nstart = "05-15"\nend = "09-15"\n' * 2, "events_repeated"),
        ('title = "日历"', "events_unknown"),
    ],
)
def test_a_wrong_calendar_is_refused(tmp_path: Path, content: str | None, key: str) -> None:
    path = tmp_path / "本地.toml"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        load_events(path)
    assert caught.value.key == key
    assert str(path) in explain(caught.value, "zh").text


def test_a_leap_day_is_the_last_of_february() -> None:
    events = LocalEvents.model_validate(
        {"event": [{"name": "冬防", "start": "12-01", "end": "02-29"}]}
    )
    assert events.event[0].beginning_in(2024) == (dt.date(2024, 12, 1), dt.date(2025, 2, 28))
