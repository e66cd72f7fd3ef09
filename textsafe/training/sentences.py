"""How good the finders of deadlines and of parties are on annotated sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from textsafe.mentions.deadlines import Anchor, find_deadlines
from textsafe.mentions.reading import read_unit
from textsafe.training.comparison import (
    Comparison,
    Mention,
    compare_mentions,
    found_deadline,
    found_party,
    gold_deadlines,
    gold_parties,
)
from textsafe.training.corpus import GoldUnit
from textsafe.training.evaluate import Compared, class_figures, name_score, wrong_units
from textsafe.training.figures import Figures, Group, Score, Share, score_of

DEADLINE_FIELDS = ("sentence", "deadline")
PARTY_FIELDS = ("sentence", "party", "party+role")


def compare_deadlines(sentence: GoldUnit) -> Comparison:
    """Compare the deadlines of a sentence with those that are found in it.

    >>> from textsafe.training.corpus import GoldDeadline
    >>> due = GoldDeadline(text="6月底前", kind="by", due="2024-06-30")
    >>> gold = GoldUnit(name="1", text="6月底前完成。", label="task", deadlines=(due,),
    ...                 date="2024-03-01")
    >>> compare_deadlines(gold).differences
    ()
    """
    found = map(found_deadline, find_deadlines(sentence.text, sentence.date))
    return compare_mentions(sentence, [*gold_deadlines(sentence)], [*found])


def compare_parties(sentence: GoldUnit) -> Comparison:
    """Compare the parties of a sentence with those that are found in it, brackets included.

    >>> gold = GoldUnit(name="1", text="各镇要逐户排查。", label="task")
    >>> [error.kind for error in compare_parties(gold).differences]
    ['party_wrong']
    """
    return compare_mentions(sentence, [*gold_parties(sentence)], [*_parties_of(sentence)])


def _parties_of(sentence: GoldUnit) -> Iterator[Mention]:
    reading = read_unit(sentence.text, anchor=Anchor(sentence.date))
    assigned = (party for one in reading.assignments for party in one.parties)
    known = {party.name for party in reading.parties}
    yield from map(found_party, reading.parties)
    # As in a document: who is named as the doer keeps that role in the bracket behind.
    yield from (found_party(party) for party in assigned if party.name not in known)


def deadline_figures(
    files: Sequence[Compared],
    *,
    gold: Sequence[str] = (),
    split: str | None = None,
    errors: int = 0,
) -> Figures:
    """Return how good the deadlines of sentences are; arguments as of ``task_figures``."""
    units = _units(files)
    by_kind: dict[str, Group] = {
        kind: Group(name=kind, count=len(members), fields={"deadline": _of_kind(kind, members)})
        for kind, members in _by_kind(units).items()
    }
    return _figures(
        Figures(
            subject="deadlines",
            gold=tuple(gold),
            split=split,
            count=len(units),
            units=len(units),
            fields=_deadline_scores(units),
            groups={"deadline_kind": tuple(by_kind[kind] for kind in sorted(by_kind))},
        ),
        files,
        errors,
        _deadline_scores,
    )


def party_figures(
    files: Sequence[Compared],
    *,
    gold: Sequence[str] = (),
    split: str | None = None,
    errors: int = 0,
) -> Figures:
    """Return how good the parties of sentences are; arguments as of ``task_figures``."""
    units = _units(files)
    return _figures(
        Figures(
            subject="parties",
            gold=tuple(gold),
            split=split,
            count=len(units),
            units=len(units),
            fields=_party_scores(units),
            groups={},
        ),
        files,
        errors,
        _party_scores,
    )


Scores = dict[str, Score | Share]


def _figures(
    figures: Figures,
    files: Sequence[Compared],
    errors: int,
    scores: Callable[[Sequence[Comparison]], Scores],
) -> Figures:
    """Add what all sentences have: scores by class of wording, classes of errors, examples."""
    units = _units(files)
    why: dict[str, list[Comparison]] = defaultdict(list)
    for unit in units:
        why[unit.unit.group or ""].append(unit)
    # A remark of its own on each sentence is no class.
    is_class = len(why) <= len(units) / 2
    groups = tuple(
        Group(name=name, count=len(members), fields=scores(members))
        for name, members in sorted(why.items())
        if name and is_class
    )
    return figures.model_copy(
        update={
            "groups": figures.groups | {"why": groups},
            "classes": class_figures(units),
            "errors": wrong_units(files, errors),
        }
    )


def _units(files: Iterable[Compared]) -> list[Comparison]:
    return [unit for file in files for unit in file.scored]


def _deadline_scores(units: Sequence[Comparison]) -> Scores:
    return {
        "sentence": _wholly_right(units),
        "deadline": score_of(unit.keys("deadline") for unit in units),
    }


def _party_scores(units: Sequence[Comparison]) -> Scores:
    return {
        "sentence": _wholly_right(units),
        "party": name_score(units),
        "party+role": score_of(unit.keys("party") for unit in units),
    }


def _wholly_right(units: Sequence[Comparison]) -> Share:
    return Share(right=sum(not unit.differences for unit in units), total=len(units))


def _by_kind(units: Iterable[Comparison]) -> dict[str, list[Comparison]]:
    """Return for each kind of deadline the sentences in which it is, or is found."""
    members: dict[str, list[Comparison]] = defaultdict(list)
    for unit in units:
        gold, found = unit.keys("deadline")
        for kind in sorted({str(key[0]) for key in gold | found}):
            members[kind].append(unit)
    return members


def _of_kind(kind: str, units: Iterable[Comparison]) -> Score:
    return score_of(
        ({key for key in gold if key[0] == kind}, {key for key in found if key[0] == kind})
        for gold, found in (unit.keys("deadline") for unit in units)
    )
