"""Writes Word files of official documents from their visible text.

The visible text (``tests/visible.py``) is the specification, and numbers such as ``（一）`` stand
where a reader sees them. The options say how the file brings that picture about: by Word's heading
styles or by bold type, with typed numbers or with numbers that Word counts itself.

    python tests/office.py TEXT DOCX [--heading-styles] [--automatic outline|articles]
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, get_args

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from tests.visible import Rows, visible_blocks
from textsafe.readers.office.programs import Component, has_component, libreoffice

FONT = "仿宋_GB2312"
NUMERAL = "[一二三四五六七八九十]{1,4}"
INDENT = Pt(32)  # two characters of 16 points
DATE_LINE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日$")


@dataclass(frozen=True)
class Level:
    """One level of automatic numbering: how its numbers look, and what Word needs to know."""

    pattern: re.Pattern[str]
    template: str
    number_format: str
    suffix: str


NumberedList = tuple[Level, ...]

CHINESE = "chineseCountingThousand"
OUTLINE: tuple[NumberedList, ...] = (
    (
        Level(re.compile(f"{NUMERAL}、"), "%1、", CHINESE, "nothing"),
        Level(re.compile(f"（{NUMERAL}）"), "（%2）", CHINESE, "nothing"),
        Level(re.compile(r"\d{1,2}\."), "%3.", "decimal", "nothing"),
    ),
)
# Articles are counted through all chapters, so chapters are a list of their own.
ARTICLES: tuple[NumberedList, ...] = (
    (Level(re.compile(f"第{NUMERAL}章 "), "第%1章", CHINESE, "space"),),
    (
        Level(re.compile(f"第{NUMERAL}条 "), "第%1条", CHINESE, "space"),
        Level(re.compile(f"（{NUMERAL}）"), "（%2）", CHINESE, "nothing"),
    ),
)
SCHEMES = {"outline": OUTLINE, "articles": ARTICLES}
FIRST_LIST_ID = 90


def office_installed() -> bool:
    """Tell whether LibreOffice is there with all that the tests need of it."""
    program = libreoffice()
    return program is not None and all(has_component(program, one) for one in get_args(Component))


def write_docx(
    file: Path | BinaryIO,
    text: str,
    *,
    heading_styles: bool = False,
    automatic: Sequence[NumberedList] = (),
) -> None:
    """Write `text` as a Word file.

    Args:
        file: Where it goes.
        text: The text as a person sees it in the file.
        heading_styles: Whether numbered lines without a closing mark get Word's heading styles.
        automatic: The lists whose numbers Word counts; their numbers are not typed.
    """
    document = docx.Document()
    _set_page(document)
    for list_id, numbered_list in enumerate(automatic, FIRST_LIST_ID):
        _define_list(document, list_id, numbered_list)
    lines = text.splitlines()
    head = letterhead_length(lines)
    for index, block in visible_blocks(lines):
        if isinstance(block, Rows):
            _add_table(document, block)
            continue
        paragraph = document.add_paragraph()
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if index < head:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif DATE_LINE.match(block) or DATE_LINE.match(following):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        elif index > head or not block.endswith("："):
            paragraph.paragraph_format.first_line_indent = INDENT
        if heading_styles and (level := heading_level(block)):
            paragraph.style = document.styles[f"Heading {level}"]
        _add_line(paragraph, block, automatic)
    document.save(str(file) if isinstance(file, Path) else file)


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        style = document.styles[name]
        style.font.size = Pt(16)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            del fonts.attrib[attribute]
        for attribute in ("w:ascii", "w:hAnsi", "w:eastAsia"):
            fonts.set(qn(attribute), FONT)
    _add_page_number(section.footer.paragraphs[0])


def _add_page_number(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    paragraph.add_run(" —")


def letterhead_length(lines: Sequence[str]) -> int:
    """Count the lines above the addressee, or above the first paragraph where there is none."""
    for index, line in enumerate(lines):
        if line.endswith("：") or "。" in line or heading_level(line):
            return index
    return 0


def heading_level(line: str) -> int | None:
    """Return the depth of a numbered line that is nothing but a heading."""
    if line.endswith(("。", "；", "：")):
        return None
    return next(
        (depth for depth, level in enumerate(OUTLINE[0], 1) if level.pattern.match(line)), None
    )


def _add_line(paragraph: Any, line: str, automatic: Sequence[NumberedList]) -> None:
    for list_id, numbered_list in enumerate(automatic, FIRST_LIST_ID):
        for depth, level in enumerate(numbered_list):
            if match := level.pattern.match(line):
                _number(paragraph, list_id, depth)
                _add_runs(paragraph, line[match.end() :])
                return
    _add_runs(paragraph, line)


def _number(paragraph: Any, list_id: int, depth: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = depth
    properties.get_or_add_numId().val = list_id


def _add_runs(paragraph: Any, line: str) -> None:
    """Add a paragraph's text, with its run-in heading set in bold."""
    end = line.find("。") + 1 if any(level.pattern.match(line) for level in OUTLINE[0]) else 0
    if 0 < end < len(line):
        paragraph.add_run(line[:end]).bold = True
        line = line[end:]
    paragraph.add_run(line)


def _define_list(document: Any, list_id: int, levels: NumberedList) -> None:
    numbering = document.part.numbering_part.element
    definition = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{level.number_format}"/>'
        f'<w:suff w:val="{level.suffix}"/><w:lvlText w:val="{level.template}"/>'
        '<w:lvlJc w:val="left"/></w:lvl>'
        for depth, level in enumerate(levels)
    )
    # abstractNum elements must stand before all num elements.
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{list_id}">'
            f'<w:multiLevelType w:val="multilevel"/>{definition}</w:abstractNum>'
        ),
    )
    numbering.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{list_id}">'
            f'<w:abstractNumId w:val="{list_id}"/></w:num>'
        )
    )


def _add_table(document: Any, block: Rows) -> None:
    table = document.add_table(rows=len(block.rows), cols=block.columns, style="Table Grid")
    for row, texts in zip(table.rows, block.rows, strict=True):
        # No page ends within a row: on paper two halves of a row look like two rows.
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        if len(texts) == 1:
            row.cells[0].merge(row.cells[-1]).text = texts[0]
            continue
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = text


def main() -> None:
    """Write one Word file from one text file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("text", type=Path)
    parser.add_argument("docx", type=Path)
    parser.add_argument("--heading-styles", action="store_true")
    parser.add_argument("--automatic", choices=SCHEMES, default=None)
    options = parser.parse_args()
    write_docx(
        options.docx,
        options.text.read_text(encoding="utf-8"),
        heading_styles=options.heading_styles,
        automatic=SCHEMES.get(options.automatic, ()),
    )


if __name__ == "__main__":
    main()
