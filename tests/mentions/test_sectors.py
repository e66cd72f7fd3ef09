"""The sector finder against the examples in the data, our own cases, and its invariants."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textsafe.mentions.sectors import find_sectors
from textsafe.taxonomies import ContextExample, Sector, sector_table, sectors

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "sectors.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
WORDS = sorted(
    {word for s in sectors() for word in (*s.words, *s.exclude)}
    | {word for one in sector_table().context for word in one.words}
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


CONTEXTS = [
    pytest.param(example, id=example.text)
    for words in sector_table().context
    for example in words.examples
]


@pytest.mark.parametrize("example", CONTEXTS)
def test_a_word_with_several_meanings_means_what_is_spoken_of(example: ContextExample) -> None:
    found = find_sectors(example.text, [example.headings] if example.headings else [])
    assert {mention.id for mention in found} == set(example.sectors)


def test_words_for_departments_name_none_in_a_list_of_departments() -> None:
    bodies = sector_table().bodies
    assert [text for text in bodies.yes if ids(text)] == []
    assert [text for text in bodies.no if not ids(text)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（县供电公司、县燃气公司负责）", set()),
        ("检查燃气管道（含立管）。", {"gas"}),
        ("消防、医疗、通信这几支队伍要提前合练。", set()),
        ("统筹消防工作、防灾减灾等人员力量。", set()),
        ("青溪县恒利冷链物流有限公司是整改责任主体。", set()),
        ("成立化粪池清掏专项整治领导小组。", {"confined_space"}),
        ("化粪池清掏专项整治领导小组负责调度。", set()),
        ("抓好燃气、交通、建筑安全。", {"gas", "road_traffic", "construction"}),
        ("生产、储存、运输都要登记。", set()),
        ("交通：严查超员。", {"road_traffic"}),
        ("2.教育。", {"education"}),
        ("改善交通。", set()),
    ],
)
def test_what_stands_around_a_word(text: str, expected: set[str]) -> None:
    assert ids(text) == expected


@pytest.mark.parametrize("sector", sectors(), ids=lambda sector: sector.id)
def test_a_hint_counts_only_where_no_other_sector_is_named(sector: Sector) -> None:
    other = "tobacco" if sector.id != "tobacco" else "postal"
    named = "卷烟" if other == "tobacco" else "快递网点"
    for word in sector.hints:
        assert sector.id in ids(f"检查{word}。")
        assert ids(f"检查{named}，{word}。") == {other}
        assert sector.id in ids(f"检查{named}。检查{word}。")


def test_a_lesson_and_a_legal_basis_only_hint() -> None:
    text = "深刻汲取“5·6”渡口事故教训，全面检查锅炉。"
    assert ids(text) == {"special_equipment"}
    assert ids("按照《渡口管理办法》全面检查锅炉。") == {"special_equipment"}
    assert ids("深刻汲取“5·6”渡口事故教训。") == {"water_traffic"}


def test_departments_are_given_as_a_hint() -> None:
    (mention,) = find_sectors("检查电梯")
    assert mention.departments == ("县市场监管局",)


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_cases(case: dict[str, object]) -> None:
    assert sorted(ids(str(case["text"]))) == sorted(case["sectors"])  # type: ignore[call-overload]


def test_a_word_inside_a_longer_one_counts_once() -> None:
    text = "烟花爆竹门店"
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
