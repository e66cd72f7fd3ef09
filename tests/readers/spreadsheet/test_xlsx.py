"""Workbooks as a person sees them: values as shown, merged cells once, hidden ones left out."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Side
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.builders import zipped
from textsafe import extract_tasks
from textsafe.document import Document
from textsafe.errors import CorruptDocumentError, EmptyDocumentError, LimitExceededError
from textsafe.readers import Limits, Options, read_bytes
from textsafe.structure import structured

THIN = Side(style="thin")
FRAME = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
LEDGER = [
    ["序号", "隐患内容", "责任单位", "整改期限", "隐患状态"],
    [1, "配电箱门未上锁", "电工班", dt.date(2024, 5, 28), "关闭"],
    [2, "脚手板未满铺", "架子班", dt.date(2024, 6, 3), "开放"],
]
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def saved(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def sheet_of(*rows: list[object]) -> tuple[Workbook, Worksheet]:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    return book, sheet


def read(book: Workbook, **limits: int) -> Document:
    return read_bytes(saved(book), source="台账.xlsx", options=Options(limits=Limits(**limits)))


def raw(sheet: str, *, strings: str = "", book: str = "", prolog: str = "") -> bytes:
    """Return a workbook with one sheet, from the XML of its parts."""
    relation = f'<Relationship Id="r{{}}" Type="{OFFICE}/{{}}" Target="{{}}"/>'
    parts = {
        "_rels/.rels": relation.format(1, "officeDocument", "xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": relation.format(1, "worksheet", "sheet1.xml")
        + relation.format(2, "sharedStrings", "strings.xml"),
    }
    members = {
        name: f'<Relationships xmlns="{PACKAGE}">{inside}</Relationships>'
        for name, inside in parts.items()
    }
    members["xl/workbook.xml"] = (
        f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}">{book}'
        '<sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    members["xl/sheet1.xml"] = f'{prolog}<worksheet xmlns="{SHEET}">{sheet}</worksheet>'
    members["xl/strings.xml"] = f'<sst xmlns="{SHEET}">{strings}</sst>'
    return zipped({name: text.encode() for name, text in members.items()})


def cells(document: Document, table: int = 0) -> list[tuple[int, int, int, int, str]]:
    return [
        (cell.row, cell.column, cell.row_span, cell.column_span, cell.span.of(document.text))
        for cell in document.tables[table].cells
        if cell.span
    ]


def test_a_sheet_is_a_table() -> None:
    book, _ = sheet_of(*LEDGER)
    document = read(book)
    assert document.text.split("\n") == [
        "序号\t隐患内容\t责任单位\t整改期限\t隐患状态",
        "1\t配电箱门未上锁\t电工班\t2024-05-28\t关闭",
        "2\t脚手板未满铺\t架子班\t2024-06-03\t开放",
    ]
    assert [block.kind for block in document.blocks] == ["row"] * 3
    assert document.metadata.format == "xlsx"


def test_titles_above_and_notes_below_are_paragraphs() -> None:
    book, sheet = sheet_of(
        ["白石镇隐患排查治理台账"],
        ["填报单位：白石镇应急办", None, None, "填报日期：2024年6月25日"],
        *LEDGER,
        ["注：隐患状态填写开放或关闭。"],
    )
    sheet.merge_cells("A1:E1")
    sheet.merge_cells("A6:E6")
    document = structured(read(book))
    kinds = [block.kind for block in document.blocks]
    assert kinds == ["paragraph"] * 3 + ["row"] * 3 + ["paragraph"]
    said = document.metadata
    assert (said.title, said.issuer, said.date) == (
        "白石镇隐患排查治理台账",
        "白石镇应急办",
        dt.date(2024, 6, 25),
    )
    assert document.tables[0].kind == "ledger"


def test_a_merged_cell_stands_once() -> None:
    book, sheet = sheet_of(
        ["责任单位", None, "期限"],
        ["牵头", "配合", None],
        ["甲", "乙", "6月底"],
        ["丙", "丁", None],
    )
    for merged in ("A1:B1", "C1:C2", "C3:C4"):
        sheet.merge_cells(merged)
    assert cells(read(book)) == [
        (0, 0, 1, 2, "责任单位"),
        (0, 2, 2, 1, "期限"),
        (1, 0, 1, 1, "牵头"),
        (1, 1, 1, 1, "配合"),
        (2, 0, 1, 1, "甲"),
        (2, 1, 1, 1, "乙"),
        (2, 2, 2, 1, "6月底"),
        (3, 0, 1, 1, "丙"),
        (3, 1, 1, 1, "丁"),
    ]


def test_blank_rows_and_columns_part_tables() -> None:
    book, _ = sheet_of(
        ["单位", "人数", None, "事项", "期限"],
        ["甲", 1, None, "巡查", "每日"],
        [None],
        ["地点", "电话"],
        ["乙", "119"],
    )
    document = read(book)
    assert [[text for *_, text in cells(document, i)] for i in range(3)] == [
        ["单位", "人数", "甲", "1"],
        ["事项", "期限", "巡查", "每日"],
        ["地点", "电话", "乙", "119"],
    ]


def test_a_frame_holds_a_table_together() -> None:
    book, sheet = sheet_of(["隐患", None, "期限"], [None], ["漏电", None, "当日"])
    for row in sheet["A1:C3"]:
        for cell in row:
            cell.border = FRAME
    document = read(book)
    assert [text for *_, text in cells(document)] == ["隐患", "期限", "漏电", "当日"]
    assert len(document.tables[0].cells) == 6  # the blank cells of rows with text


def test_sheets_have_their_names_as_headings() -> None:
    book = openpyxl.Workbook()
    book.active.title = "燃气"
    book.create_sheet("消防").append(["事项", "期限"])
    book["消防"].append(["清理通道", "立即"])
    book["燃气"].append(["事项", "期限"])
    book["燃气"].append(["更换胶管", "5月底"])
    book.create_sheet("Sheet3")
    document = structured(read(book))
    assert [block.level for block in document.blocks] == [1, None, None, 1, None, None]
    assert document.text.startswith("燃气\n事项\t期限")


def test_the_name_of_the_only_sheet_is_the_title_where_nothing_else_is() -> None:
    book, sheet = sheet_of(*LEDGER)
    sheet.title = "2024年5月隐患台账"
    assert read(book).text.split("\n")[0] == "2024年5月隐患台账"
    sheet.insert_rows(1)
    sheet["A1"] = "2024年5月隐患台账（一车间）"
    assert read(book).text.split("\n")[:2] == [
        "2024年5月隐患台账（一车间）",
        "序号\t隐患内容\t责任单位\t整改期限\t隐患状态",
    ]


def test_what_is_hidden_is_left_out_and_reported() -> None:
    book, sheet = sheet_of(*LEDGER)
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["C"].hidden = True
    secret = book.create_sheet("底稿")
    secret.append(["草稿", "内容"])
    secret.sheet_state = "hidden"
    document = read(book)
    assert document.text.split("\n") == [
        "序号\t隐患内容\t整改期限\t隐患状态",
        "2\t脚手板未满铺\t2024-06-03\t开放",
    ]
    assert len(document.warnings) == 3
    assert "底稿" in "".join(document.warnings)


def test_a_merged_cell_shows_where_its_first_row_is_hidden() -> None:
    book, sheet = sheet_of(["单位", "事项"], ["甲", "一项"], [None, "二项"], [None, "三项"])
    sheet.merge_cells("A2:A4")
    sheet.row_dimensions[2].hidden = True
    assert (1, 0, 2, 1, "甲") in cells(read(book))


def test_formulas_give_what_was_saved() -> None:
    data = raw(
        "<sheetData>"
        '<row r="1"><c r="A1" t="inlineStr"><is><t>合计</t></is></c>'
        '<c r="B1"><f>1+2</f><v>3</v></c><c r="C1" t="str"><f>A1</f><v>甲乙</v></c>'
        '<c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="E1"><f>NOW()</f></c>'
        '<c r="F1" t="b"><v>1</v></c><c r="G1" t="d"><v>2024-06-30T00:00:00</v></c></row>'
        "</sheetData>"
    )
    document = read_bytes(data, source="a.xlsx")
    assert document.text == "合计\t3\t甲乙\tTRUE\t45473"
    assert len(document.warnings) == 2


def test_shared_strings_keep_their_text_and_lose_reading_aids() -> None:
    strings = (
        "<si><r><t>一级</t></r><r><t xml:space='preserve'> 风险</t></r><rPh><t>yiji</t></rPh></si>"
        "<si><t>第一行_x000D_&#10;第二行</t></si>"
    )
    sheet = (
        '<sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>9</v></c></row>'
        "</sheetData>"
    )
    assert read_bytes(raw(sheet, strings=strings), source="a.xlsx").text == (
        "一级 风险\t第一行 第二行"
    )


def test_rich_text_and_lists_in_a_cell() -> None:
    rich = CellRichText("严禁", TextBlock(InlineFont(b=True), "动火"))
    book, _ = sheet_of(["要求", "事项"], [rich, "1.断电；\n2.挂牌。"])
    assert [text for *_, text in cells(read(book))][2:] == ["严禁动火", "1.断电； 2.挂牌。"]


def test_text_keeps_leading_zeros_and_numbers_have_none_behind() -> None:
    book, sheet = sheet_of(["编号", "数量", "比例", "证号"], ["0071", 3.0, 0.85, 7])
    sheet["C2"].number_format = "0%"
    sheet["D2"].number_format = "0000"
    assert [text for *_, text in cells(read(book))][4:] == ["0071", "3", "85%", "0007"]


def test_days_counted_from_1904() -> None:
    book, _ = sheet_of(["日期", "事项"], [dt.date(2024, 5, 28), "检查"])
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    assert "2024-05-28\t检查" in read(book).text


def test_rows_become_records() -> None:
    book, _ = sheet_of(*LEDGER)
    tasks = extract_tasks(structured(read(book))).tasks
    assert [(t.text, t.deadlines[0].due, t.ledger and t.ledger.state) for t in tasks] == [
        ("配电箱门未上锁", "2024-05-28", "关闭"),
        ("脚手板未满铺", "2024-06-03", "开放"),
    ]


def test_empty_rows_with_formats_leave_no_trace() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(2, 20_000))
    data = raw(
        '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
        f"{rows}</sheetData>"
    )
    document = read_bytes(data, source="a.xlsx", options=Options(limits=Limits(blocks=10)))
    assert document.text == "1\t2"


def test_an_empty_workbook_is_said_to_be_empty() -> None:
    with pytest.raises(EmptyDocumentError):
        read(openpyxl.Workbook())


TWO_ROWS = "".join(f'<row r="{n}"><c><v>1</v></c><c><v>2</v></c></row>' for n in (1, 2))
DOCTYPE = '<!DOCTYPE worksheet [<!ENTITY a "b">]>'


@pytest.mark.parametrize(
    ("data", "limits"),
    [
        (raw(f"<sheetData>{TWO_ROWS}</sheetData>"), {"blocks": 1}),
        (raw(f"<sheetData>{TWO_ROWS}</sheetData>"), {"characters": 3}),
        (raw("<a>" * 300 + "</a>" * 300 + "<sheetData/>"), {}),
        (raw("<sheetData><row>" + "<a>" * 120 + "</a>" * 120 + "</row></sheetData>"), {}),
        (
            raw(
                f"<sheetData>{TWO_ROWS}</sheetData><mergeCells>"
                + '<mergeCell ref="A1:XFD1048576"/><mergeCell ref="A2:B2"/>' * 2
                + "</mergeCells>"
            ),
            {"blocks": 5},
        ),
    ],
    ids=["rows", "characters", "depth", "depth in a row", "merged cells"],
)
def test_too_large_is_refused(data: bytes, limits: dict[str, int]) -> None:
    with pytest.raises(LimitExceededError):
        read_bytes(data, source="a.xlsx", options=Options(limits=Limits(**limits)))


@pytest.mark.parametrize(
    "data",
    [
        zipped({"xl/workbook.xml": b"<workbook/>"}),
        raw("<sheetData><row></sheetData>"),
        raw(f"<sheetData>{TWO_ROWS}</sheetData>", prolog=DOCTYPE),
        raw('<sheetData><row r="9999999"><c><v>1</v></c></row></sheetData>'),
    ],
    ids=["no relations", "not well-formed", "document type", "row that no sheet has"],
)
def test_damaged_is_refused(data: bytes) -> None:
    with pytest.raises(CorruptDocumentError):
        read_bytes(data, source="a.xlsx")


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="ZZZ1"><v>1</v></c>',
        '<c r="??" s="99"><v>1</v></c>',
        '<c t="s"><v>-1</v></c><c><v>1</v></c>',
        "<c><v>1e999</v></c>",
        "<c><v>nan</v></c>",
        '<c t="d"><v>yesterday</v></c>',
        '<c t="x"><v>1</v></c>',
    ],
)
def test_odd_cells_are_read_as_they_stand(cell: str) -> None:
    document = read_bytes(raw(f"<sheetData><row>{cell}</row></sheetData>"), source="a.xlsx")
    assert document.text


def test_reading_twice_gives_the_same() -> None:
    book, _ = sheet_of(*LEDGER)
    data = saved(book)
    first, second = (read_bytes(data, source="a.xlsx") for _ in range(2))
    assert first == second
