"""Brackets and lines that assign (（县住建局牵头）, 责任单位：…): which units they govern."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise, takewhile

from textsafe.document import Document
from textsafe.extract.drafts import Draft
from textsafe.mentions.assignments import Assignment
from textsafe.records import Party
from textsafe.structure.numbering import RANK, label_at

_OF_OTHERS = re.compile(
    r"(?:(?:以上|上述|前述|该|此|这|本)[^，。；由]{0,3}(?:工作|任务|整改|事项|内容|措施)[^，。；由]{0,6}"
    r"|具体(?:工作)?)(?:均|统一)?由"
)
_CLAUSE = re.compile(r"[，,]")
_ROLE_OR_TIME = re.compile(
    r"(?:负责|牵头|配合|参与|协助|落实|实施|承办|推进|完成|到位|分工)$|[年月日底前]$"
)


def _may_assign_others(draft: Draft) -> bool:
    """Return whether a unit says no more than who does something (以上工作由A牵头，B配合)."""
    if not draft.reading.parties or not _OF_OTHERS.match(draft.text):
        return False
    return all(_ROLE_OR_TIME.search(clause) for clause in _CLAUSE.split(draft.text.rstrip("。；")))


def hand_on_assignments(drafts: Sequence[Draft], document: Document) -> None:
    """Give the parties of brackets, lines and sentences that assign to the units they govern."""
    first_leads = False
    open_since = 0
    governed: list[Draft] = []
    reach = _Reach(drafts, document)
    for index, draft in enumerate(drafts):
        if _may_assign_others(draft) and _assign_others(
            draft, reach.governed(drafts[open_since:index], draft)
        ):
            open_since = index + 1
            continue
        for assignment in draft.reading.assignments:
            first_leads = first_leads or assignment.first_leads
            if open_since < index or not draft.reading.only_assigns:
                own = [draft] if assignment.start > 0 and not draft.reading.only_assigns else []
                governed = own + reach.governed(drafts[open_since:index], draft)
            for other in governed:
                _add_parties(other, draft, _with_first_lead(assignment, first_leads=first_leads))
            opens_unit = assignment.start == 0 and not draft.reading.only_assigns
            open_since = index if opens_unit else index + 1


def _assign_others(draft: Draft, governed: Sequence[Draft]) -> bool:
    """Give the parties of a sentence to the tasks it speaks of; with none, it is a task itself."""
    tasks = [other for other in governed if other.reading.is_task]
    for other in tasks:
        _add_parties(other, draft, draft.reading.parties)
    draft.of_others = bool(tasks)
    return draft.of_others


def _with_first_lead(assignment: Assignment, *, first_leads: bool) -> list[Party]:
    parties = list(assignment.parties)
    if first_leads and assignment.from_lead_list and len(parties) > 1:
        return [
            party.model_copy(update={"role": "lead" if i == 0 else "support"})
            for i, party in enumerate(parties)
        ]
    return parties


class _Reach:
    """How far back what stands in a line of its own, or in a paragraph, governs."""

    def __init__(self, drafts: Sequence[Draft], document: Document) -> None:
        self._document = document
        self._item_wise = _assigned_item_by_item(drafts)
        self._assigned = {d.place.section for d in drafts if d.reading.assignments}

    def governed(self, before: Sequence[Draft], draft: Draft) -> list[Draft]:
        """Return the drafts that `draft` governs, the nearest first.

        Args:
            before: The drafts since the last assignment.
            draft: It assigns. In its own line it governs the section back to the last
                assignment, or its numbered item where each has a line; elsewhere its paragraph.
        """
        if not _is_own_line(draft):
            return _as_long_as(before, lambda other: other.place.block == draft.place.block)
        sections = self._sections(before, draft)
        governed = _as_long_as(before, lambda other: other.place.section in sections)
        return _last_item(governed) if draft.place.section in self._item_wise else governed

    def _sections(self, before: Sequence[Draft], draft: Draft) -> set[int | None]:
        """Return the section of a line, with those beside it that it closes as well.

        Under （三） a line behind 2. governs 1. too, where nothing is assigned to 1. by itself.
        """
        own = draft.place.section
        parent = self._document.sections[own].parent if own is not None else None
        if own is None or parent is None or not self._is_item(parent):
            return {own}
        beside = {
            other.place.section
            for other in before
            if other.place.section is not None
            and self._document.sections[other.place.section].parent == parent
        }
        return {own} if (beside - {own}) & self._assigned else {own, parent, *beside}

    def _is_item(self, section: int) -> bool:
        title = self._document.sections[section].title
        label = label_at(title, 0, len(title))
        return label is not None and RANK[label.style] >= RANK["han_paren"]


def _as_long_as(before: Sequence[Draft], governs: Callable[[Draft], bool]) -> list[Draft]:
    return list(takewhile(governs, reversed(before)))


def _is_own_line(draft: Draft) -> bool:
    return draft.place.opens_block and (draft.reading.only_assigns or _may_assign_others(draft))


def _assigned_item_by_item(drafts: Sequence[Draft]) -> set[int | None]:
    """Return the sections with several lines of assignment: each closes its numbered item."""
    closing: Counter[int | None] = Counter()
    for before, draft in pairwise(drafts):
        if _is_own_line(draft) and not before.reading.only_assigns:
            closing[draft.place.section] += 1
    return {section for section, count in closing.items() if count > 1}


def _last_item(governed: Sequence[Draft]) -> list[Draft]:
    """Return the units, the nearest first, up to the one that opens the numbered item."""
    item: list[Draft] = []
    for draft in governed:
        item.append(draft)
        if draft.place.opens_block and label_at(draft.text, 0, len(draft.text)):
            break
    return item


def _add_parties(draft: Draft, source: Draft, parties: Iterable[Party]) -> None:
    known = {party.name for party in draft.parties}
    origin = "explicit" if source is draft else "inherited"
    added = [
        party.model_copy(update={"origin": origin, "span": party.span.shift(source.span.start)})
        for party in parties
        if party.name not in known
    ]
    if added:
        draft.parties.extend(added)
        draft.rules.append("party.assigned" if source is draft else "party.assigned_item")
