"""Headers, footers and watermarks: shown on the page, not part of the text."""

from __future__ import annotations

import pytest

from tests.builders import cell, docx, header_reference, paragraph, row, run, table
from textsafe.document import Document
from textsafe.readers import read_bytes

PAGE = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
    f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("3")}'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
TITLE_PAGE = "<w:titlePg/>"
EVEN_PAGES = "<w:evenAndOddHeaders/>"


def text_box(content: str, *, name: str = "文本框 1") -> str:
    """A text box as Word writes it: once for itself, and once for older versions."""
    inside = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>'
        f'<wp:docPr id="1" name="{name}"/><wps:txbx>{inside}</wps:txbx></wp:inline></w:drawing>'
        f'</mc:Choice><mc:Fallback><w:pict><v:shape id="{name}"><v:textbox>{inside}</v:textbox>'
        "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def read(body: str, **parts: object) -> Document:
    return read_bytes(docx(body, **parts), source="通知.docx")  # type: ignore[arg-type]


def shown(document: Document) -> list[tuple[str, str]]:
    return [(item.kind, item.text) for item in document.furniture]


@pytest.mark.parametrize(
    ("section", "settings", "expected"),
    [
        ("", "", ["奇数页"]),
        (TITLE_PAGE, "", ["首页", "奇数页"]),
        ("", EVEN_PAGES, ["偶数页", "奇数页"]),
        (TITLE_PAGE, EVEN_PAGES, ["首页", "偶数页", "奇数页"]),
    ],
)
def test_first_and_even_pages_have_theirs_only_where_asked_for(
    section: str, settings: str, expected: list[str]
) -> None:
    kinds = {"header1": "first", "header2": "even", "header3": "default"}
    headers = {
        name: paragraph(text)
        for name, text in zip(kinds, ["首页", "偶数页", "奇数页"], strict=True)
    }
    references = "".join(header_reference(name, kind) for name, kind in kinds.items())
    found = read(
        paragraph("正文"), headers=headers, section=references + section, settings=settings
    )
    assert [item.text for item in found.furniture] == expected


def test_header_that_no_section_refers_to_is_not_shown() -> None:
    headers = {"header1": paragraph("旧页眉")}
    assert not read(paragraph("正文"), headers=headers, section="<w:pgSz/>").furniture


def test_page_number_in_a_text_box_and_text_beside_it() -> None:
    footer = paragraph("青石县应急管理局", inside=text_box(paragraph("— ", inside=PAGE)))
    found = read(paragraph("正文"), headers={"footer1": footer})
    assert shown(found) == [("footer", "青石县应急管理局"), ("page_number", "— 3")]


def test_table_in_a_header() -> None:
    header = table(row("文件编号", cell("AQ-07", inside=paragraph(inside=PAGE))))
    found = read(paragraph("正文"), headers={"header1": header + paragraph()})
    assert shown(found) == [("header", "文件编号"), ("header", "AQ-07"), ("page_number", "3")]


@pytest.mark.parametrize("place", ["body", "header"])
def test_watermark_is_left_out(place: str) -> None:
    painted = (
        '<w:r><w:pict><v:shape id="PowerPlusWaterMarkObject357476642">'
        '<v:textpath string="内部资料"/></v:shape></w:pict></w:r>'
    )
    written = text_box(paragraph("内部资料"), name="PowerPlusWaterMarkObject7")
    marked = paragraph("正文" if place == "body" else "", inside=painted + written)
    if place == "body":
        found = read(marked)
    else:
        found = read(paragraph("正文"), headers={"header1": marked})
    assert (found.text, shown(found)) == ("正文", [])
