"""Task tables (任务分解表): rows whose columns say what, who and by when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from textsafe.document import Document, Span, Table
from textsafe.extract.identity import first_of_each, task_id
from textsafe.extract.rectification import rectification_of
from textsafe.mentions.assignments import party
from textsafe.mentions.bodies import split_names
from textsafe.mentions.deadlines import find_deadlines
from textsafe.mentions.directives import judge
from textsafe.mentions.sectors import find_sectors
from textsafe.records import Deadline, Party, Role, Task
from textsafe.taxonomies import Column, forms


def table_tasks(document: Document, date: dt.date | None) -> Iterator[Task]:
    """Yield the tasks of the document's task tables; a span points at the task's cell.

    A table counts as a task table when its header names the task and at least one of who and
    when; cells merged over several rows hold for each of them.
    """
    for table in document.tables:
        columns = _columns(document.text, table)
        if "task" in columns.values() and len(set(columns.values())) >= 2:
            yield from _TaskTable(document, date, table, columns).tasks()


def _columns(text: str, table: Table) -> dict[int, Column]:
    """Read the header row; the right-most column that names a task is the most specific one."""
    found: dict[int, Column] = {}
    for cell in table.cells:
        if cell.row != 0 or cell.span is None:
            continue
        title = re.sub(r"\s", "", cell.span.of(text))
        kind = next((column.id for column in forms().column if column.pattern.search(title)), None)
        if kind is None or len(title) > 16:
            continue
        if kind == "task":
            found = {column: name for column, name in found.items() if name != "task"}
        found[cell.column] = kind
    return found


_ROLES: tuple[Role, ...] = ("lead", "owner", "support", "supervisor")
_CONFIDENCE = 0.95
_DEADLINE_LABEL = "完成时限："


class _TaskTable:
    """A task table with its columns told apart."""

    def __init__(
        self, document: Document, date: dt.date | None, table: Table, columns: dict[int, Column]
    ) -> None:
        self._document = document
        self._date = date
        self._columns = columns
        self._task_column = next(c for c, kind in columns.items() if kind == "task")
        self._section = document.section_path(table.span.start)
        self._grid = {
            (row, column): cell
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }

    def tasks(self) -> Iterator[Task]:
        """Yield a task for each row that fills the task column anew."""
        for row in range(1, max((row for row, _ in self._grid), default=0) + 1):
            cell = self._grid.get((row, self._task_column))
            if cell and cell.span and cell.row == row:
                yield self._task(row, cell.span)

    def _task(self, row: int, span: Span) -> Task:
        text = span.of(self._document.text)
        sectors = [
            mention.model_copy(update={"span": mention.span.shift(span.start)})
            for mention in find_sectors(text)
        ]
        deadlines = self._slot_deadlines(row) or self._deadlines(span)
        return Task(
            id=task_id(self._document, span.start, span.end),
            text=text,
            span=span,
            section=self._section,
            modality=judge(text).modality,
            action=text.rstrip("。；"),
            parties=tuple(self._parties(row)),
            deadlines=tuple(deadlines),
            sectors=first_of_each(sectors),
            rectification=rectification_of(text),
            confidence=_CONFIDENCE,
            rules=("table.row",),
        )

    def _spans(self, row: int, kind: Column) -> list[Span]:
        cells = (self._grid.get((row, c)) for c, name in self._columns.items() if name == kind)
        return [cell.span for cell in cells if cell and cell.span]

    def _slot_deadlines(self, row: int) -> list[Deadline]:
        """Read the deadline cells: a bare date in such a cell is one, as after 完成时限：."""
        return [
            deadline
            for span in self._spans(row, "deadline")
            for deadline in self._deadlines(span, label=_DEADLINE_LABEL)
        ]

    def _deadlines(self, span: Span, label: str = "") -> list[Deadline]:
        found = find_deadlines(label + span.of(self._document.text), self._date)
        return [
            deadline.model_copy(update={"span": deadline.span.shift(span.start - len(label))})
            for deadline in found
            if deadline.span.start >= len(label)
        ]

    def _parties(self, row: int) -> Iterator[Party]:
        text = self._document.text
        for role in _ROLES:
            for span in self._spans(row, role):
                for start, end in split_names(text, span.start, span.end):
                    for word in re.finditer(r"\S+", text[start:end]):
                        yield party(text, start + word.start(), start + word.end(), role)
