"""Is it a task, and of which modality: single units; whole documents are in tests/extract."""


import pytest
from hypothesis import settings; settings.register_profile("many", max_examples=3000, deadline=None); settings.load_profile("many")
from hypothesis import given
from hypothesis import strategies as st

from tests.casefiles import read_cases
from textsafe.mentions.directives import PRIOR, Judgement, judge, section_effect

UNITS = [case["text"] for name in ("kinds", "modality") for case in read_cases(f"{name}.jsonl")]


@pytest.mark.parametrize(
    ("title", "effect"),
    [
        ("一、指导思想", "optional"),
        ("（二）基本原则", "optional"),
        ("二、工作目标", "target"),
        ("（一）总体目标", "target"),
        ("一、当前安全生产形势", "background"),
        ("（三）存在的主要问题", "background"),
        ("一、事故经过", "background"),
        ("三、检查内容", "checklist"),
        ("四、事故防范和整改措施", "order"),
        ("五、工作要求", "order"),
        ("三、重点任务", None),
        ("（二）压实目标责任", None),
    ],
)
def test_what_a_heading_says_about_its_section(title: str, effect: str | None) -> None:
    assert section_effect(title) == effect


def test_an_order_is_surer_than_a_bare_imperative_and_that_than_a_report() -> None:
    order, bare, report = (
        judge(text).probability
        for text in ("各镇要立即排查。", "排查沿街商铺。", "去年共排查商铺三百家。")
    )
    assert order > bare > 0.5 > report


def test_the_kind_of_section_moves_the_judgement() -> None:
    text = "消防设施完好率稳步提高。"
    assert judge(text, setting="target").modality == "target"
    assert (
        judge(text, setting="target").probability
        > judge(text, setting="plain").probability
        > judge(text, setting="background").probability
    )


def test_who_and_when_make_it_surer() -> None:
    text = "县水务局6月底前更换闸门。"
    bare = judge(text).probability
    assert judge(text, has_doer=True).probability > bare
    assert judge(text, times=[(4, 8)]).probability > bare


def test_the_judgement_names_its_reasons() -> None:
    judgement = judge("严禁酒后登高作业。")
    assert judgement.modality == "prohibit"
    assert "order.ban" in judgement.cues
    assert judge("各镇要加强巡查。", doer_end=2, has_doer=True).imperative == 3


@given(st.sampled_from(UNITS) | st.text(max_size=60), st.sampled_from(sorted(PRIOR)))
def test_any_text_is_judged_and_always_alike(text: str, setting: str) -> None:
    first: Judgement = judge(text, setting=setting)  # type: ignore[arg-type]
    assert 0 <= first.probability <= 1
    assert first == judge(text, setting=setting)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "piece", ["要", "，", "各镇要加强", "该停的停", "，可", "不得", "应当", "是", "对"]
)
def test_long_repetitions_are_judged_without_backtracking(piece: str) -> None:
    assert judge(piece * (10_000 // len(piece))).probability >= 0
