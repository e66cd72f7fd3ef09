"""``textsafe evaluate`` from end to end."""

from __future__ import annotations

import json

import pytest

from tests.training.gold import write_corpus


@pytest.fixture
def gold(tmp_path):
    (tmp_path / "splits.toml").write_text('[gold]\ntrain = ["X01"]\ntest = ["X02"]\n')
    folder = write_corpus(tmp_path / "gold")
    return write_corpus(folder, identifier="X02")


@pytest.fixture
def sentences(tmp_path):
    path = tmp_path / "sentences.jsonl"
    rows = [
        {"id": "1", "split": "train", "text": "各镇要在6月底前排查。", "date": "2024-03-01",
         "parties": [{"name": "各镇", "role": "owner"}], "why": "modal",
         "deadlines": [{"text": "6月底前", "kind": "by", "due": "2024-06-30"}]},
        {"id": "2", "split": "train", "text": "各村要排查。", "why": "modal",
         "parties": [{"name": "县政府", "role": "lead"}], "deadlines": []},
    ]  # fmt: skip
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text(text, encoding="utf-8")
    return path


def test_figures_as_json(run, gold):
    result = run("evaluate", "tasks", gold, "--format", "json")
    assert (result.code, result.err) == (0, "")
    figures = result.json
    assert (figures["subject"], figures["count"], figures["units"]) == ("tasks", 2, 8)
    assert figures["fields"]["task"]["f1"] == 1.0
    assert {"precision", "recall", "right", "wrong", "missed"} <= set(figures["fields"]["party"])
    assert [one["name"] for one in figures["groups"]["document"]] == ["X01", "X02"]
    assert figures["errors"] == []


def test_tables_in_both_languages(run, gold):
    chinese = run("evaluate", "tasks", gold, "--split", "train").out
    assert "任务提取评测" in chinese
    assert "train 部分，1 份文档" in chinese
    assert "置信度可靠性" in chinese
    english = run("evaluate", "tasks", gold, "--lang", "en").out
    assert "party with role" in english


def test_page_is_known_by_its_suffix(run, gold, tmp_path):
    page = tmp_path / "评测.html"
    result = run("evaluate", "tasks", gold, "--split", "train", "-o", page)
    assert (result.code, result.out, result.err) == (0, "", "")
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_sentences(run, sentences):
    parties = run("evaluate", "parties", sentences, "--split", "train", "--format", "json").json
    assert parties["fields"]["sentence"]["share"] == 0.5
    assert parties["groups"]["why"][0]["name"] == "modal"
    deadlines = run("evaluate", "deadlines", sentences, "--format", "json").json
    assert deadlines["fields"]["deadline"]["f1"] == 1.0


def test_errors_are_listed_on_demand(run, sentences):
    assert "县政府" not in run("evaluate", "parties", sentences).out
    listed = run("evaluate", "parties", sentences, "--errors", "1").out
    assert "sentences.jsonl:2 各村要排查。" in listed
    assert "主体遗漏：人工标注 县政府（牵头）" not in listed  # the name is not in the sentence
    assert "主体未承接：人工标注 县政府（牵头）" in listed


def test_floors(run, sentences):
    good = run("evaluate", "parties", sentences, "--min", "party=0.5", "--min", "sentence=0.5")
    assert (good.code, good.err) == (0, "")
    bad = run("evaluate", "parties", sentences, "--min", "party=0.5", "--min", "party+role=0.9")
    assert bad.code == 1
    assert bad.err == "未达到下限：party+role 为 0.5000，要求 0.9\n"
    assert bad.out == good.out


def test_floor_of_confident_tasks(run, gold):
    assert run("evaluate", "tasks", gold, "--min", "confidence=0.5").code == 0


@pytest.mark.parametrize("shown", [("--errors", "5"), ("-o", "x.html")])
def test_texts_held_out_are_not_shown_in_silence(run, gold, tmp_path, monkeypatch, shown):
    monkeypatch.chdir(tmp_path)
    changed = (gold / "X02.gold.jsonl").read_text(encoding="utf-8").replace("各村", "村两委")
    (gold / "X02.gold.jsonl").write_text(changed, encoding="utf-8")
    assert "test" in run("evaluate", "tasks", gold, "--split", "test", *shown).err
    assert run("evaluate", "tasks", gold, "--split", "test").err == ""
    assert run("evaluate", "tasks", gold, "--split", "train", *shown).err == ""


def test_an_unreadable_document_fails_and_counts_as_empty(run, gold):
    (gold / "X01.txt").unlink()
    result = run("evaluate", "tasks", gold, "--format", "json")
    assert result.code == 1
    assert "X01.txt" in result.err
    assert result.json["fields"]["task"]["missed"] == 2


def test_annotation_is_not_written_over(run, gold, sentences):
    for subject, annotation, output in (
        ("tasks", gold, gold / "X01.gold.jsonl"),
        ("parties", sentences, sentences),
    ):
        before = output.read_bytes()
        assert run("evaluate", subject, annotation, "-o", output).code == 2
        assert output.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["tasks"], "GOLD"),
        (["notices", "GOLD"], "tasks | deadlines | parties"),
        (["tasks", "no-such-folder"], "no-such-folder"),
        (["parties", "no-such-file.jsonl"], "no-such-file.jsonl"),
        (["tasks", "GOLD", "--split", "dev"], "dev"),
        (["tasks", "GOLD", "--min", "party"], "party"),
        (["tasks", "GOLD", "--min", "party=2"], "party=2"),
        (["tasks", "GOLD", "--min", "nan=nan"], "nan"),
        (["tasks", "GOLD", "--min", "sentence=0.5"], "party+role"),
        (["tasks", "GOLD", "--errors", "-1"], "-1"),
        (["tasks", "GOLD", "--format", "csv"], "table | json | html"),
    ],
)
def test_wrong_usage(run, gold, arguments, said):
    filled = [str(gold) if one == "GOLD" else one for one in arguments]
    result = run("evaluate", *filled)
    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert "Traceback" not in result.err


def test_damaged_annotation_is_named_with_its_line(run, gold):
    (gold / "X01.gold.jsonl").write_text('{"u": 1, "label": "task"}\n{"u": 2}\n')
    result = run("evaluate", "tasks", gold)
    assert result.code == 2
    assert "X01.gold.jsonl 第 2 行" in result.err
