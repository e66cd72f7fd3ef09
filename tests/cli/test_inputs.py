"""Which documents the arguments name, and in which order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from textsafe.cli.inputs import Input, find_inputs
from textsafe.errors import UsageError


def sources(*arguments: Path | str, output: str | None = None) -> list[str]:
    return [item.source for item in find_inputs(map(str, arguments), output=output)]


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def test_folders_are_walked_in_natural_order(tmp_path):
    touch(tmp_path, "文件10.txt", "文件2.txt", "b/1.txt", "A/1.txt", "文件1.txt")
    found = [os.path.relpath(source, tmp_path) for source in sources(tmp_path)]
    assert found == ["A/1.txt", "b/1.txt", "文件1.txt", "文件2.txt", "文件10.txt"]


def test_litter_is_left_out_of_folders_but_taken_when_named(tmp_path):
    touch(
        tmp_path, "~$通知.docx", ".hidden.txt", "desktop.ini", "Thumbs.db", ".git/config", "a.txt"
    )
    assert sources(tmp_path) == [str(tmp_path / "a.txt")]
    assert sources(tmp_path / ".hidden.txt") == [str(tmp_path / ".hidden.txt")]


def test_every_other_file_is_a_document(tmp_path):
    touch(tmp_path, "a.xlsx", "b.zip", "c")
    assert len(sources(tmp_path)) == 3


def test_data_in_a_folder_is_a_failure_but_may_be_named(tmp_path):
    touch(tmp_path, "a.JSON")
    (inside,) = find_inputs([str(tmp_path)])
    (named,) = find_inputs([str(tmp_path / "a.JSON")])
    assert inside.problem.key == "unsupported_format"
    assert named.problem is None


def test_ledger_as_csv_is_a_document(tmp_path):
    touch(tmp_path, "台账.csv", "台账.tsv")
    assert [item.problem for item in find_inputs([str(tmp_path)])] == [None, None]


def test_arguments_keep_their_order_and_spelling(tmp_path, monkeypatch):
    touch(tmp_path, "folder/b.txt", "a.txt")
    monkeypatch.chdir(tmp_path)
    assert sources("folder/", "-", "./a.txt", "missing.txt") == [
        "folder/b.txt", "-", "./a.txt", "missing.txt",
    ]  # fmt: skip


def test_links_that_lead_back_are_walked_once(tmp_path):
    touch(tmp_path, "folder/a.txt")
    (tmp_path / "folder" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "folder" / "self").symlink_to(tmp_path / "folder", target_is_directory=True)
    assert sources(tmp_path) == [str(tmp_path / "folder" / "a.txt")]


def test_broken_link_is_a_document_that_will_fail(tmp_path):
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    assert sources(tmp_path) == [str(tmp_path / "a.txt")]


def test_empty_folder_is_a_failure(tmp_path):
    (only,) = find_inputs([str(tmp_path)])
    assert (only.source, only.problem.key) == (str(tmp_path), "empty_folder")


@pytest.mark.parametrize(
    ("error", "key"),
    [(PermissionError(13, "denied"), "folder_permission"), (OSError(5, "I/O"), "unreadable_io")],
)
def test_folder_that_cannot_be_opened_is_a_failure(tmp_path, monkeypatch, error, key):
    def refuse(_folder):
        raise error

    monkeypatch.setattr(os, "listdir", refuse)
    (only,) = find_inputs([str(tmp_path)])
    assert only.problem.key == key


def test_earlier_output_is_not_read_again(tmp_path):
    touch(tmp_path, "a.txt", "任务.csv")
    assert sources(tmp_path, output=str(tmp_path / "任务.csv")) == [str(tmp_path / "a.txt")]


def test_output_that_is_an_input_is_refused(tmp_path):
    touch(tmp_path, "a.txt")
    with pytest.raises(UsageError, match="usage_output_is_input"):
        find_inputs([str(tmp_path / "a.txt")], output=str(tmp_path / "a.txt"))


def test_nothing_is_lost_without_an_output():
    assert find_inputs(["missing.txt"]) == [Input("missing.txt")]
