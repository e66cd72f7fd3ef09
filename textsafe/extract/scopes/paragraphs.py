"""The subject of a unit goes on in its paragraph until the doer changes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from textsafe.extract.drafts import Draft
from textsafe.extract.scopes.adding import add_carried
from textsafe.extract.scopes.doers import (
    goes_on,
    leading_parties,
    opens_item,
    opens_with_order,
)
from textsafe.records import Party

_FIRST_ITEM = re.compile(r"[：:，,]\s?(?:一[是要]|第一[，、]|1[.．、]|[（(][一1][）)]|①)")


def carry_subject(units: Sequence[Draft], *, spoken: bool) -> None:
    """各镇要…；要…。建立…: the doer goes on until another is named.

    Over a semicolon that holds everywhere; over a full stop only in written orders, only for the
    doer that the paragraph opens with, and only for an order (要, 应当) or a bare imperative: a
    ban for all, a target and a sentence about the matter (重建工作要…) are nobody's in
    particular. After one of these only an order goes on. What an item of an enumeration (一要…)
    names ends with the item.

    Args:
        units: The units of one paragraph.
        spoken: It stands in a speech.
    """
    doer: Sequence[Party] = ()
    before_items: Sequence[Party] | None = None
    plain = opening = True
    for index, draft in enumerate(units):
        joined = index > 0 and units[index - 1].text.endswith(("；", ";"))
        if opens_item(draft) and (index == 0 or draft.reading.is_task):
            if before_items is None:
                before_items = _named_before_list(doer, units[:index])
            doer, plain = before_items, True
        if not joined and (spoken or not opening):
            doer = ()
        if not draft.reading.is_task:
            continue
        if draft.reading.doers.parties:
            doer, plain = _doers_after(draft), True
            opening = index == 0 and _is_charged(draft)
        elif draft.reading.assignments:
            doer = ()
        elif doer and not draft.parties:
            if _carries(draft, joined=joined, plain=plain):
                add_carried(draft, doer)
            else:
                plain = False


def _named_before_list(doer: Sequence[Party], before: Sequence[Draft]) -> Sequence[Party]:
    """抓好以下环节：一是…，各镇要…；二是…: whom the first item names does not do the second."""
    for draft in before:
        if (listed := _FIRST_ITEM.search(draft.text)) and draft.span.start + listed.start() < min(
            (party.span.start for party in doer), default=0
        ):
            return ()
    return doer


def _carries(draft: Draft, *, joined: bool, plain: bool) -> bool:
    modality = draft.reading.judgement.modality
    if modality == "target" or (not joined and modality == "prohibit"):
        return False
    return goes_on(draft, joined=joined) and (joined or plain or opens_with_order(draft))


def _doers_after(draft: Draft) -> list[Party]:
    """Return who does what follows a unit: its subject, else those it urges or who act in it."""
    if draft.reading.assignments:
        return []
    doers = draft.reading.doers
    if doers.action_start is not None:
        return leading_parties(draft)
    return list(draft.parties) if doers.ordered and draft.text.endswith(("；", ";")) else []


def _is_charged(draft: Draft) -> bool:
    """Return whether a unit opens with somebody who is ordered or leads, not just acts."""
    doers = draft.reading.doers
    return doers.opens or any(party.role == "lead" for party in doers.parties)
