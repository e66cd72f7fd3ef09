"""The subject of a unit goes on in its paragraph until the doer changes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from textsafe.extract.drafts import Draft
from textsafe.extract.scopes.adding import add_carried
from textsafe.extract.scopes.doers import (
    goes_on,
    leading_parties,
    opens_item,
    opens_with_order,
)
from textsafe.extract.scopes.names import charged_by_name
from textsafe.records import Party

_NAME_COLON = re.compile(r"[^，。；：:]{2,50}[：:]")
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
    state = _State()
    for index, draft in enumerate(units):
        joined = index > 0 and units[index - 1].text.endswith(("；", ";"))
        if opens_item(draft) and (index == 0 or draft.reading.is_task):
            state.enter_item(units[:index])
        if not joined and (spoken or not state.opening):
            state.doer = ()
        if draft.reading.is_task and not state.take_doer(draft, first=index == 0):
            state.hand_to(draft, joined=joined)


@dataclass(slots=True)
class _State:
    """Who goes on.

    Attributes:
        doer: Who was named last.
        before_items: Who was named before the items of an enumeration began.
        plain: No sentence that is nobody's in particular came in between.
        opening: The doer is the one that the paragraph opens with.
    """

    doer: Sequence[Party] = ()
    before_items: Sequence[Party] | None = None
    plain: bool = True
    opening: bool = True

    def enter_item(self, before: Sequence[Draft]) -> None:
        """Forget whom the item before named."""
        if self.before_items is None:
            self.before_items = _named_before_list(self.doer, before)
        self.doer, self.plain = self.before_items, True

    def take_doer(self, draft: Draft, *, first: bool) -> bool:
        """Return whether a task says itself who does it; from here on they go on."""
        if named := _name_before_colon(draft):
            draft.parties.extend(named)
            draft.rules.append("party.subject")
            self.doer, self.opening = named, first
        elif draft.reading.doers.parties:
            self.doer, self.opening = _doers_after(draft), first and _is_charged(draft)
        elif draft.reading.assignments:
            self.doer = ()
        else:
            return False
        self.plain = True
        return True

    def hand_to(self, draft: Draft, *, joined: bool) -> None:
        """Let the doer do a task that names nobody, if it plainly goes on."""
        if not self.doer or draft.parties:
            return
        if _carries(draft, self.doer, joined=joined, plain=self.plain):
            add_carried(draft, self.doer)
        else:
            self.plain = False


def _named_before_list(doer: Sequence[Party], before: Sequence[Draft]) -> Sequence[Party]:
    """抓好以下环节：一是…，各镇要…；二是…: whom the first item names does not do the second."""
    for draft in before:
        if (listed := _FIRST_ITEM.search(draft.text)) and draft.span.start + listed.start() < min(
            (party.span.start for party in doer), default=0
        ):
            return ()
    return doer


def _carries(draft: Draft, doer: Sequence[Party], *, joined: bool, plain: bool) -> bool:
    modality = draft.reading.judgement.modality
    if modality != "target" and all(one.name.startswith(("你", "贵")) for one in doer):
        return True  # a letter to one addressee speaks to nobody else
    if modality == "target" or (not joined and modality == "prohibit"):
        return False
    return goes_on(draft, joined=joined) and (joined or plain or opens_with_order(draft))


def _name_before_colon(draft: Draft) -> list[Party]:
    """县公安局：1.严查…；2.…: a body before a colon does what follows it."""
    if draft.parties or draft.reading.assignments:
        return []
    colon = _NAME_COLON.match(draft.text)
    if colon is None or colon.end() == len(draft.text):
        return []
    parties, certain = charged_by_name(draft.text[: colon.end()], draft.span.start)
    return parties if certain else []


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
    return doers.opens or any(
        party.role == "lead" or party.name.startswith(("你", "贵")) for party in doers.parties
    )
