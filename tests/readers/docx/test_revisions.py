"""Tracked changes: what stands in each of the two texts of a document."""

from __future__ import annotations

import pytest

from tests.builders import (
    abstract_list,
    cell,
    docx,
    numbered_list,
    paragraph,
    row,
    run,
    style,
    table,
)
from textsafe.document import Document
from textsafe.readers import Options, read_bytes

DELETED = "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
INSERTED = f"<w:ins>{run('新')}</w:ins>"
LIST = abstract_list(0, ("chineseCountingThousand", "%1、")) + numbered_list(1, 0)
GIVEN_LIST = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
FORMER_LIST = f"<w:pPrChange><w:pPr>{GIVEN_LIST}</w:pPr></w:pPrChange>"


def read(body: str, tracked: str = "accepted", **parts: str) -> Document:
    options = Options(tracked=tracked)  # type: ignore[arg-type]
    return read_bytes(docx(body, **parts), source="修订稿.docx", options=options)  # type: ignore[arg-type]


def marked(change: str) -> str:
    return f"<w:rPr><w:{change}/></w:rPr>"


@pytest.mark.parametrize(
    ("body", "accepted", "original"),
    [
        (paragraph("文", inside=DELETED + INSERTED), "文新", "文旧"),
        (
            paragraph("文", inside=f"<w:moveFrom>{run('甲')}</w:moveFrom>")
            + paragraph("后", inside=f"<w:moveTo>{run('甲')}</w:moveTo>"),
            "文\n后甲",
            "文甲\n后",
        ),
        # What was inserted and deleted again stands in neither text.
        (paragraph("文", inside=f"<w:ins>{DELETED}</w:ins>"), "文", "文"),
        (paragraph("文", inside=f"<w:hyperlink>{DELETED}{INSERTED}</w:hyperlink>"), "文新", "文旧"),
        (
            paragraph(
                "文", inside=f"<w:sdt><w:sdtContent>{DELETED}{INSERTED}</w:sdtContent></w:sdt>"
            ),
            "文新",
            "文旧",
        ),
        # The mark of a paragraph.
        (paragraph("各镇", properties=marked("del")) + paragraph("要落实。"),
         "各镇要落实。", "各镇\n要落实。"),
        (paragraph("各镇", properties=marked("ins")) + paragraph("要落实。"),
         "各镇\n要落实。", "各镇要落实。"),
        (paragraph("各镇", properties=marked("moveFrom")) + paragraph("要落实。"),
         "各镇要落实。", "各镇\n要落实。"),
        # A mark before a table, or at the end, has nothing to run on into.
        (paragraph("前", properties=marked("del")) + table(row("甲", "乙")),
         "前\n甲\t乙", "前\n甲\t乙"),
        (paragraph("末", properties=marked("del")), "末", "末"),
        # Rows and cells.
        (
            table(
                row("甲", "乙"),
                row("旧", "行", properties="<w:del/>"),
                row("新", "行", properties="<w:ins/>"),
            ),
            "甲\t乙\n新\t行",
            "甲\t乙\n旧\t行",
        ),
        (
            table(row("甲", cell("旧", properties="<w:cellDel/>"),
                      cell("新", properties="<w:cellIns/>"))),
            "甲\t新",
            "甲\t旧",
        ),
    ],
)  # fmt: skip
def test_each_view(body: str, accepted: str, original: str) -> None:
    assert read(body).text == accepted
    assert read(body, "original").text == original


def test_mark_deleted_in_a_cell_stays_in_the_cell() -> None:
    ends = f"<w:tc>{paragraph('甲', properties=marked('del'))}</w:tc>"
    assert read(table(row(ends, "乙"), row("丙", "丁"))).text == "甲\t乙\n丙\t丁"


@pytest.mark.parametrize(
    ("properties", "accepted", "original"),
    [
        # The number was given to the paragraph, or taken from it, by a change.
        ('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/><w:ins/></w:numPr>', "一、甲", "甲"),
        (FORMER_LIST, "甲", "一、甲"),
        (GIVEN_LIST + "<w:pPrChange><w:pPr/></w:pPrChange>", "一、甲", "甲"),
    ],
)  # fmt: skip
def test_number_of_each_view(properties: str, accepted: str, original: str) -> None:
    body = paragraph("甲", properties=properties)
    assert read(body, numbering=LIST).text == accepted
    assert read(body, "original", numbering=LIST).text == original


def test_deleted_paragraph_is_not_counted() -> None:
    deleted = paragraph(numbered=(1, 0), properties=marked("del"), inside=DELETED)
    body = paragraph("甲", numbered=(1, 0)) + deleted + paragraph("乙", numbered=(1, 0))
    assert read(body, numbering=LIST).text == "一、甲\n二、乙"
    assert read(body, "original", numbering=LIST).text == "一、甲\n二、旧\n三、乙"


def test_style_before_the_change() -> None:
    former = '<w:pPrChange><w:pPr><w:pStyle w:val="heading1"/></w:pPr></w:pPrChange>'
    body = paragraph("总则", style="heading2", properties=former)
    styles = style("heading 1") + style("heading 2")
    assert read(body, styles=styles).blocks[0].level == 2
    assert read(body, "original", styles=styles).blocks[0].level == 1


def test_view_is_named_with_the_way_to_the_other() -> None:
    (accepted,) = read(paragraph("文", inside=INSERTED)).warnings
    (original,) = read(paragraph("文", inside=INSERTED), "original").warnings
    assert "请加 --tracked original" in accepted
    assert "请去掉 --tracked original" in original
    assert not read(paragraph("文"), "original").warnings
