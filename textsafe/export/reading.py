"""A document as plain text or as Markdown, for people and for language models."""

from __future__ import annotations

from textsafe.document import Block, Document, Table

MAX_HEADING_LEVEL = 6
SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\`*_{}[]<>#|"})


def to_text(document: Document) -> str:
    """Return the document's text, ended by a line feed."""
    return document.text.rstrip("\n") + "\n"


def to_markdown(document: Document) -> str:
    r"""Return the document with its headings and tables in Markdown.

    >>> import textsafe
    >>> document = textsafe.parse_text("一、排查隐患\n（一）燃气。各镇要逐户检查。")
    >>> to_markdown(document).splitlines()[0]
    '# 一、排查隐患'
    """
    headings = {section.title_span.start: section for section in document.sections}
    tables = {table.span.start: table for table in document.tables}
    pieces: list[str] = []
    for block in document.blocks:
        if block.kind == "row":
            if block.span.start in tables:
                pieces.append(_table(tables[block.span.start], document.text))
            continue
        section = headings.get(block.span.start)
        if section is None:
            pieces.append(_plain(block.span.of(document.text)))
        else:
            pieces.append("#" * min(section.level, MAX_HEADING_LEVEL) + " " + _plain(section.title))
            rest = _after_heading(block, section.title_span.end, document.text)
            if rest:
                pieces.append(_plain(rest))
    return "\n\n".join(pieces) + "\n"


def _after_heading(block: Block, end: int, text: str) -> str:
    """Return the paragraph that follows a run-in heading in the same block."""
    return text[end : block.span.end].strip()


def _table(table: Table, text: str) -> str:
    """Return a Markdown table; a merged cell stands at its top left place."""
    rows = max(cell.row + cell.row_span for cell in table.cells)
    columns = max(cell.column + cell.column_span for cell in table.cells)
    grid = [[""] * columns for _ in range(rows)]
    for cell in table.cells:
        if cell.span:
            grid[cell.row][cell.column] = _plain(cell.span.of(text))
    lines = ["| " + " | ".join(row) + " |" for row in grid]
    lines.insert(1, "|" + " --- |" * columns)
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Return `text` with the characters escaped that Markdown would obey."""
    return text.translate(SPECIAL)
