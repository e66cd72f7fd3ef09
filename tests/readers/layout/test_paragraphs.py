from __future__ import annotations

from textsafe.readers.content import ContentBuilder
from textsafe.readers.layout import PageContent, lay_out
from textsafe.readers.layout.lines import Line


def line(text: str, x0: float, top: float, *, confidence: float | None) -> Line:
    return Line(text, 1, x0, top, 522, top + 16, 16, 16, confidence=confidence)


def test_a_paragraph_is_as_sure_as_its_least_certain_line() -> None:
    lines = [
        line("各镇要组织开展燃气安全检查，对发现的问题逐一登记造册，", 106, 100, confidence=0.98),
        line("明确责任单位和完成时限，确保按期整改到位，形成工作闭环", 74, 128, confidence=0.71),
        line("，直至隐患全部消除，并于每月底前报送县应急管理局备案。", 74, 156, confidence=0.9),
        line("一、加强组织领导", 106, 184, confidence=None),
    ]
    builder = ContentBuilder()
    lay_out([PageContent(1, (595, 842), lines, [])], builder)
    assert [block.confidence for block in builder.build().blocks] == [0.71, None]
