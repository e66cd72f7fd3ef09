from __future__ import annotations

import pytest

from tests.page_builder import BODY, LEADING, LEFT, SIZE, TOP, Put, laid_out, page, wrapped
from textsafe.readers.layout.glyphs import Face, face_of

HEI, KAI, BOLD = Face("hei", False), Face("kai", False), Face("fangsong", True)
TEXT = (
    "各镇人民政府要加强组织领导，落实属地管理责任，逐级压实安全生产责任，"
    "每月底前将进展情况报送县安全生产委员会办公室备案。"
)


def levels(*paragraphs: tuple[str, Face]) -> list[tuple[str, int | None]]:
    puts: list[Put] = []
    for text, face in paragraphs:
        for line in wrapped(text, 28):
            puts.append(Put(line, LEFT, TOP + LEADING * len(puts), SIZE, face))
    content = laid_out(page(1, puts))
    return [(block.span.of(content.text)[:8], block.level) for block in content.blocks]


def test_numbers_give_the_levels_of_the_standard() -> None:
    assert levels(
        ("一、总体要求", HEI),
        (TEXT, BODY),
        ("（一）加强领导。", KAI),
        ("1.压实责任", BOLD),
        (TEXT, BODY),
    ) == [
        ("一、总体要求", 1),
        (TEXT[:8], None),
        ("（一）加强领导。", 2),
        ("1.压实责任", 3),
        (TEXT[:8], None),
    ]


def test_clauses_have_as_many_levels_as_numbers() -> None:
    assert [level for _, level in levels(
        ("1　适用范围", HEI), (TEXT, BODY), ("2.1 职责", HEI), (TEXT, BODY), ("3.1.2 记录", HEI)
    )] == [1, None, 2, None, 3]  # fmt: skip


def test_heading_without_a_number_stands_among_running_text() -> None:
    assert levels((TEXT, BODY), ("应急处置", HEI), (TEXT, BODY))[1] == ("应急处置", 1)


def test_heading_without_a_number_stands_under_the_last_numbered_one_of_another_face() -> None:
    found = levels(("一、主要问题", HEI), (TEXT, BODY), ("责任落实方面", BOLD), (TEXT, BODY))
    assert found[2] == ("责任落实方面", 2)


@pytest.mark.parametrize(
    "paragraphs",
    [
        pytest.param([(TEXT, HEI), (TEXT + TEXT, BODY)], id="a paragraph in bold"),
        pytest.param([("关于开展检查的通知", HEI), (TEXT, BODY)], id="the title"),
        pytest.param([(TEXT, BODY), ("联系人：张三", HEI), (TEXT, BODY)], id="a label"),
        pytest.param([(TEXT, BODY), ("图1 现场示意图", HEI), (TEXT, BODY)], id="a caption"),
        pytest.param([("一、压实责任", BODY), (TEXT, BODY)], id="in the face of the body"),
        pytest.param([(TEXT, BODY), ("县应急管理局", HEI)], id="nothing after it"),
        pytest.param([(TEXT, BODY), ("1.落实责任；", HEI), (TEXT, BODY)], id="an item"),
    ],
)
def test_no_heading(paragraphs: list[tuple[str, Face]]) -> None:
    assert {level for _, level in levels(*paragraphs)} == {None}


@pytest.mark.parametrize(
    ("font", "family"),
    [
        ("BCDEEE+SimHei", "hei"),
        ("FZHTK--GBK1-0", "hei"),
        ("FZKTK--GBK1-0", "kai"),
        ("KaiTi_GB2312", "kai"),
        ("FZFSK--GBK1-0", "fangsong"),
        ("FangSong", "fangsong"),
        ("FZXBSJW--GB1-0", "biaosong"),
        ("SimSun", "song"),
        ("方正小标宋简体", "biaosong"),
        ("TimesNewRomanPSMT", "timesnewromanpsmt"),
    ],
)
def test_families(font: str, family: str) -> None:
    assert face_of(font).family == family
