"""Who does it, in sentences without brackets: subjects, 由, 会同, 督促, 落实X责任, and traps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.casefiles import Case, each_case, read_cases
from textsafe.mentions.deadlines import find_deadlines
from textsafe.mentions.doers import Doers, find_doers

ASSIGNED = {"bracket", "slot"}
TEXTS = [case["text"] for case in read_cases("parties.jsonl")]


def doers(text: str) -> Doers:
    return find_doers(text, [(d.span.start, d.span.end) for d in find_deadlines(text, None)])


@each_case("parties.jsonl", where=lambda case: case["form"] not in ASSIGNED)
def test_cases(case: Case) -> None:
    found = doers(case["text"]).parties
    assert {party.name: party.role for party in found} == case["parties"]
    assert all(party.span.of(case["text"]) == party.name for party in found)


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("各镇要逐户排查。", True),
        ("2024年底前，各镇要逐户排查。", True),
        ("各镇要督促房东拆除隔断。", False),
        ("逐户排查出租屋。", False),
        ("排查出租屋，由各镇负责。", False),
    ],
)
def test_only_a_doer_that_opens_the_sentence_can_go_on_in_the_next(text: str, opens: bool) -> None:
    assert doers(text).opens is opens


@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3).map("，".join), st.data())
def test_names_stand_where_they_say_in_any_cut_of_a_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    cut = text[start:]
    for party in doers(cut).parties:
        assert party.span.of(cut) == party.name
        assert party.name == party.name.strip() != ""


@pytest.mark.parametrize(
    "piece", ["县应急局、", "由", "督促企业", "各镇要", "落实", "的企业", "（", "，各"]
)
def test_long_repetitions_are_read_without_backtracking(piece: str) -> None:
    text = piece * (4_000 // len(piece))
    assert all(party.span.end <= len(text) for party in doers(text).parties)
