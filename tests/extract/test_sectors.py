"""The sectors of tasks: from the unit, the nearest heading, and never from the title alone."""

from __future__ import annotations

import pytest

from textsafe import parse_text
from textsafe.extract.tasks import task_record

TITLE = "关于加强{}安全工作的通知\n\n各镇：\n"


def sectors_of(text: str) -> list[set[str]]:
    record = task_record(parse_text(text))
    return [{mention.id for mention in task.sectors} for task in record.tasks]


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("旅游", "一、景区管理\n各镇要逐户落实责任。", [{"tourism"}]),
        ("旅游", "一、组织领导\n各镇要逐户落实责任。", [set()]),
        ("旅游", "一、景区管理\n各镇要检查渡口。", [{"water_traffic"}]),
        ("电动自行车", "一、集中整治\n物业要劝阻充电行为。", [{"fire"}]),
        ("养老机构", "一、集中整治\n各院要安排护理员值夜班。", [{"elderly"}]),
        ("旅游", "一、景区管理\n（一）加强值守\n各镇要安排专人值班。", [{"tourism"}]),
        ("尾矿库", "一、加强值守\n各库汛期要安排专人值班。", [set()]),
        ("防汛", "一、加强值守\n各镇汛期要安排专人值班。", [{"flood_season"}]),
    ],
)
def test_where_a_sector_comes_from(title: str, body: str, expected: list[set[str]]) -> None:
    assert sectors_of(TITLE.format(title) + body) == expected


def test_origin_and_departments() -> None:
    text = "一、景区管理\n各镇要逐户落实责任。\n各镇要检查渡口。"
    record = task_record(parse_text(text))
    inherited, explicit = (task.sectors[0] for task in record.tasks)
    assert (inherited.origin, explicit.origin) == ("inherited", "explicit")
    assert inherited.departments == ("县文化广电和旅游局",)
