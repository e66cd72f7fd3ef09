"""Lead-ins with a colon: 现责令你公司：1.…2.…, 各单位要做到：（一）…."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from textsafe.document import Document
from textsafe.extract.drafts import Draft
from textsafe.extract.scopes.adding import add_carried
from textsafe.extract.scopes.doers import (
    leading_parties,
    names_subject,
    opens_item,
    opens_with_verb,
)
from textsafe.extract.scopes.names import bearer, charged_by_name, charged_with_duties
from textsafe.records import Party
from textsafe.structure.numbering import RANK, label_at

_OF_STATE = re.compile(r"(?:存在|发现|包括|分为|是指)[^，。；]{0,16}[：:]$")
_DUTIES_OF_SUBJECT = re.compile(
    r"(?:其|它|具体|主要|承担|履行|负有|的|下列|以下|如下|安全生产|安全|工作|岗位){0,6}"
    r"(?:职责|职能|任务)(?:是|为|有|如下|包括|范围){0,2}[：:]"
)


@dataclass(frozen=True, slots=True)
class _LeadIn:
    doers: Sequence[Party]
    section: int | None
    rank: int | None


def hand_on_lead_ins(drafts: Sequence[Draft], document: Document) -> None:
    """Let the doer of a lead-in do what its numbered items say.

    A lead-in ends with its section, with a paragraph that has no number, with an item of its own
    rank, and at a first item that names its own doer: then each item does.
    """
    lead: _LeadIn | None = None
    own_doer = False
    waiting = False
    paragraph: list[Draft] = []
    for draft in drafts:
        if draft.place.opens_block:
            own_doer = False
            paragraph.clear()
        paragraph.append(draft)
        if draft.text.endswith(("：", ":")):
            lead, waiting = _lead_in(paragraph), True
            continue
        if lead is None:
            continue
        if _ends(lead, draft, document) or (
            waiting and names_subject(draft) and not opens_with_verb(draft)
        ):
            lead = None
            continue
        waiting = False
        own_doer = own_doer or (names_subject(draft) and not opens_with_verb(draft))
        if draft.reading.is_task and not own_doer and (not draft.parties or opens_with_verb(draft)):
            known = {one.name for one in draft.parties}
            doers = [one for one in lead.doers if one.name not in known]
            add_carried(draft, doers, "party.lead_in")


def _lead_in(paragraph: Sequence[Draft]) -> _LeadIn | None:
    draft = paragraph[-1]
    if _OF_STATE.search(draft.text):
        return None
    doers = leading_parties(draft) or draft.parties
    if not doers:
        doers, certain = charged_by_name(draft.text, draft.span.start)
        doers = doers if certain else charged_with_duties(draft.text, draft.span.start)
    if not doers and _DUTIES_OF_SUBJECT.fullmatch(draft.text):
        doers = _subject_before(paragraph)
    return _LeadIn(doers, draft.place.section, _rank(draft)) if doers else None


def _subject_before(paragraph: Sequence[Draft]) -> list[Party]:
    """安全科是归口部门。主要职责是：: whose duties the last sentence announces."""
    for draft in reversed(paragraph[:-1]):
        if doers := leading_parties(draft) or bearer(draft.text, draft.span.start):
            return doers
    return []


def _rank(draft: Draft) -> int | None:
    label = label_at(draft.text, 0, len(draft.text))
    return RANK[label.style] if label else None


def _ends(lead: _LeadIn, draft: Draft, document: Document) -> bool:
    if not _is_within(document, draft.place.section, lead.section):
        return True
    if not draft.place.opens_block:
        return False
    return not opens_item(draft) or (lead.rank is not None and _rank(draft) == lead.rank)


def _is_within(document: Document, section: int | None, outer: int | None) -> bool:
    if outer is None:
        return True
    while section is not None and section != outer:
        section = document.sections[section].parent
    return section == outer
