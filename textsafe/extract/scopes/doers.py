"""Whose words a unit goes on with: the doer that it opens with, and whether it names its own."""

from __future__ import annotations

import re

from textsafe.extract.drafts import Draft
from textsafe.mentions.bodies import is_body
from textsafe.mentions.predicates import order_at
from textsafe.records import Party
from textsafe.structure.numbering import label_at

_PERSON = re.compile(r"(?:人|长|员|任|师|书记|领导|同志|干部|职工|经理|厂长|主要负责|分管负责)$")
_NOT_SUBJECT = re.compile(
    r"(?:由|会同|联合|协同|督促|指导|督导|责令|监督|组织|推动|落实|配合|协助)[^，。；]{0,40}$"
)
# What a company or school calls itself in its own rules.
_OWN_BODY = re.compile(r"公司|集团|学校|医院|[本我](?:公司|集团|单位|[企矿厂站局院校所县市区镇乡])")
# 坚持生产必须安全: the order stands inside what is to be upheld.
_UPHOLDS = re.compile(r"坚持|牢记|牢固树立|树立|遵循|贯彻|明确")
_BESIDE = re.compile(r"[^，。；：]{0,6}")
_INVOLVED = re.compile(
    r"(?:督促|督导|指导|责令|监督|组织|召集|安排|推动|引导|落实)[^，。；由]{0,40}$"
)
_PASSIVE = re.compile(r"(?:落实|组织|召集|安排)[^，。；]{0,30}$")
_URGING = re.compile(
    r"(?:要|应当|应|必须)?(?:切实|认真|严格|积极|立即|及时|加强)?(?:督促|督导|指导|监督)(?!检查)"
)
_CONNECTIVE = re.compile(
    r"(?:同时|此外|另外|其中|特别是|尤其是|对此|为此|今后|下一步|下步|当前|近期|期间|届时|必要时|"
    r"原则上|一方面|另一方面|首先|其次|再次|最后|至少|分别|逐步|并且|并|还|也|更|又|既|都|均|就|再|请|"
    r"切实|认真|严格|坚决|[，,、：:\s])+"
)
_ACT_IN_TIME = re.compile(r"(?:开展|组织|召开|进行|举行|举办|检查|报送|排查|演练)")
_MODAL = re.compile(
    r"(?<![主重需只将不还简摘概首紧必提索])要(?!求|素|害|点|件|么|道|领|义|目|有)|应当|应(?![急对用变付有届聘])"
    r"|必须|(?<!无)须(?!知)|务必|不得|不准"
)
_PREPOSITION = re.compile(
    r"[对将把按依在于以从向与为因当凡如若经通随除使让]|根据|结合|围绕|针对|依托"
)
_CONDITION_END = re.compile(r"(?:[时后前中内的]|期间|以来|以上|情况下|过程中|基础上)$")


def leading_parties(draft: Draft) -> list[Party]:
    """Return the parties of the subject that a unit opens with, as they do what follows.

    Persons who act within it (主要负责人要…) do not change the doer, another body does: then
    nothing is returned, for nobody can tell who goes on.

    A subject that urges others (各镇要督促企业…) does the next thing itself.
    """
    doers = draft.reading.doers
    if doers.action_start is None:
        return []
    start = draft.span.start
    end = start + doers.action_start
    leading = [p for p in draft.parties if p.span.start >= start and p.span.end <= end]
    others = [p for p in draft.parties if p.origin == "explicit" and p not in leading]
    if any(_is_other_doer(draft, party) for party in others):
        return []
    partners = [p for p in others if p.role == "support" and leading and leading[0].role == "lead"]
    return [_as_doer(party) for party in (*leading, *partners)]


def ordered_parties(draft: Draft) -> list[Party]:
    """Return whom an order inside a unit is addressed to: 按照省里部署，各镇要….

    Nothing, if somebody unnamed or another body acts as well, or if it is a person or somebody
    who is urged. The body that a text is the rule of (公司, 本矿) acts with or without an order.
    """
    start = draft.span.start
    own = sorted((p for p in draft.parties if p.origin == "explicit"), key=_place)
    acting = [p for p in own if not _NOT_SUBJECT.search(draft.text[: max(_place(p) - start, 0)])]
    if len(acting) == 1 and _OWN_BODY.fullmatch(acting[0].name):
        return [_as_doer(acting[0])]
    if draft.reading.judgement.imperative == _opening(draft):
        return []
    ordered: list[Party] = []
    for one in reversed(own):
        end = ordered[0].span.start if ordered else None
        if end is None:
            if order_at(draft.text, one.span.end - start, len(draft.text)):
                ordered = [one]
        elif _BESIDE.fullmatch(draft.text[one.span.end - start : end - start]):
            ordered.insert(0, one)
    others = [one for one in own if one not in ordered]
    if not ordered or any(_PERSON.search(one.name) for one in ordered):
        return []
    before = draft.text[: max(ordered[0].span.start - start, 0)]
    if _NOT_SUBJECT.search(before) or any(_is_other_doer(draft, one) for one in others):
        return []
    return [_as_doer(one) for one in ordered]


def _place(party: Party) -> int:
    return party.span.start


