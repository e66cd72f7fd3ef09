from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.builders import (
    OFFICE,
    abstract_list,
    cell,
    docx,
    numbered_list,
    paragraph,
    row,
    run,
    style,
    table,
    zipped,
)
from textsafe.document import Document
from textsafe.readers import read, read_bytes

PROMPT = "<w:showingPlcHdr/>"
BOX = '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'
MATH_X = "<m:r><m:t>x</m:t></m:r>"
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
        (f"<w:hyperlink>{run('链接')}</w:hyperlink>", "原文链接"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>", "原文控件"),
        (f'<w:fldSimple w:instr="DATE">{run("五月")}</w:fldSimple>', "原文五月"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>", "原文"),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显示</w:t></w:r>', "原文显示"),
        ("<w:r><w:tab/><w:t>甲</w:t><w:noBreakHyphen/><w:t>乙</w:t></w:r>", "原文\t甲-乙"),
        ("<w:r><w:br/><w:t>换行</w:t></w:r>", "原文\n换行"),
        ('<w:r><w:br w:type="page"/><w:t>换页</w:t></w:r>', "原文\n换页"),
        ("<w:r><w:t>，</w:t><w:br/><w:t>续行</w:t></w:r>", "原文，续行"),
        ("<w:r><w:t>\n  排版\n  成行\n</w:t></w:r>", "原文排版 成行"),
        (
            f"<w:sdt><w:sdtPr>{PROMPT}</w:sdtPr><w:sdtContent>{run('请输入')}</w:sdtContent></w:sdt>",
            "原文",
        ),
        (
            f"<w:sdt><w:sdtPr>{BOX}</w:sdtPr><w:sdtContent>{run('☒')}</w:sdtContent></w:sdt>",
            "原文☒",
        ),
        (f"<w:smartTag><w:customXml>{run('套')}</w:customXml></w:smartTag>", "原文套"),
        (f'<w:bdo w:val="ltr"><w:dir>{run("向")}</w:dir></w:bdo>', "原文向"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>3m</w:t></w:r>', "原文≥3m"),
        ('<w:r><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>\uf0fe</w:t></w:r>', "原文☑"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "原文☑"),
        ('<w:r><w:sym w:font="Arial" w:char="2460"/></w:r>', "原文①"),
        ('<w:r><w:sym w:font="Arial" w:char="x"/></w:r>', "原文"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>", "原文"),
        (f"<w:r><w:ruby><w:rt>{run('zhù')}</w:rt>{RUBY_BASE}</w:ruby></w:r>", "原文注"),
    ],
)
def test_inline_content(inside: str, expected: str) -> None:
    assert document(paragraph("原文", inside=inside)).text == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (f"<m:f><m:num>{MATH_X}</m:num><m:den>{MATH_X}</m:den></m:f>", "x/x"),
        (f"<m:rad><m:deg/><m:e>{MATH_X}</m:e></m:rad>", "√(x)"),
        (f"<m:d><m:dPr><m:begChr m:val='['/></m:dPr><m:e>{MATH_X}</m:e></m:d>", "[x)"),
        (f"<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:e>{MATH_X}</m:e></m:nary>", "∑x"),
        (f"<m:sSup><m:e>{MATH_X}</m:e><m:sup>{MATH_X}</m:sup></m:sSup>", "xx"),
    ],
)
def test_formula_is_a_line_of_text(formula: str, expected: str) -> None:
    whole = f"<m:oMathPara><m:oMath>{formula}</m:oMath></m:oMathPara>"
    assert document(paragraph("式", inside=whole)).text == "式" + expected


def test_hidden_by_a_style() -> None:
    hidden = '<w:style w:styleId="藏"><w:name w:val="藏"/><w:rPr><w:vanish/></w:rPr></w:style>'
    by_character = '<w:r><w:rPr><w:rStyle w:val="藏"/></w:rPr><w:t>甲</w:t></w:r>'
    body = paragraph("正文", inside=by_character) + paragraph("窗体顶端", style="藏")
    assert document(body, styles=hidden).text == "正文"


def test_paragraph_with_a_hidden_end_runs_on() -> None:
    """Word's style separator: a heading and text in one line."""
    hidden = "<w:rPr><w:specVanish/></w:rPr>"
    assert lines(paragraph("（一）燃气。", properties=hidden) + paragraph("各镇要排查。")) == [
        "（一）燃气。各镇要排查。"
    ]


def test_hidden_end_of_the_last_paragraph_counts_its_number_once() -> None:
    hidden = "<w:rPr><w:vanish/></w:rPr>"
    numbering = abstract_list(0, ("decimal", "%1.")) + numbered_list(1, 0)
    body = paragraph("甲", numbered=(1, 0), properties=hidden) + table(row("乙", "丙"))
    found = document(body + paragraph("丁", numbered=(1, 0)), numbering=numbering)
    assert found.text == "1.甲\n乙\t丙\n2.丁"


WORD_ART = '<w:r><w:pict><v:shape><v:textpath string="青石县文件"/></v:shape></w:pict></w:r>'
CHART = (
    '<w:r><w:drawing><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphic>'
    "</w:drawing></w:r>"
)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["关于开展燃气安全", "排查整治的意见"], "关于开展燃气安全排查整治的意见"),
        (["第一章", "总则"], "第一章 总则"),
        (["附录 A", "Check list"], "附录 A Check list"),
    ],
)
def test_heading_set_on_two_lines_is_one(texts: list[str], expected: str) -> None:
    first, second = map(run, texts)
    body = paragraph(style="heading1", inside=f"{first}<w:r><w:br/></w:r>{second}")
    found = document(body, styles=style("heading 1"))
    assert [block.span.of(found.text) for block in found.blocks] == [expected]


EMBEDDED = '<w:r><w:object><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12"/></w:object></w:r>'
COMMENT = '<w:r><w:commentReference w:id="{}"/></w:r>'


@pytest.mark.parametrize(
    ("body", "warning"),
    [
        (paragraph("文", inside=EMBEDDED * 2), "嵌入了 2 个对象"),
        (paragraph("文", inside=CHART), "嵌入了 1 个对象"),
        (paragraph("文", inside=WORD_ART), "嵌入了 1 个对象"),
        (paragraph("文", inside=COMMENT.format(1) + COMMENT.format(2)), "有 2 条批注"),
        (paragraph("文") + '<w:altChunk r:id="a"/>', "并入了 1 个其他文件"),
    ],
)
def test_what_is_not_read_is_counted(body: str, warning: str) -> None:
    found = document(body)
    assert found.text == "文"
    assert [warning in text for text in found.warnings] == [True]


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


def test_row_in_a_control() -> None:
    control = f"<w:sdt><w:sdtContent>{row('新', '项')}</w:sdtContent></w:sdt>"
    assert lines(table(row("单位", "期限"), control)) == ["单位\t期限", "新\t项"]


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
