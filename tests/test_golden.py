"""The task records of our own documents, as they were last looked at.

``make golden`` writes them anew; read the difference before you commit it. A record depends on
the text alone: the same document as Word or PDF file has the same tasks.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from textsafe import extract_tasks
from textsafe.records import TaskRecord

ROOT = Path(__file__).parent.parent
TASKS = ROOT / "corpora" / "tasks"
TEXTS = [TASKS / f"T{number:02}.txt" for number in range(1, 9)]
FILES = sorted([*TASKS.glob("*.docx"), *TASKS.glob("*.pdf")])
GOLDEN_MODULES = {"test_golden.py", "test_docs.py"}


def without(value: Any, keys: set[str]) -> Any:
    """Return a JSON value without the members called `keys`, at any depth."""
    if isinstance(value, dict):
        return {name: without(item, keys) for name, item in value.items() if name not in keys}
    if isinstance(value, list):
        return [without(item, keys) for item in value]
    return value


def said(record: TaskRecord, *, leaving_out: set[str]) -> Any:
    return without(record.model_dump(mode="json", exclude_defaults=True), leaving_out)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_record(path: Path, golden: Callable[[Path, str], None]) -> None:
    record = said(extract_tasks(path), leaving_out={"source", "sha256", "id"})
    golden(
        ROOT / "tests" / "golden" / "records" / f"{path.stem}.json",
        json.dumps(record, ensure_ascii=False, indent=1) + "\n",
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_word_and_pdf_files_hold_the_same_tasks_as_their_text(path: Path) -> None:
    leaving_out = {"source", "sha256", "format", "pages", "id", "span"}
    text = said(extract_tasks(path.with_suffix(".txt")), leaving_out=leaving_out)
    assert said(extract_tasks(path), leaving_out=leaving_out) == text


def test_expected_outputs_are_not_written_in_a_run_of_all_tests(
    request: pytest.FixtureRequest,
) -> None:
    if request.config.getoption("--update-golden"):
        assert {item.path.name for item in request.session.items} <= GOLDEN_MODULES
