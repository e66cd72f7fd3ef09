"""The JSON Schema of the records, for the programs that read them."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from textsafe.document import Document
from textsafe.records import Failure, TaskRecord

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def task_schema() -> dict[str, Any]:
    """Return the schema of one line of ``textsafe tasks --format jsonl``.

    >>> task_schema()["title"]
    'textsafe tasks'
    """
    return _schema("textsafe tasks", TypeAdapter(TaskRecord | Failure))


def document_schema() -> dict[str, Any]:
    """Return the schema of what ``textsafe parse`` prints for one file."""
    return _schema("textsafe document", TypeAdapter(Document | Failure))


def _schema(title: str, adapter: TypeAdapter[Any]) -> dict[str, Any]:
    return {"$schema": DIALECT, "title": title, **adapter.json_schema(mode="serialization")}
