"""How good the task records of annotated documents are, and what is wrong with them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from textsafe import readers
from textsafe.extract.tasks import task_record
from textsafe.records import Task, TaskRecord
from textsafe.structure import structured
from textsafe.training.charging import charge
from textsafe.training.comparison import Comparison, Difference, Mention, compare
from textsafe.training.corpus import GoldDocument
from textsafe.training.figures import (
    Bin,
    ClassFigure,
    Confusion,
    Figures,
    Group,
    RuleFigure,
    Said,
    Score,
    Share,
    WrongMention,
    WrongUnit,
    score_of,
)
from textsafe.training.values import Value

CONFIDENT = 0.9
_TENTHS = 10
_MENTIONS_OF = ("party", "deadline", "sector")
TASK_FIELDS = ("task", "party", "party+role", "deadline", "sector", "modality")


@dataclass(frozen=True)
class Compared:
    """A document, or a file of sentences, with all its units compared.

    Attributes:
        name: Its identifier in the corpus.
        kind: Kind of the document, as the program sees it; None for a file of sentences.
        split: The part of the corpus that it belongs to.
    """

    name: str
    units: tuple[Comparison, ...]
    title: str | None = None
    kind: str | None = None
    split: str | None = None

    @property
    def scored(self) -> list[Comparison]:
        """The units that count."""
        return [one for one in self.units if one.unit.is_scored]


def compare_document(document: GoldDocument, record: TaskRecord | None, text: str = "") -> Compared:
    """Compare an annotated document with the record that the program made of it.

    Args:
        document: The annotation.
        record: What was found; None where the document could not be read, and nothing was found.
        text: The text of the document as it was read.
    """
    charged = charge(document.units, record.tasks if record else (), text)
    return Compared(
        name=document.identifier,
        units=tuple(map(compare, document.units, charged)),
        title=record.document.title if record else None,
        kind=record.document.kind if record else "other",
        split=document.split,
    )


def read_and_compare(document: GoldDocument) -> Compared:
    """Read an annotated document, extract its tasks, and compare them.

    Raises:
        DocumentError: The file cannot be processed.
    """
    read = structured(readers.read(document.path))
    return compare_document(document, task_record(read), read.text)


def task_figures(
    documents: Sequence[Compared],
    *,
    gold: Sequence[str] = (),
    split: str | None = None,
    errors: int = 0,
) -> Figures:
    """Return how good the task records of compared documents are.

    Args:
        documents: What ``compare_document`` returned.
        gold: Where the annotation came from, for the report.
        split: The part of the corpus that was evaluated, for the report.
        errors: How many units with errors to list.
    """
    units = [unit for document in documents for unit in document.scored]
    judged = [one for document in documents for one in _judged(document)]
    return Figures(
        subject="tasks",
        gold=tuple(gold),
        split=split,
        count=len(documents),
        units=len(units),
        fields=task_scores(units),
        groups={
            "kind": tuple(_by_kind(documents)),
            "document": tuple(
                Group(name=one.name, title=one.title, count=len(one.scored),
                      fields=task_scores(one.scored))
                for one in documents
            ),
        },
        rules=tuple(_rules(judged)),
        classes=class_figures(units),
        confusions=tuple(_confusions(units)),
        reliability=tuple(_bins(judged)),
        confident=_bin(CONFIDENT, 1.0, [one for one in judged if one.task.confidence >= CONFIDENT]),
        errors=wrong_units(documents, errors),
    )  # fmt: skip


def task_scores(units: Sequence[Comparison]) -> dict[str, Score | Share]:
    """Return the score of each field of tasks over scored units."""
    return {
        "task": score_of(unit.keys("task") for unit in units),
        "party": name_score(units),
        "party+role": score_of(unit.keys("party") for unit in units),
        "deadline": score_of(unit.keys("deadline") for unit in units),
        "sector": score_of(unit.keys("sector") for unit in units),
        "modality": _modality(units),
    }


def name_score(units: Iterable[Comparison]) -> Score:
    """Return the score of the names of parties, whatever their roles."""

    def names(keys: set[Value]) -> set[Value]:
        return {key[:1] for key in keys}

    return score_of((names(gold), names(found)) for gold, found in _keys(units, "party"))


def class_figures(units: Iterable[Comparison]) -> tuple[ClassFigure, ...]:
    """Return how often each class of error was made, the most frequent first."""
    made = [error for unit in units for error in unit.differences]
    counts = Counter((error.field, error.kind) for error in made)
    following = Counter(error.kind for error in made if error.follows)
    return tuple(
        ClassFigure(kind=kind, field=field, count=count, following=following[kind])
        for (field, kind), count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    )


def wrong_units(documents: Iterable[Compared], limit: int) -> tuple[WrongUnit, ...]:
    """Return the first `limit` units that have errors."""
    wrong = (
        (document, unit) for document in documents for unit in document.units if unit.differences
    )
    return tuple(
        WrongUnit(
            document=document.name,
            unit=unit.unit.name,
            text=unit.unit.text,
            errors=tuple(map(_in_words, unit.differences)),
        )
        for document, unit in islice(wrong, limit)
    )


def _in_words(error: Difference) -> WrongMention:
    return WrongMention(
        kind=error.kind, field=error.field, gold=_said(error.gold), found=_said(error.found)
    )


def _said(mention: Mention | None) -> Said | None:
    return Said(text=mention.text, value=mention.value) if mention else None


def _keys(units: Iterable[Comparison], field: str) -> Iterator[tuple[set[Value], set[Value]]]:
    return (unit.keys(field) for unit in units)  # type: ignore[arg-type]


def _modality(units: Iterable[Comparison]) -> Share:
    pairs = [pair for pair in _keys(units, "modality") if all(pair)]
    return Share(right=sum(gold == found for gold, found in pairs), total=len(pairs))


def _by_kind(documents: Iterable[Compared]) -> Iterator[Group]:
    kinds: dict[str, list[Compared]] = defaultdict(list)
    for document in documents:
        kinds[document.kind or "other"].append(document)
    for kind, members in sorted(kinds.items()):
        units = [unit for document in members for unit in document.scored]
        yield Group(name=kind, count=len(members), fields=task_scores(units))


@dataclass(frozen=True)
class _Judged:
    """A predicted task with the units that are charged with it."""

    task: Task
    units: tuple[Comparison, ...]

    @property
    def is_right(self) -> bool:
        return any(unit.unit.label == "task" for unit in self.units)

    @property
    def is_wholly_right(self) -> bool:
        return self.is_right and not any(unit.differences for unit in self.units)


def _judged(document: Compared) -> Iterator[_Judged]:
    """Yield the tasks about which annotators agree, in the order of the text."""
    units: dict[str, list[Comparison]] = defaultdict(list)
    tasks: dict[str, Task] = {}
    for unit in document.units:
        for task in unit.tasks:
            tasks[task.id] = task
            units[task.id].append(unit)
    for identifier, task in tasks.items():
        one = _Judged(task, tuple(units[identifier]))
        if one.is_right or all(unit.unit.is_scored for unit in one.units):
            yield one


def _rules(judged: Sequence[_Judged]) -> Iterator[RuleFigure]:
    touched: dict[str, list[_Judged]] = defaultdict(list)
    for one in judged:
        for rule in one.task.rules:
            touched[rule].append(one)
    for rule, members in sorted(touched.items(), key=lambda item: (-len(item[1]), item[0])):
        field = rule.partition(".")[0]
        yield RuleFigure(
            rule=rule,
            tasks=_right_tasks(members),
            mentions=_right_mentions(field, members) if field in _MENTIONS_OF else None,
        )


def _right_tasks(judged: Sequence[_Judged]) -> Share:
    return Share(right=sum(one.is_right for one in judged), total=len(judged))


def _right_mentions(field: str, judged: Iterable[_Judged]) -> Share:
    mentions = [
        mention
        for unit in chain.from_iterable(one.units for one in judged)
        for mention in unit.found
        if mention.field == field and mention.state != "unscored"
    ]
    right = sum(mention.state == "right" for mention in mentions)
    return Share(right=right, total=len(mentions))


def _confusions(units: Iterable[Comparison]) -> Iterator[Confusion]:
    counts = Counter(
        (error.gold.text, error.found.text)
        for unit in units
        for error in unit.differences
        if error.kind == "modality_differs" and error.gold and error.found
    )
    for (gold, found), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield Confusion(gold=gold, found=found, count=count)


def _bins(judged: Sequence[_Judged]) -> Iterator[Bin]:
    by_tenth: dict[int, list[_Judged]] = defaultdict(list)
    for one in judged:
        by_tenth[min(int(one.task.confidence * _TENTHS), _TENTHS - 1)].append(one)
    for tenth, members in sorted(by_tenth.items()):
        yield _bin(tenth / _TENTHS, (tenth + 1) / _TENTHS, members)


def _bin(lowest: float, highest: float, judged: Sequence[_Judged]) -> Bin:
    return Bin(
        lowest=lowest,
        highest=highest,
        tasks=_right_tasks(judged),
        wholly=sum(one.is_wholly_right for one in judged),
    )
