"""What a table is for: its header, wherever it stands, and the fields of a form.

A table of assignments or a ledger is known by the titles of its columns. They stand in the first
rows, below titles and lines such as 填报单位：…, in one or in two (责任单位 over 牵头, 配合).
A form has no header: its labels stand beside or above what is to be filled in.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from textsafe.document import Cell, Document, Span, Table
from textsafe.taxonomies import Column, ColumnTitle, column_of

TableKind = Literal["assignments", "ledger", "form"]

_HEADER_WITHIN = 10
_WHO: frozenset[Column] = frozenset({"lead", "support", "supervisor", "owner", "person"})
_WHEN: frozenset[Column] = frozenset({"deadline"})
_CHECKED: frozenset[Column] = frozenset({"review", "state"})
_LONGEST_LABEL = 24
_LABEL_IN_CELL = re.compile(r"([^：:，。；,;]{2,24})[：:]\s?")
_BLANK = re.compile(r"[\s_＿—\-－/／.．、（）()年月日时分自至起止始签章盖字□☐☑☒○]*")
_SENTENCE = re.compile(r"[。；！？，]")
_FEWEST_LABELS = 3
_NOTES_WITHIN = 300
_FILLED_IN_BY = re.compile(
    r"(?:填报|填表|编制|制表|报送|上报)(?:单位|部门)(?:（盖?章）|（公章）)?[：:]"
    r"[ \u3000]*(\S{2,40})"
)
_FILLED_IN_ON = re.compile(
    r"(?:填报|填表|编制|制表|报送|上报|统计)(?:时间|日期)[：:]\s*"
    r"([12]\d{3})\s?[年.．/-]\s?(\d{1,2})\s?[月.．/-]\s?(\d{1,2})(?!\d)"
)


@dataclass(frozen=True)
class Header:
    """The titles of a table's columns.

    Attributes:
        end: Index of the first row below the header.
        columns: What stands in each column whose title says so.
        titles: The titles as written, without white space, of all columns that have one.
        words: The texts of the cells of the header, by which a repeated header is known.
    """

    end: int
    columns: dict[int, ColumnTitle]
    titles: dict[int, str]
    words: frozenset[str]

    @property
    def kinds(self) -> set[Column]:
        """What the columns are for."""
        return {title.id for title in self.columns.values()}

    @property
    def kind(self) -> Literal["assignments", "ledger"]:
        """A ledger keeps account of hazards, or of how far the tasks are done."""
        return "ledger" if self.kinds & {"hazard", *_CHECKED} else "assignments"

    def having(self, *kinds: Column) -> list[int]:
        """Return the columns of these kinds, from the left."""
        return [column for column, title in self.columns.items() if title.id in kinds]


@dataclass(frozen=True)
class Field:
    """A field of a form: its label, and what was filled in."""

    label: Span
    value: Span | None


def cells_by_row(table: Table) -> Iterator[tuple[int, list[Cell]]]:
    """Yield the rows that begin cells, each with these cells from the left."""
    in_order = sorted(table.cells, key=lambda cell: (cell.row, cell.column))
    for row, cells in groupby(in_order, key=lambda cell: cell.row):
        yield row, list(cells)


def headers(document: Document) -> list[Header | None]:
    """Return the header of each table of the document, or None where it has none.

    A table without a header that follows another one with as many columns, with nothing between
    them, goes on with that table: it was cut by the end of a page or by a blank row.
    """
    found: list[Header | None] = []
    for index, table in enumerate(document.tables):
        header = find_header(document.text, table)
        above = found[-1] if found else None
        if header is None and above is not None and _goes_on(document, index):
            header = Header(0, above.columns, above.titles, above.words)
        found.append(header)
    return found


def _goes_on(document: Document, index: int) -> bool:
    above, below = document.tables[index - 1], document.tables[index]
    between = document.text[above.span.end : below.span.start]
    return not between.strip() and _width(above) == _width(below)


def _width(table: Table) -> int:
    return max((cell.column + cell.column_span for cell in table.cells), default=0)


def find_header(text: str, table: Table) -> Header | None:
    """Return the header of a table of assignments or a ledger; None where it is neither.

    Such a header names what is to be done, or the hazard, and who does it, by when, or how far
    it is done. Of several rows that do so, the one that names most columns counts.
    """
    rows = [cells for row, cells in cells_by_row(table) if row <= _HEADER_WITHIN]
    candidates = [
        header
        for index in range(len(rows))
        for header in (
            _header(text, rows[index : index + 1], rows[:index]),
            _header_of_two(text, rows[index : index + 2], rows[:index]),
        )
        if header is not None
    ]
    return max(
        candidates, key=lambda header: (len(header.kinds), len(header.columns)), default=None
    )


def _header_of_two(text: str, rows: Sequence[list[Cell]], above: list[list[Cell]]) -> Header | None:
    """Two rows are one header where the upper groups columns that the lower names."""
    if len(rows) < 2:
        return None
    upper, lower = rows
    groups = [cell for cell in upper if cell.span and cell.column_span > 1]
    named = {cell.column for cell in lower if cell.span}
    if any(len(named & set(_columns(group))) > 1 for group in groups):
        return _header(text, rows, above)
    # Where merged cells were lost, each row names only columns that the other leaves blank.
    filled = {cell.column for cell in upper if cell.span}
    first = min(filled, default=0)
    titled = [column_of(cell.span.of(text)) for cell in lower if cell.span]
    if first not in named and titled and all(titled) and len(named & filled) < len(named):
        return _header(text, [_spread(upper, named), lower], above)
    return None


def _spread(upper: Sequence[Cell], named: set[int]) -> list[Cell]:
    """Let titles reach over the blank cells to their right that the row below names."""
    spread: list[Cell] = []
    for cell in upper:
        if cell.span is None and cell.column in named and spread and spread[-1].span:
            spread.append(spread[-1].model_copy(update={"column": cell.column}))
        else:
            spread.append(cell)
    return spread


def _columns(cell: Cell) -> range:
    return range(cell.column, cell.column + cell.column_span)


def _header(text: str, rows: Sequence[list[Cell]], above: list[list[Cell]]) -> Header | None:
    if not rows or not rows[0]:
        return None
    first = rows[0][0].row
    reaching = [cell for row in above for cell in row if cell.row + cell.row_span > first]
    said: dict[int, list[str]] = defaultdict(list)
    for cell in [*reaching, *(cell for row in rows for cell in row)]:
        title = re.sub(r"\s", "", cell.span.of(text)) if cell.span else ""
        # A row of the table that is one cell wide is no title of a column.
        if title and not _spans_all(cell, rows):
            for column in _columns(cell):
                said[column].append(title)
    columns = {
        column: found for column in sorted(said) if (found := column_of("".join(said[column])))
    }
    columns = _told_apart(columns, said)
    if not _is_header({title.id for title in columns.values()}):
        return None
    last = rows[-1][0].row
    return Header(
        end=max([last + 1, *(c.row + c.row_span for c in rows[-1] if c.span and c.row_span < 4)]),
        columns=columns,
        titles={column: "".join(titles) for column, titles in sorted(said.items())},
        words=frozenset(word for titles in said.values() for word in titles),
    )


def _spans_all(cell: Cell, rows: Sequence[list[Cell]]) -> bool:
    return len(rows) == 1 and len(rows[0]) == 1 and cell.row == rows[0][0].row


def _told_apart(
    columns: dict[int, ColumnTitle], said: dict[int, list[str]]
) -> dict[int, ColumnTitle]:
    """Beside a column that states a limit (整改期限), one that states a time tells of the past."""
    limits = {
        column
        for column, title in columns.items()
        if title.id == "deadline" and "限" in "".join(said[column])
    }
    return {
        column: title
        for column, title in columns.items()
        if title.id != "deadline" or not limits or column in limits
    }


def _is_header(kinds: set[Column]) -> bool:
    what = kinds & {"task", "measures", "hazard", "plan"}
    if not what or what == {"plan"}:
        return False
    if kinds & (_WHO | _WHEN):
        return True
    return "hazard" in kinds and bool(kinds & (_CHECKED | {"measures"}))


def with_kinds(document: Document) -> tuple[Table, ...]:
    """Return the tables of `document`, each with what it is for where that is known."""
    found = zip(document.tables, headers(document), strict=True)
    return tuple(
        table.model_copy(update={"kind": kind})
        if (kind := header.kind if header else _form(document.text, table))
        else table
        for table, header in found
    )


def _form(text: str, table: Table) -> Literal["form"] | None:
    """A table is a form where at least three fields are labelled and most of its cells are fields.

    Blank fields count as they are; where nothing is blank, the labels must be known ones.
    """
    fields = form_fields(text, table)
    filled = [cell for cell in table.cells if cell.span]
    blank = sum(field.value is None for field in fields)
    known = sum(
        column_of(field.label.of(text)) is not None for field in fields if field.value is not None
    )
    enough = blank + known >= _FEWEST_LABELS
    return "form" if enough and 5 * (len(fields) + known) >= 2 * len(filled) else None


def form_fields(text: str, table: Table) -> list[Field]:
    """Return the fields of a form in the order of its labels.

    A label ends in a colon, with what was filled in behind it in the same cell, or else in the
    cell to the right, or below where the label has a row of its own; or it is a short text with
    a blank cell, or a known label, beside it.
    """
    rows = [cells for _, cells in cells_by_row(table)]
    fields: list[Field] = []
    for cells, below in pairwise([*rows, []]):
        taken: set[int] = set()
        for index, cell in enumerate(cells):
            if cell.span is None or cell.column in taken:
                continue
            right = cells[index + 1] if index + 1 < len(cells) else None
            field = _field(text, cell.span, right, below if len(cells) == 1 else [])
            if field is not None:
                fields.append(field)
                if right is not None and right.span and field.value == right.span:
                    taken.add(right.column)
                if below and len(cells) == 1 and field.value == below[0].span:
                    taken.add(cell.column)
    return fields


def _field(text: str, span: Span, right: Cell | None, below: Sequence[Cell]) -> Field | None:
    said = span.of(text)
    label = _LABEL_IN_CELL.match(said)
    if label is None:
        return _beside(text, span, right)
    named = Span(start=span.start, end=span.start + len(label[1]))
    rest = said[label.end() :]
    if not _BLANK.fullmatch(_without_labels(rest)):
        return Field(named, Span(start=span.start + label.end(), end=span.end))
    if rest:
        return Field(named, None)
    for cell in [right] if right else below[:1]:
        value = cell.span
        if value and not _BLANK.fullmatch(_without_labels(value.of(text))):
            return Field(named, value)
    return Field(named, None)


def _without_labels(text: str) -> str:
    """A cell may hold several labels: 负责人签字： 日期： 年 月 日."""
    return re.sub(r"[^\s：:，。；]{1,12}[：:]", "", text)


def _beside(text: str, span: Span, right: Cell | None) -> Field | None:
    said = span.of(text)
    if len(said) > _LONGEST_LABEL or _SENTENCE.search(said) or right is None:
        return None
    if right.span is None or _BLANK.fullmatch(right.span.of(text)):
        return Field(span, None)
    if column_of(said) is not None and not _LABEL_IN_CELL.match(right.span.of(text)):
        return Field(span, right.span)
    return None


def filled_in(document: Document) -> tuple[str | None, dt.date | None]:
    r"""Return who filled in the document's first table and when, as the lines around it say.

    Ledgers carry no letterhead: 填报单位：… and 填报日期：… stand above the header or below the
    last row.

    >>> from textsafe import readers
    >>> sheet = "填报单位：白石镇,填报日期：2024/6/25\n隐患内容,责任人\n漏电,周立新"
    >>> filled_in(readers.read_bytes(sheet.encode(), source="台账.csv"))
    ('白石镇', datetime.date(2024, 6, 25))
    """
    for table, header in zip(document.tables, headers(document), strict=True):
        if header is not None:
            rows = (cell.span.start for cell in table.cells if cell.span and cell.row >= header.end)
            above = document.text[: min(rows, default=table.span.end)]
            around = f"{above}\n{document.text[table.span.end :][:_NOTES_WITHIN]}"
            unit, day = _FILLED_IN_BY.search(around), _FILLED_IN_ON.search(around)
            return (unit[1] if unit else None), (_day(day) if day else None)
    return None, None


def _day(match: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(*(int(part) for part in match.groups()))
    except ValueError:
        return None
