"""``textsafe tasks`` from end to end."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys

import docx
import jsonschema
import pytest

import textsafe
from textsafe import readers
from textsafe.export.schema import task_schema


@pytest.fixture
def folder(tmp_path, notice):
    """A folder with a bad file among good ones."""
    folder = tmp_path / "folder"
    folder.mkdir()
    text = notice.read_bytes()
    (folder / "文件1.txt").write_bytes(text)
    (folder / "文件2.txt").write_bytes(b"")
    (folder / "文件10.txt").write_bytes(text)
    return folder


def test_one_file_as_json_is_one_object(run, notice):
    result = run("tasks", notice, "--format", "json")
    assert (result.code, result.err) == (0, "")
    jsonschema.validate(result.json, task_schema())
    assert result.json["document"]["source"] == str(notice)
    assert "text" not in result.json["document"]


def test_record_names_who_and_by_when(run, notice):
    tasks = run("tasks", notice, "--format", "json").json["tasks"]
    gas = next(task for task in tasks if "管网排查" in task["text"])
    assert [party["name"] for party in gas["parties"]] == ["县住建局"]
    assert [deadline["due"] for deadline in gas["deadlines"]] == ["2024-06-30"]


def test_with_text_the_spans_point_into_the_text(run, notice):
    record = run("tasks", notice, "--format", "json", "--with-text").json
    for task in record["tasks"]:
        start, end = task["span"]["start"], task["span"]["end"]
        assert record["document"]["text"][start:end] == task["text"]


def test_date_replaces_the_documents(run, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("各镇要在6月底前完成隐患排查。", encoding="utf-8")
    record = run("tasks", path, "--format", "json", "--date", "2021-03-01").json
    assert record["tasks"][0]["deadlines"][0]["due"] == "2021-06-30"


def test_failure_stands_in_the_records_place(run, folder):
    result = run("tasks", folder, "--format", "jsonl")
    first, bad, last = result.lines
    assert result.code == 1
    assert [line["document"]["source"] for line in (first, bad, last)] == [
        str(folder / name) for name in ("文件1.txt", "文件2.txt", "文件10.txt")
    ]
    assert bad["error"]["type"] == "EmptyDocumentError"
    assert bad["error"]["message"]
    assert bad["error"]["hint"]
    assert first["tasks"]
    assert last["tasks"]
    assert result.err == "共 3 项：完成 2 项，失败 1 项\n"
    for line in (first, bad, last):
        jsonschema.validate(line, task_schema())


def test_folder_as_json_is_a_list_even_of_one(run, folder):
    assert len(run("tasks", folder, "--format", "json").json) == 3
    (folder / "文件2.txt").unlink()
    (folder / "文件10.txt").unlink()
    assert len(run("tasks", folder, "--format", "json").json) == 1


@pytest.mark.parametrize("output_format", ["table", "csv"])
def test_failures_are_listed_beside_formats_that_cannot_hold_them(run, folder, output_format):
    result = run("tasks", folder, "--format", output_format, "--lang", "en")
    assert result.code == 1
    assert f"failed: {folder / '文件2.txt'}: the file holds no text" in result.err
    assert result.err.endswith("3 in all: 2 done, 1 failed\n")
    assert "文件2.txt" not in result.out


def test_csv_opens_in_a_spreadsheet(run, folder, tmp_path):
    out = tmp_path / "任务.csv"
    assert run("tasks", folder, "--format", "csv", "-o", out).out == ""
    text = out.read_bytes().decode("utf-8-sig")
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert {row["来源"] for row in rows} == {str(folder / "文件1.txt"), str(folder / "文件10.txt")}
    assert "县住建局" in {row["责任"] for row in rows}


def test_word_holds_a_table_for_each_document_and_its_failures(run, folder, tmp_path):
    out = tmp_path / "任务分解表.docx"
    result = run("tasks", folder, "--format", "docx", "-o", out)
    assert (result.code, result.out) == (1, "")
    assert result.err == "共 3 项：完成 2 项，失败 1 项\n"
    document = docx.Document(out)
    assert len(document.tables) == 2
    assert "县住建局" in {cell.text for cell in document.tables[0].columns[2].cells}
    assert document.paragraphs[-1].text.startswith(f"{folder / '文件2.txt'}：文件中没有任何文字。")


def test_word_can_be_piped(root, notice):
    done = subprocess.run(
        [sys.executable, root / "cli.py", "tasks", notice, "--format", "docx"],
        capture_output=True, check=True,
    )  # fmt: skip
    assert docx.Document(io.BytesIO(done.stdout)).tables


@pytest.mark.parametrize("output", [(), ("-o", "-")])
def test_word_is_not_written_to_a_terminal(run, notice, monkeypatch, output):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    result = run("tasks", notice, "--format", "docx", *output)
    assert (result.code, result.out) == (2, "")
    assert "-o" in result.err


def test_table_is_the_default(run, notice):
    out = run("tasks", notice).out
    assert out.startswith("关于开展夏季燃气安全专项检查的通知\n")
    assert "2024-06-30" in out
    assert "\x1b" not in out


def test_standard_input(run, notice):
    result = run("tasks", "-", "--format", "json", stdin=b"\xef\xbb\xbf" + notice.read_bytes())
    assert result.code == 0
    assert result.json["document"]["source"] == "-"
    assert result.json["tasks"]


def test_empty_standard_input_is_a_failure(run):
    result = run("tasks", "-", "--format", "json")
    assert (result.code, result.json["error"]["type"]) == (1, "EmptyDocumentError")


def test_standard_input_in_another_encoding_is_a_failure(run, notice):
    result = run(
        "tasks", "-", "--format", "json", stdin=notice.read_text("utf-8").encode("gb18030")
    )
    assert (result.code, result.json["document"]["source"]) == (1, "-")
    assert "UTF-8" in result.json["error"]["message"]


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("missing.txt", None, "UnreadableFileError"),
        ("empty.txt", b"", "EmptyDocumentError"),
        ("blank.txt", b" \n\t\n", "EmptyDocumentError"),
        ("rubbish.txt", bytes(range(256)) * 20, None),
        ("rubbish.docx", b"PK\x03\x04" + bytes(200), None),
        ("rubbish.pdf", b"%PDF-1.7\n" + bytes(200), None),
        ("table.xlsx", b"PK\x03\x04" + bytes(200), None),
    ],
)
def test_bad_file_is_explained_and_the_next_is_done(run, notice, name, content, error):
    bad = notice.with_name(name)
    if content is not None:
        bad.write_bytes(content)
    result = run("tasks", bad, notice, "--format", "jsonl")
    failure, good = result.lines
    assert result.code == 1
    assert failure["document"]["source"] == str(bad)
    assert error is None or failure["error"]["type"] == error
    assert failure["error"]["type"] != "InternalError"
    assert good["tasks"]
    assert "Traceback" not in result.err


def test_file_that_vanishes_is_a_failure(run, folder, monkeypatch):
    read_each = readers.read_each

    def read_and_remove_the_next(path, *, options):
        (folder / "文件10.txt").unlink(missing_ok=True)
        return read_each(path, options=options)

    monkeypatch.setattr(readers, "read_each", read_and_remove_the_next)
    result = run("tasks", folder, "--format", "jsonl")
    assert [line.get("error", {}).get("type") for line in result.lines] == [
        None, "EmptyDocumentError", "UnreadableFileError",
    ]  # fmt: skip


def test_file_without_permission_is_a_failure(run, notice, monkeypatch):
    def refuse(*_arguments, **_options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    result = run("tasks", notice, "--format", "json")
    assert (result.code, result.json["error"]["type"]) == (1, "UnreadableFileError")


@pytest.mark.skipif(os.name == "nt", reason="file names are Unicode there")
def test_file_name_that_is_not_text_is_a_failure(run, tmp_path, notice):
    name = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")
    result = run("tasks", name, notice, "--format", "jsonl")
    failure, good = result.lines
    assert failure["document"]["source"].endswith("\\udcff.txt")
    assert good["tasks"]


def test_bug_met_by_one_document_does_not_cost_the_others(run, folder, monkeypatch):
    extract = textsafe.extract_tasks

    def broken(document, **options):
        if document.metadata.source.endswith("文件1.txt"):
            raise KeyError("boom")
        return extract(document, **options)

    monkeypatch.setattr(textsafe, "extract_tasks", broken, raising=False)
    result = run("tasks", folder, "--format", "jsonl")
    assert result.code == 2
    assert [line.get("error", {}).get("type") for line in result.lines] == [
        "InternalError", "EmptyDocumentError", None,
    ]  # fmt: skip
    monkeypatch.setenv("TEXTSAFE_DEBUG", "1")
    assert "KeyError: 'boom'" in run("tasks", folder, "--format", "jsonl").err


def test_original_is_never_overwritten(run, notice):
    before = notice.read_bytes()
    result = run("tasks", notice, "-o", notice)
    assert result.code == 2
    assert notice.read_bytes() == before


def test_same_input_same_output(run, folder):
    arguments = ("tasks", folder, "--format", "jsonl")
    assert run(*arguments).out == run(*arguments).out


def test_jsonl_is_the_same_as_json(run, folder):
    lines = run("tasks", folder, "--format", "jsonl").lines
    assert json.dumps(lines) == json.dumps(run("tasks", folder, "--format", "json").json)
