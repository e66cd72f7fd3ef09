"""Brackets and lines that assign (（县住建局牵头）, 责任单位：…): which units they govern."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from textsafe.extract.drafts import Draft
from textsafe.mentions.assignments import Assignment
from textsafe.records import Party
from textsafe.structure.numbering import label_at


def hand_on_assignments(drafts: Sequence[Draft]) -> None:
    """Give the parties of brackets and lines to the units that they govern."""
    first_leads = False
    open_since = 0
    governed: list[Draft] = []
    item_wise = _assigned_item_by_item(drafts)
    for index, draft in enumerate(drafts):
        for assignment in draft.reading.assignments:
            first_leads = first_leads or assignment.first_leads
            if open_since < index or not draft.reading.only_assigns:
                governed = _governed(drafts[open_since:index], draft, assignment)
                if draft.place.section in item_wise and _is_own_line(draft):
                    governed = _last_item(governed)
            for other in governed:
                _add_parties(other, draft, _with_first_lead(assignment, first_leads=first_leads))
            opens_unit = assignment.start == 0 and not draft.reading.only_assigns
            open_since = index if opens_unit else index + 1


def _with_first_lead(assignment: Assignment, *, first_leads: bool) -> list[Party]:
    parties = list(assignment.parties)
    if first_leads and assignment.from_lead_list and len(parties) > 1:
        return [
            party.model_copy(update={"role": "lead" if i == 0 else "support"})
            for i, party in enumerate(parties)
        ]
    return parties


def _governed(before: Sequence[Draft], draft: Draft, assignment: Assignment) -> list[Draft]:
    """Return the drafts that an assignment governs.

    In its own line it governs the section back to the last assignment; elsewhere it governs its
    paragraph; where it opens a unit, only what is before.
    """
    own_line = _is_own_line(draft)
    governed = [draft] if assignment.start > 0 and not draft.reading.only_assigns else []
    for other in reversed(before):
        if own_line and other.place.section != draft.place.section:
            break
        if not own_line and other.place.block != draft.place.block:
            break
        governed.append(other)
    return governed


def _is_own_line(draft: Draft) -> bool:
    return draft.place.opens_block and draft.reading.only_assigns


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
