"""Who does it: subjects, agents after 由, partners after 会同, those who are urged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from textsafe.mentions.assignments import party
from textsafe.mentions.bodies import Range, candidate_end_pattern, ends_in_head, split_names
from textsafe.mentions.names import (
    holds_no_name,
    is_office,
    is_predicate,
    may_be_name,
    names_between,
)
from textsafe.mentions.subjects import Subject, Unit, find_subjects, opener_pattern, skip_lead_in
from textsafe.records import Party, Role
from textsafe.text import clauses

_MAX_NAME = 60
_LEADING = re.compile(
    r"(?:要|应当|应|须|必须)?(?:负责|发挥好?)?(?:会同|协同|牵头(?!抓总作用|作用))"
)
_COMPOSED = re.compile(r"[^，。；]{2,80}(?:组成|担任|兼任|构成|任组长)")
_SUPERVISING = re.compile(
    r"(?:要|应当|应|须|必须|负责|将|也要|都要)?(?:切实|认真|严格|依法|定期|进一步|全面|加强|主动|积极)?(?:(?:督促|督导|监督|指导)(?!检查|管理|考核|和|、|，|意见|服务)|组织(?=各|有关|相关|所属|辖区|本|企业|学校)|加强(?:监督|监管|督促)(?=，))"
)
_ASSISTING = re.compile(
    r"(?:要|应当|应|须|必须|都要|也要)?(?:积极|主动|密切|全力)?(?:配合|协助|参与|参加)"
)
_ROLE_AFTER_NAME = re.compile(
    r"(?<![负作好要应须的，、；极动切力])(?:牵头(?=[，。；、])|(?:督办|督导|督查)(?=[，。；、])|(?:积极|密切|主动|全力)?(?:配合|协助|参与|参加|协办)(?=[，。；摸做开完实]))"
)
_ROLE_WORDS: dict[str, Role] = {"牵": "lead", "督": "supervisor"}
_ENDS_CLAUSE = frozenset("，。；、")
_PASSIVE = re.compile(r"(?:应当?|要|必须|须|可以?)由")
_BY = re.compile(r"(?<![自缘事来])(?<!(?<![管治办处])理)由(?!于|此|来|衷)(?:各自)?")
_WITH = re.compile(
    r"(?:都|也|还|将)?(?:要|应当|应|须|必须|可以|可)?(?:积极|及时|定期)?(?:会同|协同(?=[各有相公市县省区])|联合(?=[各有相公市县省区]))"
)
_URGED = re.compile(
    r"(?:督促指导|指导督促|督促|督导|指导|责令|监督(?!检查|管理|机构|部门|人员|员)|(?<=要)组织(?=各|有关|相关|所属|辖区|本|企业|学校))(?=[^，。；、]{2,40})"
)
_DUTY_OF = re.compile(
    r"(?:^|[，、：])(?:要|必须|应当)?(?:严格|全面|切实|认真|层层|逐级|进一步)?落实(?P<body>[^，。；：]{2,30}?)"
    r"(?:的)?(?:安全(?:生产)?)?(?:主体|监管|管理|领导|属地|直接|主管|监督|防范|综合监管|包保|属地管理)(?:管理|监管)?责任"
)


@dataclass(frozen=True, slots=True)
class Doers:
    """Who a unit says does it.

    Attributes:
        parties: In the order of the text.
        opens: The unit opens with its subject and an order (各镇要…), so that what follows in
            the paragraph may go on with the same doer.
        ordered: Some subject is followed by an order, or the doer is named as such (由…).
        action_start: Where the verb begins that follows the subject.
    """

    parties: tuple[Party, ...]
    opens: bool = False
    ordered: bool = False
    action_start: int | None = None


def find_doers(text: str, times: Iterable[Range] = ()) -> Doers:
    """Return who is charged with what a unit says.

    Args:
        text: One sentence-like unit.
        times: Ranges of time expressions in the unit; a subject may follow one.

    >>> doers = find_doers("2024年底前，各镇（街道）要督促企业完成整改。", [(0, 7)])
    >>> [(p.name, p.role) for p in doers.parties]
    [('各镇（街道）', 'supervisor'), ('企业', 'owner')]
    """
    unit = Unit(text, 0, len(text), dict(times), clauses(text))
    subjects = list(find_subjects(unit))
    agents = list(_agents(unit))
    if agents or _PASSIVE.search(text):
        subjects = [
            s for s in subjects if s.strong or not s.first or is_office(text, s.start, s.end)
        ]
    parties: list[Party] = []
    for subject in subjects:
        role = _role_of_subject(unit, subject)
        parties.extend(
            party(text, a, b, role) for a, b in names_between(text, subject.start, subject.end)
        )
    parties.extend(agents)
    supervised = any(p.role == "supervisor" for p in parties)
    parties.extend(_named_before_role(unit))
    if supervised or not parties:
        parties.extend(_urged(unit, 0))
    parties.extend(_partners(unit, subjects))
    if not any(subject.first for subject in subjects):
        parties.extend(_bearers(unit))
    first = subjects[0] if subjects else None
    return Doers(
        parties=tuple(_unique(parties)),
        opens=bool(first and first.first and first.strong and not supervised),
        ordered=not subjects or any(subject.strong for subject in subjects),
        action_start=first.after if first and first.first else None,
    )


def _unique(parties: list[Party]) -> Iterator[Party]:
    seen: set[str] = set()
    for item in sorted(parties, key=lambda p: p.span.start):
        if item.name not in seen:
            seen.add(item.name)
            yield item


def _role_of_subject(unit: Unit, subject: Subject) -> Role:
    text, end = unit.text, unit.end
    if _SUPERVISING.match(text, subject.after, end) and _urged(unit, subject.after):
        return "supervisor"
    if match := _ASSISTING.match(text, subject.after, end):
        rest = text[match.end() : end]
        at_once = text.startswith(("配合", "协助", "参与", "参加"), subject.after)
        ends = at_once and rest[:1] in _ENDS_CLAUSE
        return "support" if ends or "，" not in rest else "owner"
    if _LEADING.match(text, subject.after, end):
        return "lead"
    return "owner"


def _agents(unit: Unit) -> Iterator[Party]:
    """由A负责, 由A牵头, 由A会同B."""
    text = unit.text
    for match in _BY.finditer(text, unit.start, unit.end):
        stop = _name_before_verb(unit, match.end())
        if stop is None or _COMPOSED.match(text, match.end(), unit.end):
            continue
        role: Role = "owner"
        partners = list(_partner_at(unit, stop))
        if partners or text.startswith(("牵头", "会同", "负总责"), stop):
            role = "lead"
        elif text.startswith(("督促", "监督"), stop):
            role = "supervisor"
        for a, b in names_between(text, match.end(), stop):
            yield party(text, a, b, role)
        yield from partners


def _named_before_role(unit: Unit) -> Iterator[Party]:
    """A牵头，B、C配合: names with their role behind them, without brackets."""
    text = unit.text
    for match in _ROLE_AFTER_NAME.finditer(text, unit.start, unit.end):
        start = max(
            unit.start, *(text.rfind(mark, unit.start, match.start()) + 1 for mark in "，；：。由")
        )
        start = skip_lead_in(unit, start, match.start())
        if start < match.start() and may_be_name(text, start, match.start()):
            role = _ROLE_WORDS.get(match.group()[:1], "support")
            for a, b in names_between(text, start, match.start()):
                yield party(text, a, b, role)
        elif (pause := text.rfind("、", start, match.start())) >= start and may_be_name(
            text, pause + 1, match.start()
        ):
            yield party(text, pause + 1, match.start(), "support")


def _partners(unit: Unit, subjects: list[Subject]) -> Iterator[Party]:
    """会同B, at the head of a clause or right after the subject."""
    places = [skip_lead_in(unit, a, b) for a, b in unit.clauses]
    places += [subject.after for subject in subjects]
    for place in sorted(set(places)):
        yield from _partner_at(unit, place)


def _partner_at(unit: Unit, place: int) -> Iterator[Party]:
    if match := _WITH.match(unit.text, place, unit.end):
        stop = _name_before_verb(unit, match.end())
        for a, b in names_between(unit.text, match.end(), stop) if stop else ():
            yield party(unit.text, a, b, "support")


def _urged(unit: Unit, start: int) -> list[Party]:
    """督促B…, 指导B…: B does the thing itself."""
    urged: list[Party] = []
    for match in _URGED.finditer(unit.text, start, unit.end):
        stop = _name_before_verb(unit, match.end())
        if stop is not None:
            names = names_between(unit.text, match.end(), stop)
            urged.extend(party(unit.text, a, b, "owner") for a, b in names)
    return urged


def _bearers(unit: Unit) -> Iterator[Party]:
    """要落实B监管责任: B carries the duty."""
    text = unit.text
    for match in _DUTY_OF.finditer(text, unit.start, unit.end):
        a, b = match.span("body")
        for c, d in split_names(text, a, b):
            if ends_in_head(text[c:d]) and not holds_no_name(text, c, d):
                yield party(text, c, d, "owner")


def _name_before_verb(unit: Unit, start: int) -> int | None:
    """Return where the name that begins at `start` ends, if a verb or a comma follows it."""
    text, stop = unit.text, None
    for head in candidate_end_pattern().finditer(text, start, min(unit.end, start + _MAX_NAME)):
        after = unit.skip_time(head.end())
        if (
            after < unit.end
            and head.end() not in unit.times
            and text[after] not in "，。；"
            and not opener_pattern().match(text, after)
        ):
            continue
        if not may_be_name(text, start, head.end()):
            break
        goes_on = stop is not None and not is_predicate(text, stop, head.end())
        if stop is not None and (not goes_on or "的" in text[stop : head.end()]):
            break
        stop = head.end()
    return stop
