"""Reading gold annotation, and what is said when it is wrong."""

from __future__ import annotations

import json

import pytest

from tests.training.gold import UNITS, write_corpus
from textsafe.errors import CorruptDocumentError, UsageError
from textsafe.training.corpus import read_documents, read_sentences


def test_units_carry_their_annotation(tmp_path):
    (document,) = read_documents(write_corpus(tmp_path))
    assert document.identifier == "X01"
    assert document.path == tmp_path / "X01.txt"
    assert [unit.text for unit in document.units] == [*UNITS]
    labels = ["heading", "task", "other", "task", "other", "optional"]
    assert [unit.label for unit in document.units] == labels
    assert document.units[1].parties[1].optional


@pytest.mark.parametrize("above", [False, True])
def test_parts_are_named_beside_the_documents_or_above_them(tmp_path, above):
    folder = write_corpus(tmp_path / "tasks")
    write_corpus(folder, identifier="X02")
    place = tmp_path if above else folder
    (place / "splits.toml").write_text('[tasks]\ntrain = ["X02"]\n[other]\ndev = ["X01"]\n')
    assert [one.split for one in read_documents(folder)] == [None, "train"]
    assert [one.identifier for one in read_documents(folder, "train")] == ["X02"]
    with pytest.raises(UsageError, match="gold_no_split"):
        read_documents(folder, "dev")


def test_a_word_file_stands_in_for_a_missing_text(tmp_path):
    write_corpus(tmp_path)
    (tmp_path / "X01.txt").rename(tmp_path / "X01.docx")
    assert read_documents(tmp_path)[0].path.name == "X01.docx"


def test_a_folder_without_annotation_is_refused(tmp_path):
    with pytest.raises(UsageError, match="gold_none"):
        read_documents(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("X01.gold.jsonl", '{"u": 1, "label": "title"}\n', "gold_line"),
        ("X01.gold.jsonl", "not json\n", "gold_line"),
        ("X01.gold.jsonl", '{"u": 99, "label": "heading"}\n', "gold_unit"),
        ("X01.units.tsv", "1\t0\n", "gold_line"),
        ("splits.toml", "[tasks\n", "gold_file"),
    ],
)
def test_wrong_annotation_is_named(tmp_path, name, content, key):
    folder = write_corpus(tmp_path / "tasks")
    (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(CorruptDocumentError) as error:
        read_documents(folder)
    assert error.value.key == key
    assert error.value.params["path"] == folder / name


def test_missing_units_are_named(tmp_path):
    (write_corpus(tmp_path) / "X01.units.tsv").unlink()
    with pytest.raises(CorruptDocumentError, match="gold_file"):
        read_documents(tmp_path)


def test_sentences(tmp_path):
    path = tmp_path / "parties.jsonl"
    rows = [
        {"id": "P1", "split": "train", "text": "各镇要排查。", "why": "modal",
         "parties": [{"name": "各镇", "role": "owner", "level": "township"}]},
        {"id": 2, "split": "test", "text": "要排查。", "parties": []},
    ]  # fmt: skip
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    (unit,) = read_sentences(path, "train")
    assert (unit.name, unit.group, unit.parties[0].name) == ("P1", "modal", "各镇")
    assert [one.name for one in read_sentences(path)] == ["P1", "2"]
    with pytest.raises(UsageError, match="gold_no_split"):
        read_sentences(path, "dev")
