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
from itertools import pairwise, product

from textsafe.readers.content import ContentBuilder, RawCell

_LABELLED = re.compile(r"[^：:]{1,20}[：:]")
_NOTE = re.compile(r"注[：:\d]|备注|说明|填表|填报|制表|审核|审批|单位负责人|附[：:]")
_FEWEST_COLUMNS = 2
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
        first, last = _captions(band)
        for row in band[:first]:
            _add_caption(row, builder)
        for part in _side_by_side(band[first:last]) if grid.part_columns else [band[first:last]]:
            _add_part(part, builder)
        for row in band[last:]:
            _add_caption(row, builder)


def _bands(rows: Sequence[GridRow]) -> Iterator[list[GridRow]]:
    band: list[GridRow] = []
    for row in rows:
        if band and not row.joined:
            yield band
            band = []
        band.append(row)
    if band:
        yield band


def _captions(rows: Sequence[GridRow]) -> tuple[int, int]:
    """Return where the table begins and ends among the captions above and below it."""
    first, last = 0, len(rows)
    while first < last and _is_caption(rows[first]):
        first += 1
    while last > first and _is_note(rows[last - 1]):
        last -= 1
    return first, last


def _is_caption(row: GridRow) -> bool:
    """One cell that stands alone, or lines such as 填报单位：… without a frame."""
    if row.reached or any(cell.row_span > 1 for cell in row.cells):
        return False
    if any(not cell.text for cell in row.cells):  # only framed cells are kept when blank
        return False
    return len(row.cells) == 1 or all(_LABELLED.match(cell.text) for cell in row.cells)


def _is_note(row: GridRow) -> bool:
    return _is_caption(row) and all(
        _NOTE.match(cell.text) or cell.text.endswith("。") for cell in row.cells[:1]
    )


def _add_caption(row: GridRow, builder: ContentBuilder) -> None:
    for cell in row.cells:
        builder.add_paragraph(cell.text)


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
