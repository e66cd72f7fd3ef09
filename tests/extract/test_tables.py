"""Tables of tasks: which columns say what, who and when."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.casefiles import Case, each_case
from tests.frames import summary
from textsafe.document import Document, Metadata
from textsafe.extract.tables import table_tasks
from textsafe.mentions.deadlines import Anchor
from textsafe.readers.content import ContentBuilder, RawCell
from textsafe.records import Task
from textsafe.structure import structured

DATE = dt.date(2024, 3, 12)


def document_of(rows: list[list[str]], merged: list[list[int]]) -> Document:
    """Return a document that holds one table.

    Args:
        rows: The cells, row by row.
        merged: Row, column, number of rows and number of columns of the cells that reach over
            others.
    """
    spans = {(row, column): (*count, 1)[:2] for row, column, *count in merged}
    hidden = {
        (row + down, column + across)
        for (row, column), (height, width) in spans.items()
        for down in range(height)
        for across in range(width)
    } - spans.keys()
    builder = ContentBuilder()
    builder.add_table(
        [
            RawCell(text.strip(), row, column, *spans.get((row, column), (1, 1)))
            for row, texts in enumerate(rows)
            for column, text in enumerate(texts)
            if (row, column) not in hidden
        ]
    )
    content = builder.build()
    return structured(
        Document(
            metadata=Metadata(source="-", sha256="0" * 64, format="docx"),
            text=content.text,
            blocks=content.blocks,
            tables=content.tables,
        )
    )


def said(task: Task, like: dict[str, Any]) -> dict[str, Any]:
    """Return what a task says, as far as `like` does; fields of a ledger that are null as ""."""
    row = task.ledger.model_dump() if task.ledger else {}
    more = {
        "action": task.action,
        "section": list(task.section),
        "ledger": {field: row.get(field) or "" for field in like.get("ledger", {})},
    }
    known = {key: value for key, value in like.items() if key not in more}
    return {**summary(task, known), **{key: more[key] for key in like if key in more}}


@each_case("tables.toml")
def test_cases(case: Case) -> None:
    rows = [line.split("|") for line in case["table"].strip("\n").split("\n")]
    document = document_of(rows, case.get("merged", []))
    found = list(table_tasks(document, Anchor(DATE)))
    expected = case["tasks"]
    assert [said(task, like) for task, like in zip(found, expected, strict=False)] == expected
    assert len(found) == len(expected)
    assert all(task.span.of(document.text) == task.text for task in found)
    assert len({task.id for task in found}) == len(found)
