from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.builders import OFFICE, cell, docx, paragraph, row, run, style, table, zipped
from textsafe.document import Document
from textsafe.readers import read, read_bytes

RUBY_BASE = f"<w:rubyBase>{run('注')}</w:rubyBase>"
STRICT_FAMILY = "http://purl.oclc.org/ooxml/"
CORPORA = Path(__file__).parents[3] / "corpora"
PAIRS = sorted(path for path in CORPORA.rglob("*.docx") if path.with_suffix(".txt").exists())


def document(body: str, **parts: object) -> Document:
    return read_bytes(docx(body, **parts), source="通知.docx")  # type: ignore[arg-type]


def lines(body: str) -> list[str]:
    return document(body).text.split("\n")


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_file_reads_as_its_visible_text(path: Path) -> None:
    visible = path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    found = read(path)
    assert [block.span.of(found.text) for block in found.blocks] == [
        line.strip() for line in visible if line.strip()
    ]


def test_paragraphs_and_tables_come_in_document_order() -> None:
    found = document(paragraph("前文") + table(row("单位", "期限")) + paragraph("后文"))
    assert found.text == "前文\n单位\t期限\n后文"
    assert [block.kind for block in found.blocks] == ["paragraph", "row", "paragraph"]
    assert found.metadata.format == "docx"


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (f"<w:ins>{run('新增')}</w:ins>", "原文新增"),
        (f"<w:moveTo>{run('移来')}</w:moveTo>", "原文移来"),
        ("<w:del><w:r><w:delText>删去</w:delText></w:r></w:del>", "原文"),
        (f"<w:moveFrom>{run('移走')}</w:moveFrom>", "原文"),
        (f"<w:hyperlink>{run('链接')}</w:hyperlink>", "原文链接"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>", "原文控件"),
        (f'<w:fldSimple w:instr="DATE">{run("五月")}</w:fldSimple>', "原文五月"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>", "原文"),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显示</w:t></w:r>', "原文显示"),
        ("<w:r><w:tab/><w:t>甲</w:t><w:noBreakHyphen/><w:t>乙</w:t></w:r>", "原文\t甲-乙"),
        ("<w:r><w:br/><w:t>换行</w:t></w:r>", "原文\n换行"),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "原文x=1"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "原文☑"),
        ('<w:r><w:sym w:font="Arial" w:char="2460"/></w:r>', "原文①"),
        ('<w:r><w:sym w:font="Arial" w:char="x"/></w:r>', "原文"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>", "原文"),
        (f"<w:r><w:ruby><w:rt>{run('zhù')}</w:rt>{RUBY_BASE}</w:ruby></w:r>", "原文注"),
    ],
)
def test_inline_content(inside: str, expected: str) -> None:
    assert document(paragraph("原文", inside=inside)).text == expected


def test_paragraph_whose_end_was_deleted_runs_on() -> None:
    deleted = "<w:rPr><w:del/></w:rPr>"
    assert lines(paragraph("各镇", properties=deleted) + paragraph("要落实。")) == ["各镇要落实。"]


@pytest.mark.parametrize(
    ("styles", "expected"),
    [
        (style("heading 2"), 2),
        (style("标题 3"), 3),
        (style("节", properties='<w:outlineLvl w:val="0"/>'), 1),
        (style("heading 1") + style("章", based_on="heading1"), 1),
        (style("heading 1") + style("非章", based_on="heading1").replace(
            "<w:pPr>", '<w:pPr><w:outlineLvl w:val="9"/>'), None),
        (style("正文"), None),
        (style("甲", based_on="乙") + style("乙", based_on="甲"), None),
    ],
)  # fmt: skip
def test_heading_level_of_style(styles: str, expected: int | None) -> None:
    identifier = styles.rsplit('w:styleId="', 1)[1].split('"', 1)[0]
    (block,) = document(paragraph("总则", style=identifier), styles=styles).blocks
    assert block.level == expected
    assert block.kind == ("heading" if expected else "paragraph")


def test_outline_level_of_the_paragraph_itself() -> None:
    outline = '<w:outlineLvl w:val="1"/>'
    (block,) = document(paragraph("总则", properties=outline)).blocks
    assert block.level == 2


def test_merged_cells_are_listed_once() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    found = document(
        table(
            row(cell("责任单位", properties=wide), "期限"),
            row(cell("县住建局", properties='<w:vMerge w:val="restart"/>'), "燃气股", "6月底"),
            row(cell(properties="<w:vMerge/>"), "质监站", "7月底"),
            row("镇", "站所", "8月底"),
        )
    )
    (grid,) = found.tables
    places = {
        c.span.of(found.text): (c.row, c.column, c.row_span, c.column_span)
        for c in grid.cells
        if c.span
    }
    assert places["责任单位"] == (0, 0, 1, 2)
    assert places["县住建局"] == (1, 0, 2, 1)
    assert places["质监站"] == (2, 1, 1, 1)
    assert places["镇"] == (3, 0, 1, 1)
    assert len(grid.cells) == 10


