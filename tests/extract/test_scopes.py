"""Who and when, handed on by brackets, lines, subjects, dates and headings."""

from __future__ import annotations

import pytest

from tests.casefiles import Case, each_case
from tests.frames import summary, tasks_of


@each_case("scopes.toml")
def test_cases(case: Case) -> None:
    found = tasks_of(
        case["text"].strip("\n"),
        kind=case.get("in", "notice"),
        under=case.get("under", "二、工作任务"),
    )
    assert [summary(task, like) for task, like in zip(found, case["tasks"], strict=False)] == case[
        "tasks"
    ]
    assert len(found) == len(case["tasks"])


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ("各镇要更换软管；要清点钢瓶。", ["explicit", "inherited"]),
        ("更换软管。清点钢瓶。（各镇负责）", ["inherited", "inherited"]),
        ("更换软管，清点钢瓶（各镇负责）。", ["explicit"]),
    ],
)
def test_what_is_handed_on_says_so(text: str, origins: list[str]) -> None:
    assert [party.origin for task in tasks_of(text) for party in task.parties] == origins


def test_one_paragraph_of_many_brackets_does_not_pile_up() -> None:
    found = tasks_of("更换软管。（县住建局牵头，各镇配合，5月底前完成）" * 200)
    assert len(found) == 200
    assert {(len(task.parties), len(task.deadlines)) for task in found} == {(2, 1)}
