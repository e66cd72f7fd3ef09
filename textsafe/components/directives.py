"""The finder of directives as a spaCy component."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from spacy.language import Language
from spacy.tokens import Doc

from textsafe.components.spans import Mark, write_group
from textsafe.document import Span
from textsafe.mentions.directives import Setting
from textsafe.mentions.reading import read_unit
from textsafe.text import units


@Language.factory(
    "textsafe_directives",
    assigns=["doc.spans"],
    default_config={"setting": "order", "spans_key": "tasks"},
)
class DirectiveFinder:
    """Writes the units of a text that are tasks to a span group, labelled with their modality.

    Units that are titles of ``doc.spans["sections"]`` are none; ``textsafe.pipeline.to_doc`` writes
    that group. The records in ``attrs["records"]`` of the group hold, in the order of its spans,
    the modality, the probability that the unit is a task, and the rules that said so.

    Args:
        nlp: The pipeline.
        name: Name of the component.
        setting: What kind of section the texts are from: ``order``, ``target``, ``background``,
            ``checklist``, or ``plain`` where nothing is known.
        spans_key: Name of the span group.

    Raises:
        ValueError: There is no such setting.

    >>> import spacy
    >>> nlp = spacy.blank("zh")
    >>> _ = nlp.add_pipe("textsafe_directives")
    >>> doc = nlp("形势依然严峻。各镇要立即排查。")
    >>> [(span.text, span.label_) for span in doc.spans["tasks"]]
    [('各镇要立即排查。', 'must')]
    """

    def __init__(self, nlp: Language, name: str, *, setting: Setting, spans_key: str) -> None:  # noqa: ARG002 (spaCy's signature)
        if setting not in get_args(Setting):  # spaCy does not check it
            raise ValueError(f"setting must be one of {get_args(Setting)}, not {setting!r}")
        self.name = name
        self.setting = setting
        self.spans_key = spans_key

    def __call__(self, doc: Doc) -> Doc:
        """Add the span group and return the same document."""
        write_group(doc, self.spans_key, self._tasks(doc))
        return doc

    def _tasks(self, doc: Doc) -> Iterator[Mark]:
        titles = {span.start_char for span in doc.spans.get("sections", ())}
        for start, end in units(doc.text):
            reading = read_unit(doc.text[start:end], setting=self.setting)
            if start in titles or not reading.is_task:
                continue
            judgement = reading.judgement
            record = {
                "modality": judgement.modality,
                "probability": judgement.probability,
                "rules": list(judgement.cues),
            }
            yield Mark(Span(start=start, end=end), judgement.modality, record)
