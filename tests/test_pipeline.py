"""The pipeline as a whole: built, saved, loaded, stored and run in several processes."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import textsafe
from textsafe.pipeline import build, to_doc

COMPONENTS = ["textsafe_parties", "textsafe_deadlines", "textsafe_sectors", "textsafe_directives"]
GROUPS = ["parties", "deadlines", "sectors", "tasks"]
TEXT = (
    "近期天气干燥。\n各镇要于6月底前完成燃气管网排查。（县住建局牵头）\n"
    "严禁 向无证餐饮场所配送瓶装液化气；各企业每月5日前报送。"
)
DATE = dt.date(2024, 3, 11)


@pytest.fixture
def nlp() -> Language:
    return build(date=DATE)


def content(doc: Doc) -> dict[str, list[Any]]:
    """What the components say, apart from how the text is cut into tokens."""
    return {
        key: [
            [(span.text, span.label_, span.id_, span.start_char) for span in doc.spans[key]],
            doc.spans[key].attrs["records"],
        ]
        for key in GROUPS
    }


def test_the_components_in_their_order(nlp: Language) -> None:
    assert nlp.pipe_names == COMPONENTS
    assert list(nlp(TEXT).spans) == GROUPS
    assert all(spans for spans, _ in content(nlp(TEXT)).values())


def test_the_date_is_that_of_the_pipeline(nlp: Language) -> None:
    dated, undated = nlp(TEXT), build()(TEXT)
    assert [span.id_ for span in dated.spans["deadlines"]] == ["2024-06-30", "P1M"]
    assert [span.id_ for span in undated.spans["deadlines"]] == ["", "P1M"]


def test_analysis_finds_nothing_missing(nlp: Language) -> None:
    analysis = nlp.analyze_pipes(keys=["assigns", "requires"])
    assert {name: entry["assigns"] for name, entry in analysis["summary"].items()} == {
        name: ["doc.spans"] for name in COMPONENTS
    }
    assert not any(analysis["problems"][name] for name in COMPONENTS)


def test_it_joins_a_pipeline_of_ones_own() -> None:
    own = spacy.blank("zh")
    own.add_pipe("sentencizer", config={"punct_chars": ["。", "；"]})
    for name in COMPONENTS:
        own.add_pipe(name)
    doc = own(TEXT)
    assert len(list(doc.sents)) == 4
    assert content(doc) == content(build()(TEXT))


@pytest.mark.parametrize("segmenter", ["char", "jieba"])
def test_a_saved_pipeline_needs_no_import_of_the_package(segmenter: Any, tmp_path: Path) -> None:
    nlp = build(date=DATE, segmenter=segmenter)
    nlp.to_disk(tmp_path / "pipeline")
    program = (
        "import spacy, sys\n"
        f"doc = spacy.load({str(tmp_path / 'pipeline')!r})({TEXT!r})\n"
        "sys.stdout.buffer.write(doc.to_bytes())"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    doc = Doc(nlp.vocab).from_bytes(run.stdout)
    assert content(doc) == content(nlp(TEXT))


def test_a_bin_keeps_everything(nlp: Language) -> None:
    stored = DocBin(docs=[nlp(TEXT)]).to_bytes()
    [doc] = DocBin().from_bytes(stored).get_docs(nlp.vocab)
    assert content(doc) == content(nlp(TEXT))


def test_two_processes_give_the_same(nlp: Language) -> None:
    texts = [TEXT, "各镇要立即排查。", TEXT, "形势严峻。"]
    for text, doc in zip(texts, nlp.pipe(texts, n_process=2, batch_size=2), strict=True):
        assert content(doc) == content(nlp(text))


def test_words_instead_of_characters_say_the_same(nlp: Language) -> None:
    words = build(date=DATE, segmenter="jieba")(TEXT)
    assert len(words) < len(nlp(TEXT))
    assert words.text == TEXT
    for key, (_, records) in content(nlp(TEXT)).items():
        assert words.spans[key].attrs["records"] == records
        assert len(words.spans[key]) == len(records)


def test_jieba_is_imported_without_a_word(tmp_path: Path) -> None:
    """Its source is compiled anew here, with every warning an error."""
    program = "from textsafe.pipeline import build; print(len(build(segmenter='jieba')('排查')))"
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPYCACHEPREFIX": str(tmp_path)},
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "1\n", "")


def test_a_document_becomes_a_doc(nlp: Language) -> None:
    document = textsafe.parse_text("一、全面排查\n（一）燃气。各镇要逐户检查。\n二、严格执法")
    doc = to_doc(document, nlp)
    assert doc.text == document.text
    assert [(span.text, span.label_) for span in doc.spans["sections"]] == [
        (section.title_span.of(document.text), str(section.level)) for section in document.sections
    ]
    records = doc.spans["sections"].attrs["records"]
    assert records == [section.model_dump(mode="json") for section in document.sections]
    assert [span.text for span in doc.spans["blocks"]] == [
        block.span.of(document.text) for block in document.blocks
    ]
    assert [span.text for span in doc.spans["tasks"]] == ["各镇要逐户检查。"]


def test_a_long_document_is_no_reason_to_refuse(nlp: Language) -> None:
    nlp.max_length = 10
    assert to_doc(textsafe.parse_text(TEXT), nlp).text == TEXT


def test_the_finders_are_used_without_spacy() -> None:
    program = (
        "import sys, textsafe\n"
        "textsafe.extract_tasks(textsafe.parse_text('各镇要立即排查。'))\n"
        "print('spacy' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout == "False\n"
