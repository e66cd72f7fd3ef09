"""Who and when, handed on: from brackets, slots, lead-ins and sentences that only date others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from textsafe.extract.drafts import Draft
from textsafe.mentions.assignments import Assignment
from textsafe.records import Deadline, Party

_DATE_SLOT = re.compile(
    r"^[（(]?(?:完成|整改|办结|工作|落实|实施|治理|报送)?(?:时限|期限|时间|时间节点|时限要求)\s?[：:]"
)
_DATES_ONE = re.compile(
    r"^(?:该|此|这|本)(?:项|类)?(?:项)?(?:工作|任务|整改|行动|事项)[^，；]{0,30}(?:完成|结束|到位|报送)[^，；]{0,6}[。；]?$"
)
_DATES_ALL = re.compile(
    r"^(?:以上|上述|前述|所有|各项)(?:各?项)?(?:工作|任务|整改|内容|事项|措施)[^，；]{0,30}(?:完成|结束|到位|报送)[^，；]{0,6}[。；]?$"
)
_TARGET_LEAD_IN = re.compile(r"^(?:到|至|力争|争取|[“\d]|今年|年)")


def hand_on(drafts: Sequence[Draft], *, spoken: bool) -> None:
    """Complete the drafts with what others say about them.

    Args:
        drafts: All units of a document, in order.
        spoken: The document is a speech, where a new sentence often has a new doer.

    Rules (task guidelines, sections Parties and Deadlines): a bracket or line at the end of an
    item governs the item; a subject that opens a paragraph governs the orders that follow in it;
    a sentence that only dates others gives them its date; a time that opens a paragraph of
    targets governs the targets that follow.
    """
    _hand_on_assignments(drafts)
    for _, paragraph in groupby(drafts, key=lambda draft: draft.block):
        units = list(paragraph)
        _carry_subject(units, spoken=spoken)
        _carry_target_time(units)
    _hand_on_dates(drafts)


def dates_others(draft: Draft) -> bool:
    """Return whether a unit only dates other units and is no task of its own."""
    return bool(draft.deadlines) and any(
        pattern.match(draft.text) for pattern in (_DATE_SLOT, _DATES_ONE, _DATES_ALL)
    )


def _hand_on_assignments(drafts: Sequence[Draft]) -> None:
    first_leads = False
    open_since = 0
    for index, draft in enumerate(drafts):
        for assignment in draft.assignments:
            first_leads = first_leads or assignment.first_leads
            governed = _governed(drafts, open_since, index, draft, assignment)
            parties = _with_first_lead(assignment, first_leads=first_leads)
            for other in governed:
                _add_parties(other, parties, inherited=other is not draft)
            open_since = index + 1


def _with_first_lead(assignment: Assignment, *, first_leads: bool) -> list[Party]:
    parties = list(assignment.parties)
    if first_leads and assignment.from_lead_list and len(parties) > 1:
        return [
            party.model_copy(update={"role": "lead" if i == 0 else "support"})
            for i, party in enumerate(parties)
        ]
    return parties


def _governed(
    drafts: Sequence[Draft], open_since: int, index: int, draft: Draft, assignment: Assignment
) -> list[Draft]:
    """Return the drafts that an assignment governs: its paragraph, or the item it closes."""
    governed = [] if draft.is_assignment else [draft]
    own_line = draft.opens_block and draft.is_assignment
    follows_text = assignment.start > draft.span.start or draft.is_assignment
    if not follows_text:
        governed = []
    for other in reversed(drafts[open_since:index]):
        if own_line:
            if other.section != draft.section:
                break
        elif other.block != draft.block:
            break
        governed.append(other)
    return governed


def _add_parties(draft: Draft, parties: Iterable[Party], *, inherited: bool) -> None:
    known = {party.name for party in draft.parties}
    added = [party for party in parties if party.name not in known]
    if inherited:
        added = [party.model_copy(update={"origin": "inherited"}) for party in added]
    if added:
        draft.parties.extend(added)
        draft.rules.append("party.assigned_item" if inherited else "party.assigned")


def _carry_subject(units: Sequence[Draft], *, spoken: bool) -> None:
    """各镇要…；要…；建立…。: the doer of the paragraph's first order goes on."""
    if not units or not units[0].doers.opens:
        return
    carried = units[0].doers.parties
    for before, draft in pairwise(units):
        if spoken and not before.text.endswith(("；", ";")):
            return
        if draft.assignments or (draft.is_task and draft.parties):
            return
        if draft.is_task:
            _add_carried(draft, carried)


def _add_carried(draft: Draft, parties: Iterable[Party]) -> None:
    draft.parties.extend(party.model_copy(update={"origin": "inherited"}) for party in parties)
    draft.rules.append("party.carried")


def _carry_target_time(units: Sequence[Draft]) -> None:
    time: Deadline | None = None
    for draft in units:
        if draft.judgement.modality != "target":
            time = None
        elif draft.deadlines:
            first = draft.deadlines[0]
            opens = _TARGET_LEAD_IN.match(draft.text) and first.span.start - draft.span.start <= 4
            time = first if opens and len(draft.deadlines) == 1 else None
        elif time:
            _add_deadline(draft, time, "deadline.lead_in")


def _add_deadline(draft: Draft, deadline: Deadline, rule: str) -> None:
    draft.deadlines.append(deadline.model_copy(update={"origin": "inherited"}))
    draft.rules.append(rule)


def _hand_on_dates(drafts: Sequence[Draft]) -> None:
    for index, draft in enumerate(drafts):
        if draft.is_assignment and draft.deadlines:
            governed = _item_before(drafts, index)
        elif not dates_others(draft):
            continue
        elif _DATES_ONE.match(draft.text):
            governed = _item_before(drafts, index)[:1]
        else:
            governed = _item_before(drafts, index)
        for other in governed:
            for deadline in draft.deadlines:
                _add_deadline(other, deadline, "deadline.dated_by_other")


def _item_before(drafts: Sequence[Draft], index: int) -> list[Draft]:
    """Return the task units of the item that unit `index` closes, the nearest first."""
    draft = drafts[index]
    item: list[Draft] = []
    for other in reversed(drafts[:index]):
        same_place = (
            other.section == draft.section if draft.opens_block else other.block == draft.block
        )
        if not same_place or dates_others(other):
            break
        if other.is_task:
            item.append(other)
        if draft.opens_block and other.opens_block and other.labelled:
            break
    return item
