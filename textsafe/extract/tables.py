"""Task tables (任务分解表): rows whose columns say what, who and by when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from textsafe.document import Cell, Document, Span, Table
from textsafe.extract.identity import first_of_each, task_id
from textsafe.mentions.assignments import party
from textsafe.mentions.bodies import split_names
from textsafe.mentions.deadlines import find_deadlines
from textsafe.mentions.sectors import find_sectors
from textsafe.records import Deadline, Party, Role, Task

Column = Literal["task", "lead", "support", "owner", "supervisor", "deadline"]

# Source: table_columns of the collected facts (task_breakdown S29, S32, S40 verified).
_COLUMNS: dict[Column, re.Pattern[str]] = {
    "lead": re.compile(r"(?:牵头|主责|主办)"),
    "support": re.compile(r"(?:配合|协办|协助|参与)"),
    "supervisor": re.compile(r"(?:督办|督导|督查|督促|验收|监督)(?:单位|部门|人|领导)"),
    "owner": re.compile(r"(?:责任|落实|承办|实施|整改)(?:单位|部门|主体|人|领导)"),
    "deadline": re.compile(r"时限|期限|完成时间|时间安排|时间节点|时间要求|进度"),
    "task": re.compile(r"任务|措施|事项|内容|工作|要求|整治|隐患(?:描述|现状|情况)|做法"),
}


@dataclass(frozen=True)
class _Row:
    task: Cell
    parties: tuple[Party, ...]
    deadlines: tuple[Deadline, ...]


def table_tasks(document: Document, date: dt.date | None) -> Iterator[Task]:
    """Yield the tasks of the document's task tables; a span points at the task's cell."""
    for table in document.tables:
        columns = _columns(document, table)
        if "task" in columns.values() and len(set(columns.values())) >= 2:
            yield from _tasks(document, table, columns, date)


def _columns(document: Document, table: Table) -> dict[int, Column]:
    """Read the header row; the right-most column that names a task is the most specific one."""
    found: dict[int, Column] = {}
    for cell in table.cells:
        if cell.row != 0 or cell.span is None:
            continue
        title = re.sub(r"\s", "", cell.span.of(document.text))
        kind = next((kind for kind, pattern in _COLUMNS.items() if pattern.search(title)), None)
        if kind is None or len(title) > 16:
            continue
        if kind == "task":
            found = {column: name for column, name in found.items() if name != "task"}
        found[cell.column] = kind
    return found


def _tasks(
    document: Document, table: Table, columns: dict[int, Column], date: dt.date | None
) -> Iterator[Task]:
    grid = _filled(table)
    last = max((row for row, _ in grid), default=0)
    task_column = next(column for column, kind in columns.items() if kind == "task")
    for row in range(1, last + 1):
        cell = grid.get((row, task_column))
        if cell is None or cell.span is None or cell.row != row:
            continue
        yield _task(document, _read_row(document, grid, row, columns, cell, date))


def _filled(table: Table) -> dict[tuple[int, int], Cell]:
    """Return the cell at each place, merged cells filled down and to the right."""
    return {
        (row, column): cell
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }


def _read_row(
    document: Document,
    grid: dict[tuple[int, int], Cell],
    row: int,
    columns: dict[int, Column],
    task: Cell,
    date: dt.date | None,
) -> _Row:
    parties: list[Party] = []
    deadlines: list[Deadline] = []
    for column, kind in columns.items():
        cell = grid.get((row, column))
        if kind == "task" or cell is None or cell.span is None:
            continue
        if kind == "deadline":
            deadlines.extend(_deadlines(document, cell.span, date))
        else:
            parties.extend(_parties(document, cell.span, kind))
    if task.span:
        deadlines = deadlines or _deadlines(document, task.span, date)
    return _Row(task, tuple(parties), tuple(deadlines))


def _deadlines(document: Document, span: Span, date: dt.date | None) -> list[Deadline]:
    return [
        deadline.model_copy(update={"span": deadline.span.shift(span.start)})
        for deadline in find_deadlines(span.of(document.text), date)
    ]


def _parties(document: Document, span: Span, role: Role) -> Iterator[Party]:
    for start, end in split_names(document.text, span.start, span.end):
        for word in re.finditer(r"\S+", document.text[start:end]):
            yield party(document.text, start + word.start(), start + word.end(), role)


def _task(document: Document, row: _Row) -> Task:
    span = row.task.span
    if span is None:
        raise ValueError("a row without a task cell is no task")
    text = span.of(document.text)
    sectors = [
        mention.model_copy(update={"span": mention.span.shift(span.start)})
        for mention in find_sectors(text)
    ]
    return Task(
        id=task_id(document, span.start, span.end),
        text=text,
        span=span,
        section=document.section_path(span.start),
        modality="must",
        action=text.rstrip("。；"),
        parties=row.parties,
        deadlines=row.deadlines,
        sectors=first_of_each(sectors),
        confidence=0.9,
        rules=("table.row",),
    )