def test_deleted_row_and_row_in_a_control() -> None:
    deleted = row("旧", "旧", properties="<w:del/>")
    control = f"<w:sdt><w:sdtContent>{row('新', '项')}</w:sdtContent></w:sdt>"
    assert lines(table(row("单位", "期限"), deleted, control)) == ["单位\t期限", "新\t项"]


def test_nested_table_is_read_in_place() -> None:
    inner = table(row("内甲", "内乙")) + paragraph()
    assert lines(table(row("外", cell("前", inside=inner)))) == ["外\t前 内甲 内乙"]


def test_frame_around_running_text_is_no_table() -> None:
    found = document(table(row(cell("第一段", inside=paragraph("第二段")))))
    assert found.text == "第一段\n第二段"
    assert not found.tables


def text_box(text: str) -> str:
    """A text box as Word writes it: once for itself, and once for older versions."""
    content = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>'
        f"{content}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        f"{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_text_box_follows_its_paragraph_and_comes_once() -> None:
    body = paragraph("正文", inside=text_box("框中文字")) + paragraph("下文")
    assert lines(body) == ["正文", "框中文字", "下文"]


def test_text_box_in_a_cell() -> None:
    framed = f"<w:tc>{paragraph('甲', inside=text_box('框'))}</w:tc>"
    assert lines(table(row(framed, "乙"))) == ["甲 框\t乙"]


def test_headers_and_page_numbers_are_kept_beside_the_text() -> None:
    page_field = "<w:r><w:instrText> PAGE \\* MERGEFORMAT </w:instrText></w:r>"
    found = document(
        paragraph("正文"),
        headers={
            "header1": paragraph("内部资料"),
            "header2": paragraph("内部资料"),
            "footer1": paragraph("3", inside=page_field) + paragraph("青石县印"),
        },
    )
    assert found.text == "正文"
    assert [(f.kind, f.text) for f in found.furniture] == [
        ("header", "内部资料"),
        ("page_number", "3"),
        ("footer", "青石县印"),
    ]


def test_footnote_is_reported_as_left_out() -> None:
    found = document(paragraph("正文", inside='<w:r><w:footnoteReference w:id="1"/></w:r>'))
    assert found.warnings == ("脚注和尾注未读取",)


def changed(data: bytes, *changes: tuple[str, str]) -> bytes:
    """Return a Word file with some words in its parts replaced."""
    with ZipFile(BytesIO(data)) as archive:
        members = {name: archive.read(name).decode() for name in archive.namelist()}
    for old, new in changes:
        members = {name: text.replace(old, new) for name, text in members.items()}
    return zipped({name: text.encode() for name, text in members.items()})


STRICT = (
    ("http://schemas.openxmlformats.org/wordprocessingml/2006", STRICT_FAMILY + "wordprocessingml"),
    ("http://schemas.openxmlformats.org/officeDocument/2006", STRICT_FAMILY + "officeDocument"),
)


def test_strict_variant_is_read() -> None:
    formula = "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"
    body = paragraph("正文", style="heading1", inside=formula)
    data = changed(docx(body, styles=style("heading 1")), *STRICT)
    found = read_bytes(data, source="a.docx")
    assert (found.text, found.blocks[0].level) == ("正文x=1", 1)


@pytest.mark.parametrize(
    "main", ["wordprocessingml.template.main", "ms-word.document.macroEnabled.main", "rubbish"]
)
def test_main_part_of_any_type_is_read(main: str) -> None:
    data = changed(docx(paragraph("正文")), ("wordprocessingml.document.main", main))
    assert read_bytes(data, source="a.docx").text == "正文"


@pytest.mark.parametrize(
    "relation",
    [
        f'Type="{OFFICE}/image" Target="NULL"',
        f'Type="{OFFICE}/image" Target="media/image1.png"',
        f'Type="{OFFICE}/header" Target="NULL"',
        f'Type="{OFFICE}/header"',
        f'Type="{OFFICE}/styles" Target="http://127.0.0.1:9/" TargetMode="External"',
        f'Type="{OFFICE}/hyperlink" Target="#_Toc1"',
        f'Type="{OFFICE}/header" Target="document.xml"',
        "",
    ],
)
def test_relation_that_leads_nowhere_is_passed_over(relation: str) -> None:
    more = f'<Relationship Id="rId9" {relation}/></Relationships>'
    data = docx(paragraph("正文", style="heading1"), styles=style("heading 1"))
    found = read_bytes(changed(data, ("</Relationships>", more)), source="a.docx")
    assert (found.text, found.blocks[0].level) == ("正文", 1)


def test_comments_in_the_xml_are_passed_over() -> None:
    inside = "<w:r><w:t>甲<!-- 略 -->乙<?略 ?>丙</w:t></w:r><!-- 略 -->"
    assert document(paragraph(inside=inside)).text == "甲乙丙"
