"""Merged cells, tables in cells, and tables that are frames around running text."""

from __future__ import annotations

import pytest

from tests.builders import cell, docx, paragraph, row, table
from textsafe.document import Document
from textsafe.readers import read_bytes

LONG = "各镇人民政府、街道办事处要组织力量对辖区燃气用户逐户开展入户安全检查，建立台账。"


def read(body: str) -> Document:
    return read_bytes(docx(body), source="台账.docx")


def places(document: Document) -> list[dict[str, tuple[int, int, int, int]]]:
    """Return for each table its cells with row, column, row span and column span."""
    return [
        {
            cell.span.of(document.text): (cell.row, cell.column, cell.row_span, cell.column_span)
            for cell in found.cells
            if cell.span
        }
        for found in document.tables
    ]


def value(name: str, number: int | str) -> str:
    return f'<w:{name} w:val="{number}"/>'


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # A cell merged over rows and columns.
        (
            [
                row(cell("甲", properties=value("gridSpan", 2) + value("vMerge", "restart")), "乙"),
                row(cell(properties=value("gridSpan", 2) + "<w:vMerge/>"), "丙"),
            ],
            {"甲": (0, 0, 2, 2), "乙": (0, 2, 1, 1), "丙": (1, 2, 1, 1)},
        ),
        # Two merged cells under one another stay two.
        (
            [
                row(cell("甲", properties=value("vMerge", "restart")), "1"),
                row(cell(properties="<w:vMerge/>"), "2"),
                row(cell("乙", properties=value("vMerge", "restart")), "3"),
                row(cell(properties=value("vMerge", "continue")), "4"),
            ],
            {
                "甲": (0, 0, 2, 1), "1": (0, 1, 1, 1), "2": (1, 1, 1, 1),
                "乙": (2, 0, 2, 1), "3": (2, 1, 1, 1), "4": (3, 1, 1, 1),
            },
        ),
        # Merged across in the way of old files.
        (
            [
                row(cell("甲", properties=value("hMerge", "restart")),
                    cell(properties=value("hMerge", "continue")), "乙"),
                row("1", "2", "3"),
            ],
            {
                "甲": (0, 0, 1, 2), "乙": (0, 2, 1, 1),
                "1": (1, 0, 1, 1), "2": (1, 1, 1, 1), "3": (1, 2, 1, 1),
            },
        ),
        # A row that begins right of the first column.
        (
            [row("甲", "乙"), row("丙", properties=value("gridBefore", 1))],
            {"甲": (0, 0, 1, 1), "乙": (0, 1, 1, 1), "丙": (1, 1, 1, 1)},
        ),
        # Damage: a continued merge that nothing began, a span that is no number.
        (
            [row(cell("甲", properties="<w:vMerge/>"),
                 cell("乙", properties=value("gridSpan", "many")))],
            {"甲": (0, 0, 1, 1), "乙": (0, 1, 1, 1)},
        ),
    ],
)  # fmt: skip
def test_places_of_cells(rows: list[str], expected: dict[str, tuple[int, int, int, int]]) -> None:
    assert places(read(table(*rows))) == [expected]


def test_inner_table_with_data_is_a_table_behind_the_outer_one() -> None:
    inner = table(row("单位", "期限"), row("县局", "6月底"))
    found = read(
        table(row("任务分解", cell("见表", inside=inner)), row("备注", "无")) + paragraph("后")
    )
    assert found.text == "任务分解\t见表\n备注\t无\n单位\t期限\n县局\t6月底\n后"
    assert places(found)[1] == {
        "单位": (0, 0, 1, 1), "期限": (0, 1, 1, 1), "县局": (1, 0, 1, 1), "6月底": (1, 1, 1, 1),
    }  # fmt: skip


@pytest.mark.parametrize(
    "inner", [table(row("内甲", "内乙")), table(row("内甲"), row("内乙"))], ids=["row", "column"]
)
def test_inner_table_of_one_row_or_column_is_layout(inner: str) -> None:
    found = read(table(row("外", cell("前", inside=inner + paragraph("后")))))
    assert found.text == "外\t前 内甲 内乙 后"


def test_wide_cell_with_paragraphs_is_running_text() -> None:
    inside = "".join(map(paragraph, ["1." + LONG, "2." + LONG]))
    wide = cell("会议议定：", properties=value("gridSpan", 2), inside=inside)
    found = read(table(row("时间", "3月5日"), row(wide), row("主持人", "张某")))
    assert [block.kind for block in found.blocks] == ["row", *["paragraph"] * 3, "row"]
    assert places(found) == [
        {"时间": (0, 0, 1, 1), "3月5日": (0, 1, 1, 1)},
        {"主持人": (0, 0, 1, 1), "张某": (0, 1, 1, 1)},
    ]


@pytest.mark.parametrize(
    "lines", [["备注", "无"], [LONG], ["签字：", "日期：", "盖章："]], ids=["two", "one", "short"]
)
def test_wide_cell_without_running_text_is_a_row(lines: list[str]) -> None:
    inside = "".join(map(paragraph, lines[1:]))
    wide = cell(lines[0], properties=value("gridSpan", 2), inside=inside)
    assert [block.kind for block in read(table(row("甲", "乙"), row(wide))).blocks] == [
        "row",
        "row",
    ]


@pytest.mark.parametrize("filled", [True, False])
def test_cell_in_a_content_control(filled: bool) -> None:
    prompt = "" if filled else "<w:showingPlcHdr/>"
    control = (
        f"<w:sdt><w:sdtPr>{prompt}</w:sdtPr><w:sdtContent>{cell('县局')}</w:sdtContent></w:sdt>"
    )
    cells = "".join(map(cell, ["单位", "期限"]))
    found = read(f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{control}{cell('6月底')}</w:tr></w:tbl>")
    assert found.text == ("单位\t期限\n县局\t6月底" if filled else "单位\t期限\n6月底")
    assert places(found)[0]["6月底"] == (1, 1, 1, 1)
