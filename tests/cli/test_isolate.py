"""``--isolate``: files are read by a process that may die of them."""

from __future__ import annotations

import pytest

from tests.builders import docx, paragraph, zipped


@pytest.mark.usefixtures("notice")
def test_same_result_as_without(run, tmp_path):
    (tmp_path / "报送.zip").write_bytes(zipped({"表.docx": docx(paragraph("各镇要落实。"))}))
    for command in ("parse", "tasks"):
        arguments = [command, tmp_path, "--format", "json"]
        isolated, plain = run(*arguments, "--isolate"), run(*arguments)
        assert isolated.out == plain.out
        assert isolated.code == plain.code == 0


def test_time_is_limited(run, tmp_path, monkeypatch):
    (tmp_path / "sitecustomize.py").write_text(
        "import time\nfrom textsafe.readers import text\ntext.read = lambda *_: time.sleep(600)\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    path = tmp_path / "通知.txt"
    path.write_text("通知", encoding="utf-8")
    outcome = run("parse", path, "--isolate", "--limit", "seconds=1")
    assert outcome.code == 1
    failure = outcome.json["error"]
    assert failure["type"] == "LimitExceededError"
    assert "--limit seconds=" in failure["hint"]


@pytest.mark.parametrize("arguments", [["--isolate"], ["--no-isolate"]])
def test_failures_are_the_same(run, tmp_path, arguments):
    path = tmp_path / "坏.docx"
    path.write_bytes(b"PK\x03\x04word/")
    outcome = run("parse", path, *arguments)
    assert outcome.code == 1
    assert outcome.json["error"]["type"] == "CorruptDocumentError"
