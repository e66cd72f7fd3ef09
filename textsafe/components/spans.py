"""From ranges of characters to spaCy spans."""

from __future__ import annotations

from spacy.tokens import Doc, Span

from textsafe.document import Span as Range


def token_span(doc: Doc, characters: Range, *, label: str, span_id: str = "") -> Span | None:
    """Return the tokens that a range of characters touches; a tokenizer may cut across its ends.

    Args:
        doc: The document.
        characters: The range in ``doc.text``.
        label: Label of the span.
        span_id: Id of the span, for what a label does not tell.

    >>> import spacy
    >>> doc = spacy.blank("zh")("6月底前完成")
    >>> token_span(doc, Range(start=0, end=4), label="by", span_id="2024-06-30").text
    '6月底前'
    """
    return doc.char_span(
        characters.start, characters.end, label=label, span_id=span_id, alignment_mode="expand"
    )
