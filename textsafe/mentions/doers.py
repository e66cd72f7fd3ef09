"""Who does it: subjects, agents after 由, partners after 会同, those who are urged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from textsafe.mentions.assignments import party
from textsafe.mentions.bodies import Range, ends_in_head, is_body
from textsafe.mentions.names import (
    extends_name,
    holds_no_name,
    is_office,
    may_be_name,
    names_between,
)
from textsafe.mentions.openings import Unit, skip_lead_in
from textsafe.mentions.predicates import opens_predicate
from textsafe.mentions.subjects import Subject, find_subjects
from textsafe.records import Party, Role

_MAX_NAME = 60
_MAX_AGENT = 20
_MAX_SHORT = 5
_SHORTEST = 2
_VERB_AND_HEAD = 3  # 各村|劝导站 is one name
_SEVERAL = 2
_LEADING = re.compile(
    r"(?:要|应当|应|须|必须)?(?:负责|发挥好?)?(?:会同|协同|牵头(?!抓总作用|作用))"
)
_COMPOSED = re.compile(
    r"[^，。；]{2,80}(?:[^，。；、]{0,1}(?:设计|承建|施工|监理|建造|投资)(?:[、，。]|$)|组成|担任|兼任|构成|任组长|(?:负责)?解释(?:[，。]|$)|(?:印发|发布)的)"
)
# 建立由A牵头、B配合的机制: the clause only describes what is set up.
_SET_UP = re.compile(r"(?:建立|健全|完善|形成|构建)[^，；。：]{0,20}$")
_SCHEME = re.compile(r"[^，；。]{2,80}的[^，。；的]{0,6}(?:体系|机制|格局|局面|模式|制度)")
_SUPERVISING = re.compile(
    r"(?:要|应当|应|须|必须|负责|将|也要|都要)?(?:切实|认真|严格|依法|定期|进一步|全面|加强|主动|积极)?(?:(?:(?:督促|督导|监督|指导)(?:、|和)(?=督促|督导|监督|指导))?(?:督促|督导|监督|指导)(?!检查|管理|考核|和|、|，|意见|服务)|[压盯催]着|组织(?=各|有关|相关|所属|辖区|本|企业|学校|物业|[^，。；、]{2,10}[队会社])|加强(?:监督|监管|督促)(?=，))"
)
_ASSISTING = re.compile(
    r"(?:要|应当|应|须|必须|都要|也要)?(?:积极|主动|密切|全力|共同)?(?:配合|协助|参与|参加)"
)
_ROLE_AFTER_NAME = re.compile(
    r"(?<![负作好要应须的，、；极动切力])(?:牵头(?=[，。；、])|(?:督办|督导|督查)(?=[，。；、])|(?:积极|密切|主动|全力|共同)?(?:配合|协助|参与|参加|协办)(?=[，。；摸做开完实]))"
)
_ROLE_WORDS: dict[str, Role] = {"牵": "lead", "督": "supervisor"}
# After 配合…, a clause that orders more than a ban.
_GOES_ON = re.compile(r"，(?!不得|严禁|不准|不能|确保)")
_ENDS_CLAUSE = frozenset("，。；、")
_PASSIVE = re.compile(r"(?:应当?|要|必须|须|可以?)由")
_BY = re.compile(r"(?<![自缘来])(?<!(?<![管治办处])理)由(?!于|此|来|衷|头)(?:各自)?")
_WITH = re.compile(
    r"(?:都|也|还|将)?(?:要|应当|应|须|必须|可以|可)?(?:积极|及时|定期)?(?:会同|协同(?=[各有相公市县省区])|联合(?=[各有相公市县省区])|商(?=[各有相市县省区][^，。；]{1,12}(?:提出|研究|确定|制定)))"
)
_JOINS = re.compile(r"[会协]同|联合|商")
_URGED = re.compile(
    r"(?:组织和督促|督促指导|指导督促|督促|督导|指导|责令|监督(?!检查|管理|机构|部门|人员|员)|[压盯催]着|组织(?=各|有关|相关|所属|辖区|本|企业|学校|物业|[^，。；、]{2,10}[队会社]))(?=[^，。；、]{2,40})"
)
# A应当转达，同时要督促B治理: after what A does itself.
_ALSO_URGES = re.compile(
    r"[，；](?:同时|并)(?:要|应当?|须)?(?:立即|及时)?(?=(?:组织和)?(?:督促|责令))"
)
_DUTY_OF = re.compile(
    r"(?:^|[，、：])(?:要|必须|应当)?(?:严格|全面|切实|认真|层层|逐级|进一步|严格|坚决)?"
    r"(?:落实|压紧压实|压实|压紧|强化|夯实|把)(?P<body>[^，。；：]{2,60}(?:责任|“?一岗双责|党政同责))(?!人|制|书|清单|链|状|追究|单位|部门|区)"
)
_LAYS_ON = re.compile(r"落实|压紧压实")
_BARE_BEARERS = frozenset({"领导", "部门", "单位", "属地", "岗位", "人员"})
_DUTY = re.compile(
    r"(?:的|对[^，。；：、]{2,24}的)?(?:安全(?:生产)?)?“?(?:主体|行业|监管|管理|领导|属地|直接|主管|监督|监控|防范|综合|包保|巡查|保障|"
    r"技术支持|技术服务|运营|维护|维保|管护|统一|第一|首要|兜底){0,2}(?:管理|监管|监督)?(?:责任|一岗双责|党政同责)(?:、|和|及|与|以及|$)"
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
    unit = Unit.of(text, times)
    subjects = list(find_subjects(unit))
    agents = list(_agents(unit))
    if agents or _PASSIVE.search(text):
        subjects = [s for s in subjects if s.strong or not _is_passive(unit, s)]
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
    elif later := _ALSO_URGES.search(text):
        parties.extend(_urged(unit, later.start()))
    parties.extend(_partners(unit, subjects))
    if not any(subject.first for subject in subjects):
        parties.extend(_bearers(unit))
    first = subjects[0] if subjects else None
    return Doers(
        parties=tuple(
            p for p in _unique(parties) if not _is_quoted(text, p.span.start, p.span.end)
        ),
        opens=bool(first and first.first and first.strong and not supervised),
        ordered=not subjects or any(subject.strong for subject in subjects),
        action_start=first.after if first and first.first else None,
    )


def _is_passive(unit: Unit, subject: Subject) -> bool:
    """出租屋排查由各镇负责: what stands before 由 in its clause is what is done."""
    end = next((b for a, b in unit.clauses if a <= subject.after < b), unit.end)
    by = _BY.search(unit.text, subject.after, end)
    if by is None or unit.text.startswith(("你", "贵"), subject.start):
        return False
    if "的" in unit.text[subject.after : by.start()]:
        return True  # 本局挂牌督办的隐患由各处室跟踪
    return subject.first and not is_office(unit.text, subject.start, subject.end)


def _is_quoted(text: str, start: int, end: int) -> bool:
    """“地方监管、企业负责”: a motto, with its names and what they do."""
    opened = text.rfind("“", 0, start)
    if opened < 0 or text.find("”", opened, start) >= 0:
        return False
    closed = text.find("”", end)
    return closed > end


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
        at_once = not text.startswith(("要", "应", "须", "必须", "都", "也"), subject.after)
        ends = at_once and rest[:1] in _ENDS_CLAUSE
        alone = not _GOES_ON.search(rest)
        return "support" if ends or alone else "owner"
    if _LEADING.match(text, subject.after, end):
        return "lead"
    return "owner"


def _agents(unit: Unit) -> Iterator[Party]:
    """由A负责, 由A牵头, 由A会同B."""
    text = unit.text
    for match in _BY.finditer(text, unit.start, unit.end):
        stop = _name_before_verb(unit, match.end()) or _first_name(unit, match.end())
        if stop is None or _COMPOSED.match(text, match.end(), unit.end):
            continue
        if _describes(unit, match.start(), match.end()):
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
        yield from _next_agents(unit, stop)


def _describes(unit: Unit, before: int, start: int) -> bool:
    """建立由A牵头、B参与的机制 tells what is set up, and charges nobody yet."""
    return bool(
        _SCHEME.match(unit.text, start, unit.end)
        and _SET_UP.search(unit.text, max(unit.start, before - _MAX_NAME), before)
    )


def _next_agents(unit: Unit, stop: int) -> Iterator[Party]:
    """由A初验、B复验: agents after the first, each with a short predicate of its own."""
    mark = unit.text.find("、", stop, stop + _MAX_SHORT)
    while mark >= 0:
        end = _name_before_verb(unit, mark + 1) or _first_name(unit, mark + 1)
        if end is None or not is_body(unit.text[mark + 1 : end]):
            return
        yield party(unit.text, mark + 1, end, "owner")
        mark = unit.text.find("、", end, end + _MAX_SHORT)


def _named_before_role(unit: Unit) -> Iterator[Party]:
    """A牵头，B、C配合: names with their role behind them, without brackets."""
    text = unit.text
    for match in _ROLE_AFTER_NAME.finditer(text, unit.start, unit.end):
        start = max(
            unit.start,
            *(text.rfind(mark, unit.start, match.start()) + 1 for mark in "，；：。由（("),
        )
        start = skip_lead_in(unit, start, match.start())
        if text.startswith("由", start - 1) and _describes(unit, start - 1, start):
            continue
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
    if not _JOINS.search(unit.text):
        return
    places = [skip_lead_in(unit, a, b) for a, b in unit.clauses]
    places += [match.start() for match in re.finditer("会同", unit.text)]
    places += [subject.after for subject in subjects]
    for place in sorted(set(places)):
        yield from _partner_at(unit, place)


def _partner_at(unit: Unit, place: int) -> Iterator[Party]:
    if match := _WITH.match(unit.text, place, unit.end):
        stop = _name_before_verb(unit, match.end()) or _first_name(unit, match.end())
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
    """要落实B监管责任、C主体责任: B and C carry the duty."""
    text = unit.text
    for match in _DUTY_OF.finditer(text, unit.start, unit.end):
        start, end = match.span("body")
        duties = list(_DUTY.finditer(text, start, end))
        if (
            not _LAYS_ON.search(match.group())
            and len(duties) < _SEVERAL
            and "对" not in match.group()
        ):
            continue  # 压实企业主体责任 speaks of the work as such
        for duty in duties:
            for c, d in names_between(text, start, duty.start()):
                bare = text[c:d] in _BARE_BEARERS
                if ends_in_head(text[c:d]) and not bare and not holds_no_name(text, c, d):
                    yield party(text, c, d, "owner")
            start = duty.end()


def _name_before_verb(unit: Unit, start: int) -> int | None:
    """Return where the name that begins at `start` ends, if a verb or a comma follows it."""
    text, stop = unit.text, None
    for end in unit.ends_between(start, min(unit.end, start + _MAX_NAME)):
        after = unit.skip_time(end)
        if (
            after < unit.end
            and end not in unit.times
            and text[after] not in "，。；"
            and not opens_predicate(text, after)
        ):
            continue
        if end - start < _SHORTEST:
            continue  # 镇|综合执法队
        if stop is None and not may_be_name(text, start, end):
            continue
        if (
            stop is not None
            and end - stop > _VERB_AND_HEAD
            and text.startswith(("，", "。", "；"), after)
        ):
            break  # 县气象局|核查雨量站: what follows the name has its verb already
        if not may_be_name(text, start, end) or not _goes_on(text, stop, end):
            break
        stop = end
    return stop


def _first_name(unit: Unit, start: int) -> int | None:
    """Return where the first name after 由 or 会同 ends, whatever is done: 由校医复诊."""
    text, stop = unit.text, None
    for end in unit.ends_between(start, min(unit.end, start + _MAX_AGENT)):
        if end - start < _SHORTEST:
            continue
        if not may_be_name(text, start, end) or not _goes_on(text, stop, end):
            break
        stop = end
    if stop is None or text.startswith(("的", "、", "和", "及", "与"), stop):
        return None
    return stop


def _goes_on(text: str, stop: int | None, end: int) -> bool:
    return stop is None or extends_name(text, stop, end)
