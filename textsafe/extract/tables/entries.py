"""Rows of tables and fields of forms as entries: what is to be done, and all beside it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from textsafe.document import Cell, Document, Span, Table
from textsafe.structure.numbering import RANK, label_at
from textsafe.structure.tables import Header, cells_by_row, form_fields
from textsafe.taxonomies import Column, ColumnTitle, column_of, forms

_HAS_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")
_SAME = re.compile(r"同上行?|同前|[〃″＂\"]")
_LONGEST_GROUP = 40
_NOT_A_GROUP = re.compile(r"[。；：:]|^(?:注|说明|备注|填表|填报|制表|审核)")
_GROUP_STYLES = frozenset({"part", "chapter", "section", "han", "han_paren"})
_INHERITED: frozenset[Column] = frozenset(
    {"lead", "support", "supervisor", "owner", "person", "site", "deadline"}
)

Place = tuple[int, int]


@dataclass(frozen=True)
class Value:
    """What stands in one column of a row, or in one field of a form.

    Attributes:
        column: What the title says; None where it says nothing known.
        inherited: It stands in a row above, and holds for this one.
    """

    title: str
    column: ColumnTitle | None
    span: Span
    inherited: bool = False

    @property
    def kind(self) -> Column | None:
        """What stands there, as far as the title says."""
        return self.column.id if self.column else None


@dataclass
class Entry:
    """A row, or several rows that a merged cell holds together, or a form.

    Attributes:
        main: The cell that says what is to be done, or what the hazard is.
        kind: What that cell is.
        groups: The titles of the rows above that group the table, outermost first.
        is_ledger: It is a row of a ledger, or a notice to rectify.
    """

    main: Span
    kind: Column
    values: list[Value]
    groups: tuple[Span, ...] = ()
    is_ledger: bool = False

    def having(self, *kinds: Column) -> list[Value]:
        """Return the values of these kinds, in the order of their columns."""
        return [value for value in self.values if value.kind in kinds]


def form_entries(document: Document, table: Table) -> Iterator[Entry]:
    """Yield what a form that was filled in directs: a notice to rectify, an order to supervise.

    What is to be rectified and who or by when must both be filled in: printed labels and rules
    are no tasks.
    """
    text = document.text
    values = [
        Value(title, column_of(title), found.value)
        for found in form_fields(text, table)
        if found.value is not None and not _is_nothing(found.value.of(text))
        for title in [found.label.of(text)]
    ]
    mains = [
        value
        for value in values
        if value.kind in {"hazard", "measures", "task"}
        and forms().form_task.pattern.search(value.title)
        and _HAS_WORDS.search(value.span.of(text))
    ]
    hazards = [value for value in mains if value.kind == "hazard"]
    if any(value.kind in _INHERITED for value in values):
        for main in hazards or mains:
            yield Entry(main.span, main.kind or "task", values, is_ledger=True)


def row_entries(document: Document, table: Table, header: Header) -> list[Entry]:
    """Return the entries of a table of assignments or a ledger, from the top."""
    return _Rows(document, table, header).entries()


def _is_nothing(text: str) -> bool:
    return bool(forms().nothing.pattern.fullmatch("".join(text.split())))


@dataclass
class _Row:
    """A row of a table.

    Attributes:
        own: The cells that begin in it and hold text, from the left.
        view: The cell that stands in each column that has a title, merged cells of rows above
            among them.
    """

    number: int
    own: list[Cell]
    view: dict[int, Cell]


@dataclass
class _Numbered:
    """Entries under one number (序号), where merged cells were lost: the first row and the rest."""

    first: Entry
    rest: list[Entry] = field(default_factory=list)


class _Rows:
    def __init__(self, document: Document, table: Table, header: Header) -> None:
        self._text = document.text
        self._table = table
        self._header = header
        self._mains = self._main_columns()
        self._titled = sorted(header.titles)
        self._above: dict[str, Value] = {}

    def entries(self) -> list[Entry]:
        """Return the entries; rows of sums, of titles and of nothing give none."""
        found: list[Entry] = []
        numbered: list[_Numbered] = []
        groups: list[Cell] = []
        last: tuple[Cell, Entry] | None = None
        for row in self._rows():
            if self._is_empty(row):
                continue
            if self._is_group(row):
                groups = self._regrouped(groups, row.own[0])
                continue
            main = self._main(row)
            if main is not None:
                last = main, self._entry(main, row, groups)
                found.append(last[1])
                self._number(last[1], numbered)
            elif last is not None and last[0] in row.view.values():
                known = {value.span for value in last[1].values}
                more = [value for value in self._values(row) if value.span not in known]
                last[1].values.extend(more)
        if not any(cell.row_span > 1 for cell in self._table.cells if cell.row >= self._header.end):
            for group in numbered:
                _hand_down(group)
        return found

    def _main_columns(self) -> list[int]:
        """Return the columns that say what is to be done, the most telling first.

        In a ledger of hazards that is the hazard, unless the table gives it beside a task whose
        progress it explains. Else it is the measures rather than the task, and of several
        columns the right-most.
        """
        tasks, measures = (self._header.having(kind)[::-1] for kind in ("task", "measures"))
        hazards = self._header.having("hazard")
        if hazards and (measures or not tasks):
            return hazards + measures + tasks
        return measures + tasks

    def _rows(self) -> Iterator[_Row]:
        """Yield the rows below the header; each costs no more than its cells and the titles."""
        view: dict[int, Cell] = {}
        for number, cells in cells_by_row(self._table):
            for cell in cells:
                first = bisect_left(self._titled, cell.column)
                last = bisect_left(self._titled, cell.column + cell.column_span)
                view.update(dict.fromkeys(self._titled[first:last], cell))
            if number >= self._header.end:
                yield _Row(
                    number,
                    [cell for cell in cells if cell.span],
                    {c: cell for c, cell in view.items() if cell.row + cell.row_span > number},
                )

    def _said(self, cell: Cell) -> str:
        return cell.span.of(self._text) if cell.span else ""

    def _is_empty(self, row: _Row) -> bool:
        """A row of nothing, of sums, or of titles that are repeated on the next page."""
        said = ["".join(self._said(cell).split()) for cell in row.own]
        if not said or forms().total.pattern.fullmatch(said[0]):
            return True
        return all(text in self._header.words for text in said)

    def _is_group(self, row: _Row) -> bool:
        """One cell that reaches over the columns, or stands outside of the column of tasks."""
        if len(row.own) != 1:
            return False
        cell = row.own[0]
        inside = [
            c for c in self._header.columns if cell.column <= c < cell.column + cell.column_span
        ]
        if len({self._header.columns[c].id for c in inside}) > 1:
            return True
        others = [c for c in row.view.values() if c.row < row.number and c.span]
        if others or cell.column_span > 1:
            return False
        if not inside or self._header.columns[inside[0]].id in {"number", "category", "other"}:
            return bool(_HAS_WORDS.search(self._said(cell)))
        label = label_at(self._said(cell), 0, len(self._said(cell)))
        return label is not None and label.style in _GROUP_STYLES

    def _regrouped(self, groups: list[Cell], cell: Cell) -> list[Cell]:
        """Return the groups that hold from a row of a title on: it closes those of its rank."""
        said = self._said(cell)
        if len(said) > _LONGEST_GROUP or _NOT_A_GROUP.search(said):
            return groups
        rank = self._rank(cell)
        return [*(group for group in groups if self._rank(group) < rank), cell]

    def _rank(self, cell: Cell) -> int:
        said = self._said(cell)
        label = label_at(said, 0, len(said))
        return RANK[label.style] if label else -1

    def _main(self, row: _Row) -> Cell | None:
        """Return the cell of the row that says anew what is to be done."""
        for column in self._mains:
            cell = row.view.get(column)
            if cell is None or cell.row != row.number or cell.span is None:
                continue
            said = self._said(cell)
            if _HAS_WORDS.search(said) and not _is_nothing(said) and not self._reaches_out(cell):
                return cell
        return None

    def _reaches_out(self, cell: Cell) -> bool:
        """A note below the table reaches over columns of several kinds."""
        columns = range(cell.column, cell.column + min(cell.column_span, 1000))
        kinds = {self._header.columns[c].id for c in columns if c in self._header.columns}
        return len(kinds) > 1

    def _entry(self, main: Cell, row: _Row, groups: Sequence[Cell]) -> Entry:
        kind = next(
            title.id
            for column, title in self._header.columns.items()
            if row.view.get(column) is main and column in self._mains
        )
        return Entry(
            main=main.span or self._table.span,
            kind=kind,
            values=list(self._values(row)),
            groups=tuple(cell.span for cell in groups if cell.span),
            is_ledger=self._header.kind == "ledger",
        )

    def _values(self, row: _Row) -> Iterator[Value]:
        for value in self._written(row):
            if value.kind in _INHERITED and _SAME.fullmatch(value.span.of(self._text).strip()):
                if above := self._above.get(value.title):
                    yield replace(above, inherited=True)
                continue
            self._above[value.title] = value
            yield value

    def _written(self, row: _Row) -> Iterator[Value]:
        seen: set[Place] = set()
        for column in self._titled:
            cell = row.view.get(column)
            if cell is None or cell.span is None or (cell.row, cell.column) in seen:
                continue
            seen.add((cell.row, cell.column))
            title = self._header.columns.get(column)
            yield Value(self._header.titles[column], title, cell.span)

    def _number(self, entry: Entry, numbered: list[_Numbered]) -> None:
        """Put an entry under the last number; a table without numbers has no such groups."""
        if not self._header.having("number"):
            return
        if entry.having("number"):
            numbered.append(_Numbered(entry))
        elif numbered:
            numbered[-1].rest.append(entry)


def _hand_down(group: _Numbered) -> None:
    """Let what the first row of a number says of who and when hold for its other rows.

    A table as text, or without rules, keeps of a merged cell only its first row. It was merged
    for certain where the number was (the rows below have none of their own) and where no other
    row of that number fills the column.
    """
    titles = {value.title for entry in group.rest for value in entry.values}
    for value in group.first.values:
        if value.kind in _INHERITED and value.title not in titles:
            for entry in group.rest:
                entry.values.append(Value(value.title, value.column, value.span, inherited=True))


def texts(values: Iterable[Value], text: str) -> list[str]:
    """Return what `values` say, each once, without those that say 无 or 、/."""
    said = (value.span.of(text) for value in values)
    return list(dict.fromkeys(one for one in said if not _is_nothing(one)))
