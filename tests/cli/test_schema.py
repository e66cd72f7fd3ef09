"""``textsafe schema``."""

from __future__ import annotations

import jsonschema
import pytest

from textsafe.records import TaskRecord


@pytest.mark.parametrize("name", ["tasks", "document"])
def test_schema_is_a_schema(run, name):
    result = run("schema", name)
    assert result.code == 0
    jsonschema.Draft202012Validator.check_schema(result.json)


def test_schema_refuses_unknown_fields(run, record: TaskRecord):
    schema = run("schema", "tasks").json
    value = record.model_dump(mode="json")
    jsonschema.validate(value, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**value, "extra": 1}, schema)


def test_written_to_a_file(run, tmp_path):
    assert run("schema", "tasks", "-o", tmp_path / "tasks.json").out == ""
    assert (tmp_path / "tasks.json").read_text(encoding="utf-8") == run("schema", "tasks").out
