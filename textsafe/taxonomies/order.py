"""The language of orders: ``data/task_language.toml``."""

from __future__ import annotations

import re
from functools import cache
from typing import Annotated, Literal, Self

from pydantic import StringConstraints, model_validator

from textsafe.document import Model
from textsafe.records import Modality
from textsafe.taxonomies.loading import Examples, Source, WordList, load, without_repeats

RuleId = Annotated[str, StringConstraints(pattern=r"^[a-z]+\.[a-z_]+$")]
SectionEffect = Literal["optional", "target", "background", "checklist", "order"]


class Cue(Model):
    """A wording and what it says about the unit that holds it.

    Attributes:
        effect: The modality that it speaks for, or ``other`` and ``optional`` where it speaks
            against a task.
        weight: What it adds to the log-odds that the unit is a task.
        weight_with_time: What it adds besides where the unit holds a deadline.
        yields_to_order: Whether an order that follows it in the same unit halves its weight.
        opens: Its regular expression at the head of a unit.
        pattern: Its regular expression anywhere. Alternatives that all begin with a character of
            their own, and look behind it afterwards, are found several times faster.
        source: Where it was seen.
        yes: Units that hold it.
        no: Units that do not.
    """

    id: RuleId
    effect: Modality | Literal["other", "optional"]
    weight: float
    weight_with_time: float = 0.0
    yields_to_order: bool = False
    opens: re.Pattern[str] | None = None
    pattern: re.Pattern[str] | None = None
    source: Source
    yes: Examples
    no: Examples

    @model_validator(mode="after")
    def _has_wording(self) -> Self:
        if self.opens is None and self.pattern is None:
            raise ValueError(f"{self.id}: opens or pattern is needed")
        return self

    def find(self, text: str) -> re.Match[str] | None:
        """Return where the wording stands in a unit, or None."""
        opening = self.opens.match(text) if self.opens else None
        return opening or (self.pattern.search(text) if self.pattern else None)


class SectionTitle(Model):
    """A wording of titles and what it says about the units of the section.

    Attributes:
        effect: What the units of such a section are.
        pattern: Its regular expression.
        source: Where it was seen.
        yes: Titles that hold it.
        no: Titles that do not.
    """

    id: RuleId
    effect: SectionEffect
    pattern: re.Pattern[str]
    source: Source
    yes: Examples
    no: Examples


class TaskLanguage(Model):
    """The whole of ``data/task_language.toml``.

    Attributes:
        verbs: Verbs and adverbs that open an imperative clause.
        openers: Words that may stand between a subject and its verb.
        cue: Wordings of tasks and of what is none.
        section: Wordings of section titles; the first that is found decides.
    """

    verbs: WordList
    openers: WordList
    cue: tuple[Cue, ...]
    section: tuple[SectionTitle, ...]

    @model_validator(mode="after")
    def _unique(self) -> Self:
        ids = (*(cue.id for cue in self.cue), *(title.id for title in self.section))
        without_repeats(ids)
        return self


@cache
def task_language() -> TaskLanguage:
    """Return ``data/task_language.toml``.

    Raises:
        DataError: The file breaks its own rules.

    >>> task_language().cue[0].id
    'order.must'
    """
    return load("task_language", TaskLanguage)
