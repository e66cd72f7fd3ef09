"""One unit: what annotators say, what the program says, and the class of each difference."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from textsafe.records import Deadline, Party, SectorMention, Task
from textsafe.training.corpus import GoldDeadline, GoldParty, GoldUnit
from textsafe.training.values import SCORED_KINDS, Value, deadline_value, name_key

Field = Literal["task", "modality", "party", "deadline", "sector"]
State = Literal["right", "missed", "wrong", "differs", "unscored"]
ErrorClass = Literal[
    "task_missed", "task_invented", "modality_differs",
    "party_missed", "party_wrong", "party_role", "party_bounds",
    "party_not_inherited", "party_inherited_too_far",
    "deadline_missed", "deadline_invented", "deadline_span", "deadline_value",
    "deadline_not_inherited", "deadline_inherited_too_far",
    "sector_missed", "sector_invented", "sector_inherited_too_far",
]  # fmt: skip


@dataclass(frozen=True)
class Mention:
    """Something said about a unit, by annotators or by the program, ready to be compared.

    Attributes:
        key: What must be equal for it to be right.
        words: The words it stands in, as ``name_key`` writes them.
        text: The words as written; of a sector and of a modality its identifier.
        value: A party's role; what a deadline means: its kind, and the values of that kind.
        inherited: It does not stand in the unit itself.
        is_open: Annotators call it optional: right with it and right without it.
        scored: Whether it counts; what is open does not.
        state: What came of the comparison.
    """

    field: Field
    key: Value
    words: str
    text: str
    value: str = ""
    inherited: bool = False
    is_open: bool = False
    scored: bool = True
    state: State = "right"


@dataclass(frozen=True)
class Difference:
    """One error: what the gold says and what was predicted; one of them may be missing.

    Attributes:
        follows: It follows from a missed or an invented task and needs no rule of its own.
    """

    kind: ErrorClass
    gold: Mention | None = None
    found: Mention | None = None
    follows: bool = False

    @property
    def field(self) -> Field:
        """The field that is wrong."""
        mention = self.gold or self.found
        return mention.field if mention else "task"


@dataclass(frozen=True)
class Comparison:
    """A unit, both sides of it, and the differences between them."""

    unit: GoldUnit
    tasks: tuple[Task, ...]
    gold: tuple[Mention, ...]
    found: tuple[Mention, ...]
    differences: tuple[Difference, ...]

    def keys(self, field: Field) -> tuple[set[Value], set[Value]]:
        """Return what gold and prediction say in `field`, as far as it is scored."""
        gold, found = (
            {mention.key for mention in side if mention.field == field and mention.scored}
            for side in (self.gold, self.found)
        )
        return gold, found


@dataclass(frozen=True)
class _Classes:
    """What the errors of a field are called.

    Attributes:
        same_words: Both sides have the words, and mean another thing by them.
        near_words: The words of one side hold those of the other.
    """

    missed: ErrorClass
    not_inherited: ErrorClass
    wrong: ErrorClass
    too_far: ErrorClass
    same_words: ErrorClass | None = None
    near_words: ErrorClass | None = None


_CLASSES: dict[Field, _Classes] = {
    "party": _Classes(
        "party_missed", "party_not_inherited", "party_wrong", "party_inherited_too_far",
        same_words="party_role", near_words="party_bounds",
    ),
    "deadline": _Classes(
        "deadline_missed", "deadline_not_inherited",
        "deadline_invented", "deadline_inherited_too_far",
        same_words="deadline_value", near_words="deadline_span",
    ),
    "sector": _Classes(
        "sector_missed", "sector_missed", "sector_invented", "sector_inherited_too_far"
    ),
}  # fmt: skip


def compare(unit: GoldUnit, tasks: Sequence[Task]) -> Comparison:
    """Compare a unit with the tasks that it is charged with.

    >>> from textsafe import extract_tasks, parse_text
    >>> text = "县住建局要排查燃气管网。"
    >>> gold = GoldUnit(name="1", text=text, label="task", modality="must", sectors=("gas",))
    >>> found = compare(gold, extract_tasks(parse_text(text)).tasks)
    >>> [(one.kind, one.found.text) for one in found.differences]
    [('party_wrong', '县住建局')]
    """
    wanted = list(_of_gold(unit))
    found = [mention for task in tasks for mention in _of_task(task)]
    return compare_mentions(unit, wanted, found, tuple(tasks))


def compare_mentions(
    unit: GoldUnit,
    gold: Sequence[Mention],
    found: Sequence[Mention],
    tasks: tuple[Task, ...] = (),
) -> Comparison:
    """Compare what was annotated with what was found, whatever found it."""
    found = _first_of_each(_unscored_where_open(found, gold))
    gold = _first_of_each(gold)
    differences: list[Difference] = []
    if unit.is_scored:
        differences += _of_whole_tasks(gold, found)
        follows = bool(differences)
        for field in _CLASSES:
            sides = [
                [mention for mention in side if mention.field == field and mention.scored]
                for side in (gold, found)
            ]
            differences += (replace(one, follows=follows) for one in _differences(field, *sides))
        differences += _of_modality(gold, found)
    states = {id(one.gold): "differs" if one.found else "missed" for one in differences if one.gold}
    states |= {
        id(one.found): "differs" if one.gold else "wrong" for one in differences if one.found
    }

    def judged(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
        return tuple(
            replace(mention, state=_state(mention, unit, states.get(id(mention), "right")))
            for mention in mentions
        )

    return Comparison(unit, tasks, judged(gold), judged(found), tuple(differences))


def _state(mention: Mention, unit: GoldUnit, state: str) -> State:
    return state if unit.is_scored and mention.scored else "unscored"  # type: ignore[return-value]


def _of_gold(unit: GoldUnit) -> Iterator[Mention]:
    if unit.label != "task":
        return
    yield _task()
    if unit.modality:
        yield _modality(unit.modality)
    yield from gold_parties(unit)
    yield from gold_deadlines(unit)
    yield from map(_sector, unit.sectors)


def _of_task(task: Task) -> Iterator[Mention]:
    yield _task()
    yield _modality(task.modality)
    for party in task.parties:
        yield found_party(party)
    for deadline in task.deadlines:
        yield found_deadline(deadline)
    for sector in task.sectors:
        yield _found_sector(sector)


def _task() -> Mention:
    return Mention("task", ("task",), "", "")


def _modality(modality: str) -> Mention:
    return Mention("modality", (modality,), "", modality)


def _sector(identifier: str) -> Mention:
    return Mention("sector", (identifier,), identifier, identifier)


def _found_sector(sector: SectorMention) -> Mention:
    return replace(_sector(sector.id), inherited=sector.origin == "inherited")


def gold_parties(unit: GoldUnit) -> Iterator[Mention]:
    """Yield the annotated parties of a unit."""
    words = name_key(unit.text)
    for party in unit.parties:
        yield replace(
            found_party(party),
            inherited=name_key(party.name) not in words,
            is_open=party.optional,
            scored=not party.optional,
        )


def gold_deadlines(unit: GoldUnit) -> Iterator[Mention]:
    """Yield the annotated deadlines of a unit."""
    words = name_key(unit.text)
    for deadline in unit.deadlines:
        mention = found_deadline(deadline)
        yield replace(
            mention,
            inherited=name_key(deadline.text) not in words,
            is_open=deadline.optional,
            scored=mention.scored and not deadline.optional,
        )


def found_party(party: Party | GoldParty) -> Mention:
    """Return a party as it is compared: by name and role."""
    name = name_key(party.name)
    inherited = isinstance(party, Party) and party.origin == "inherited"
    return Mention("party", (name, party.role), name, party.name, party.role, inherited)


def found_deadline(deadline: Deadline | GoldDeadline) -> Mention:
    """Return a deadline as it is compared: by its kind and value."""
    value = deadline_value(deadline)
    inherited = isinstance(deadline, Deadline) and deadline.origin == "inherited"
    meaning = " ".join("working" if part is True else str(part) for part in value[1:] if part)
    return Mention(
        "deadline",
        value,
        name_key(deadline.text),
        deadline.text,
        f"{value[0]} {meaning}".rstrip(),
        inherited,
        scored=deadline.kind in SCORED_KINDS,
    )


def _first_of_each(mentions: Iterable[Mention]) -> list[Mention]:
    """Leave out what is said twice; a unit has one modality, that of its first task."""
    seen: set[tuple[Field, Value, bool]] = set()
    kept = []
    for mention in mentions:
        key = () if mention.field == "modality" else mention.key
        if (mention.field, key, mention.scored) not in seen:
            seen.add((mention.field, key, mention.scored))
            kept.append(mention)
    return kept


def _unscored_where_open(found: Iterable[Mention], gold: Iterable[Mention]) -> list[Mention]:
    """Take what annotators left open out of the score."""
    open_words = {(mention.field, mention.words) for mention in gold if mention.is_open}
    return [
        replace(mention, scored=mention.scored and (mention.field, mention.words) not in open_words)
        for mention in found
    ]


def _of_whole_tasks(gold: Sequence[Mention], found: Sequence[Mention]) -> Iterator[Difference]:
    wanted, made = (
        next((mention for mention in side if mention.field == "task"), None)
        for side in (gold, found)
    )
    if wanted and not made:
        yield Difference("task_missed", gold=wanted)
    if made and not wanted:
        yield Difference("task_invented", found=made)


def _of_modality(gold: Sequence[Mention], found: Sequence[Mention]) -> Iterator[Difference]:
    wanted, made = (
        next((mention for mention in side if mention.field == "modality"), None)
        for side in (gold, found)
    )
    if wanted and made and wanted.key != made.key:
        yield Difference("modality_differs", wanted, made)


def _differences(
    field: Field, gold: Sequence[Mention], found: Sequence[Mention]
) -> Iterator[Difference]:
    classes = _CLASSES[field]
    both = {mention.key for mention in gold} & {mention.key for mention in found}
    missed = [mention for mention in gold if mention.key not in both]
    wrong = [mention for mention in found if mention.key not in both]
    if classes.same_words:
        yield from _pairs(classes.same_words, missed, wrong, lambda a, b: a.words == b.words)
    if classes.near_words:
        yield from _pairs(classes.near_words, missed, wrong, _is_near)
    agreed = {mention.words for mention in gold if mention.key in both}
    for mention in missed:
        again = mention.words in agreed and classes.same_words
        kind = classes.not_inherited if mention.inherited else classes.missed
        yield Difference(again or kind, gold=mention)
    for mention in wrong:
        again = mention.words in agreed and classes.same_words
        kind = classes.too_far if mention.inherited else classes.wrong
        yield Difference(again or kind, found=mention)


def _pairs(
    kind: ErrorClass,
    missed: list[Mention],
    wrong: list[Mention],
    belong: Callable[[Mention, Mention], bool],
) -> Iterator[Difference]:
    """Yield what belongs together, and take it from both lists."""
    for wanted in tuple(missed):
        other = next((mention for mention in wrong if belong(wanted, mention)), None)
        if other:
            missed.remove(wanted)
            wrong.remove(other)
            yield Difference(kind, wanted, other)


def _is_near(one: Mention, other: Mention) -> bool:
    return bool(one.words and other.words) and (
        one.words in other.words or other.words in one.words
    )
