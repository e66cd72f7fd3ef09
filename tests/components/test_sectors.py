"""The spaCy component says what the finder says."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from textsafe.mentions.sectors import find_sectors

TEXT = "一是矿山要停产整顿。\n二是校车、渡口要逐一检查，县水利局要配合。"


@pytest.fixture
def nlp() -> Language:
    blank = spacy.blank("zh")  # one token for each character
    blank.add_pipe("textsafe_sectors")
    return blank


def test_the_component_marks_every_mention(nlp: Language) -> None:
    doc = nlp(TEXT)
    marked = [(s.label_, s.start_char, s.end_char) for s in doc.spans["sectors"]]
    assert marked == [(m.id, m.span.start, m.span.end) for m in find_sectors(TEXT)]
    assert len(marked) == 5


def test_the_group_exists_where_no_sector_is_named(nlp: Language) -> None:
    doc = nlp("压实责任。")
    assert list(doc.spans["sectors"]) == []


def test_the_spans_survive_storage(nlp: Language) -> None:
    doc = nlp(TEXT)
    again = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    labels = [span.label_ for span in again.spans["sectors"]]
    assert labels == [m.id for m in find_sectors(TEXT)]
