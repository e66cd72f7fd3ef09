"""A list of tasks in Word (任务分解表), as an office sends it on.

The page follows GB/T 9704-2012 《党政机关公文格式》: A4, type area of 156 by 225 mm (5.2.1),
the title in 小标宋 of size 二号 (7.3.1), page numbers between dashes on the outer side (7.5). The
table lies on its side with its head at the binding edge (8): the page is the upright one turned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.table import CT_Row
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table

from textsafe.export.wording import (
    label,
    new_headings,
    party_lines,
    printable,
    resolved,
    sector_names,
)
from textsafe.messages import Language, message
from textsafe.records import Failure, RecordMetadata, Task, TaskRecord

# Columns with their widths in mm; together the 225 mm of the type area.
COLUMNS = {"index": 14, "duty": 70, "parties": 38, "limit": 48, "sectors": 26, "remarks": 29}
CENTRED = frozenset({"index", "limit", "sectors"})
DOUBTFUL_BELOW = 0.8  # confidence; such tasks are marked for a second look
SONG_TITLE, SONG, FANG_SONG, HEI, KAI = "方正小标宋简体", "宋体", "仿宋", "黑体", "楷体"
# What programs without a font take instead: the same face under its other names, then the nearest.
ALTERNATIVES = {
    SONG_TITLE: "方正小标宋_GBK,华文中宋,宋体",
    FANG_SONG: "仿宋_GB2312,FangSong,华文仿宋",
    HEI: "SimHei,华文黑体",
    KAI: "楷体_GB2312,KaiTi,华文楷体",
    SONG: "SimSun,华文宋体",
}
TITLE, SUBTITLE, HEAD, SECTION, PAGE_NUMBER = (
    "任务表标题", "任务表副标题", "任务表表头", "任务表章节", "任务表页码",
)  # fmt: skip
NO_CHARACTERS = re.compile("[\ufffe\uffff]")  # which XML cannot hold
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True)
class _Look:
    """How a style of paragraph looks; sizes and spaces in points."""

    font: str
    size: float
    centred: bool = False
    after: float = 0
    kept: bool = False


_LOOKS = {
    TITLE: _Look(SONG_TITLE, 22, centred=True, after=6, kept=True),
    SUBTITLE: _Look(KAI, 14, centred=True, after=8, kept=True),
    HEAD: _Look(HEI, 12, centred=True),
    SECTION: _Look(KAI, 12, kept=True),
    PAGE_NUMBER: _Look(SONG, 14),
}


def to_docx(outcomes: Sequence[TaskRecord | Failure], *, lang: Language = "zh") -> bytes:
    """Return a Word file with one table for each record; failures are listed at its end.

    >>> from textsafe.document import Metadata
    >>> head = RecordMetadata(source="通知.txt", sha256="", format="txt", title="汛期安全通知")
    >>> document = docx.Document(BytesIO(to_docx([TaskRecord(document=head, tasks=())])))
    >>> [paragraph.text for paragraph in document.paragraphs]
    ['《汛期安全通知》任务分解表', '来源：通知.txt', '未发现任务。']
    """
    document = docx.Document()
    _set_up_styles(document)
    _set_up_page(document)
    _forget_template(document)
    for outcome in outcomes:
        if isinstance(outcome, TaskRecord):
            _add_record(document, outcome, lang)
    failures = [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    if failures:
        _add_failures(document, failures, lang)
    _set_up_rows(document)
    return _saved(document)


# Content ------------------------------------------------------------------------------------------


def _add_record(document: Document, record: TaskRecord, lang: Language) -> None:
    title = _clean(record.document.title or "").translate(str.maketrans("《》", "〈〉"))
    key = "list_title_of" if title else "list_title"
    _add_title(document, message(key, lang, title=title).text)
    facts = "　".join(_facts(record.document, lang))
    if facts:
        document.add_paragraph(facts, SUBTITLE)
    if record.tasks:
        _add_tasks(document, record.tasks, lang)
    else:
        document.add_paragraph(message("no_tasks", lang).text)


def _add_title(document: Document, text: str) -> None:
    is_first = len(document.element.body) == 1  # the properties of the page
    document.add_paragraph(text, TITLE).paragraph_format.page_break_before = not is_first


def _facts(document: RecordMetadata, lang: Language) -> Iterator[str]:
    colon = "：" if lang == "zh" else ": "
    for name, value in (
        ("source", PurePath(document.source).name),
        ("issuer", document.issuer),
        ("number", document.number),
        ("date", _days(str(document.date or ""), lang)),
    ):
        if value:
            yield f"{label(name, lang)}{colon}{_clean(value)}"


def _add_tasks(document: Document, tasks: Sequence[Task], lang: Language) -> None:
    table = document.add_table(rows=1, cols=len(COLUMNS), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, COLUMNS.values(), strict=True):
        column.width = Mm(width)
    for cell, name in zip(table.rows[0].cells, COLUMNS, strict=True):
        cell.width = Mm(COLUMNS[name])
        cell.text = label(name, lang)
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        cell.paragraphs[0].style = HEAD
    rows = document.element.body.tbl_lst[-1]
    above: tuple[str, ...] = ()
    for index, task in enumerate(tasks, start=1):
        headings = new_headings(task.section, above)
        above = task.section
        if headings:
            cell = table.add_row().cells[0]
            cell.text = _clean_lines(headings)
            cell.paragraphs[0].style = SECTION
            _keep_first_cell(rows[-1])
        _add_task(table, index, task, lang)


def _keep_first_cell(row: CT_Row) -> None:
    """Let the first cell take the whole row; python-docx needs quadratic time to merge cells."""
    first, *others = row.tc_lst
    for other in others:
        row.remove(other)
    first.grid_span = len(COLUMNS)
    first.width = Mm(sum(COLUMNS.values()))


def _add_task(table: Table, index: int, task: Task, lang: Language) -> None:
    lines = {
        "index": [str(index)],
        "duty": [task.action],
        "parties": party_lines(task, lang),
        "limit": list(_limits(task, lang)),
        "sectors": [sector_names(task)],
        "remarks": list(_remarks(task, lang)),
    }
    for cell, name in zip(table.add_row().cells, COLUMNS, strict=True):
        cell.text = _clean_lines(lines[name])
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        if name in CENTRED:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER


def _limits(task: Task, lang: Language) -> Iterator[str]:
    """Yield each deadline as written, then its dates where the wording does not give them."""
    for deadline in task.deadlines:
        yield deadline.text
        dates = _days(resolved(deadline), lang)
        if dates and dates not in deadline.text:
            yield f"（{dates}）" if lang == "zh" else f"({dates})"


def _remarks(task: Task, lang: Language) -> Iterator[str]:
    for deadline in task.deadlines:
        if deadline.unresolved:
            yield message(
                "remark_unresolved", lang, text=deadline.text, reason=deadline.unresolved
            ).text
    if task.confidence < DOUBTFUL_BELOW:
        yield message("remark_doubtful", lang, confidence=f"{task.confidence:.2f}").text


def _add_failures(document: Document, failures: Sequence[Failure], lang: Language) -> None:
    _add_title(document, message("list_failures", lang).text)
    for failure in failures:
        said = failure.error
        source = failure.document.source
        line = message("list_failure", lang, source=source, text=said.message, hint=said.hint).text
        document.add_paragraph(_clean(line))


def _days(dates: str, lang: Language) -> str:
    """Return ISO dates as the language writes them (GB/T 9704-2012, 7.3.5.4: no zeros in front)."""
    if lang != "zh":
        return dates
    return ISO_DAY.sub(lambda day: f"{day[1]}年{int(day[2])}月{int(day[3])}日", dates)


def _clean(text: str) -> str:
    return NO_CHARACTERS.sub("", printable(text))


def _clean_lines(lines: Sequence[str]) -> str:
    return "\n".join(map(_clean, lines))


# Form ---------------------------------------------------------------------------------------------


def _set_up_styles(document: Document) -> None:
    normal = cast("ParagraphStyle", document.styles["Normal"])
    _set_look(normal, _Look(FANG_SONG, 12))
    for name, look in _LOOKS.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        _set_look(style, look)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")  # rules where lines of Chinese may break
    spacing = normal.element.pPr.find(qn("w:spacing"))
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):  # none between Chinese and 2024
        spacing.addprevious(OxmlElement(name, {qn("w:val"): "0"}))
    _name_alternatives(document)


def _set_look(style: ParagraphStyle, look: _Look) -> None:
    style.font.name = look.font
    fonts = style.element.rPr.rFonts
    fonts.set(qn("w:eastAsia"), look.font)
    fonts.set(qn("w:hint"), "eastAsia")  # quotation marks and dashes are Chinese
    style.font.size = Pt(look.size)
    paragraph = style.paragraph_format
    paragraph.space_after = Pt(look.after)
    paragraph.line_spacing = 1
    paragraph.keep_with_next = look.kept
    if look.centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _name_alternatives(document: Document) -> None:
    """Replace the template's table of fonts by ours, which names what to take instead of each."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/></w:font>'
        for name, others in ALTERNATIVES.items()
    )
    part = XmlPart(
        PackURI("/word/fontTable.xml"),
        CONTENT_TYPE.WML_FONT_TABLE,
        parse_xml(f"<w:fonts {nsdecls('w')}>{fonts}</w:fonts>"),
        document.part.package,
    )
    for relation in list(document.part.rels.values()):
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            document.part.drop_rel(relation.rId)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)


