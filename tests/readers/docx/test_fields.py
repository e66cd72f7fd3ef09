"""Fields: of an instruction and its result, only the result is shown."""

from __future__ import annotations

import pytest

from tests.builders import docx, paragraph, run
from textsafe.readers import read_bytes

CHECKED = "<w:ffData><w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox></w:ffData>"
UNCHECKED = "<w:ffData><w:checkBox><w:default w:val='0'/></w:checkBox></w:ffData>"
CHOICE = (
    "<w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='一般'/>"
    "<w:listEntry w:val='较大'/></w:ddList></w:ffData>"
)


def mark(kind: str, inside: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inside}</w:fldChar></w:r>'


def instruction(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def field(said: str, result: str | None = None, *, form: str = "") -> str:
    """A complex field; `result` is XML, or None where the field has none."""
    shown = "" if result is None else mark("separate") + result
    return mark("begin", form) + said + shown + mark("end")


DATE = field(instruction("DATE"), run("3月5日"))


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (DATE, "前3月5日后"),
        (field(instruction("SEQ 表")), "前后"),
        # A field in a result is shown, one in an instruction is not.
        (field(instruction("HYPERLINK"), run("见") + DATE), "前见3月5日后"),
        (field(instruction("IF ") + DATE + instruction(" = 1"), run("甲")), "前甲后"),
        # Marks that miss their partners hide no text after them.
        (mark("end"), "前后"),
        (mark("separate"), "前后"),
        (mark("begin") + instruction("X") + mark("separate") + run("果"), "前果后"),
        # What has no result, but is seen.
        (field(instruction(r"eq \o\ac(○,3)")), "前③后"),
        (field(instruction(r"EQ \o\ac(○,") + instruction("一)")), "前㊀后"),
        (field(instruction(r"eq \o\ac(□,急)")), "前急后"),
        (field(instruction(r"EQ \* jc2 \* hps10 \o\ad(\s\up 9(zhù),注)")), "前注后"),
        (field(instruction(r"EQ \f(1,2)")), "前1/2后"),
        (field(instruction("FORMCHECKBOX"), form=CHECKED), "前☒后"),
        (field(instruction("FORMCHECKBOX"), "", form=UNCHECKED), "前□后"),
        (field(instruction("FORMDROPDOWN"), form=CHOICE), "前较大后"),
        (field(instruction("FORMTEXT"), run("县局"), form="<w:ffData/>"), "前县局后"),
    ],
)
def test_result_is_shown(inside: str, expected: str) -> None:
    data = docx(paragraph("前", inside=inside + run("后")))
    assert read_bytes(data, source="表.docx").text == expected


def test_table_of_contents_over_several_paragraphs() -> None:
    opening = mark("begin") + instruction(r"TOC \o") + mark("separate")
    page = field(instruction("PAGEREF _Toc1"), run("1"))
    tab = "<w:r><w:tab/></w:r>"
    body = (
        paragraph(inside=opening + run("一、总则") + tab + page)
        + paragraph("二、任务", inside=tab + page)
        + paragraph(inside=mark("end"))
        + paragraph("正文")
    )
    found = read_bytes(docx(body), source="方案.docx")
    assert found.text == "一、总则\t1\n二、任务\t1\n正文"


def test_field_never_closed_hides_no_later_paragraph() -> None:
    body = paragraph("前", inside=mark("begin") + run("藏")) + paragraph("后")
    assert read_bytes(docx(body), source="a.docx").text == "前\n后"
