"""``textsafe parse`` from end to end."""

from __future__ import annotations

import jsonschema

from textsafe.document import Document
from textsafe.export.schema import document_schema


def test_one_file_is_one_document(run, notice):
    result = run("parse", notice)
    jsonschema.validate(result.json, document_schema())
    document = Document.model_validate(result.json)
    assert result.code == 0
    assert document.text == notice.read_text(encoding="utf-8")
    assert [section.title for section in document.sections] == [
        "一、全面排查隐患",
        "二、严格监管执法",
    ]
    assert document.metadata.number == "青安办〔2024〕7号"


def test_several_files_are_a_list_with_failures_in_place(run, notice):
    result = run("parse", "missing.txt", notice)
    assert result.code == 1
    assert result.json[0]["error"]["type"] == "UnreadableFileError"
    assert result.json[1]["metadata"]["source"] == str(notice)


def test_text(run, notice):
    assert run("parse", notice, "--format", "text").out == notice.read_text(encoding="utf-8")


def test_text_of_several_files_is_titled(run, notice):
    result = run("parse", notice, notice, "--format", "text")
    assert result.out.count(f"==> {notice} <==\n") == 2


def test_markdown_has_the_headings(run, notice):
    result = run("parse", "missing.txt", notice, "--format", "markdown")
    assert "\n# 一、全面排查隐患\n" in result.out
    assert "missing.txt" in result.err
    assert result.code == 1


def test_pages_are_shown(run, notice, tmp_path):
    shown = tmp_path / "核对.html"
    result = run("parse", notice, "missing.txt", "--show", shown)
    page = shown.read_text(encoding="utf-8")
    assert result.code == 1
    assert result.out == ""
    assert "missing.txt" in result.err
    assert f"<h1>{notice}</h1>" in page
    assert page.count("<li ") == len(notice.read_text(encoding="utf-8").splitlines())
