"""Units, clauses, brackets and numerals: examples, and what holds for every text."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textsafe.text import bracket_ranges, chinese_number, clauses, lines, strip_range, units

OPENING, CLOSING = "（(〔【《〈[「", "）)〕】》〉]」"
TEXTS = st.text(alphabet=f"各镇要。！？；;!，,：:{OPENING}{CLOSING}”’\"' 　\t\n一1", max_size=60)


def cut(function: Callable[[str], list[tuple[int, int]]], text: str) -> list[str]:
    return [text[start:end] for start, end in function(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("各镇要排查。逐户整改。", ["各镇要排查。", "逐户整改。"]),
        ("先停用；再检修；后复工。", ["先停用；", "再检修；", "后复工。"]),
        ("怎么办？马上办！", ["怎么办？", "马上办！"]),
        ("停用;检修!", ["停用;", "检修!"]),
        ("检查商铺（含夜市；集市。）和民宿。", ["检查商铺（含夜市；集市。）和民宿。"]),
        ("学习《条例。解读》和【通报；摘要】。", ["学习《条例。解读》和【通报；摘要】。"]),
        (
            "落实（县局（城东所；城西所）负责）。报送。",
            ["落实（县局（城东所；城西所）负责）。", "报送。"],
        ),
        ("他说：“停。”工人走了。", ["他说：“停。”", "工人走了。"]),
        ("一、排查\n　　各镇要排查\n", ["一、排查", "各镇要排查"]),
        ("任务\t责任单位\t时限", ["任务", "责任单位", "时限"]),
        ("未闭合（从这里开始。还是两句。", ["未闭合（从这里开始。", "还是两句。"]),
        ("多了一个）括号。还是两句。", ["多了一个）括号。", "还是两句。"]),
        ("（跨行的括号；\n不算闭合）。", ["（跨行的括号；", "不算闭合）。"]),
        ("3.5米以下；2.1万元。", ["3.5米以下；", "2.1万元。"]),
        ("。。", ["。", "。"]),
        ("", []),
        (" 　\n\t", []),
    ],
)
def test_units(text: str, expected: list[str]) -> None:
    assert cut(units, text) == expected


def test_units_of_a_part_of_a_text() -> None:
    text = "第一句。第二句。第三句。"
    assert units(text, 4, 8) == [(4, 8)]


@given(TEXTS)
def test_units_are_ordered_disjoint_stripped_and_leave_nothing_out(text: str) -> None:
    found = units(text)
    assert all(a < b for a, b in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))
    pieces = [text[a:b] for a, b in found]
    assert pieces == [piece.strip() for piece in pieces]
    assert "".join("".join(pieces).split()) == "".join(text.split())


@given(TEXTS)
def test_no_unit_holds_a_line_break_or_a_cell_border(text: str) -> None:
    assert not any(mark in piece for piece in cut(units, text) for mark in "\n\t")


@given(TEXTS)
def test_a_unit_is_one_unit(text: str) -> None:
    assert all(units(piece) == [(0, len(piece))] for piece in cut(units, text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("各镇要巡查，每日上报", ["各镇要巡查", "每日上报"]),
        ("要求如下：先停,后改", ["要求如下", "先停", "后改"]),
        ("各镇（含村，社区）要巡查，上报", ["各镇（含村，社区）要巡查", "上报"]),
        ("（甲，乙），（丙，丁）", ["（甲，乙）", "（丙，丁）"]),
        ("没有停顿", ["没有停顿"]),
        ("未闭合（甲，乙", ["未闭合（甲", "乙"]),
        ("，", ["", ""]),
        ("", [""]),
    ],
)
def test_clauses(text: str, expected: list[str]) -> None:
    assert cut(clauses, text) == expected


@given(TEXTS)
def test_clauses_and_the_marks_between_them_make_up_the_text(text: str) -> None:
    found = clauses(text)
    assert found[0][0] == 0
    assert found[-1][1] == len(text)
    assert all(text[before[1] : after[0]] in "，,：:；;" for before, after in pairwise(found))
    assert all(after[0] - before[1] == 1 for before, after in pairwise(found))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("修订（县局）预案（各镇）", ["（县局）", "（各镇）"]),
        ("修订（县局（城东所）牵头）", ["（县局（城东所）牵头）"]),
        ("依据〔2024〕3号《办法》", ["〔2024〕", "《办法》"]),
        ("半角)括号(县局）混用)", ["(县局）"]),
        ("（（（", []),
        ("）（", []),
        ("（甲）乙）", ["（甲）"]),
        ("《甲（乙》丙）", ["《甲（乙》"]),
        ("", []),
    ],
)
def test_brackets(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in bracket_ranges(text, 0, len(text))] == expected


@given(TEXTS)
def test_brackets_are_outermost_ordered_and_disjoint(text: str) -> None:
    found = bracket_ranges(text, 0, len(text))
    assert all(text[a] in OPENING and text[b - 1] in CLOSING for a, b in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))


@given(TEXTS, st.data())
def test_brackets_of_a_part_stay_inside_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert all(start <= a < b <= end for a, b in bracket_ranges(text, start, end))


@pytest.mark.parametrize(
    "text",
    [
        "（" * 100_000 + "）" * 100_000,
        "（" * 100_000,
        "）" * 100_000,
        "（，）；" * 50_000,
        "（《" * 50_000,
    ],
    ids=["nested", "opened", "closed", "pairs", "crossed"],
)
def test_many_brackets_take_linear_time(text: str) -> None:
    """Quadratic time would be minutes: this test would not end."""
    assert all(0 <= a < b <= len(text) for a, b in bracket_ranges(text, 0, len(text)))
    assert units(text)
    assert clauses(text)


@given(TEXTS, st.data())
def test_a_stripped_range_is_what_strip_leaves(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    a, b = strip_range(text, start, end)
    assert start <= a <= b <= end
    assert text[a:b] == text[start:end].strip()


@given(TEXTS)
def test_lines_are_those_of_split(text: str) -> None:
    expected = [line.strip() for line in text.replace("\t", "\n").split("\n")]
    assert [text[a:b] for a, b in lines(text, 0, len(text))] == expected


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("九十九", 99),
        ("一百", 100),
        ("一百零五", 105),
        ("两百", 200),
        ("三千零二十", 3020),
        ("一万二千", 12000),
        ("十万", 100_000),
        ("二〇二四", 2024),
        ("二○二四", 2024),
        ("一九九八", 1998),
        ("〇", 0),
        ("元", 1),
        ("7", 7),
        ("１２", 12),
        ("007", 7),
    ],
)
def test_numerals(written: str, value: int) -> None:
    assert chinese_number(written) == value


@pytest.mark.parametrize("written", ["", "几", "二十几", "2十", "-1", "1.5", "十年", " 一"])
def test_what_is_no_numeral(written: str) -> None:
    with pytest.raises(ValueError, match="not a numeral"):
        chinese_number(written)


DIGITS = "零一二三四五六七八九"


def spoken(number: int) -> str:
    """Write a number below 10,000 as it is spoken."""
    written, gap = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            written += "零" * (gap and bool(written)) + DIGITS[digit] + name
        gap = not digit
    return written


@given(st.integers(1, 9_999))
def test_spoken_numerals_come_back(number: int) -> None:
    assert chinese_number(spoken(number)) == number


@given(st.integers(1, 9_999))
def test_ten_thousands_come_back(number: int) -> None:
    assert chinese_number(spoken(number) + "万") == number * 10_000


@given(st.integers(1_000, 9_999))
def test_years_come_back(year: int) -> None:
    assert chinese_number("".join(DIGITS[int(digit)] for digit in str(year))) == year
