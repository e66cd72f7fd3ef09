"""One document in every format is one Document, up to layout."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.formats import OFFICE_FORMATS, WRITERS, by_office
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


def shape(document: Document) -> dict[str, Any]:
    """Return everything of a Document but the places: what must not depend on the format."""
    text = document.text
    said = document.metadata
    return {
        "blocks": [" ".join(block.span.of(text).split()) for block in document.blocks],
        "sections": [(section.level, section.title) for section in document.sections],
        "parts": [(part.kind, part.title) for part in document.parts],
        "elements": [
            (element.kind, element.span.of(text).split()) for element in document.elements
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


@pytest.fixture(scope="module", params=TEXTS)
def text(request: pytest.FixtureRequest) -> str:
    return TEXTS[request.param]


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_holds_the_same(name: str, text: str) -> None:
    expected = shape(read(text.encode(), "通知.txt"))
    assert shape(read(WRITERS[name](text), f"通知.{name.split(maxsplit=1)[0]}")) == expected


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_what_a_real_program_wrote_holds_the_same(text: str, tmp_path: Path) -> None:
    expected = shape(read(text.encode(), "通知.txt"))
    files = by_office(text, tmp_path)
    for name in OFFICE_FORMATS:
        assert shape(read(files[name].read_bytes(), files[name].name)) == expected, name
