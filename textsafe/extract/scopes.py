"""Who and when, handed on: from brackets, slots, lead-ins and sentences that only date others."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from textsafe.document import Document
from textsafe.extract.drafts import Draft
from textsafe.mentions.assignments import Assignment, party
from textsafe.mentions.bodies import is_body, is_name
from textsafe.mentions.deadlines import find_deadlines
from textsafe.mentions.names import may_be_name
from textsafe.records import Deadline, Party
from textsafe.structure.numbering import label_at

_DATE_SLOT = re.compile(
    r"^[（(]?(?:完成|整改|办结|工作|落实|实施|治理|报送)?(?:时限|期限|时间|时间节点|时限要求)\s?[：:]"
)
_DATES = r"[^，；]{0,30}(?:完成|结束|到位|报送)[^，；]{0,6}[。；]?$"
_DATES_ONE = re.compile(rf"^[该此这本][项类]?(?:工作|任务|整改|行动|事项){_DATES}")
_DATES_ALL = re.compile(
    rf"^(?:以上|上述|前述|所有|各项)(?:各?项)?(?:工作|任务|整改|内容|事项|措施){_DATES}"
)
_OPENS_WITH_TIME = 4
_POSTS = tuple("人员长任师工")
_DUTIES = re.compile(
    r"的?(?:安全(?:生产)?)?(?:工作|管理)?(?:岗位)?(?:主要)?(?:职责|责任)?(?:如下|是)?[。：:]?$"
)


def hand_on(drafts: Sequence[Draft], document: Document, date: dt.date | None) -> None:
    """Complete the drafts of one part with what others in it say about them.

    Rules (task guidelines, sections Parties and Deadlines): a bracket or line at the end of an
    item governs the item; a subject that opens a paragraph governs the orders that follow in it;
    a lead-in that ends in a colon, and a heading that is a post or body, govern their items; a
    sentence that only dates others gives them its date; a time that opens a paragraph of
    targets governs the targets that follow; a period in the heading of a stage governs the stage.
    """
    spoken = document.metadata.kind == "speech"
    _hand_on_assignments(drafts)
    _hand_on_lead_ins(drafts)
    _hand_on_posts(drafts, document)
    for _, paragraph in groupby(drafts, key=lambda draft: draft.place.block):
        units = list(paragraph)
        _carry_over_semicolon(units)
        if not spoken:
            _carry_subject(units)
        _carry_target_time(units)
    _hand_on_dates(drafts)
    _hand_on_stages(drafts, document, date)


def dates_others(draft: Draft) -> bool:
    """Return whether a unit only dates other units and is no task of its own."""
    return bool(draft.deadlines) and any(
        pattern.match(draft.text) for pattern in (_DATE_SLOT, _DATES_ONE, _DATES_ALL)
    )


def _hand_on_assignments(drafts: Sequence[Draft]) -> None:
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


def _hand_on_lead_ins(drafts: Sequence[Draft]) -> None:
    """现责令你公司：1.…2.…: the doer of the lead-in does what the numbered items say."""
    doers: Sequence[Party] = ()
    for draft in drafts:
        labelled = label_at(draft.text, 0, len(draft.text)) is not None
        if draft.text.endswith(("：", ":")):
            doers = draft.parties
        elif draft.place.opens_block and not labelled:
            doers = ()
        elif draft.reading.is_task and doers and not draft.parties:
            _add_carried(draft, doers)


def _hand_on_posts(drafts: Sequence[Draft], document: Document) -> None:
    """（二）总务主任职责: what stands under the name of a post or body is its task."""
    posts: dict[int, Party | None] = {}
    for draft in drafts:
        index = draft.place.section
        if index is None or draft.parties or not draft.reading.is_task:
            continue
        if index not in posts:
            posts[index] = _post_in(document, index)
        if post := posts[index]:
            _add_carried(draft, [post])


def _post_in(document: Document, section: int) -> Party | None:
    """Return the party that a heading consists of, with 职责 behind it or nothing."""
    span = document.sections[section].title_span
    title = span.of(document.text)
    label = label_at(title, 0, len(title))
    start = label.length if label else 0
    name = _DUTIES.sub("", title[start:])
    acts = name.endswith(_POSTS) or is_body(name) or "责" in title[start + len(name) :]
    if not (2 <= len(name) <= 20 and acts and is_name(name) and may_be_name(name, 0, len(name))):
        return None
    return party(document.text, span.start + start, span.start + start + len(name), "owner")


def _carry_over_semicolon(units: Sequence[Draft]) -> None:
    """A要…；要…；…: within one sentence the doer goes on until another is named."""
    for before, draft in pairwise(units):
        if (
            before.text.endswith(("；", ";"))
            and draft.reading.is_task
            and not draft.parties
            and not draft.reading.assignments
            and before.reading.doers.ordered
        ):
            _add_carried(draft, before.parties)


def _carry_subject(units: Sequence[Draft]) -> None:
    """各镇要…。要…。建立…。: the doer of the paragraph's first order goes on."""
    if not units or not units[0].reading.doers.opens:
        return
    for draft in units[1:]:
        if draft.reading.assignments or (draft.reading.is_task and draft.reading.doers.parties):
            return
        if draft.reading.is_task and not draft.parties:
            _add_carried(draft, units[0].parties)


