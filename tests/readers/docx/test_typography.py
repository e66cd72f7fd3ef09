"""Headings that only their font tells, and paragraphs that are none."""

from __future__ import annotations

import re
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from tests.builders import docx
from textsafe.readers import read_bytes
from textsafe.structure import structured

BODY = "各镇人民政府、街道办事处要组织力量对辖区燃气用户逐户开展入户安全检查，建立台账。"
THEME = (
    '<a:themeElements xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:fontScheme name="Office"><a:majorFont><a:latin typeface="Cambria"/><a:ea typeface=""/>'
    '<a:font script="Hans" typeface="黑体"/></a:majorFont></a:fontScheme></a:themeElements>'
)


def set_in(font: str, *, bold: bool = False) -> str:
    """The properties of a run of this font."""
    return f'<w:rFonts w:eastAsia="{font}"/>' + "<w:b/>" * bold


def line(text: str, looks: str = "", *, more: str = "", properties: str = "") -> str:
    """A paragraph whose text has these properties, with more runs after it."""
    run = f"<w:r><w:rPr>{looks}</w:rPr><w:t>{text}</w:t></w:r>"
    return f"<w:p><w:pPr>{properties}</w:pPr>{run}{more}</w:p>"


FANG = set_in("仿宋_GB2312")


def level(
    heading: str, *, before: str = line(BODY, FANG), after: str = line(BODY, FANG), **parts: str
) -> int | None:
    data = docx(before + heading + after, **parts)  # type: ignore[arg-type]
    return read_bytes(data, source="通知.docx").blocks[1 if before else 0].level


@pytest.mark.parametrize(
    ("text", "looks", "expected"),
    [
        ("一、总体要求", set_in("黑体"), 1),
        ("一、总体要求", set_in("方正黑体_GBK"), 1),
        ("（二）强化源头治理", set_in("楷体_GB2312"), 2),
        ("（二）强化源头治理", set_in("KaiTi"), 2),
        ("（二）强化源头治理。", set_in("KaiTi"), None),
        ("3.燃气安全", set_in("仿宋_GB2312", bold=True), 3),
        ("（4）餐饮场所", set_in("仿宋_GB2312", bold=True), 4),
        ("工作目标", set_in("黑体"), 1),
        # The font of the body says nothing.
        ("一、总体要求", FANG, None),
        ("工作目标", FANG, None),
        # Neither emphasis nor a quotation is a heading.
        ("务必落实到人", set_in("仿宋_GB2312", bold=True), None),
        ("某某同志的讲话", set_in("楷体_GB2312"), None),
        # An order, a sentence, a line of a form.
        ("1.各镇要立即整改，不得拖延。举一反三。", set_in("仿宋", bold=True), None),
        ("一、各镇要立即整改；", set_in("黑体"), None),
        ("联系人：张某", set_in("黑体"), None),
        ("请各镇遵照执行。", set_in("黑体"), None),
        ("第一章 总则", set_in("黑体"), None),
    ],
)
def test_level_by_font(text: str, looks: str, expected: int | None) -> None:
    assert level(line(text, looks)) == expected


def test_run_in_heading_is_no_heading_paragraph() -> None:
    rest = f"<w:r><w:rPr>{FANG}</w:rPr><w:t>各镇要逐户检查。</w:t></w:r>"
    assert level(line("（一）燃气。", set_in("楷体_GB2312"), more=rest)) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", line(BODY, FANG)),
        (line("特急", FANG), line(BODY, FANG)),
        (line(BODY, FANG), ""),
        (line(BODY, FANG), line("关于排查的通知", set_in("方正小标宋简体", bold=True))),
    ],
    ids=["nothing before", "no text before", "nothing after", "title after"],
)
def test_line_without_number_stands_between_running_text(before: str, after: str) -> None:
    assert level(line("工作目标", set_in("黑体")), before=before, after=after) is None


