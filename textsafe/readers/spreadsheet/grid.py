"""The cells of a sheet as a reader sees them, cut into captions and tables.

Sheets have no tables of their own. What a person sees as one are cells that touch or share a
frame: blank rows part the tables of a sheet, and so do blank columns between two that are each
at least two columns wide. Lines of one cell above a table, and lines such as 填报单位：… without
a frame, are its captions; so are notes of one cell below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise, product

from textsafe.readers.content import ContentBuilder, RawCell

_LABELLED = re.compile(r"[^：:]{1,20}[：:]")
_NOTE = re.compile(r"注[：:\d]|备注|说明|填表|填报|制表|审核|审批|单位负责人|附[：:]")
_FEWEST_COLUMNS = 2
_LONGEST_GROUP = 60
# Fields for each cell that is not blank, above which blank cells are left out of a table.
_SPARSEST = 20


@dataclass
class GridRow:
    """A visible row that holds text.

    Attributes:
        cells: Its cells from the left, those that are blank but framed among them; a cell that
            covers several rows stands in the first of them only.
        joined: Nothing parts it from the row above: they touch, or are framed together.
        reached: The cells of rows above reach into it.
    """

    cells: list[RawCell]
    joined: bool = False
    reached: bool = False

    @property
    def texts(self) -> list[RawCell]:
        """The cells that are not blank."""
        return [cell for cell in self.cells if cell.text]


@dataclass
class Grid:
    """The visible rows of a sheet.

    Attributes:
        part_columns: Whether blank columns part tables; where no frame can be seen, they do not.
    """

    rows: list[GridRow] = field(default_factory=list)
    part_columns: bool = True


def add_grid(grid: Grid, builder: ContentBuilder) -> None:
    """Add the captions and tables of a sheet to `builder`, from the top."""
    for band in _bands(grid.rows):
        for rows, are_captions in _cut_at_captions(band):
            if are_captions:
                for row in rows:
                    _add_caption(row, builder)
            else:
                for part in _side_by_side(rows) if grid.part_columns else [rows]:
                    _add_part(part, builder)


def _bands(rows: Sequence[GridRow]) -> Iterator[list[GridRow]]:
    band: list[GridRow] = []
    for row in rows:
        if band and not row.joined:
            yield band
            band = []
        band.append(row)
    if band:
        yield band


def _cut_at_captions(rows: Sequence[GridRow]) -> Iterator[tuple[list[GridRow], bool]]:
    """Cut a band into tables and the captions between them, marked as such.

    Inside a table lines of one cell group its rows, as long as none of them is running text.
    """
    left = min(row.cells[0].column for row in rows if row.cells)
    runs = [
        (list(run), stands_alone)
        for stands_alone, run in groupby(rows, key=lambda row: _is_caption(row, left))
    ]
    table: list[GridRow] = []
    for index, (run, stands_alone) in enumerate(runs):
        is_last = index == len(runs) - 1
        if stands_alone and (not table or any(_is_text(row, at_end=is_last) for row in run)):
            if table:
                yield table, False
            table = []
            yield run, True
        else:
            table += run
    if table:
        yield table, False


def _is_caption(row: GridRow, left: int) -> bool:
    """One cell that stands alone at the left, or lines such as 填报单位：… without a frame."""
    if row.reached or not row.cells or any(cell.row_span > 1 for cell in row.cells):
        return False
    if any(not cell.text for cell in row.cells):  # only framed cells are kept when blank
        return False
    if len(row.cells) == 1:
        return row.cells[0].column == left
    return all(_LABELLED.match(cell.text) for cell in row.cells)


def _is_text(row: GridRow, *, at_end: bool) -> bool:
    """Running text, or a note below the table."""
    said = row.cells[0].text
    return (
        len(said) > _LONGEST_GROUP
        or said.rstrip().endswith(("。", "；", "："))
        or (at_end and bool(_NOTE.match(said)))
    )


def _add_caption(row: GridRow, builder: ContentBuilder) -> None:
    """Add the cells of a caption; a label (说明：) goes with the cell beside it."""
    label = ""
    for cell in row.cells:
        label += cell.text
        if not label.rstrip().endswith(("：", ":")):
            builder.add_paragraph(label)
            label = ""
    builder.add_paragraph(label)


def _add_part(rows: Sequence[GridRow], builder: ContentBuilder) -> None:
    if all(len(row.cells) == 1 for row in rows):
        for row in rows:
            _add_caption(row, builder)
        return
    builder.add_table(_numbered(rows))


def _numbered(rows: Sequence[GridRow]) -> list[RawCell]:
    """Number rows and columns without those that are blank."""
    kept = sorted({cell.column for row in rows for cell in row.cells})
    columns = {column: index for index, column in enumerate(kept)}
    ends = [*kept, max(cell.column + cell.column_span for row in rows for cell in row.cells)]
    cells = [
        RawCell(
            cell.text,
            row=index,
            column=columns[cell.column],
            row_span=min(cell.row_span, len(rows) - index),
            column_span=max(_count(ends, cell), 1),
        )
        for index, row in enumerate(rows)
        for cell in row.cells
    ]
    return cells + _blanks(cells, len(rows), len(kept))


def _blanks(cells: Sequence[RawCell], rows: int, columns: int) -> list[RawCell]:
    """Return the blank cells of a table; none where nearly all of it is blank."""
    if rows * columns > _SPARSEST * len(cells):
        return []
    taken = {
        (row, column)
        for cell in cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    fields = product(range(rows), range(columns))
    return [RawCell("", row, column) for row, column in fields if (row, column) not in taken]


def _count(columns: Sequence[int], cell: RawCell) -> int:
    """Count the columns of the table that a cell covers."""
    if cell.column_span == 1:
        return 1
    return sum(cell.column <= column < cell.column + cell.column_span for column in columns[:-1])


def _side_by_side(rows: Sequence[GridRow]) -> list[list[GridRow]]:
    """Cut a band of rows at blank columns into the tables that stand beside one another."""
    taken = sorted({(c.column, c.column + c.column_span) for row in rows for c in row.cells})
    groups: list[list[int]] = []
    for start, end in taken:
        if groups and start <= groups[-1][1]:
            groups[-1][1] = max(groups[-1][1], end)
        else:
            groups.append([start, end])
    columns = {cell.column for row in rows for cell in row.cells}
    wide = [sum(start <= c < end for c in columns) >= _FEWEST_COLUMNS for start, end in groups]
    cuts = [
        right[0]
        for (left, right), is_wide in zip(pairwise(groups), pairwise(wide), strict=True)
        if all(is_wide)
    ]
    if not cuts:
        return [list(rows)] if rows else []
    edges = [0, *cuts, max(end for _, end in taken)]
    parts = []
    for start, end in pairwise(edges):
        cut = [[c for c in row.cells if start <= c.column < end] for row in rows]
        parts.append([GridRow(cells) for cells in cut if cells])
    return parts
