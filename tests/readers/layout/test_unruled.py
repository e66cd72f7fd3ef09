from __future__ import annotations

import pytest

from tests.page_builder import LEFT, Put, blocks, laid_out, page, set_in, wrapped

INTRO = "各镇、各部门要明确一名联络员，负责信息报送和工作协调，联络员名单如下："


def rows(*texts: tuple[str, ...], xs: tuple[float, ...], y: float = 180) -> list[Put]:
    """Set the cells of rows at `xs`; an empty cell is left out."""
    return [
        Put(cell, x, y + 26 * row)
        for row, cells in enumerate(texts)
        for cell, x in zip(cells, xs, strict=True)
        if cell
    ]


NAMES = (
    ("姓名", "单位", "联系电话"),
    ("张立新", "云岭镇人民政府", "0571-6623011"),
    ("王芳", "县应急管理局", "0571-6623012"),
    ("欧阳建国", "县消防救援大队", "0571-6623013"),
)


def test_list_of_names_is_a_table_among_paragraphs() -> None:
    texts = [
        *set_in(wrapped(INTRO, 28), LEFT, 110, 16),
        *rows(*NAMES, xs=(90, 200, 400)),
        *set_in(["　　请按时报送。"], LEFT, 300, 16),
    ]
    content = laid_out(page(1, texts))
    assert blocks(content) == [INTRO, *("\t".join(row) for row in NAMES), "请按时报送。"]
    (table,) = content.tables
    assert len(table.cells) == 12
    tops = [block.bbox[1] for block in content.blocks if block.kind == "row" and block.bbox]
    assert tops == sorted(tops)
    assert len(set(tops)) == 4


def test_cell_goes_on_in_the_line_below() -> None:
    texts = rows(
        ("责任单位", "任务", "时限"),
        ("县住建局", "开展城镇燃气安全", "6月底"),
        ("", "专项排查", ""),
        ("县城管局", "拆除违规户外广告", "7月底"),
        ("县水利局", "巡查病险水库", "8月底"),
        ("", "并落实值守", ""),
        xs=(80, 200, 420),
    )
    content = laid_out(page(1, texts))
    assert blocks(content) == [
        "责任单位\t任务\t时限",
        "县住建局\t开展城镇燃气安全专项排查\t6月底",
        "县城管局\t拆除违规户外广告\t7月底",
        "县水利局\t巡查病险水库并落实值守\t8月底",
    ]


def test_empty_cell_has_no_text() -> None:
    texts = rows(
        ("序号", "单位", "备注"),
        ("1", "云岭镇", "已整改"),
        ("2", "石桥镇", ""),
        ("3", "白沙镇", "整改中"),
        xs=(80, 200, 400),
    )
    content = laid_out(page(1, texts))
    assert blocks(content)[2] == "2\t石桥镇"
    assert len(content.tables[0].cells) == 12


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(
            rows(("第一章总则", "1"), ("第二章职责", "3"), ("第三章附则", "9"), xs=(80, 480)),
            id="contents",
        ),
        pytest.param(
            rows(
                ("1.", "严禁无证动火作业"),
                ("2.", "严禁违章指挥"),
                ("3.", "严禁擅自停用报警装置"),
                xs=(80, 130),
            ),
            id="numbers apart from their text",
        ),
        pytest.param(
            rows(
                ("县应急管理局", "县公安局"),
                ("县住建局", "县水利局"),
                ("县城管局", "县气象局"),
                ("", "2031年5月10日"),
                xs=(110, 350),
            ),
            id="names under a joint notice",
        ),
        pytest.param(
            rows(("编制单位：", "县安委办"), ("编制日期：", "5月"), xs=(80, 300)),
            id="two rows",
        ),
    ],
)
def test_no_table(texts: list[Put]) -> None:
    assert not laid_out(page(1, texts)).tables


def test_table_without_lines_goes_on_over_the_page() -> None:
    """The head is repeated, and the last row is cut."""
    xs = (80, 200, 420)
    head = ("单位", "任务", "时限")
    first = rows(
        head,
        ("县住建局", "开展燃气专项排查", "6月底"),
        ("县城管局", "拆除违规户外广告，", "7月底"),
        xs=xs,
        y=700,
    )
    second = rows(
        head,
        ("", "恢复建筑立面", ""),
        ("县水利局", "巡查病险水库", "8月底"),
        ("县气象局", "发布暴雨预警", "全年"),
        xs=xs,
        y=120,
    )
    content = laid_out(page(1, first), page(2, second))
    assert blocks(content) == [
        "单位\t任务\t时限",
        "县住建局\t开展燃气专项排查\t6月底",
        "县城管局\t拆除违规户外广告，恢复建筑立面\t7月底",
        "县水利局\t巡查病险水库\t8月底",
        "县气象局\t发布暴雨预警\t全年",
    ]
    assert len(content.tables) == 1


def test_cells_of_many_lines() -> None:
    texts = rows(
        ("单位", "任务", "时限"),
        ("县住建局", "开展城镇燃气安全", "6月底"),
        ("", "专项排查，逐户登", ""),
        ("", "记造册", ""),
        ("县城管局", "拆除违规户外广告", "7月底"),
        ("", "，恢复建筑立面和", ""),
        ("", "消防通道", ""),
        xs=(80, 200, 420),
    )
    assert blocks(laid_out(page(1, texts)))[1:] == [
        "县住建局\t开展城镇燃气安全专项排查，逐户登记造册\t6月底",
        "县城管局\t拆除违规户外广告，恢复建筑立面和消防通道\t7月底",
    ]
