"""Subjects of orders: the names that an order or a verb follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from textsafe.mentions.bodies import Range, acts, ends_in_head, is_body, is_name
from textsafe.mentions.likelihood import likely_doer, likely_subject
from textsafe.mentions.names import extends_name, is_office, is_predicate, may_be_name, tail_at
from textsafe.mentions.openings import Unit, after_opening_occasion, skip_lead_in
from textsafe.mentions.predicates import (
    acts_at,
    after_circumstances,
    after_occasion,
    after_place,
    is_condition,
    is_mutual,
    lists_more,
    opens_predicate,
    order_after_condition,
    order_at,
    says_what_is,
    undergoes,
    verb_at,
)

_MAX_NAME = 60
_RELATING = ("在", "为", "于", "以", "从", "到", "作")
_MAX_SECOND = 30
_SHORT = 4
_SHORTEST = 2
_OFFICE = re.compile(
    r"(?<![地灾省城园辖社山林矿景库片校厂郊跨自新乡岸两全本该我你各贵所原在对向给由报交至被把为与和及、，的级上经请送从到据照按])(?P<name>[县市区镇省州](?![域间别划场长])(?=[^，。；、]{1,10}[局委办厅队站所府心组部]))"
)
_URGES = re.compile(r"组织|督促|督导|指导|推动|协调|会同|联合")
_PERSON = re.compile(r"(?:[人员长]|干部|同志|领导)(?=，?特别是|，?尤其是)")
_ABOVE_ALL = re.compile(r"特别是|尤其是")
_REPORTS = re.compile(r"[^，。；：]{0,14}?(?:强调|指出|要求|提出|明确)(?=[，：])")
_APPOSED = re.compile(r"(?:尤其是|特别是)[^，。；]{0,20}?(?=(?<![主重必首需])要|应|必须|$)")


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject ``[start, end)``, and what follows it.

    Attributes:
        after: Where the predicate begins.
        strong: The predicate is an order (要, 应当, 不得), not a bare verb.
        first: The subject opens the unit.
    """

    start: int
    end: int
    after: int
    strong: bool
    first: bool


@dataclass(frozen=True, slots=True)
class _Predicate:
    """Where a predicate begins; where its last subject ends, if that is in a later clause."""

    start: int
    strong: bool
    name_end: int | None = None


def find_subjects(unit: Unit) -> Iterator[Subject]:
    """Yield the subjects of a unit: one that opens it, and those of orders further on."""
    consumed = unit.start
    opening = True
    for index, (clause_start, clause_end) in enumerate(unit.clauses):
        if clause_start < consumed:
            continue
        position = skip_lead_in(unit, clause_start, clause_end)
        if position >= clause_end:
            continue
        following = _clause_after(unit, index)
        dated = any(clause_start <= time < position for time in unit.times)
        subject = _subject_at(unit, position, clause_end, following, opening=opening or dated)
        if subject is None and (occasion := after_opening_occasion(unit, position, clause_end)):
            subject = _subject_at(unit, occasion, clause_end, following, opening=opening or dated)
        if subject:
            yield subject
            yield from _apposed(unit, subject)
            consumed = subject.after
            yield from _coordinated(unit, subject.after, clause_end)
        if subject is None:
            yield from _after_topic(unit, position, clause_end)
        opening = opening and bool(_REPORTS.match(unit.text, clause_start, clause_end + 1))


def _apposed(unit: Unit, subject: Subject) -> Iterator[Subject]:
    """各级党委特别是领导干部要…: those who are meant above all are told to act as well."""
    text = unit.text
    above_all = _ABOVE_ALL.search(text, subject.end, subject.after)
    if above_all is None or _PERSON.search(text, subject.start, above_all.end()):
        return  # 领导干部尤其是主要负责同志: some of the same
    start = above_all.end()
    for stop in unit.ends_between(start, subject.after):
        order = order_at(text, stop, unit.end) or text.startswith("，", stop)
        if order and may_be_name(text, start, stop):
            yield replace(subject, start=start, end=stop, first=False)
            return


def _after_topic(unit: Unit, start: int, end: int) -> Iterator[Subject]:
    """重大隐患县安委办挂牌督办: an office after what the clause speaks of."""
    text = unit.text
    for match in _OFFICE.finditer(text, start + _SHORTEST, min(end, start + _MAX_NAME)):
        name = match.start("name")
        if "由" in text[start:name]:
            return
        if (
            verb_at(text, name - 2)
            or opens_predicate(text, name - 2)
            or opens_predicate(text, name - 1)
        ):
            return
        subject = _subject_at(unit, name, end, None, opening=False)
        if subject and is_office(text, subject.start, subject.end):
            yield subject
            return


def _clause_after(unit: Unit, index: int) -> Range | None:
    """Return the clause that goes on after clause `index`, past an apposition (特别是…，)."""
    for start, end in unit.clauses[index + 1 : index + 3]:
        apposed = _APPOSED.match(unit.text, start, end)
        if apposed is None:
            return start, end
        if apposed.end() < end:
            return apposed.end(), end
    return None


def _coordinated(unit: Unit, start: int, end: int) -> Iterator[Subject]:
    """A要…、B要…: a second subject after a pause mark in the same clause."""
    text, mark = unit.text, unit.text.find("、", start, end)
    while mark >= 0:
        subject = _subject_at(unit, mark + 1, end, None, opening=False)
        # 派出所管人、供电所管线: each with a short predicate of its own.
        if subject and (
            subject.strong
            or (
                mark - start <= _SHORT
                and not _URGES.match(text, start)
                and is_body(text[subject.start : subject.end])
            )
        ):
            yield subject
            start = subject.after
        mark = text.find("、", max(mark + 1, start), end)


