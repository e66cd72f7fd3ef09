"""Who acts where no known word ends the name: evidence for somebody, and for a thing."""

from __future__ import annotations

import pytest

from textsafe.mentions.likelihood import likely_doer, likely_subject


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("会议召集人应整理会议记录", "会议召集人"),
        ("各闸口要安排专人看守", "各闸口"),
        ("楼栋管家都要每天巡查楼道", "楼栋管家"),
        ("分管副总必须每周下井检查", "分管副总"),
        ("老师傅平时要带好徒弟", "老师傅"),
    ],
)
def test_somebody_before_an_order(text: str, name: str) -> None:
    stop = likely_subject(text, 0, len(text), opens=True)
    assert stop is not None
    assert text[:stop] == name


@pytest.mark.parametrize(
    "text",
    [
        "防护栏要在汛前安装",
        "各项措施要落实",
        "现场有专人负责看护",
        "书面材料应报县局",
        "监管力量要下沉",
        "涉水项目要配齐救生员",
        "任何时候不得掏根拆墙",
        "整改情况必须上报",
        "安全投入必须足额提取",
    ],
)
def test_things_before_an_order(text: str) -> None:
    assert likely_subject(text, 0, len(text), opens=True) is None


def test_the_same_evidence_weighs_less_inside_a_sentence() -> None:
    text = "楼栋管家要多看一眼"
    assert likely_subject(text, 0, len(text), opens=True) == 4
    assert likely_subject(text, 0, len(text), opens=False) is None


@pytest.mark.parametrize(
    ("text", "stop"),
    [
        ("云陵传媒开设安全专栏", 4),
        ("尾矿库每月检查一次坝体", None),
        ("全社会关注安全生产", None),
        ("1人负责监护", None),
        ("加强人员管理", None),
    ],
)
def test_a_name_before_a_bare_verb(text: str, stop: int | None) -> None:
    assert likely_doer(text, 0, len(text)) == stop
