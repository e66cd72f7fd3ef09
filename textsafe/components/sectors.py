"""The sector finder as a spaCy component."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from textsafe.components.spans import Mark, write_group
from textsafe.mentions.sectors import find_sectors


@Language.factory(
    "textsafe_sectors", assigns=["doc.spans"], default_config={"spans_key": "sectors"}
)
class SectorFinder:
    """Writes the sectors named in a text to a span group, labelled with their id.

    A span covers all tokens that the mention touches. The whole records stand in
    ``attrs["records"]`` of the group, in the order of its spans.

    Args:
        nlp: The pipeline.
        name: Name of the component.
        spans_key: Name of the span group.

    >>> import spacy
    >>> nlp = spacy.blank("zh")
    >>> _ = nlp.add_pipe("textsafe_sectors")
    >>> doc = nlp("检查渡口和电梯")
    >>> [(span.text, span.label_) for span in doc.spans["sectors"]]
    [('渡口', 'water_traffic'), ('电梯', 'special_equipment')]
    """

    def __init__(self, nlp: Language, name: str, *, spans_key: str) -> None:  # noqa: ARG002 (spaCy's signature)
        self.name = name
        self.spans_key = spans_key

    def __call__(self, doc: Doc) -> Doc:
        """Add the span group and return the same document."""
        found = find_sectors(doc.text)
        write_group(
            doc, self.spans_key, (Mark(m.span, m.id, m.model_dump(mode="json")) for m in found)
        )
        return doc
