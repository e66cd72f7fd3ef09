"""The figures of an evaluation: what a program reads, and what the exporters print."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import computed_field

from textsafe.document import Model
from textsafe.training.comparison import ErrorClass, Field
from textsafe.training.values import Value

Subject = Literal["tasks", "deadlines", "parties"]
DIGITS = 4  # of a share; the evaluation's own script rounds alike


class Score(Model):
    """Counts of what was found rightly, found wrongly, and missed.

    >>> Score(right=3, wrong=1, missed=0).f1
    0.8571
    """

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            right=self.right + other.right,
            wrong=self.wrong + other.wrong,
            missed=self.missed + other.missed,
        )

    @computed_field  # type: ignore[prop-decorator]
    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 where nothing was found."""
        return _share(self.right, self.right + self.wrong)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def recall(self) -> float:
        """Share of what is to be found that was found; 0 where there is nothing to be found."""
        return _share(self.right, self.right + self.missed)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return _share(2 * self.right, 2 * self.right + self.wrong + self.missed)

    @property
    def value(self) -> float:
        """The figure that stands for the score."""
        return self.f1

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing to find and nothing was found."""
        return not (self.right or self.wrong or self.missed)


class Share(Model):
    """How many of a number of answers are right."""

    right: int = 0
    total: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(right=self.right + other.right, total=self.total + other.total)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def share(self) -> float:
        """Share of the right ones; 0 where there is none."""
        return _share(self.right, self.total)

    @property
    def value(self) -> float:
        """The figure that stands for the share."""
        return self.share

    @property
    def is_empty(self) -> bool:
        """Whether nothing was counted."""
        return not self.total


class Group(Model):
    """The scores of a part of what was evaluated.

    Attributes:
        name: A document, a kind of document or of deadline, or a class of wording.
        title: The title of a document.
        count: Documents of a kind, scored units of a document, sentences of a class.
    """

    name: str
    title: str | None = None
    count: int
    fields: dict[str, Score | Share]


class RuleFigure(Model):
    """What became of the tasks that a rule had a part in.

    Attributes:
        rule: Its name in ``Task.rules``.
        tasks: How many of them are tasks in the gold too.
        mentions: For a rule that finds parties, deadlines or sectors: how many of those that these
            tasks have are right.
    """

    rule: str
    tasks: Share
    mentions: Share | None = None


class ClassFigure(Model):
    """How often an error of one class was made.

    Attributes:
        following: How many of `count` only follow from a missed or an invented task.
    """

    kind: ErrorClass
    field: Field
    count: int
    following: int


class Confusion(Model):
    """How often one modality was taken for another."""

    gold: str
    found: str
    count: int


class Bin(Model):
    """The tasks whose confidence lies in ``[lowest, highest)``; the last bin holds 1 too.

    Attributes:
        tasks: How many of them are tasks in the gold too.
        wholly: How many of them are right in every field.
    """

    lowest: float
    highest: float
    tasks: Share
    wholly: int


class Said(Model):
    """What one side says: the words, and the role or the value that it takes from them."""

    text: str
    value: str


class WrongMention(Model):
    """One error in a unit; `gold` or `found` is None where that side says nothing."""

    kind: ErrorClass
    field: Field
    gold: Said | None
    found: Said | None


class WrongUnit(Model):
    """A unit with everything that is wrong in it."""

    document: str
    unit: str
    text: str
    errors: tuple[WrongMention, ...]


class Figures(Model):
    """All figures of one evaluation.

    Attributes:
        subject: What was evaluated.
        gold: The folders or files with the annotation.
        split: The part of the corpus, or None for all of it.
        count: Documents or sentences.
        units: Units that were scored.
        fields: The score of each field.
        groups: The same by document, kind and so on.
        confident: The tasks with a confidence of at least 0.9.
        errors: The first units with errors, as many as were asked for.
    """

    subject: Subject
    gold: tuple[str, ...]
    split: str | None
    count: int
    units: int
    fields: dict[str, Score | Share]
    groups: dict[str, tuple[Group, ...]]
    rules: tuple[RuleFigure, ...] = ()
    classes: tuple[ClassFigure, ...] = ()
    confusions: tuple[Confusion, ...] = ()
    reliability: tuple[Bin, ...] = ()
    confident: Bin | None = None
    errors: tuple[WrongUnit, ...] = ()


def score_of(pairs: Iterable[tuple[set[Value], set[Value]]]) -> Score:
    """Return the score of what was found, given gold and prediction of each unit.

    >>> score_of([({("a",)}, {("a",), ("b",)}), ({("c",)}, set())])
    Score(right=1, wrong=1, missed=1, precision=0.5, recall=0.5, f1=0.5)
    """
    right = wrong = missed = 0
    for gold, found in pairs:
        right += len(gold & found)
        wrong += len(found - gold)
        missed += len(gold - found)
    return Score(right=right, wrong=wrong, missed=missed)


def _share(part: int, whole: int) -> float:
    return round(part / whole, DIGITS) if whole else 0.0