def _set_up_page(document: Document) -> None:
    """Turn the page of the standard (top 37, bottom 35, binding 28, outer edge 26 mm)."""
    (section,) = document.sections
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.bottom_margin = Mm(28), Mm(26)
    section.left_margin, section.right_margin = Mm(35), Mm(37)
    section.footer_distance = Mm(14)  # number of 5 mm, 7 mm below the type area
    document.settings.odd_and_even_pages_header_footer = True
    for footer, alignment in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        (paragraph,) = footer.paragraphs
        paragraph.style = PAGE_NUMBER
        paragraph.alignment = alignment
        # One character away from the edge.
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
        paragraph.add_run("— ")
        field = OxmlElement("w:fldSimple", {qn("w:instr"): "PAGE"})
        paragraph.add_run(" —").element.addprevious(field)


def _set_up_rows(document: Document) -> None:
    """Repeat the head of each table on each page, and keep each row on one page."""
    for table in document.element.body.iterchildren(qn("w:tbl")):
        for index, row in enumerate(table.iterchildren(qn("w:tr"))):
            row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            if index == 0:
                row.trPr.append(OxmlElement("w:tblHeader"))


def _forget_template(document: Document) -> None:
    """Take out what the template says about itself: its author and the time it was made."""
    properties = document.core_properties
    properties.author = properties.comments = ""
    part = document.part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
    for name in ("dcterms:created", "dcterms:modified"):
        for element in part.element.findall(qn(name)):
            part.element.remove(element)


def _saved(document: Document) -> bytes:
    """Return the file without the time of day, so that the same records give the same bytes."""
    timed, timeless = BytesIO(), BytesIO()
    document.save(timed)
    with ZipFile(timed) as package, ZipFile(timeless, "w") as copy:
        for name in package.namelist():
            copy.writestr(ZipInfo(name), package.read(name), ZIP_DEFLATED)
    return timeless.getvalue()
