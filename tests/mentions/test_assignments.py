"""Who carries a task by brackets such as （A牵头，B配合） and lines such as 责任单位：A."""

from __future__ import annotations

import pytest

from tests.casefiles import Case, each_case
from textsafe.mentions.assignments import find_assignments


@each_case("parties.jsonl", where=lambda case: case["form"] in {"bracket", "slot"})
def test_cases(case: Case) -> None:
    text = case["text"]
    found = find_assignments(text)
    parties = [party for assignment in found for party in assignment.parties]
    assert {party.name: party.role for party in parties} == case["parties"]
    assert all(party.span.of(text) == party.name for party in parties)
    for assignment in found:
        assert all(
            assignment.start <= party.span.start and party.span.end <= assignment.end
            for party in assignment.parties
        )


@pytest.mark.parametrize(
    "note",
    ["列第一位者为牵头单位，下同", "列第一位的为牵头部门", "排第一位的为牵头单位，下同"],
)
def test_a_note_says_that_the_first_of_each_list_leads(note: str) -> None:
    (assignment,) = find_assignments(f"修订预案。（县应急局、县水利局，{note}）")
    assert assignment.first_leads
    assert assignment.from_lead_list
    assert [party.name for party in assignment.parties] == ["县应急局", "县水利局"]


def test_named_roles_are_not_changed_by_such_a_note() -> None:
    (assignment,) = find_assignments("修订预案。（县应急局牵头，县水利局配合）")
    assert (assignment.first_leads, assignment.from_lead_list) == (False, False)


def test_a_bracket_covers_itself_and_nothing_else() -> None:
    text = "更换软管（县住建局负责），上报结果（各镇负责）。"
    assert [text[a.start : a.end] for a in find_assignments(text)] == [
        "（县住建局负责）",
        "（各镇负责）",
    ]


def test_offsets_are_those_of_the_whole_text() -> None:
    text = "一、加强巡查\n开展夜查。（县公安局负责）\n责任单位：各镇"
    first, second = find_assignments(text, text.index("开展"), len(text))
    assert (first.parties[0].name, second.parties[0].name) == ("县公安局", "各镇")
    assert second.parties[0].span.of(text) == "各镇"


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("国务院安委会", "state"),
        ("省应急管理厅", "province"),
        ("松川市应急管理局", "city"),
        ("云陵县应急管理局", "county"),
        ("柳河镇人民政府", "township"),
        ("云陵县金河铸造有限公司", "enterprise"),
        ("有关部门", None),
    ],
)
def test_level_of_a_body(name: str, level: str | None) -> None:
    (assignment,) = find_assignments(f"责任单位：{name}")
    assert [(party.name, party.level) for party in assignment.parties] == [(name, level)]


@pytest.mark.parametrize(
    "piece", ["（", "（县应急局负责）", "责任单位：", "县应急局、", "牵头", "会同"]
)
def test_long_repetitions_are_read_without_backtracking(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    assert all(assignment.end <= len(text) for assignment in find_assignments(text))
