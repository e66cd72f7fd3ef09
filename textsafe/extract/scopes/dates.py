"""Dates handed on: from sentences that only date others, lead-in times and stages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from textsafe.document import Document
from textsafe.extract.drafts import Draft
from textsafe.extract.scopes.adding import add_deadline
from textsafe.mentions.deadlines import Anchor, deadlines_in
from textsafe.records import Deadline

_DATE_SLOT = re.compile(
    r"^[（(]?(?:完成|整改|办结|工作|落实|实施|治理|报送)?(?:时限|期限|时间|时间节点|时限要求)"
    r"(?:\s?[：:]|[为是]?(?=[\d一二三四五六七八九十年月本当上下]))"
)
_DATES = r"(?!情况|结果|材料|总结|报告)[^，；]{0,30}(?:完成|结束|到位|报送)[^，；]{0,6}[。；]?$"
_DATES_ONE = re.compile(rf"^[该此这本][项类]?(?:工作|任务|整改|行动|事项){_DATES}")
_DATES_ALL = re.compile(
    rf"^(?:以上|上述|前述|所有|各项)(?:各?项)?(?:工作|任务|整改|内容|事项|措施){_DATES}"
)
_OPENS_WITH_TIME = 4
_LABEL = "完成时限："
_LAST_BRACKET = re.compile(r"[（(](?P<said>[^（(）)]{2,40})[）)][。：:]?$")
_HAS_LAST_DAY = frozenset({"by", "span", "relative", "event"})


def dates_others(draft: Draft) -> bool:
    """Return whether a unit only dates other units and is no task of its own."""
    return bool(draft.deadlines) and any(
        pattern.match(draft.text) for pattern in (_DATE_SLOT, _DATES_ONE, _DATES_ALL)
    )


def carry_target_time(units: Sequence[Draft]) -> None:
    """到2025年，…；…: a time that opens targets governs those that follow in the paragraph."""
    time: Deadline | None = None
    for draft in units:
        is_target = draft.reading.judgement.modality == "target"
        if draft.deadlines:
            first = draft.deadlines[0]
            opens = first.span.start - draft.span.start <= _OPENS_WITH_TIME
            leads_in = opens and (is_target or first.text.startswith("到"))
            time = first if leads_in and len(draft.deadlines) == 1 else None
        elif not is_target:
            time = None
        elif time:
            add_deadline(draft, time, "deadline.lead_in")


def hand_on_dates(drafts: Sequence[Draft]) -> None:
    """Give the dates of units that only date others to the units they speak of."""
    given = [_given_dates(draft) for draft in drafts]
    for index, (draft, deadlines) in enumerate(zip(drafts, given, strict=True)):
        if not deadlines:
            continue
        item = _item_before(drafts, given, index)
        governed = item[:1] if _DATES_ONE.match(draft.text) else item
        for other in governed:
            for deadline in deadlines:
                add_deadline(other, deadline, "deadline.dated_by_other")
        if _opens_with_assignment(draft):
            for deadline in deadlines:
                draft.deadlines.remove(deadline)
                draft.rules.remove(f"deadline.{deadline.kind}")


def _given_dates(draft: Draft) -> list[Deadline]:
    """Return the deadlines of a unit that are for units before it: （县住建局牵头，6月底前）."""
    if dates_others(draft) or draft.of_others or draft.reading.only_assigns:
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


def hand_on_stages(drafts: Sequence[Draft], document: Document, anchor: Anchor) -> None:
    """第一阶段（4月1日至5月31日）: the period governs what has no last day of its own.

    That holds for the headings under the stage too (1.企业自查).
    """
    periods: dict[int | None, list[Deadline]] = {None: []}
    for draft in drafts:
        if not draft.reading.is_task or any(one.kind in _HAS_LAST_DAY for one in draft.deadlines):
            continue
        for deadline in _period(document, draft.place.section, anchor, periods):
            add_deadline(draft, deadline, "deadline.stage")


def _period(
    document: Document,
    section: int | None,
    anchor: Anchor,
    known: dict[int | None, list[Deadline]],
) -> list[Deadline]:
    """Return the period of the stage that a section is or stands in."""
    path: list[int] = []
    index = section
    while index is not None and index not in known:
        path.append(index)
        index = document.sections[index].parent
    for index in reversed(path):
        span = document.sections[index].title_span
        own = _stage_dates(span.of(document.text), span.start, anchor)
        known[index] = own or known[document.sections[index].parent]
    return known[section]


def _stage_dates(title: str, start: int, anchor: Anchor) -> list[Deadline]:
    """Return the dates of a heading that is a stage; 2024年重点工作 only says of which year."""
    bracket = _LAST_BRACKET.search(title)
    if bracket:
        # Alone in its bracket, a bare date is a deadline, as it is after this label.
        found = deadlines_in(_LABEL + bracket["said"], anchor)
        start += bracket.start("said") - len(_LABEL)
    else:
        found = deadlines_in(title, anchor) if "阶段" in title else []
    return [
        deadline.model_copy(update={"span": deadline.span.shift(start)})
        for deadline in found
        if deadline.kind in {"by", "span"}
        and deadline.span.start >= (len(_LABEL) if bracket else 0)
    ]
