"""Spreadsheets (.xlsx, .xlsm): what a person sees on the sheets, as paragraphs and tables.

Values are those that were saved, shown by their formats; hidden sheets, rows and columns are left
out and reported. Macros, links to other files, comments and charts are not read.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from textsafe.messages import message
from textsafe.readers.content import Content, ContentBuilder, RawCell
from textsafe.readers.limits import Limits
from textsafe.readers.options import Options
from textsafe.readers.spreadsheet.grid import Grid, GridRow, add_grid
from textsafe.readers.spreadsheet.workbook import Place, Sheet, SheetRow, Workbook

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
    columns = _Columns(sheet.hidden_columns)
    hidden = {column for row in sheet.rows for column in row.texts if columns.is_hidden(column)}
    if hidden:
        count = len(hidden)
        builder.warn(message("sheet_hidden_columns", sheet=sheet.name, count=count).text)
    if sheet.errors:
        builder.warn(message("sheet_errors", sheet=sheet.name, count=sheet.errors).text)
    if sheet.uncounted:
        builder.warn(message("sheet_uncounted", sheet=sheet.name, count=sheet.uncounted).text)


class _Columns:
    """Which columns are shown, and where they stand among those that are."""

    def __init__(self, hidden: Iterable[tuple[int, int]]) -> None:
        self._ranges: list[tuple[int, int]] = []
        for start, end in sorted(hidden):
            first, last = self._ranges[-1] if self._ranges else (0, 0)
            if start <= last:
                self._ranges[-1:] = [(min(first, start), max(last, end))]
            else:
                self._ranges.append((start, end))
        widths = (end - start for start, end in self._ranges)
        self._hidden_up_to = [0, *accumulate(widths)]

    def is_hidden(self, column: int) -> bool:
        index = bisect_right(self._ranges, column, key=lambda ends: ends[0]) - 1
        return index >= 0 and column < self._ranges[index][1]

    def place(self, column: int) -> int:
        """Return the place of a column that is shown; blank columns keep theirs."""
        before = bisect_right(self._ranges, column, key=lambda ends: ends[0])
        return column - self._hidden_up_to[before]


class _View:
    """The fields of a sheet that can be seen.

    A merged cell stands where the first of its fields is that can be seen.
    """

    def __init__(self, sheet: Sheet, limits: Limits) -> None:
        self.columns = _Columns(sheet.hidden_columns)
        self.spans: dict[Place, Place] = {}
        self.texts: dict[Place, str] = {}
        self.covered: dict[int, set[int]] = {}
        self.last_row: dict[int, int] = {}
        numbers = [row.number for row in sheet.rows]
        filled = {column for row in sheet.rows for column in (*row.texts, *row.framed)}
        shown = sorted(column for column in filled if not self.columns.is_hidden(column))
        texts = {row.number: row.texts for row in sheet.rows}
        cost = 0
        for (top, left), (height, width) in sheet.merges.items():
            inside = numbers[bisect_left(numbers, top) : bisect_left(numbers, top + height)]
            rows = [number for number in inside if number not in sheet.hidden_rows]
            across = shown[bisect_left(shown, left) : bisect_left(shown, left + width)]
            cost += len(inside) + len(rows) * len(across)
            limits.check("blocks", cost)
            if rows and across:
                self._cover(rows, across, texts.get(top, {}).get(left, ""))

    def _cover(self, rows: list[int], columns: list[int], text: str) -> None:
        place = rows[0], columns[0]
        width = self.columns.place(columns[-1]) + 1 - self.columns.place(columns[0])
        self.spans[place] = len(rows), width
        self.texts[place] = text
        for number in rows:
            self.covered.setdefault(number, set()).update(columns)
        self.last_row[rows[0]] = max(self.last_row.get(rows[0], 0), rows[-1])

    def cells(self, row: SheetRow) -> Iterator[RawCell]:
        """Yield the cells of a row from the left, merged ones in their first row only."""
        covered = self.covered.get(row.number, set())
        for column in sorted({*row.texts, *row.framed, *covered}):
            place = row.number, column
            where = self.columns.place(column)
            if place in self.spans:
                yield RawCell(self.texts[place], row.number, where, *self.spans[place])
            elif column not in covered and not self.columns.is_hidden(column):
                yield RawCell(row.texts.get(column, ""), row.number, where)


def _grid(sheet: Sheet, limits: Limits) -> Grid:
    """Return the visible cells of a sheet, merged ones once."""
    view = _View(sheet, limits)
    grid = Grid()
    follows, reach = True, 0
    for row in sheet.rows:
        follows = follows and row.follows
        if row.number in sheet.hidden_rows:
            continue
        cells = list(view.cells(row))
        reached = row.number <= reach
        if reached or any(cell.text for cell in cells):
            grid.rows.append(GridRow(cells, joined=follows or reached, reached=reached))
            follows = True
        reach = max(reach, view.last_row.get(row.number, 0))
    return grid
