"""``textsafe parse`` from end to end."""

from __future__ import annotations

import jsonschema
import pytest

from tests.builders import zipped
from tests.mails import mail, multipart, part
from textsafe import readers
from textsafe.document import Document
from textsafe.errors import EmptyDocumentError
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


@pytest.fixture
def archive(tmp_path, notice):
    """An archive with a notice, a mail, and a file that nobody can read."""
    text = notice.read_bytes()
    path = tmp_path / "资料.zip"
    inside = mail(multipart("mixed", [part("请查收。"), part(text, name="附件.txt")]))
    path.write_bytes(zipped({"通知.txt": text, "来文.eml": inside, "a.exe": b"\x7fELF"}))
    return path


def sources(outcomes):
    return [outcome.get("metadata", outcome.get("document"))["source"] for outcome in outcomes]


def test_archive_is_a_list_of_what_it_holds(run, archive):
    result = run("parse", archive)
    assert result.code == 1
    assert sources(result.json) == [
        f"{archive}/{name}" for name in ("a.exe", "来文.eml", "来文.eml/附件.txt", "通知.txt")
    ]
    assert result.json[0]["error"]["type"] == "UnsupportedFormatError"
    assert result.err == "共 4 项：完成 3 项，失败 1 项\n"


def test_archive_of_one_document_is_a_list_of_one(run, tmp_path, notice):
    path = tmp_path / "资料.zip"
    path.write_bytes(zipped({"通知.txt": notice.read_bytes()}))
    assert sources(run("parse", path).json) == [f"{path}/通知.txt"]


def test_archive_that_cannot_be_opened_is_one_failure(run, tmp_path):
    path = tmp_path / "资料.zip"
    path.write_bytes(zipped({}))
    assert sources([run("parse", path).json]) == [str(path)]


def test_mail_is_one_object_without_attachments_and_a_list_with_them(run, tmp_path):
    path = tmp_path / "来文.eml"
    path.write_bytes(mail(part("请查收。")))
    assert run("parse", path).json["text"] == "请查收。"
    path.write_bytes(mail(multipart("mixed", [part("请查收。"), part("甲", name="a.txt")])))
    assert sources(run("parse", path).json) == [str(path), f"{path}/a.txt"]


def test_text_of_an_archive_is_titled(run, archive):
    out = run("parse", archive, "--format", "text").out
    assert out.count("==> ") == 3
    assert f"==> {archive}/来文.eml/附件.txt <==\n" in out


def test_limit_can_be_raised_and_lowered(run, notice):
    failure = run("parse", notice, "--limit", "characters=10", "--limit", "pages=3").json["error"]
    assert failure["type"] == "LimitExceededError"
    assert "--limit characters=" in failure["hint"]
    assert run("parse", notice, "--limit", "characters=1k", "--limit", "file_bytes=1M").code == 0


@pytest.mark.parametrize(("tracked", "expected"), [(None, "accepted"), ("original", "original")])
def test_tracked_changes_are_read_as_asked(run, notice, monkeypatch, tracked, expected):
    seen = []

    def read_each(path, *, options):
        seen.append(options.tracked)
        yield path, EmptyDocumentError("empty")

    monkeypatch.setattr("textsafe.readers.read_each", read_each)
    run("parse", notice, *(["--tracked", tracked] if tracked else []))
    assert seen == [expected]


def test_bug_of_a_reader_does_not_cost_the_other_files(run, notice, monkeypatch):
    read_each = readers.read_each

    def broken(path, *, options):
        yield from read_each(path, options=options)
        if path == str(notice):
            raise KeyError("boom")

    other = notice.with_name("other.txt")
    other.write_bytes(notice.read_bytes())
    monkeypatch.setattr("textsafe.readers.read_each", broken)
    result = run("parse", notice, other)
    assert result.code == 2
    assert [outcome.get("error", {}).get("type") for outcome in result.json] == [
        None, "InternalError", None,
    ]  # fmt: skip


def test_legacy_files_of_a_folder_are_converted_ahead(run, tmp_path, monkeypatch):
    seen = []

    def ahead(paths, options):
        for path in paths:
            seen.append((path, options.conversions is not None))
            yield path

    monkeypatch.setattr("textsafe.readers.office.ahead.converted_ahead", ahead)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("各镇要落实。", encoding="utf-8")
    assert run("parse", tmp_path).code == 0
    assert seen == [(str(tmp_path / name), True) for name in ("a.txt", "b.txt")]
