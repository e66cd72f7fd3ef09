"""What may follow a name, and what only describes."""

from __future__ import annotations

import pytest

from textsafe.mentions.bodies import acts
from textsafe.mentions.names import extends_name, is_predicate
from textsafe.mentions.predicates import (
    after_occasion,
    is_condition,
    opens_predicate,
    order_after_condition,
    order_at,
    says_what_is,
    undergoes,
)
from textsafe.taxonomies import subject_language


@pytest.mark.parametrize(
    "predicate",
    ["夜间巡一趟", "轮着守", "派人看守", "逐户敲门", "每周盘一次", "应当停产", "把门锁好"],
)
def test_predicates_open(predicate: str) -> None:
    assert opens_predicate(f"保卫科{predicate}", 3)


@pytest.mark.parametrize("rest", ["大楼老旧", "不少于两人", "以上单位", "自然资源", "负责人"])
def test_descriptions_and_compounds_are_no_predicates(rest: str) -> None:
    assert not opens_predicate(f"保卫科{rest}", 3)


@pytest.mark.parametrize("order", ["要巡查", "应当巡查", "必须巡查", "可以停产", "都要到场"])
def test_orders(order: str) -> None:
    assert order_at(order, 0, len(order))


@pytest.mark.parametrize("words", ["要求很高", "应急值守", "将军渡口", "可靠运行"])
def test_words_that_begin_like_orders(words: str) -> None:
    assert not order_at(words, 0, len(words))


@pytest.mark.parametrize("rest", ["持证率达到九成", "贯彻县里部署的各项任务"])
def test_what_says_what_is(rest: str) -> None:
    assert says_what_is(rest, 0, len(rest))


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("必须纳入统一管理", True),
        ("要有人", True),
        ("要将隐患纳入清单", False),
        ("应当停产", False),
    ],
)
def test_who_undergoes_an_order(order: str, expected: bool) -> None:
    assert undergoes(order, 0) is expected


@pytest.mark.parametrize(
    ("text", "rest"),
    [("进场须登记", "须登记"), ("交班前擦净台面", None), ("交班前应当擦净", "应当擦净")],
)
def test_an_occasion_between_name_and_order(text: str, rest: str | None) -> None:
    start = after_occasion(text, 0, len(text))
    assert (text[start:] if start else None) == rest


def test_a_condition_between_name_and_order() -> None:
    text = "企业三年未检测的，应当停用"
    start = order_after_condition(text, 2, len(text))
    assert start is not None
    assert text[start:] == "应当停用"
    assert is_condition(text, 2, 8)


@pytest.mark.parametrize(
    ("rest", "expected"),
    [("监督管理科", True), ("值班人员", True), ("派员旁站", False), ("每周带队", False)],
)
def test_a_name_goes_on_in_words_of_two_characters(rest: str, expected: bool) -> None:
    assert extends_name(f"县局{rest}", 2, 2 + len(rest)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("检查组", False), ("管理人员", False), ("检查设备", True), ("发现一起查处", True)],
)
def test_names_that_begin_with_a_verb(text: str, expected: bool) -> None:
    assert is_predicate(text, 0, len(text)) is expected


@pytest.mark.parametrize(
    ("name", "expected"), [("机修班", True), ("各市场", True), ("娱乐场所", False), ("人员", False)]
)
def test_who_acts(name: str, expected: bool) -> None:
    assert acts(name) is expected


def test_tables_of_predicates_hold_their_examples() -> None:
    language = subject_language()
    for table in (language.predicates, language.no_predicates, language.undergoes, language.tails):
        assert [text for text in table.yes if not table.pattern.match(text)] == []
        assert [text for text in table.no if table.pattern.match(text)] == []