def test_centred_line_without_number_is_a_title() -> None:
    assert level(line("检查要点", set_in("黑体"), properties='<w:jc w:val="center"/>')) is None


def test_document_all_in_one_face_has_no_headings_by_font() -> None:
    hei = set_in("黑体")
    assert level(line("工作目标", hei), before=line(BODY, hei), after=line(BODY, hei)) is None


def test_document_that_states_levels_keeps_to_them() -> None:
    stated = line("燃气", properties='<w:outlineLvl w:val="0"/>')
    assert level(line("一、总体要求", set_in("黑体")), after=line(BODY, FANG) + stated) is None


STYLED = (
    '<w:style w:type="{kind}" w:styleId="题"><w:name w:val="题"/>{based}'
    "<w:rPr>{looks}</w:rPr></w:style>"
)
HEI = set_in("黑体")


@pytest.mark.parametrize(
    ("styles", "heading"),
    [
        (STYLED.format(kind="paragraph", based="", looks=HEI),
         line("工作目标", properties='<w:pStyle w:val="题"/>')),
        (STYLED.format(kind="character", based="", looks=HEI),
         line("工作目标", '<w:rStyle w:val="题"/>')),
        (STYLED.format(kind="paragraph", based='<w:basedOn w:val="底"/>', looks="")
         + STYLED.format(kind="paragraph", based="", looks=HEI).replace("题", "底"),
         line("工作目标", properties='<w:pStyle w:val="题"/>')),
        (f"<w:docDefaults><w:rPrDefault><w:rPr>{HEI}</w:rPr></w:rPrDefault></w:docDefaults>",
         line("工作目标")),
        ("", line("工作目标", '<w:rFonts w:eastAsiaTheme="majorEastAsia" w:eastAsia="仿宋"/>')),
    ],
    ids=["paragraph style", "character style", "based on", "defaults", "theme"],
)  # fmt: skip
def test_font_is_found_where_it_is_said(styles: str, heading: str) -> None:
    assert level(heading, styles=styles, theme=THEME) == 1


def test_sections_follow_the_font_where_there_are_no_numbers() -> None:
    body = (
        line("关于开展燃气安全检查的通知", set_in("方正小标宋简体"))
        + line("各镇人民政府：", FANG)
        + line(BODY, FANG)
        + line("检查范围", HEI)
        + line(BODY, FANG)
        + line("工作要求", HEI)
        + line(BODY, FANG)
    )
    found = structured(read_bytes(docx(body), source="通知.docx"))
    assert [(s.level, s.title) for s in found.sections] == [(1, "检查范围"), (1, "工作要求")]


TEXTS = sorted((Path(__file__).parents[3] / "corpora").rglob("*.txt"))
FONTS = {
    r"[一二三四五六七八九十]{1,3}、": HEI,
    r"（[一二三四五六七八九十]{1,3}）": set_in("楷体_GB2312"),
    r"\d{1,2}[.．](?!\d)": set_in("仿宋_GB2312", bold=True),
}


def typeset(text: str) -> str:
    """Set a numbered line as the standard asks for: its first sentence in the font of its level."""
    looks = next((font for number, font in FONTS.items() if re.match(number, text)), FANG)
    end = text.find("。") + 1 or len(text)
    rest = f"<w:r><w:rPr>{FANG}</w:rPr><w:t>{escape(text[end:])}</w:t></w:r>"
    return line(escape(text[:end]), looks, more=rest)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_font_takes_no_heading_away(path: Path) -> None:
    lines = [text.strip() for text in path.read_text(encoding="utf-8").split("\n")]
    plain = "\n".join(text for text in lines if text and "\t" not in text)
    by_number = structured(read_bytes(plain.encode(), source="a.txt"))
    by_font = structured(
        read_bytes(docx("".join(map(typeset, plain.split("\n")))), source="a.docx")
    )
    titles = [section.title for section in by_font.sections]
    assert {section.title for section in by_number.sections} <= set(titles)
    assert by_font.metadata.title == by_number.metadata.title
