"""Footnotes and endnotes: where they stand, and the numbers that Word shows."""

from __future__ import annotations

import pytest

from tests.builders import cell, docx, paragraph, row, run, table
from textsafe import readers
from textsafe.document import Document
from textsafe.extract.tasks import task_record
from textsafe.structure import structured

SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p/></w:footnote>'
)
NEW_PAGE = "<w:r><w:lastRenderedPageBreak/></w:r>"


def note(number: int, text: str, *, kind: str = "footnote") -> str:
    mark = f"<w:r><w:{kind}Ref/></w:r>"
    return f'<w:{kind} w:id="{number}"><w:p>{mark}{run(" " + text)}</w:p></w:{kind}>'


def reference(number: int, *, kind: str = "footnote", sign: str = "") -> str:
    custom = ' w:customMarkFollows="1"' if sign else ""
    shown = f"<w:t>{sign}</w:t>" if sign else ""
    return f'<w:r><w:{kind}Reference{custom} w:id="{number}"/>{shown}</w:r>'


def read(body: str, **parts: str) -> Document:
    return readers.read_bytes(docx(body, **parts), source="通知.docx")  # type: ignore[arg-type]


def kinds_and_texts(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, block.span.of(document.text)) for block in document.blocks]


def notes_of(document: Document) -> list[str]:
    return [text for kind, text in kinds_and_texts(document) if kind == "note"]


def test_note_stands_behind_its_paragraph_and_leaves_no_mark_in_it() -> None:
    body = paragraph("各镇", inside=reference(2) + run("要排查。")) + paragraph("下文")
    found = read(body, footnotes=SEPARATORS + note(2, "含街道。"))
    assert kinds_and_texts(found) == [
        ("paragraph", "各镇要排查。"),
        ("note", "[1] 含街道。"),
        ("paragraph", "下文"),
    ]
    assert not found.warnings


def test_note_in_a_table_stands_behind_the_table() -> None:
    body = table(
        row("单位", "期限"), row(cell("县局", inside=paragraph("甲", inside=reference(1))), "6月")
    )
    found = read(body + paragraph("后"), footnotes=note(1, "指县住建局"))
    assert [kind for kind, _ in kinds_and_texts(found)] == ["row", "row", "note", "paragraph"]


def test_footnotes_and_endnotes_count_on_their_own() -> None:
    body = paragraph("甲", inside=reference(1) + reference(1, kind="endnote") + reference(2))
    found = read(
        body,
        footnotes=note(1, "脚注一") + note(2, "脚注二"),
        endnotes=note(1, "尾注一", kind="endnote"),
    )
    assert notes_of(found) == ["[1] 脚注一", "[i] 尾注一", "[2] 脚注二"]


def test_own_sign_is_shown_and_not_counted() -> None:
    body = paragraph("甲", inside=reference(1, sign="*") + run("乙") + reference(2))
    found = read(body, footnotes=note(1, "自定") + note(2, "自动"))
    assert kinds_and_texts(found)[0] == ("paragraph", "甲乙")
    assert notes_of(found) == ["[*] 自定", "[1] 自动"]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("", ["[1] 一", "[2] 二", "[3] 三"]),
        ('<w:numFmt w:val="decimalEnclosedCircleChinese"/>', ["[①] 一", "[②] 二", "[③] 三"]),
        ('<w:numStart w:val="5"/>', ["[5] 一", "[6] 二", "[7] 三"]),
        ('<w:numRestart w:val="eachSect"/>', ["[1] 一", "[2] 二", "[1] 三"]),
        ('<w:numRestart w:val="eachPage"/>', ["[1] 一", "[1] 二", "[2] 三"]),
    ],
)
def test_numbers_follow_the_settings(settings: str, expected: list[str]) -> None:
    body = paragraph(
        "甲", inside=reference(1) + NEW_PAGE + reference(2), properties="<w:sectPr/>"
    ) + paragraph("乙", inside=reference(3))
    found = read(
        body,
        footnotes=note(1, "一") + note(2, "二") + note(3, "三"),
        settings=f"<w:footnotePr>{settings}</w:footnotePr>",
    )
    assert notes_of(found) == expected


def test_section_says_more_than_the_settings() -> None:
    own = '<w:sectPr><w:footnotePr><w:numFmt w:val="upperRoman"/></w:footnotePr></w:sectPr>'
    body = paragraph("甲", inside=reference(1), properties=own) + paragraph(
        "乙", inside=reference(2)
    )
    found = read(body, footnotes=note(1, "一") + note(2, "二"), section='<w:pgSz w:w="1"/>')
    assert notes_of(found) == ["[I] 一", "[2] 二"]


def test_reference_without_a_text_is_reported() -> None:
    found = read(paragraph("甲", inside=reference(7)))
    assert found.text == "甲"
    assert found.warnings == ("文中有 1 处脚注或尾注只有编号，文件里没有注文",)


def test_note_is_no_title_no_heading_no_signature_and_no_task() -> None:
    lines = ["关于开展冬春火灾防控工作的通知", "各镇人民政府：", "一、排查隐患", "各镇要逐户排查。"]
    body = (
        paragraph(lines[0], inside=reference(1))
        + paragraph(lines[1])
        + paragraph(lines[2], inside=reference(2))
        + paragraph(lines[3], inside=reference(3))
        + paragraph("青石县安全生产委员会办公室", inside=reference(4))
        + paragraph("2024年11月5日")
    )
    found = structured(
        read(
            body,
            footnotes=note(1, "关于印发方案的通知")
            + note(2, "二、各镇要立即整改。")
            + note(3, "各镇要在12月底前完成整改。")
            + note(4, "2023年1月1日"),
        )
    )
    assert found.metadata.title == lines[0]
    assert found.metadata.issuer == "青石县安全生产委员会办公室"
    assert str(found.metadata.date) == "2024-11-05"
    assert [section.title for section in found.sections] == ["一、排查隐患"]
    assert ["逐户排查" in task.text for task in task_record(found).tasks] == [True]


def test_document_of_a_note_alone() -> None:
    found = structured(read(paragraph(inside=reference(1)), footnotes=note(1, "只有脚注")))
    assert found.text == "[1] 只有脚注"
