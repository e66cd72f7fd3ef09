"""Tables of tasks: which columns say what, who and when."""

from __future__ import annotations

import datetime as dt

from tests.casefiles import Case, each_case
from tests.frames import summary
from textsafe.document import Block, Cell, Document, Metadata, Span, Table
from textsafe.extract.tables import table_tasks

DATE = dt.date(2024, 3, 12)


def document_of(rows: list[list[str]], merged: list[list[int]]) -> Document:
    """Return a document that holds one table.

    Args:
        rows: The cells, row by row.
        merged: Row, column and number of rows of the cells that reach over several rows.
    """
    spans = {(row, column): count for row, column, count in merged}
    hidden = {
        (row + below, column) for (row, column), count in spans.items() for below in range(1, count)
    }
    position, cells, blocks = 0, [], []
    for row, texts in enumerate(rows):
        start = position
        for column, text in enumerate(texts):
            span = Span(start=position, end=position + len(text)) if text else None
            position += len(text) + 1
            if (row, column) not in hidden:
                count = spans.get((row, column), 1)
                cells.append(Cell(row=row, column=column, row_span=count, span=span))
        blocks.append(Block(kind="row", span=Span(start=start, end=position - 1)))
    whole = Span(start=0, end=position - 1)
    return Document(
        metadata=Metadata(source="-", sha256="0" * 64, format="docx"),
        text="\n".join("\t".join(texts) for texts in rows),
        blocks=tuple(blocks),
        tables=(Table(span=whole, cells=tuple(cells)),),
    )


@each_case("tables.toml")
def test_cases(case: Case) -> None:
    rows = [line.split("|") for line in case["table"].strip("\n").split("\n")]
    document = document_of(rows, case.get("merged", []))
    found = list(table_tasks(document, DATE))
    assert [summary(task, like) for task, like in zip(found, case["tasks"], strict=False)] == case[
        "tasks"
    ]
    assert len(found) == len(case["tasks"])
    assert all(task.span.of(document.text) == task.text for task in found)
