"""The list of tasks in Word, read again as an office would: page, fonts, cells, failures."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.table import Table
from hypothesis import given, settings
from hypothesis import strategies as st

from textsafe.document import Span
from textsafe.export.word import COLUMNS, to_docx
from textsafe.readers import read_bytes
from textsafe.records import (
    Deadline,
    FailedDocument,
    Failure,
    FailureDetail,
    RecordMetadata,
    Task,
    TaskRecord,
)

HERE = Span(start=0, end=1)
FAILURE = Failure(
    document=FailedDocument(source="坏文件.docx"),
    error=FailureDetail(type="CorruptDocumentError", message="文件已损坏", hint="请重新获取。"),
)


def opened(data: bytes) -> Document:
    return docx.Document(BytesIO(data))


def rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def with_deadline(record: TaskRecord, **deadline: object) -> list[str]:
    """Return the first task's cells when it has this deadline."""
    found = Deadline(span=HERE, **deadline)
    task = record.tasks[0].model_copy(update={"deadlines": (found,), "section": ()})
    (table,) = opened(to_docx([record.model_copy(update={"tasks": (task,)})])).tables
    return rows(table)[1]


def test_title_and_facts_stand_above_the_table(record):
    document = opened(to_docx([record]))
    title, facts = document.paragraphs
    assert title.text == "《关于燃气安全的通知》任务分解表"
    assert (
        facts.text
        == "来源：通知.txt　发文机关：青石县安全生产委员会办公室　文号：青安办〔2024〕7号"
    )


def test_titles_inside_a_title_get_the_inner_marks(record):
    head = record.document.model_copy(update={"title": "关于印发《燃气整治方案》的通知"})
    (title, *_) = opened(to_docx([record.model_copy(update={"document": head})])).paragraphs
    assert title.text == "《关于印发〈燃气整治方案〉的通知》任务分解表"


def test_facts_name_the_file_and_the_day_as_documents_do(record):
    head = record.document.model_copy(
        update={"source": "/home/zhang/收文/通知.txt", "title": None, "date": dt.date(2024, 5, 8)}
    )
    data = to_docx([TaskRecord(document=head, tasks=())])
    title, facts, nothing = opened(data).paragraphs
    assert title.text == "任务分解表"
    assert facts.text.startswith("来源：通知.txt　")
    assert facts.text.endswith("成文日期：2024年5月8日")
    assert nothing.text == "未发现任务。"


def test_one_row_for_each_task_under_its_headings(record):
    (table,) = opened(to_docx([record])).tables
    head, headings, first, second = rows(table)
    assert head == ["序号", "重点任务", "责任主体", "完成时限", "行业领域", "备注"]
    assert headings == ["一、全面排查隐患\n（一）燃气"] * len(COLUMNS)
    assert first == [
        "1",
        "完成燃气管网排查",
        "牵头：县住建局\n配合：县市场监管局\n督促：县安委办",
        "6月底前\n（2024年6月30日）",
        "城镇燃气",
        "",
    ]
    assert second == [
        "2",
        "-严禁[红色]区域动火[2J",
        "各企业",
        "复工前",
        "",
        "“复工前”未定：文中没有复工日期\n置信度 0.50，请对照原文核实",
    ]


@pytest.mark.parametrize(
    ("deadline", "cell"),
    [
        ({"text": "2024年6月30日前", "kind": "by", "due": "2024-06-30"}, "2024年6月30日前"),
        ({"text": "每月5日前", "kind": "recurring", "due": "5"}, "每月5日前"),
        (
            {"text": "汛期", "kind": "span", "start": "2024-06-01", "due": "2024-09-30"},
            "汛期\n（2024年6月1日—2024年9月30日）",
        ),
    ],
)
def test_deadline_stands_as_written_with_its_dates(record, deadline, cell):
    assert with_deadline(record, **deadline)[3] == cell


@pytest.mark.parametrize(("confidence", "marked"), [(0.79, True), (0.8, False)])
def test_doubtful_task_is_marked(record, confidence, marked):
    task = record.tasks[0].model_copy(update={"confidence": confidence})
    (table,) = opened(to_docx([record.model_copy(update={"tasks": (task,)})])).tables
    assert bool(rows(table)[-1][5]) is marked


def test_several_records_and_failures_each_begin_a_page(record):
    document = opened(to_docx([record, FAILURE, record], lang="en"))
    assert len(document.tables) == 2
    first, _, second, _, failures, failed = document.paragraphs
    assert [p.paragraph_format.page_break_before for p in (first, second, failures)] == [
        False, True, True,
    ]  # fmt: skip
    assert failures.text == "Files that could not be processed"
    assert failed.text == "坏文件.docx: 文件已损坏. 请重新获取。"


def test_page_is_that_of_the_standard_turned(record):
    (section,) = opened(to_docx([record])).sections
    assert section.orientation == WD_ORIENT.LANDSCAPE
    edges = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    left, right, top, bottom = (round(edge.mm) for edge in edges)
    assert (left, right, top, bottom) == (35, 37, 28, 26)
    width, height = round(section.page_width.mm), round(section.page_height.mm)
    assert (width - left - right, height - top - bottom) == (sum(COLUMNS.values()), 156)


def test_pages_are_numbered_on_their_outer_side(record):
    document = opened(to_docx([record]))
    assert document.settings.odd_and_even_pages_header_footer
    (section,) = document.sections
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (paragraph,) = footer.paragraphs
        assert paragraph.text == "—  —"
        (field,) = footer.part.element.iter(qn("w:fldSimple"))
        assert field.get(qn("w:instr")) == "PAGE"
        assert paragraph.alignment.name == side.upper()


def test_head_comes_again_and_rows_stay_whole(record):
    (table,) = opened(to_docx([record])).tables
    marks = [[child.tag for child in row._tr.trPr] for row in table.rows]
    assert marks[0] == [qn("w:cantSplit"), qn("w:tblHeader")]
    assert all(mark == [qn("w:cantSplit")] for mark in marks[1:])


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("任务表标题", "方正小标宋简体", 22),
        ("任务表表头", "黑体", 12),
        ("任务表页码", "宋体", 14),
        ("Normal", "仿宋", 12),
    ],
)
def test_chinese_text_has_its_own_font(record, style, font, size):
    document = opened(to_docx([record]))
    found = document.styles[style]
    assert found.element.rPr.rFonts.get(qn("w:eastAsia")) == font
    assert found.font.size.pt == size
    (fonts,) = (
        relation.target_part.blob.decode()
        for relation in document.part.rels.values()
        if relation.reltype.endswith("/fontTable")
    )
    assert f'w:name="{font}"' in fonts


def test_file_says_nothing_of_the_day_or_the_template(record):
    data = to_docx([record, FAILURE])
    assert data == to_docx([record, FAILURE])
    with ZipFile(BytesIO(data)) as package:
        assert {info.date_time[0] for info in package.infolist()} == {1980}
        core = package.read("docProps/core.xml").decode()
    assert "2013" not in core
    assert "python-docx" not in core


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_written_and_read_again(title, action):
    head = RecordMetadata(source="a.txt", sha256="", format="txt", title=title)
    task = Task(
        id="1", text="甲", span=HERE, section=(title,), modality="must", action=action, confidence=1
    )
    data = to_docx([TaskRecord(document=head, tasks=(task,)), FAILURE])
    (table,) = opened(data).tables
    assert len(table.rows) == 3
    assert read_bytes(data, source="a.docx").tables[0].cells
