"""The finder of parties as a spaCy component."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from textsafe.components.spans import Mark, write_group
from textsafe.mentions.reading import read_unit
from textsafe.records import Party
from textsafe.text import units


@Language.factory(
    "textsafe_parties", assigns=["doc.spans"], default_config={"spans_key": "parties"}
)
class PartyFinder:
    """Writes those who are charged with something to a span group, labelled with their role.

    Every sentence-like unit is read by itself; what a bracket says about a whole paragraph or
    section is decided by ``textsafe.extract_tasks``, which knows these. The whole records stand in
    ``attrs["records"]`` of the group, in the order of its spans.

    Args:
        nlp: The pipeline.
        name: Name of the component.
        spans_key: Name of the span group.

    >>> import spacy
    >>> nlp = spacy.blank("zh")
    >>> _ = nlp.add_pipe("textsafe_parties")
    >>> doc = nlp("各镇要立即排查。（县住建局牵头）")
    >>> [(span.text, span.label_) for span in doc.spans["parties"]]
    [('各镇', 'owner'), ('县住建局', 'lead')]
    """

    def __init__(self, nlp: Language, name: str, *, spans_key: str) -> None:  # noqa: ARG002 (spaCy's signature)
        self.name = name
        self.spans_key = spans_key

    def __call__(self, doc: Doc) -> Doc:
        """Add the span group and return the same document."""
        found = _parties(doc.text)
        write_group(
            doc, self.spans_key, (Mark(p.span, p.role, p.model_dump(mode="json")) for p in found)
        )
        return doc


def _parties(text: str) -> Iterator[Party]:
    for start, end in units(text):
        reading = read_unit(text[start:end])
        assigned = (party for found in reading.assignments for party in found.parties)
        for party in sorted((*reading.parties, *assigned), key=lambda party: party.span.start):
            yield party.model_copy(update={"span": party.span.shift(start)})
