"""The deadline finder as a spaCy component."""

from __future__ import annotations

import datetime as dt

from spacy.language import Language
from spacy.tokens import Doc

from textsafe.components.spans import Mark, write_group
from textsafe.mentions.deadlines import find_deadlines
from textsafe.records import Deadline
from textsafe.taxonomies.local_event import load_events


@Language.factory(
    "textsafe_deadlines",
    assigns=["doc.spans"],
    default_config={"date": None, "events": None, "region": None, "spans_key": "deadlines"},
)
class DeadlineFinder:
    """Writes the deadlines of a text to a span group, labelled with their kind.

    The id of a span is the value of the deadline: its day, rhythm or duration. The whole records
    stand in ``attrs["records"]`` of the group, in the order of its spans.

    Args:
        nlp: The pipeline.
        name: Name of the component.
        date: The documents' date (成文日期) as ISO date, or None; days that need it then stay open.
        events: Path of the user's calendar of local events, or None.
        region: Where the texts are in force, or None; chooses among the events.
        spans_key: Name of the span group.

    >>> import spacy
    >>> nlp = spacy.blank("zh")
    >>> _ = nlp.add_pipe("textsafe_deadlines", config={"date": "2024-03-11"})
    >>> doc = nlp("6月底前完成，每月5日前报送。")
    >>> [(span.text, span.label_, span.id_) for span in doc.spans["deadlines"]]
    [('6月底前', 'by', '2024-06-30'), ('每月5日前', 'recurring', 'P1M')]
    """

    def __init__(
        self,
        nlp: Language,  # noqa: ARG002 (spaCy's signature)
        name: str,
        *,
        date: str | None,
        events: str | None,
        region: str | None,
        spans_key: str,
    ) -> None:
        self.name = name
        self.date = dt.date.fromisoformat(date) if date else None
        self.events = load_events(events) if events else None
        self.region = region
        self.spans_key = spans_key

    def __call__(self, doc: Doc) -> Doc:
        """Add the span group and return the same document."""
        write_group(
            doc,
            self.spans_key,
            (
                Mark(found.span, found.kind, found.model_dump(mode="json"), id=_value(found))
                for found in find_deadlines(
                    doc.text, self.date, events=self.events, region=self.region
                )
            ),
        )
        return doc


def _value(deadline: Deadline) -> str:
    value = deadline.every or deadline.due or deadline.duration or deadline.event
    return value or (deadline.start.isoformat() if deadline.start else "")
