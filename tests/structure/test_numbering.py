"""The numbering at the head of a line: every style, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textsafe.structure.numbering import RANK, Style, label_at

LABELS: list[tuple[str, str, Style, int]] = [
    ("第一编 通则", "第一编", "part", 1),
    ("第十二章 附则", "第十二章", "chapter", 12),
    ("第 三 节 管理", "第 三 节", "section", 3),
    ("第一百零二条 本办法自印发之日起施行。", "第一百零二条", "article", 102),
    ("第15条 各车间应当登记。", "第15条", "article", 15),
    ("一、总体要求", "一、", "han", 1),
    ("十一．附则", "十一．", "han", 11),
    ("二.任务", "二.", "han", 2),
    ("（三）严格执法", "（三）", "han_paren", 3),
    ("(十)强化保障", "(十)", "han_paren", 10),
    ("（二）、严格执法", "（二）、", "han_paren", 2),
    ("1.2 适用范围", "1.2", "decimal", 2),
    ("3.1.4编制依据", "3.1.4", "decimal", 4),
    ("2 组织体系", "2", "decimal", 2),
    ("1.排查隐患", "1.", "arabic", 1),
    ("2、排查隐患", "2、", "arabic", 2),
    ("12．排查隐患", "12．", "arabic", 12),
    ("3）排查隐患", "3）", "arabic", 3),
    ("（4）排查隐患", "（4）", "arabic_paren", 4),
    ("(5)排查隐患", "(5)", "arabic_paren", 5),
    ("⑥排查隐患", "⑥", "circled", 6),
    ("第二阶段：集中整治（5月至8月）", "第二阶段：", "stage", 2),
    ("第一，思想要绷紧", "第一，", "ordinal", 1),
    ("第二是抓落实", "第二", "ordinal", 2),
    ("一是查清底数", "一是", "is", 1),
    ("三要盯住重点", "三要", "yao", 3),
]


@pytest.mark.parametrize(("line", "written", "style", "number"), LABELS, ids=[x[0] for x in LABELS])
def test_labels(line: str, written: str, style: Style, number: int) -> None:
    label = label_at(line, 0, len(line))
    assert label is not None
    assert (label.text, label.style, label.number) == (written, style, number)


@pytest.mark.parametrize(
    "line",
    [
        "2024年底前完成。",
        "3.5万元以下的自筹。",
        "10个村先行试点。",
        "第一款所称单位",
        "第三条例解读",
        "一切行动听指挥。",
        "要素保障要跟上。",
        "3 人受伤",
        "12 月中旬",
        "十分重要。",
        "（县局负责）",
        "（）空括号",
        "第一时间上报。",
        "二次供水要消毒。",
        "",
    ],
)
def test_what_only_looks_like_a_label(line: str) -> None:
    assert label_at(line, 0, len(line)) is None


def test_white_space_after_the_number_belongs_to_it() -> None:
    label = label_at("第一条　　各车间", 0, 8)
    assert label is not None
    assert (label.text, label.length) == ("第一条", 5)


def test_every_style_has_a_rank_of_its_own() -> None:
    assert sorted(RANK.values()) == list(range(len(RANK)))
    assert {style for _, _, style, _ in LABELS} == set(RANK)


@given(
    st.text(alphabet="第一二十零〇章节条（）()、．.，要是1 9①查", max_size=20), st.integers(0, 5)
)
def test_a_label_is_a_prefix_of_its_line(text: str, start: int) -> None:
    label = label_at(text, start, len(text))
    if label is not None:
        assert text[start:].startswith(label.text)
        assert len(label.text) <= label.length <= len(text) - start
        assert label.number >= 0
