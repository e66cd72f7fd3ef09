"""The sector finder against the examples in the data, our own cases, and its invariants."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textsafe.mentions.sectors import find_sectors
from textsafe.taxonomies import Sector, sector_table, sectors

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "sectors.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
WORDS = sorted(
    {word for s in sectors() for word in (*s.aliases, *s.listed, *s.exclude)}
    | set(sector_table().bodies.fills)
    | {"局", "部门", "等部门", "等行业领域", "、", "，", "。"}
)


def ids(text: str) -> set[str]:
    return {mention.id for mention in find_sectors(text)}


each_sector = pytest.mark.parametrize("sector", sectors(), ids=lambda sector: sector.id)


@each_sector
def test_the_data_finds_its_own_examples(sector: Sector) -> None:
    assert [text for text in sector.yes if sector.id not in ids(text)] == []


@each_sector
def test_the_data_keeps_out_its_own_counterexamples(sector: Sector) -> None:
    assert [text for text in sector.no if sector.id in ids(text)] == []


@each_sector
def test_each_alias_names_its_sector(sector: Sector) -> None:
    found = {
        alias
        for alias in sector.aliases
        for mention in find_sectors(f"检查{alias}。")
        if (mention.id, mention.span.start, mention.span.end) == (sector.id, 2, 2 + len(alias))
    }
    assert set(sector.aliases) - found == set()


@each_sector
def test_an_excluded_word_names_no_sector(sector: Sector) -> None:
    assert [word for word in sector.exclude if sector.id in ids(f"，{word}。")] == []


@each_sector
def test_a_listed_word_names_its_sector_only_in_a_list(sector: Sector) -> None:
    for word in sector.listed:
        assert sector.id in ids(f"抓好{word}、能源等重点行业领域的检查。")
        assert sector.id in ids(f"做好{word}领域的检查。")
        assert sector.id not in ids(f"，{word}。")


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_cases(case: dict[str, object]) -> None:
    assert sorted(ids(str(case["text"]))) == sorted(case["sectors"])  # type: ignore[call-overload]


def test_a_word_inside_a_longer_one_counts_once() -> None:
    text = "烟花爆竹零售点"
    assert [(m.id, m.span.of(text)) for m in find_sectors(text)] == [("fireworks", "烟花爆竹")]


def test_a_word_of_two_sectors_gives_both_in_one_place() -> None:
    assert [(m.id, m.span.start, m.span.end) for m in find_sectors("加强矿山监管")] == [
        ("coal_mine", 2, 4),
        ("noncoal_mine", 2, 4),
    ]


def test_every_place_is_reported() -> None:
    assert [m.span.start for m in find_sectors("燃气要查，燃气要改")] == [0, 5]


def test_an_excluded_word_does_not_hide_what_overlaps_its_end() -> None:
    text = "优化工贸行业监管"
    assert [m.span.of(text) for m in find_sectors(text)] == ["工贸行业"]


def test_names_and_origin() -> None:
    (mention,) = find_sectors("检查电梯")
    assert (mention.name, mention.origin) == ("特种设备", "explicit")


@given(st.lists(st.sampled_from(WORDS), max_size=12).map("".join))
def test_mentions_are_sorted_and_do_not_overlap(text: str) -> None:
    mentions = find_sectors(text)
    keys = [(m.span.start, m.span.end, m.id) for m in mentions]
    assert len(set(keys)) == len(keys)
    assert [key[0] for key in keys] == sorted(key[0] for key in keys)
    places = sorted({(m.span.start, m.span.end) for m in mentions})
    assert all(before[1] <= after[0] for before, after in pairwise(places))


@given(st.lists(st.sampled_from(WORDS), max_size=12).map("".join))
def test_a_line_before_moves_the_mentions_and_nothing_else(text: str) -> None:
    moved = [m.model_copy(update={"span": m.span.shift(3)}) for m in find_sectors(text)]
    assert find_sectors("附件\n" + text) == moved


@pytest.mark.parametrize("piece", ["消防安全监督管理", "教育、", "燃气", "等", "管理"])
def test_long_repetitions_are_read_without_backtracking(piece: str) -> None:
    text = piece * 20_000
    assert all(m.span.end <= len(text) for m in find_sectors(text))
