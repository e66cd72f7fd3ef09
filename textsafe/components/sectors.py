"""The sector finder as a spaCy component."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from textsafe.mentions.sectors import find_sectors

GROUP = "sectors"


@Language.factory("textsafe_sectors", assigns=["doc.spans"])
class SectorFinder:
    """Writes the sectors named in a text to ``doc.spans["sectors"]``, labelled with their id.

    A span covers all tokens that the mention touches: a tokenizer may cut across its ends.

    >>> import spacy
    >>> nlp = spacy.blank("zh")
    >>> _ = nlp.add_pipe("textsafe_sectors")
    >>> doc = nlp("检查渡口和电梯")
    >>> [(span.text, span.label_) for span in doc.spans["sectors"]]
    [('渡口', 'water_traffic'), ('电梯', 'special_equipment')]
    """

    def __init__(self, nlp: Language, name: str) -> None:  # noqa: ARG002 (spaCy's signature)
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Add the span group and return the same document."""
        spans = (
            doc.char_span(m.span.start, m.span.end, label=m.id, alignment_mode="expand")
            for m in find_sectors(doc.text)
        )
        # Expanded to tokens, no range inside the text is without a span; the type allows for it.
        doc.spans[GROUP] = [span for span in spans if span is not None]
        return doc
