"""The cells of a table with their places in its grid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from textsafe.readers.docx.revisions import View, is_placeholder
from textsafe.readers.docx.wordml import CELL, ROW, W, integer, value

_MOST_COLUMNS = 1000


@dataclass
class GridCell:
    """A cell; a merged one is there once, at its top left place."""

    element: etree._Element
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1

    @property
    def is_prompt(self) -> bool:
        """Whether the cell shows nothing but the prompt of a content control around it."""
        content = self.element.getparent()
        control = None if content is None else content.getparent()
        return control is not None and control.tag == W + "sdt" and is_placeholder(control)


def grid(table: etree._Element, view: View) -> list[GridCell]:
    """Return the cells of a table row by row.

    Cells are merged across by ``w:gridSpan`` or, in old files, ``w:hMerge``, and down by
    ``w:vMerge``; a row may begin right of the first column (``w:gridBefore``).
    """
    found: list[GridCell] = []
    above: dict[int, GridCell] = {}
    rows = (row for row in view.children(table) if row.tag == ROW and view.has_row(row))
    for number, row in enumerate(rows):
        column = _span(row.find(W + "trPr"), "gridBefore", least=0)
        merged: dict[int, GridCell] = {}
        last: GridCell | None = None
        for cell in _cells(row, view):
            properties = view.properties(cell, "tcPr")
            width = _span(properties, "gridSpan", least=1)
            if last is not None and _continues(properties, "hMerge"):
                last.column_span += width
            elif column in above and _continues(properties, "vMerge"):
                last = merged[column] = above[column]
                last.row_span += 1
            else:
                last = GridCell(cell, number, column, column_span=width)
                found.append(last)
                if properties is not None and properties.find(W + "vMerge") is not None:
                    merged[column] = last
            column += width
        above = merged
    return found


def _cells(row: etree._Element, view: View) -> Iterator[etree._Element]:
    return (cell for cell in view.children(row) if cell.tag == CELL and view.has_cell(cell))


def _continues(properties: etree._Element | None, merge: str) -> bool:
    found = None if properties is None else properties.find(W + merge)
    return found is not None and value(properties, merge) != "restart"


def _span(properties: etree._Element | None, name: str, *, least: int) -> int:
    return min(max(integer(value(properties, name), default=least), least), _MOST_COLUMNS)
