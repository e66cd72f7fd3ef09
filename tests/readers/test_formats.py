"""One document in every format is one Document, up to layout."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from tests.formats import WRITERS, by_office
from tests.office import office_installed
from textsafe.document import Document
from textsafe.extract.tasks import task_record
from textsafe.readers import read_bytes
from textsafe.structure import structured

CORPORA = Path(__file__).parents[2] / "corpora" / "tasks"
# A plan inside the notice that issues it, with a table; a notice; a notice with a table of tasks.
TEXTS = {
    name: (CORPORA / f"{name}.txt").read_text(encoding="utf-8") for name in ("T04", "T28", "T46")
}


def read(data: bytes, name: str) -> Document:
    return structured(read_bytes(data, source=name))


def expected(name: str) -> dict[str, Any]:
    return shape(read(TEXTS[name].encode(), "通知.txt"))


def shape(document: Document) -> dict[str, Any]:
    """Return everything of a Document but the places: what must not depend on the format."""
    text = document.text
    said = document.metadata
    return {
        "blocks": list(_blocks(document)),
        "sections": [(section.level, section.title) for section in document.sections],
        "parts": [(part.kind, part.title) for part in document.parts],
        "elements": [
            (element.kind, "".join(element.span.of(text).split())) for element in document.elements
        ],
        "tables": [
            [(cell.row, cell.column, cell.span.of(text)) for cell in table.cells if cell.span]
            for table in document.tables
        ],
        "head": (said.kind, said.title, said.issuer, said.number, said.date, said.recipients),
        "tasks": [
            (
                task.text,
                [(party.name, party.role) for party in task.parties],
                [deadline.due for deadline in task.deadlines],
            )
            for task in task_record(document).tasks
        ],
    }


def _blocks(document: Document) -> Iterator[str]:
    """Yield the text of the blocks; where a title is broken into lines is layout."""
    titles = [element.span for element in document.elements if element.kind == "title"]
    for is_title, blocks in groupby(
        document.blocks,
        key=lambda block: next(
            (t.start for t in titles if t.start <= block.span.start < t.end), -1
        ),
    ):
        texts = [" ".join(block.span.of(document.text).split()) for block in blocks]
        yield from texts if is_title < 0 else ["".join(texts)]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", WRITERS)
def test_every_format_holds_the_same(name: str, text: str) -> None:
    visible = TEXTS[text]
    if name == "csv" and "\t" not in visible:
        pytest.skip("running text is no list of values")
    data = WRITERS[name](visible)
    assert shape(read(data, f"通知.{name.split(maxsplit=1)[0]}")) == expected(text)


@pytest.mark.slow
@pytest.mark.skipif(not office_installed(), reason="LibreOffice (Writer and Calc) is missing")
def test_what_a_real_program_wrote_holds_the_same(tmp_path: Path) -> None:
    with_tables = {name: TEXTS[name] for name in ("T04", "T46")}
    for (kind, name), path in by_office(with_tables, tmp_path).items():
        assert shape(read(path.read_bytes(), path.name)) == expected(name), kind
