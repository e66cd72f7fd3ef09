"""CSV for spreadsheets: one row for each task."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from textsafe.export.wording import (
    canonical_names,
    deadline_lines,
    label,
    names,
    printable,
    resolved,
    sector_names,
)
from textsafe.messages import Language
from textsafe.records import Task, TaskRecord

COLUMNS = (
    "source", "title", "issuer", "number", "date", "index", "section", "action", "modality",
    "lead", "owner", "support", "supervisor", "canonical", "deadlines", "due", "sectors",
    "text", "confidence", "id",
)  # fmt: skip
BYTE_ORDER_MARK = "\ufeff"  # Without it Excel reads UTF-8 as the local code page.
FORMULA_STARTS = ("=", "+", "-", "@")


def to_csv(records: Sequence[TaskRecord], *, lang: Language = "zh") -> str:
    r"""Return the tasks of all records as CSV with a byte order mark and a header row.

    A cell that a spreadsheet would take for a formula is led by an apostrophe
    (OWASP, CSV Injection).

    >>> to_csv([], lang="en").splitlines()[0][:20]
    '\ufeffSource,Title,Issuer'
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([label(column, lang) for column in COLUMNS])
    for record in records:
        for index, task in enumerate(record.tasks, start=1):
            writer.writerow([_cell(value) for value in _row(record, index, task, lang)])
    return BYTE_ORDER_MARK + buffer.getvalue()


def _row(record: TaskRecord, index: int, task: Task, lang: Language) -> Iterator[str]:
    document = record.document
    yield document.source
    yield document.title or ""
    yield document.issuer or ""
    yield document.number or ""
    yield str(document.date or "")
    yield str(index)
    yield " / ".join(task.section)
    yield task.action
    yield label(task.modality, lang)
    yield names(task.parties, "lead")
    yield names(task.parties, "owner")
    yield names(task.parties, "support")
    yield names(task.parties, "supervisor")
    yield canonical_names(task.parties)
    yield "；".join(deadline_lines(task, lang))
    yield "；".join(filter(None, map(resolved, task.deadlines)))
    yield sector_names(task)
    yield task.text
    yield f"{task.confidence:.2f}"
    yield task.id


def _cell(value: str) -> str:
    clean = printable(value).strip()
    return f"'{clean}" if clean.startswith(FORMULA_STARTS) else clean