def _add_carried(draft: Draft, parties: Sequence[Party]) -> None:
    if parties:
        draft.parties.extend(p.model_copy(update={"origin": "inherited"}) for p in parties)
        draft.rules.append("party.carried")


def _carry_target_time(units: Sequence[Draft]) -> None:
    time: Deadline | None = None
    for draft in units:
        if draft.reading.judgement.modality != "target":
            time = None
        elif draft.deadlines:
            first = draft.deadlines[0]
            opens = first.span.start - draft.span.start <= _OPENS_WITH_TIME
            time = first if opens and len(draft.deadlines) == 1 else None
        elif time:
            _add_deadline(draft, time, "deadline.lead_in")


def _add_deadline(draft: Draft, deadline: Deadline, rule: str) -> None:
    draft.deadlines.append(deadline.model_copy(update={"origin": "inherited"}))
    draft.rules.append(rule)


def _hand_on_dates(drafts: Sequence[Draft]) -> None:
    given = [_given_dates(draft) for draft in drafts]
    for index, (draft, deadlines) in enumerate(zip(drafts, given, strict=True)):
        if not deadlines:
            continue
        item = _item_before(drafts, given, index)
        governed = item[:1] if _DATES_ONE.match(draft.text) else item
        for other in governed:
            for deadline in deadlines:
                _add_deadline(other, deadline, "deadline.dated_by_other")
        if _opens_with_assignment(draft):
            for deadline in deadlines:
                draft.deadlines.remove(deadline)
                draft.rules.remove(f"deadline.{deadline.kind}")


def _given_dates(draft: Draft) -> list[Deadline]:
    """Return the deadlines of a unit that are for units before it: （县住建局牵头，6月底前）."""
    if dates_others(draft) or draft.reading.only_assigns:
        return list(draft.deadlines)
    if not _opens_with_assignment(draft):
        return []
    end = draft.span.start + draft.reading.assignments[0].end
    return [deadline for deadline in draft.deadlines if deadline.span.end <= end]


def _opens_with_assignment(draft: Draft) -> bool:
    """Return whether a unit opens with the bracket of the one before: …。（县住建局负责）…."""
    assignments = draft.reading.assignments
    return (
        bool(assignments)
        and assignments[0].start == 0
        and not draft.reading.only_assigns
        and not draft.place.opens_block
    )


def _item_before(
    drafts: Sequence[Draft], given: Sequence[list[Deadline]], index: int
) -> list[Draft]:
    """Return the task units of the item that unit `index` closes, the nearest first."""
    place = drafts[index].place
    item: list[Draft] = []
    for before in range(index - 1, -1, -1):
        other = drafts[before]
        if place.opens_block:
            same_item = other.place.section == place.section
        else:
            same_item = other.place.block == place.block
        begins_item = bool(given[before]) and _opens_with_assignment(other)
        if not same_item or (given[before] and not begins_item):
            break
        if other.reading.is_task:
            item.append(other)
        if begins_item:
            break
    return item


def _hand_on_stages(drafts: Sequence[Draft], document: Document, date: dt.date | None) -> None:
    """第一阶段（4月1日至5月31日）: the period of a heading governs what has no date of its own."""
    periods: dict[int, list[Deadline]] = {}
    for draft in drafts:
        index = draft.place.section
        if index is None or draft.deadlines or not draft.reading.is_task:
            continue
        if index not in periods:
            title = document.sections[index].title_span
            periods[index] = [
                deadline.model_copy(update={"span": deadline.span.shift(title.start)})
                for deadline in find_deadlines(title.of(document.text), date)
                if deadline.kind in {"by", "span"}
            ]
        for deadline in periods[index]:
            _add_deadline(draft, deadline, "deadline.stage")
