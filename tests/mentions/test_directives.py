"""Is it a task, and of which modality: single units; whole documents are in tests/extract."""

from __future__ import annotations

import pytest
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


@pytest.mark.parametrize(
    ("text", "is_task"),
    [
        ("【总指挥口令】：立即启动预案。", False),
        ("督办程序包括：核实、立案、交办、销号。", False),
        ("本实施细则由县港航中心负责解释。", False),
        ("本清单由安全科负责解释，每两年修订一次。", True),
        ("需救助人数达到30万人以上、60万人以下。", False),
        ("各项扣完为止，实得分不得为负分。", False),
        ("县委常委会7月17日召开会议，研究部署抗旱工作。", False),
        ("近日，县消防大队组织开展商场疏散演练。", False),
        ("会议观看了警示片，对整治行动进行了安排部署。", False),
        ("三个镇的镇长在会上作交流发言。", False),
        ("（三）乡镇巡查发现的重大隐患；", False),
        ("（三）整改乡镇巡查发现的重大隐患；", True),
        ("发生事故的，按照“四不放过”原则严肃追究责任。", True),
        ("特别严重的，可视情况上报市安委会。", True),
        ("必要时对议定事项形成会议纪要下发。", True),
        ("新员工考核合格后方可上岗。", True),
        ("违反上述规定者，罚款200元。", True),
        ("有关材料同步报送市应急局。", True),
    ],
)
def test_forms_of_reports_and_of_rules(text: str, is_task: bool) -> None:
    assert (judge(text).probability >= 0.5) == is_task


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("未经安全科同意，一律不得进入罐区。", "prohibit"),
        ("焊工未取得操作证，不得动火作业。", "prohibit"),
        ("检查完成后，不得在井口停留。", "prohibit"),
        ("不再开展重复抽查。", "prohibit"),
        ("不参加聚集活动，不传播谣言。", "prohibit"),
        ("小型商铺可由业主自行确定巡查频次。", "may"),
        ("规模以下企业可不再单独编制预案。", "may"),
        ("对检查结果有疑问的，可提出复查要求。", "may"),
        ("鼓励职工报名参加演练，做好后勤保障工作。", "must"),
        ("未完成整改的，要立即停产。", "must"),
        ("完成整改后，要组织验收。", "must"),
    ],
)
def test_conditions_are_no_orders_beside_a_ban_or_a_permit(text: str, modality: str) -> None:
    assert judge(text).modality == modality


@pytest.mark.parametrize(
    "text",
    [
        "我去过很多矿区，参观过不少班组，对安全员的细致印象深刻。",
        "邀请我参加今天的开班仪式，我很高兴。",
        "检查得分95分以上的为优秀，60分以下的为不合格。",
        "科室负责人（签字）：",
        "如果我们培训不严，处理不当，酿成事故，那是多么痛心的教训。",
    ],
)
def test_what_is_told_and_what_is_a_form_is_no_task(text: str) -> None:
    assert judge(text, setting="plain").probability < 0.5
