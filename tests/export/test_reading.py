"""Documents as text and Markdown."""

from __future__ import annotations

from textsafe.document import Block, Cell, Document, Metadata, Section, Span, Table
from textsafe.export.reading import to_markdown, to_text

TEXT = "一、总则。各镇*负责*。\n单位\t时限\n县住建局\t6月底"


def span(piece: str) -> Span:
    start = TEXT.index(piece)
    return Span(start=start, end=start + len(piece))


DOCUMENT = Document(
    metadata=Metadata(source="a", sha256="", format="docx"),
    text=TEXT,
    blocks=(
        Block(kind="paragraph", span=span("一、总则。各镇*负责*。")),
        Block(kind="row", span=span("单位\t时限")),
        Block(kind="row", span=span("县住建局\t6月底")),
    ),
    tables=(
        Table(
            span=span("单位\t时限\n县住建局\t6月底"),
            cells=(
                Cell(row=0, column=0, span=span("单位")),
                Cell(row=0, column=1, span=span("时限")),
                Cell(row=1, column=0, span=span("县住建局")),
                Cell(row=1, column=1, span=span("6月底")),
            ),
        ),
    ),
    sections=(Section(title="一、总则", title_span=span("一、总则。"), span=span(TEXT), level=1),),
)


def test_text_is_the_text():
    assert to_text(DOCUMENT) == TEXT + "\n"


def test_markdown_has_headings_tables_and_no_accidental_marks():
    assert to_markdown(DOCUMENT) == (
        "# 一、总则\n\n各镇\\*负责\\*。\n\n| 单位 | 时限 |\n| --- | --- |\n| 县住建局 | 6月底 |\n"
    )
