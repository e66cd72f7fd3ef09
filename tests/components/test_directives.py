"""The spaCy component for directives: which units are tasks, and of which modality."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

TEXT = "一、排查\n各镇要立即排查。严禁违规动火。目前形势依然严峻。（县住建局牵头）"


@pytest.fixture
def nlp() -> Language:
    blank = spacy.blank("zh")
    blank.add_pipe("textsafe_directives")
    return blank


def marked(doc: Doc) -> list[tuple[str, str]]:
    return [(span.text, span.label_) for span in doc.spans["tasks"]]


def test_tasks_and_their_modality(nlp: Language) -> None:
    found = marked(nlp(TEXT))
    assert ("各镇要立即排查。", "must") in found
    assert ("严禁违规动火。", "prohibit") in found
    assert [text for text, _ in found if "形势" in text or "牵头" in text] == []


def test_titles_of_sections_are_no_tasks(nlp: Language) -> None:
    doc = nlp.make_doc("一、开展排查\n各镇要立即排查。")
    doc.spans["sections"] = SpanGroup(doc, spans=[doc.char_span(0, 6)])
    assert marked(nlp(doc)) == [("各镇要立即排查。", "must")]


def test_records_say_how_sure_and_why(nlp: Language) -> None:
    doc = nlp(TEXT)
    records = doc.spans["tasks"].attrs["records"]
    assert [record["modality"] for record in records] == [label for _, label in marked(doc)]
    assert all(0.5 <= record["probability"] <= 1 for record in records)
    assert "order.ban" in next(r for r in records if r["modality"] == "prohibit")["rules"]


def test_the_setting_counts() -> None:
    def probability(setting: str) -> float:
        nlp = spacy.blank("zh")
        nlp.add_pipe("textsafe_directives", config={"setting": setting})
        return float(nlp("各镇要立即排查。").spans["tasks"].attrs["records"][0]["probability"])

    assert probability("background") < probability("plain") < probability("order")


def test_a_setting_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="setting"):
        spacy.blank("zh").add_pipe("textsafe_directives", config={"setting": "unknown"})
