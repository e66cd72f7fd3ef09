"""The spaCy component for parties: each unit by itself, brackets and lines included."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from textsafe.records import Party


@pytest.fixture
def nlp() -> Language:
    blank = spacy.blank("zh")
    blank.add_pipe("textsafe_parties")
    return blank


def marked(doc: Doc) -> list[tuple[str, str]]:
    return [(span.text, span.label_) for span in doc.spans["parties"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("各镇要立即排查。", [("各镇", "owner")]),
        (
            "推进改造。（县住建局牵头，县城管局配合）",
            [("县住建局", "lead"), ("县城管局", "support")],
        ),
        ("责任单位：县水利局、各镇", [("县水利局", "owner"), ("各镇", "owner")]),
        ("由县应急局牵头。\n各企业要自查。", [("县应急局", "lead"), ("各企业", "owner")]),
        ("形势依然严峻。", []),
    ],
)
def test_parties_and_their_roles(nlp: Language, text: str, expected: list[tuple[str, str]]) -> None:
    assert marked(nlp(text)) == expected


def test_records_stand_beside_the_spans(nlp: Language) -> None:
    doc = nlp("要加强监管。\n各镇要立即排查。（县住建局牵头）")
    records = [Party.model_validate(record) for record in doc.spans["parties"].attrs["records"]]
    assert [record.span.of(doc.text) for record in records] == [record.name for record in records]
    assert [(record.name, record.role) for record in records] == marked(doc)


def test_the_group_may_have_another_name() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("textsafe_parties", config={"spans_key": "who"})
    doc = nlp("各镇要立即排查。")
    assert [span.text for span in doc.spans["who"]] == ["各镇"]