def acting_parties(draft: Draft) -> list[Party]:
    """Return who acts in a unit without a subject (由A…, 督促B…).

    Who only bears a duty (落实企业主体责任) or is gathered (组织职工参加) does not do what follows.
    """
    return [
        party
        for party in draft.parties
        if not _PASSIVE.search(draft.text[: max(party.span.start - draft.span.start, 0)])
    ]


def _as_doer(party: Party) -> Party:
    return party.model_copy(update={"role": "owner"}) if party.role == "supervisor" else party


def _is_other_doer(draft: Draft, party: Party) -> bool:
    """Return whether a later party of a unit is a body that acts on its own."""
    before = draft.text[: max(party.span.start - draft.span.start, 0)]
    return (
        party.role in {"owner", "lead"}
        and not _PERSON.search(party.name)
        and is_body(party.name)
        and not _NOT_SUBJECT.search(before)
    )


def names_subject(draft: Draft) -> bool:
    """Return whether a unit names who does it, other than an agent or somebody who is urged."""
    if draft.reading.doers.action_start is not None and draft.reading.doers.parties:
        return True
    return any(
        party.role != "support"
        and not _NOT_SUBJECT.search(draft.text[: party.span.start - draft.span.start])
        for party in draft.parties
        if party.origin == "explicit" and draft.span.start <= party.span.start < draft.span.end
    )


def involves_others(draft: Draft) -> bool:
    """Return whether an imperative names others as objects alone (组织职工参加, 要督促企业…)."""
    named = [p for p in draft.parties if p.origin == "explicit"]
    return (
        bool(named)
        and not draft.reading.assignments
        and (opens_with_verb(draft) or urges(draft))
        and all(_INVOLVED.search(draft.text[: p.span.start - draft.span.start]) for p in named)
    )


def opens_with_verb(draft: Draft) -> bool:
    """Return whether a unit opens with a bare imperative, whoever acts later in it."""
    imperative = draft.reading.judgement.imperative
    return imperative is not None and _is_open(draft.text, _opening(draft), imperative)


def opens_item(draft: Draft) -> bool:
    """Return whether a unit opens with a numbering (一要, 二是, （三）, 4.)."""
    return label_at(draft.text, 0, len(draft.text)) is not None


def opens_with_order(draft: Draft) -> bool:
    """Return whether a unit goes on with 要 or 应当, at once or behind a condition (…时，应…)."""
    text = draft.text
    label = label_at(text, 0, len(text))
    if label and label.style == "yao":
        return True
    start = _opening(draft)
    match = _modal(text, start)
    if match is None or match.start() == start:
        return match is not None
    return text[match.start() - 1] in "，," and _is_open(text, start, match.start())


def goes_on(draft: Draft, *, joined: bool) -> bool:
    """Return whether a unit without a doer plainly goes on with that of the unit before.

    Args:
        draft: A task that names no doer.
        joined: Only a semicolon parts it from the unit before.
    """
    text = draft.text
    start = _opening(draft)
    match = _modal(text, start)
    imperative = draft.reading.judgement.imperative
    if match is None or (imperative == start and _UPHOLDS.match(text, start)):
        opens = imperative is not None and _is_open(text, start, imperative)
        return joined or opens or _opens_with_timed_act(draft)
    clause = max(start, *(text.rfind(mark, start, match.start()) + 1 for mark in "，,、；：:"))
    if imperative is not None and imperative < clause:
        return joined or _is_open(text, start, imperative)
    return _is_open(text, clause, match.start()) and (joined or _is_open(text, start, clause))


def _modal(text: str, start: int) -> re.Match[str] | None:
    """Return the first 要 or 应当 that stands in no quotation (坚持“管生产必须管安全”)."""
    for match in _MODAL.finditer(text, start):
        if text.rfind("“", start, match.start()) <= text.rfind("”", start, match.start()):
            return match
    return None


def _opens_with_timed_act(draft: Draft) -> bool:
    """Return whether a unit opens with a verb that is part of its time: 每季度至少开展一次."""
    return any(
        deadline.kind == "recurring"
        and deadline.span.start == 0
        and _ACT_IN_TIME.search(deadline.text)
        for deadline in draft.reading.deadlines
    )


def _opening(draft: Draft) -> int:
    """Return where a unit begins after its numbering, connectives and times."""
    text = draft.text
    label = label_at(text, 0, len(text))
    position = label.length if label and label.style not in {"yao", "is"} else 0
    if label and label.style == "is":
        position = label.length
    times = {d.span.start: d.span.end for d in draft.reading.deadlines}
    while position < len(text):
        if position in times:
            position = times[position]
        elif match := _CONNECTIVE.match(text, position):
            position = match.end()
        else:
            break
    return position


def _is_open(text: str, start: int, end: int) -> bool:
    """Return whether a stretch before a verb names no subject: 灾情稳定后，; 对隐患; nothing."""
    said = text[start:end].strip("，,：: ")
    while match := _CONNECTIVE.match(said):
        said = said[match.end() :]
    return not said or bool(_PREPOSITION.match(said) or _CONDITION_END.search(said))


def urges(draft: Draft) -> bool:
    """Return whether a unit without a subject urges somebody it names (督促企业…)."""
    start = _opening(draft)
    return bool(draft.parties) and bool(_URGING.match(draft.text, start))
