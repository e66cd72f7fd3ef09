"""The tables and records of our own documents, as they were last looked at.

``make golden`` writes them anew; read the difference before you commit it.
"""

from __future__ import annotations

import json

import pytest

DOCUMENTS = [
    "T01.docx",
    "T02.txt",
    "T03.pdf",
    "T04.docx",
    "T05.txt",
    "T06.txt",
    "T07.docx",
    "T08.pdf",
]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_table(run, golden, root, monkeypatch, name):
    monkeypatch.chdir(root)
    result = run("tasks", f"corpora/tasks/{name}")
    assert (result.code, result.err) == (0, "")
    golden(root / "tests" / "golden" / "tables" / f"{name}.txt", result.out)


def test_record(run, golden, root, monkeypatch):
    monkeypatch.chdir(root)
    record = run("tasks", "corpora/tasks/T06.txt", "--format", "json").json
    golden(
        root / "tests" / "golden" / "T06.json",
        json.dumps(record, ensure_ascii=False, indent=1) + "\n",
    )


def test_structure(run, golden, root, monkeypatch):
    monkeypatch.chdir(root)
    result = run("parse", "corpora/tasks/T04.docx", "--format", "markdown")
    golden(root / "tests" / "golden" / "T04.md", result.out)
