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
