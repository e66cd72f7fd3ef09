"""The spaCy component says what the finder says, and what it says survives storage."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from textsafe.mentions.deadlines import find_deadlines
from textsafe.records import Deadline

DATE = "2024-03-11"
TEXT = "立即停用，15日内拆除。\n6月底前完成验收，每月5日前报送；汛期前再查一遍。"
VALUES = ["", "2024-03-26", "2024-06-30", "P1M", "汛期前"]


@pytest.fixture
def nlp() -> Language:
    blank = spacy.blank("zh")
    blank.add_pipe("textsafe_deadlines", config={"date": DATE})
    return blank


def _records(doc: Doc) -> list[Deadline]:
    return [Deadline.model_validate(record) for record in doc.spans["deadlines"].attrs["records"]]


def _check(doc: Doc) -> None:
    expected = find_deadlines(TEXT, dt.date.fromisoformat(DATE))
    assert _records(doc) == expected
    marked = [(s.label_, s.start_char, s.end_char) for s in doc.spans["deadlines"]]
    assert marked == [(d.kind, d.span.start, d.span.end) for d in expected]
    assert [span.id_ for span in doc.spans["deadlines"]] == VALUES


def test_the_component_marks_every_deadline(nlp: Language) -> None:
    _check(nlp(TEXT))


def test_bytes_keep_the_records(nlp: Language) -> None:
    _check(Doc(nlp.vocab).from_bytes(nlp(TEXT).to_bytes()))


def test_a_bin_keeps_the_records(nlp: Language) -> None:
    stored = DocBin(docs=[nlp(TEXT)]).to_bytes()
    [doc] = DocBin().from_bytes(stored).get_docs(nlp.vocab)
    _check(doc)


def test_a_saved_pipeline_keeps_its_date(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    _check(spacy.load(tmp_path / "pipeline")(TEXT))


def test_two_processes_give_the_same(nlp: Language) -> None:
    for doc in nlp.pipe([TEXT] * 4, n_process=2, batch_size=2):
        _check(doc)


def test_without_a_date_the_day_stays_open() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("textsafe_deadlines", config={"spans_key": "when"})
    doc = nlp("6月底前完成。")
    [span] = doc.spans["when"]
    assert (span.label_, span.id_) == ("by", "")


def test_a_tokenizer_may_cut_across_the_ends() -> None:
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    nlp.add_pipe("textsafe_deadlines", config={"date": DATE})
    doc = nlp(TEXT)
    assert len(doc.spans["deadlines"]) == len(_records(doc))


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="isoformat"):
        spacy.blank("zh").add_pipe("textsafe_deadlines", config={"date": "三月"})


def test_local_events_give_days(tmp_path: Path) -> None:
    path = tmp_path / "本地.toml"
    path.write_text('[[event]]\nname = "汛期"\nstart = "05-01"\nend = "09-30"', encoding="utf-8")
    nlp = spacy.blank("zh")
    nlp.add_pipe("textsafe_deadlines", config={"date": DATE, "events": str(path)})
    doc = nlp("汛期前再查一遍。")
    assert [span.id_ for span in doc.spans["deadlines"]] == ["2024-04-30"]
