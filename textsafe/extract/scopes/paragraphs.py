"""The subject of a unit goes on in its paragraph until the doer changes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from textsafe.extract.drafts import Draft
from textsafe.extract.scopes.adding import add_carried
from textsafe.extract.scopes.doers import (
    acting_parties,
    goes_on,
    involves_others,
    leading_parties,
    opens_item,
    opens_with_order,
    ordered_parties,
    urges,
)
from textsafe.extract.scopes.names import charged_by_name
from textsafe.records import Party, Role
from textsafe.structure.numbering import label_at

# A letter to one addressee speaks to nobody else.
_ADDRESSED = re.compile(r"[你贵]")
# Bodies that the whole document is addressed to, as against one that has its own part in it.
_ALL_ALIKE = re.compile(
    r"各|地方|有关|相关|所有|全|[^，。；]{0,8}各(?!自)|[^，。；]{0,4}(?:有关|相关)"
)
_REPORTED = re.compile(r"会议(?:指出|强调|要求|明确|认为|决定|议定|还)")
# 王书记作出部署：…: whoever speaks before a colon is not charged with what follows.
_SPEAKS = re.compile(r"部署|要求|强调|指出|指示|批示|讲话|通报|介绍|表示|如下")
_NAME_COLON = re.compile(r"[^，。；：:]{2,50}[：:]")
# 镇供水站在检修期间，应当…; 站务部严格执行…: an order without 要 at once behind the name.
_ORDERED_LATER = re.compile(
    r"[在对按依根][^，。；]{2,30}，(?:要(?!求)|应当|应(?!急)|必须|须|务必)|严格|切实|认真|坚决|务必"
)
_FIRST_ITEM = re.compile(r"[：:，,]\s?(?:一[是要]|第一[，、]|1[.．、]|[（(][一1][）)]|①)")


def carry_subject(units: Sequence[Draft], *, spoken: bool) -> None:
    """各镇要…；要…。建立…: the doer goes on until another is named.

    Bodies that stand for everybody (各镇, 有关部门) go on with all that plainly has no other doer:
    with orders (要, 应当) and bare imperatives; so does anybody in an article of a rule. A body
    with a part of its own (县气象局) goes on with these too, but after a sentence that is
    nobody's in particular only with 要. Over a full stop only the doer goes on that the first task
    of the paragraph names, and only in written orders. A ban for all, a target and a sentence
    about the matter (重建工作要…) are nobody's in particular; after one of these only an order goes
    on. Who is only gathered or urged (组织职工参加, 督促企业…) takes nothing over.
    What an item of an enumeration (一要…) names ends with the item.

    Args:
        units: The units of one paragraph.
        spoken: It stands in a speech.
    """
    state = _State(in_article=bool(units) and _is_article(units[0]))
    first = next((index for index, draft in enumerate(units) if draft.reading.is_task), 0)
    for index, draft in enumerate(units):
        joined = index > 0 and units[index - 1].text.endswith(("；", ";"))
        if opens_item(draft) and (index == 0 or draft.reading.is_task):
            state.enter_item(units[:index])
        if not joined and (spoken or not state.opening):
            state.doer = ()
        if draft.reading.is_task and not state.take_doer(draft, first=index == first):
            state.hand_to(draft, joined=joined)


@dataclass(slots=True)
class _State:
    """Who goes on.

    Attributes:
        in_article: The paragraph is an article of a rule.
        doer: Who was named last.
        before_items: Who was named before the items of an enumeration began.
        plain: No sentence that is nobody's in particular came in between.
        opening: The doer is the one that the paragraph opens with.
    """

    in_article: bool
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
        elif self.doer and involves_others(draft):
            return False
        elif draft.reading.doers.parties:
            self.doer = _doers_after(draft)
            self.opening = first and (self.in_article or _is_charged(draft))
        elif draft.reading.assignments:
            self.doer = ()
        else:
            return False
        self.plain = True
        return True

    def hand_to(self, draft: Draft, *, joined: bool) -> None:
        """Let the doer do a task that names nobody, if it plainly goes on."""
        if not self.doer or any(one.origin == "inherited" for one in draft.parties):
            return
        known = {one.name for one in draft.parties}
        if not _carries(
            draft, self.doer, joined=joined, plain=self.plain, in_article=self.in_article
        ):
            self.plain = False
            self.doer = () if known else self.doer
        elif known.isdisjoint(one.name for one in self.doer):
            doer = self.doer
            if known:
                role: Role = "supervisor" if urges(draft) else "owner"
                doer = [one.model_copy(update={"role": role}) for one in doer]
            add_carried(draft, doer, "party.carried")


def _is_article(draft: Draft) -> bool:
    label = label_at(draft.text, 0, len(draft.text))
    return label is not None and label.style in {"article", "decimal"}


def _named_before_list(doer: Sequence[Party], before: Sequence[Draft]) -> Sequence[Party]:
    """抓好以下环节：一是…，各镇要…；二是…: whom the first item names does not do the second."""
    for draft in before:
        if (listed := _FIRST_ITEM.search(draft.text)) and draft.span.start + listed.start() < min(
            (party.span.start for party in doer), default=0
        ):
            return ()
    return doer


def _carries(
    draft: Draft, doer: Sequence[Party], *, joined: bool, plain: bool, in_article: bool
) -> bool:
    modality = draft.reading.judgement.modality
    if modality == "target" or _REPORTED.match(draft.text):
        return False
    if all(_ADDRESSED.match(one.name) for one in doer):
        return True
    if modality == "prohibit" and not joined:
        return False
    if in_article or all(_ALL_ALIKE.match(one.name) for one in doer):
        return goes_on(draft, joined=joined) and (joined or plain or opens_with_order(draft))
    return opens_with_order(draft) or (
        modality == "must" and (joined or plain) and goes_on(draft, joined=False)
    )


def _name_before_colon(draft: Draft) -> list[Party]:
    """县公安局：1.严查…；2.…: a body before a colon does what follows it."""
    if draft.parties or draft.reading.assignments:
        return []
    colon = _NAME_COLON.match(draft.text)
    if colon is None or colon.end() == len(draft.text) or _SPEAKS.search(colon.group()):
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
    if ordered := ordered_parties(draft):
        return ordered
    goes_on_over = doers.ordered and draft.text.endswith(("；", ";"))
    return acting_parties(draft) if goes_on_over else []


def _is_charged(draft: Draft) -> bool:
    """Return whether a unit opens with somebody who is ordered or leads, not just acts."""
    doers = draft.reading.doers
    if doers.opens or any(
        party.role == "lead" or _ADDRESSED.match(party.name) for party in doers.parties
    ):
        return True
    if doers.action_start is None:
        return bool(ordered_parties(draft))
    if draft.text[: doers.action_start].endswith(("：", ":")):
        return True  # 县教育局：负责…。做好…。: the duties of one body
    return _ORDERED_LATER.match(draft.text, doers.action_start) is not None and not any(
        party.role == "supervisor" for party in doers.parties
    )
