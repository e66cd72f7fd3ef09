"""Spreadsheets (.xlsx, .xlsm): what a person sees on the sheets, as paragraphs and tables.

Values are those that were saved, shown by their formats; hidden sheets, rows and columns are left
out and reported. Macros, links to other files, comments and charts are not read.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from textsafe.messages import message
from textsafe.readers.content import Content, ContentBuilder, RawCell
from textsafe.readers.limits import Limits
from textsafe.readers.options import Options
from textsafe.readers.spreadsheet.grid import Grid, GridRow, add_grid
from textsafe.readers.spreadsheet.workbook import Sheet, SheetRow, Workbook

_UNNAMED = re.compile(r"(?:Sheet|工作表|表)\s?\d{0,3}", re.IGNORECASE)


def read(data: bytes, options: Options) -> Content:
    """Read a spreadsheet; each table on a visible sheet becomes one of the document.

    Args:
        data: The whole file.
        options: How large it may be.

    Raises:
        CorruptDocumentError: It is damaged, or not safe to read.
        EncryptedDocumentError: It is under a password.
        LimitExceededError: It is larger than the limits allow.
    """
    workbook = Workbook(data, options.limits)
    builder = ContentBuilder(options.limits)
    filled = [sheet for sheet in workbook.visible_sheets() if sheet.rows]
    for sheet in filled:
        grid = _grid(sheet, options.limits)
        if not _UNNAMED.fullmatch(sheet.name) and not _says(grid, sheet.name):
            builder.add_paragraph(sheet.name, level=1 if len(filled) > 1 else None)
        add_grid(grid, builder)
        _warn(sheet, builder)
    for name in workbook.hidden_sheets:
        builder.warn(message("sheet_hidden", name=name).text)
    return builder.build()


def _says(grid: Grid, name: str) -> bool:
    """Return whether the first row says what the sheet is called."""
    first = "".join(cell.text for row in grid.rows[:1] for cell in row.cells)
    return "".join(name.split()) in "".join(first.split())


def _warn(sheet: Sheet, builder: ContentBuilder) -> None:
    if sheet.hidden_rows:
        count = len(sheet.hidden_rows)
        builder.warn(message("sheet_hidden_rows", sheet=sheet.name, count=count).text)
    hidden = [c for row in sheet.rows for c in row.texts if _is_hidden(c, sheet)]
    if hidden:
        count = len(set(hidden))
        builder.warn(message("sheet_hidden_columns", sheet=sheet.name, count=count).text)
    if sheet.errors:
        builder.warn(message("sheet_errors", sheet=sheet.name, count=sheet.errors).text)
    if sheet.uncounted:
        builder.warn(message("sheet_uncounted", sheet=sheet.name, count=sheet.uncounted).text)


def _is_hidden(column: int, sheet: Sheet) -> bool:
    return any(first <= column < last for first, last in sheet.hidden_columns)


class _Merged:
    """Which fields of a sheet are covered by merged cells, and by which.

    A merged cell stands where the first of its fields is that can be seen.
    """

    def __init__(self, sheet: Sheet, limits: Limits) -> None:
        numbers = [row.number for row in sheet.rows]
        columns = {c for row in sheet.rows for c in (*row.texts, *row.framed)}
        shown = sorted(column for column in columns if not _is_hidden(column, sheet))
        texts = {row.number: row.texts for row in sheet.rows}
        self.spans: dict[tuple[int, int], tuple[int, int]] = {}
        self.texts: dict[tuple[int, int], str] = {}
        self.covered: dict[int, set[int]] = {}
        self.last_row: dict[int, int] = {}
        cost = 0
        for (top, left), (height, width) in sheet.merges.items():
            inside = numbers[bisect_left(numbers, top) : bisect_left(numbers, top + height)]
            rows = [number for number in inside if number not in sheet.hidden_rows]
            across = shown[bisect_left(shown, left) : bisect_left(shown, left + width)]
            cost += len(inside) + len(rows) * len(across)
            limits.check("blocks", cost)
            if rows and across:
                place = rows[0], across[0]
                self.spans[place] = len(rows), across[-1] + 1 - across[0]
                self.texts[place] = texts.get(top, {}).get(left, "")
                for number in rows:
                    self.covered.setdefault(number, set()).update(across)
                self.last_row[rows[0]] = max(self.last_row.get(rows[0], 0), rows[-1])


def _grid(sheet: Sheet, limits: Limits) -> Grid:
    """Return the visible cells of a sheet, merged ones once."""
    merged = _Merged(sheet, limits)
    grid = Grid()
    follows, reach = True, 0
    for row in sheet.rows:
        follows = follows and row.follows
        if row.number in sheet.hidden_rows:
            continue
        cells = list(_cells(row, sheet, merged))
        if any(cell.text for cell in cells) or row.number <= reach:
            reached = row.number <= reach
            grid.rows.append(GridRow(cells, joined=follows or reached, reached=reached))
            follows = True
        reach = max(reach, merged.last_row.get(row.number, 0))
    return grid


def _cells(row: SheetRow, sheet: Sheet, merged: _Merged) -> Iterator[RawCell]:
    covered = merged.covered.get(row.number, set())
    columns: Iterable[int] = sorted({*row.texts, *row.framed, *covered})
    for column in columns:
        place = row.number, column
        if place in merged.spans:
            row_span, column_span = merged.spans[place]
            yield RawCell(merged.texts[place], row.number, column, row_span, column_span)
        elif column not in covered and not _is_hidden(column, sheet):
            yield RawCell(row.texts.get(column, ""), row.number, column)
