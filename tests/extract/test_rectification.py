"""The five things of a rectification, where a text has slots for them."""

from __future__ import annotations

import pytest

from textsafe.extract.rectification import rectification_of
from textsafe.records import Rectification


def test_all_five() -> None:
    assert rectification_of(
        "整改责任人：周立新；整改措施：更换喷淋泵；整改资金：8万元；整改时限：5月20日前；应急预案：停用三号仓库。"
    ) == Rectification(
        responsibility="周立新",
        measures="更换喷淋泵",
        funds="8万元",
        deadline="5月20日前",
        plan="停用三号仓库",
    )


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("责任单位：仓储部", "responsibility", "仓储部"),
        ("（整改期限：6月底前）", "deadline", "6月底前"),
        ("资金来源：企业自筹。", "funds", "企业自筹"),
        ("临时措施：拉设警戒线", "plan", "拉设警戒线"),
        ("整改责任:李明山,整改措施:清运", "measures", "清运"),
    ],
)
def test_one_slot(text: str, field: str, value: str) -> None:
    assert getattr(rectification_of(text), field) == value


@pytest.mark.parametrize(
    "text",
    [
        "做到责任、措施、资金、时限、预案五到位。",
        "要明确整改责任人和整改时限。",
        "要求如下：立即停用。",
        "",
    ],
)
def test_a_demand_fills_nothing(text: str) -> None:
    assert rectification_of(text) == Rectification()
