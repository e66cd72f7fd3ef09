"""From ranges of characters to spaCy's span groups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Span, SpanGroup

from textsafe.document import Span as Range


@dataclass(frozen=True)
class Mark:
    """What becomes one span of a group.

    Attributes:
        characters: The range in ``doc.text``.
        label: Label of the span.
        record: The whole of what was found, as JSON data; kept in the attributes of the group.
        id: Id of the span, for what a label does not tell.
    """

    characters: Range
    label: str
    record: dict[str, Any]
    id: str = ""


def write_group(doc: Doc, key: str, marks: Iterable[Mark]) -> None:
    """Write marks to ``doc.spans[key]``, their records to ``doc.spans[key].attrs["records"]``.

    Unlike custom extensions, the attributes of a group survive ``to_bytes``, ``DocBin`` and
    ``nlp.pipe(n_process=2)``.

    Args:
        doc: The document.
        key: Name of the group.
        marks: What was found, in the order of the spans to be.

    >>> import spacy
    >>> doc = spacy.blank("zh")("6月底前完成")
    >>> write_group(doc, "when", [Mark(Range(start=0, end=4), "by", {"due": "2024-06-30"})])
    >>> doc.spans["when"][0].text, doc.spans["when"].attrs["records"][0]["due"]
    ('6月底前', '2024-06-30')
    """
    marks = list(marks)
    # Expanded to tokens, no range inside the text is without a span; the type allows for it.
    spans = [span for mark in marks if (span := _tokens(doc, mark)) is not None]
    doc.spans[key] = SpanGroup(
        doc, name=key, spans=spans, attrs={"records": [mark.record for mark in marks]}
    )


def _tokens(doc: Doc, mark: Mark) -> Span | None:
    """Return the tokens that a mark touches; a tokenizer may cut across its ends."""
    start, end = mark.characters.start, mark.characters.end
    return doc.char_span(start, end, label=mark.label, span_id=mark.id, alignment_mode="expand")