def _subject_at(
    unit: Unit, start: int, end: int, following: Range | None, *, opening: bool
) -> Subject | None:
    """Return the subject that begins at `start`: before an order, else before a bare verb."""
    text = unit.text
    weak: Subject | None = None
    for stop in unit.ends_between(start, min(end, start + _MAX_NAME)):
        if weak and not _may_go_on(text, weak.end, stop):
            continue
        found = _predicate(unit, stop, end, following, opening=opening)
        if found is None:
            continue
        if not may_be_name(text, start, stop):
            if found.strong:
                return weak
            continue
        joint = text.startswith("联合", stop)
        if not (found.strong or opening or joint or _is_believable(unit, start, stop, found)):
            continue
        if not found.strong and stop - start == 2 and not ends_in_head(text[start:stop]):
            continue  # 应急演练, 消防检查: the work, not the department
        subject = Subject(start, found.name_end or stop, found.start, found.strong, opening)
        if found.strong or stop in unit.times:
            return subject
        weak = subject
    return weak or _likely(unit, start, end, opening=opening)


def _may_go_on(text: str, stop: int, further: int) -> bool:
    """Whether a name before a verb may be the beginning of a longer one."""
    return extends_name(text, stop, further) or "的" in text[stop:further]


def _is_believable(unit: Unit, start: int, stop: int, predicate: _Predicate) -> bool:
    """Inside a sentence a name needs an office's full form, or a verb of action behind it."""
    text = unit.text
    if is_office(text, start, stop) or (text[start] in "省市县区镇" and is_name(text[start:stop])):
        return True
    if is_predicate(text, start, stop):
        return False
    if acts(text[start:stop]):
        # 相关干部在同等条件下优先: what is said of persons, not what they do.
        said_of = text.startswith(_RELATING, predicate.start) and not acts_at(text, predicate.start)
        return not said_of or is_body(text[start:stop]) or text[start] == "各"
    return stop - start >= 3 and (
        verb_at(text, predicate.start)
        or text.startswith(("每", "不得", "不准", "须", "均"), predicate.start)
    )


def _likely(unit: Unit, start: int, end: int, *, opening: bool) -> Subject | None:
    """会议召集人应…: no known word ends the name, but what is around it tells that it acts."""
    stop = likely_subject(unit.text, start, end, opens=opening)
    if stop is not None:
        return Subject(start, stop, stop, True, opening)
    stop = likely_doer(unit.text, start, end) if opening else None
    return None if stop is None else Subject(start, stop, stop, False, opening)


def _predicate(
    unit: Unit, stop: int, end: int, following: Range | None, *, opening: bool
) -> _Predicate | None:
    """Return the predicate that follows a name which ends at `stop`."""
    text = unit.text
    stop = lists_more(text, tail_at(text, stop))
    if text.startswith(("于", "在"), stop) and stop + 1 in unit.times:
        stop += 1
    dated = stop in unit.times
    stop = min(unit.skip_time(stop), end)
    if stop >= end:
        return _predicate_in_next(unit, end, following, opening=opening, dated=dated)
    if strong := order_at(text, stop, end):
        passive = undergoes(text, strong.start())
        return None if passive else _Predicate(strong.start(), strong=True)
    if apposed := _APPOSED.match(text, stop, end):
        return _predicate(unit, apposed.end(), end, following, opening=opening)
    if says_what_is(text, stop, end):
        return None
    return _plain_predicate(unit, stop, end, dated=dated)


def _plain_predicate(unit: Unit, stop: int, end: int, *, dated: bool) -> _Predicate | None:
    """Return the predicate at `stop` where no order stands there."""
    text = unit.text
    if start := order_after_condition(text, stop, unit.end):
        return _Predicate(start, strong=True)
    if is_condition(text, stop, end):
        return None
    if is_mutual(text, stop):
        return _Predicate(stop, strong=False)
    if start := after_place(text, stop, end):
        return _Predicate(start, strong=bool(order_at(text, start, end)))
    if start := after_circumstances(text, stop):
        return _Predicate(start, strong=False)
    if dated or opens_predicate(text, stop):
        return _Predicate(stop, strong=False)
    start = after_occasion(text, stop, end)
    if start and not any(unit.ends_between(stop, start)):
        return _Predicate(start, strong=bool(order_at(text, start, end)))
    return None


def _predicate_in_next(
    unit: Unit, end: int, following: Range | None, *, opening: bool, dated: bool
) -> _Predicate | None:
    """Return the predicate of a name that fills its clause (各镇，要…; 县住建局：承担…)."""
    if following is None:
        return None
    text = unit.text
    next_start, next_end = following
    if text[end] in "：:":
        acts_at_once = opening and verb_at(text, next_start)
        return _Predicate(next_start, strong=False) if acts_at_once else None
    if text[end] not in "，,":
        return None
    apposed = _APPOSED.match(text, next_start, next_end)
    if strong := order_at(text, apposed.end() if apposed else next_start, next_end):
        return _Predicate(strong.start(), strong=True)
    if opening and text.startswith(("各", "有", "其"), next_start):
        return _predicate_after_second_name(unit, next_start, next_end)
    return _Predicate(next_start, strong=False) if dated else None


def _predicate_after_second_name(unit: Unit, start: int, end: int) -> _Predicate | None:
    """各部门，各店铺要…: names parted by a comma share the predicate of the last."""
    for stop in unit.ends_between(start, min(end, start + _MAX_SECOND)):
        if found := _predicate(unit, stop, end, None, opening=True):
            return replace(found, name_end=stop)
    return None
