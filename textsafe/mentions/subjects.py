"""Who does it: subjects of orders, agents after 由, partners after 会同, those who are urged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from textsafe.mentions.assignments import party
from textsafe.mentions.bodies import (
    Range,
    alternation,
    candidate_end_pattern,
    ends_in_head,
    is_body,
    is_name,
    split_names,
)
from textsafe.records import Party, Role
from textsafe.taxonomies import subject_language, task_language
from textsafe.text import clauses

_MAX_NAME = 60
_LEAD_IN = re.compile(
    r"(?:同时|此外|另外|其中|特别是|尤其是|对此|为此|今后|下一步|下步|当前|近期|现阶段|期间|届时|[一二三四五六七八九十]{1,2}是|"
    r"第[一二三四五六七八九十百\d]{1,6}条\s?|\d{1,2}(?:[.．]\d{1,2}){0,4}(?:[.．、]|\s+)|[（(][一二三四五六七八九十\d]{1,3}[）)]|[①-⑳]|原则上|一方面|另一方面|首先|其次|再次|最后|还有|目前|请|希望|要求|由此|因此|在此基础上|[，,、：:\s])+"
)
_STRONG = re.compile(
    r"(?:有条件的)?(?:都|也|均|还|就|更|又|既|一定|务必|一律|必须|首先|仍|原则上|同时|特别|尤其|平时|同样|同步|分别|具体|共同|各自|按职责分工|按照职责分工)?"
    r"(?:要(?!求|素|害|点|件|么|道|职|有(?![序效力针]))|应当|应(?!急|用|对|对|届|收)|须|必须|务必|务须|不得|不准|不能|严禁|负责(?!人|同志|任)|牵头|将(?!军)|可以?(?![能靠燃])|"
    r"是(?=[^，。]{0,14}(?:责任人|责任主体|责任单位)(?:$|[，；]))|"
    r"对(?=[^，。；]{1,24}(?:应当|必须|要(?!求)|应予|不得)))"
)
_APPOSED = re.compile(r"(?:尤其是|特别是)[^，。；]{0,20}?(?=要|应|必须|$)")
_LEADING = re.compile(r"(?:要|应当|应|须|必须)?(?:负责|发挥好?)?(?:会同|牵头(?!抓总作用|作用))")
_COMPOSED = re.compile(r"[^，。；]{2,80}(?:组成|担任|兼任|构成|任组长)")
_SUPERVISING = re.compile(
    r"(?:要|应当|应|须|必须|负责|将|也要|都要)?(?:切实|认真|严格|依法|定期|进一步|全面|加强|主动|积极)?(?:(?:督促|督导|监督)(?!检查|管理|考核|和|、|，)|加强(?:监督|监管|督促)(?=，))"
)
_ASSISTING = re.compile(
    r"(?:要|应当|应|须|必须|都要|也要)?(?:积极|主动|密切|全力)?(?:配合|协助|参与|协同)"
)
_ROLE_AFTER_NAME = re.compile(
    r"(?<![负作好要应须的，、；极动切力])(?:牵头(?=[，。；、])|(?:积极|密切|主动|全力)?(?:配合|协助|参与|协办)(?=[，。；摸做开完实]))"
)
_PASSIVE = re.compile(r"(?:应当?|要|必须|须|可以?)由")
_BY = re.compile(r"(?<![自缘事来])(?<!(?<![管治办处])理)由(?!于|此|来|衷)(?:各自)?")
_WITH = re.compile(
    r"(?:都|也|还|将)?(?:要|应当|应|须|必须|可以|可)?(?:积极|及时|定期)?(?:会同|联合(?=[各有相公市县省区]))"
)
_URGED = re.compile(
    r"(?:督促指导|指导督促|督促|督导|指导|责令|监督(?!检查|管理))(?=[^，。；、]{2,40})"
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


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit with its time expressions, from the first character of each to its end."""

    text: str
    start: int
    end: int
    times: dict[int, int]
    clauses: list[Range]

    def skip_time(self, position: int) -> int:
        """Return where the text goes on after white space and a time expression."""
        while position < self.end and (self.text[position].isspace() or position in self.times):
            position = self.times.get(position, position + 1)
        return position


@dataclass(frozen=True, slots=True)
class _Subject:
    """A subject ``[start, end)``, and what follows it.

    Attributes:
        after: Where the predicate begins.
        strong: The predicate is an order (要, 应当, 不得), not a bare verb.
        first: The subject opens the unit.
    """

    start: int
    end: int
    after: int
    strong: bool
    first: bool


@dataclass(frozen=True, slots=True)
class _Predicate:
    """Where a predicate begins; where its last subject ends, if that is in a later clause."""

    start: int
    strong: bool
    name_end: int | None = None


@cache
def verb_pattern() -> re.Pattern[str]:
    """Return the pattern of the verbs and adverbs that open an imperative clause."""
    return re.compile(alternation(task_language().verbs.words))


@cache
def _opener() -> re.Pattern[str]:
    words = (*task_language().openers.words, *task_language().verbs.words)
    return re.compile(rf"\s?(?!负责[人同任])(?:{alternation(words)})")


@cache
def _office_of_a_verb() -> re.Pattern[str]:
    ends = "|".join(subject_language().office_ends.words)
    return re.compile(rf"(?:{ends})(?:[（(].*)?$")


def find_doers(text: str, times: Iterable[Range] = ()) -> Doers:
    """Return who is charged with what a unit says.

    Args:
        text: One sentence-like unit.
        times: Ranges of time expressions in the unit; a subject may follow one.

    >>> doers = find_doers("2024年底前，各镇（街道）要督促企业完成整改。", [(0, 7)])
    >>> [(p.name, p.role) for p in doers.parties]
    [('各镇（街道）', 'supervisor'), ('企业', 'owner')]
    """
    unit = _Unit(text, 0, len(text), dict(times), clauses(text))
    subjects = list(_subjects(unit))
    agents = list(_agents(unit))
    if agents or _PASSIVE.search(text):
        subjects = [
            s for s in subjects if s.strong or not s.first or _is_office(text, s.start, s.end)
        ]
    parties: list[Party] = []
    for subject in subjects:
        role = _role_of_subject(unit, subject)
        parties.extend(party(text, a, b, role) for a, b in _names(text, subject.start, subject.end))
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


def _subjects(unit: _Unit) -> Iterator[_Subject]:
    consumed = unit.start
    opening = True
    for index, (clause_start, clause_end) in enumerate(unit.clauses):
        if clause_start < consumed:
            continue
        position = _skip_lead_in(unit, clause_start, clause_end)
        if position >= clause_end:
            continue
        following = _clause_after(unit, index)
        dated = any(clause_start <= time < position for time in unit.times)
        subject = _subject_at(unit, position, clause_end, following, opening=opening or dated)
        if subject:
            yield subject
            consumed = subject.after
            yield from _coordinated(unit, subject.after, clause_end)
        opening = False


def _clause_after(unit: _Unit, index: int) -> Range | None:
    """Return the clause that goes on after clause `index`, past an apposition (特别是…，)."""
    for start, end in unit.clauses[index + 1 : index + 3]:
        apposed = _APPOSED.match(unit.text, start, end)
        if apposed is None:
            return start, end
        if apposed.end() < end:
            return apposed.end(), end
    return None


def _coordinated(unit: _Unit, start: int, end: int) -> Iterator[_Subject]:
    """A要…、B要…: a second subject after a pause mark in the same clause."""
    for match in re.finditer("、", unit.text[start:end]):
        subject = _subject_at(unit, start + match.end(), end, None, opening=False)
        if subject:
            yield subject


def _skip_lead_in(unit: _Unit, start: int, end: int) -> int:
    """Skip time expressions and connectives before a subject."""
    position = start
    while position < end:
        if position in unit.times:
            position = unit.times[position]
        elif match := _LEAD_IN.match(unit.text, position, end):
            position = match.end()
        elif unit.text[position] in "在于到" and position + 1 in unit.times:
            position += 1
        else:
            break
    return position


def _subject_at(
    unit: _Unit, start: int, end: int, following: Range | None, *, opening: bool
) -> _Subject | None:
    """Return the subject that begins at `start`: before an order, else before a bare verb."""
    text = unit.text
    weak: _Subject | None = None
    for match in candidate_end_pattern().finditer(text, start, min(end, start + _MAX_NAME)):
        stop = match.end()
        found = _predicate(unit, stop, end, following, opening=opening)
        if found is None:
            continue
        if not _is_name(text, start, stop):
            if found.strong:
                return weak
            continue
        joint = text.startswith("联合", stop)
        if not (found.strong or opening or joint or _is_office(text, start, stop)):
            continue
        if not found.strong and stop - start == 2 and not ends_in_head(text[start:stop]):
            continue  # 应急演练, 消防检查: the work, not the department
        subject = _Subject(start, found.name_end or stop, found.start, found.strong, opening)
        if found.strong:
            return subject
        weak = subject
    return weak


def _is_office(text: str, start: int, stop: int) -> bool:
    """Only the full name of an office is believed to be a subject inside a sentence."""
    return text[start] in "各县市区省镇乡国" and is_body(text[start:stop]) and stop - start >= 3


def _predicate(
    unit: _Unit, stop: int, end: int, following: Range | None, *, opening: bool
) -> _Predicate | None:
    """Return the predicate that follows a name which ends at `stop`."""
    text = unit.text
    dated = stop in unit.times
    stop = min(unit.skip_time(stop), end)
    if stop < end:
        if strong := _STRONG.match(text, stop, end):
            return _Predicate(strong.start(), strong=True)
        if apposed := _APPOSED.match(text, stop, end):
            return _predicate(unit, apposed.end(), end, following, opening=opening)
        if dated or _opener().match(text, stop, end):
            return _Predicate(stop, strong=False)
        return None
    if following is None or text[end] not in "，,":
        return None
    next_start, next_end = following
    apposed = _APPOSED.match(text, next_start, next_end)
    if strong := _STRONG.match(text, apposed.end() if apposed else next_start, next_end):
        return _Predicate(strong.start(), strong=True)
    if opening and text[next_start] in "各有其":
        return _predicate_after_second_name(unit, next_start, next_end)
    return None


def _predicate_after_second_name(unit: _Unit, start: int, end: int) -> _Predicate | None:
    """各部门，各店铺要…: names parted by a comma share the predicate of the last."""
    for head in candidate_end_pattern().finditer(unit.text, start, min(end, start + 30)):
        if found := _predicate(unit, head.end(), end, None, opening=True):
            return replace(found, name_end=head.end())
    return None


def _is_name(text: str, start: int, stop: int) -> bool:
    """Return whether a stretch that ends in a head is a name or a list of names."""
    if stop - start < 2 or text[start] in "的和及与等不":
        return False
    core = _without_clause(text, start, stop)[0]
    if core > start and subject_language().clause_start.pattern.match(text, start, core):
        start = core
    if _holds_no_name(text, start, stop) or _begins_with_verb(text, start, stop):
        return False
    if core > start and not any(mark in text[core:stop] for mark in "、和及"):
        return ends_in_head(text[core:stop])
    names = split_names(text, start, stop)
    last = text[names[-1][0] : stop] if names else ""
    if "部门" in last or "单位" in last:
        return True
    return bool(names) and all(is_name(text[a:b]) for a, b in names)


def _holds_no_name(text: str, start: int, stop: int) -> bool:
    return bool(subject_language().no_name.pattern.search(text, start, stop))


def _begins_with_verb(text: str, start: int, stop: int) -> bool:
    """修订冷库 is no name, though 检查组 and 教育行政部门 are."""
    if subject_language().no_name_start.pattern.match(text, start, stop):
        return True
    return _is_predicate(text, start, stop)


def _is_predicate(text: str, start: int, stop: int) -> bool:
    """挂牌督办 after a name is said of it; 监督管理局 is the rest of the name."""
    return bool(verb_pattern().match(text, start, stop)) and not _office_of_a_verb().search(
        text, start, stop
    )


def _names(text: str, start: int, stop: int) -> list[Range]:
    cut = text.rfind("的", start, stop)
    if cut > 0 and not any(mark in text[cut:stop] for mark in "、和及"):
        return [_without_clause(text, start, stop)]
    names = split_names(text, start, stop)
    last = text[names[-1][0] : stop] if names else ""
    if "部门" not in last and not all(is_name(text[a:b]) for a, b in names):
        names = names and [(names[0][0], stop)]
    return [_without_clause(text, a, b) for a, b in names]


def _without_clause(text: str, start: int, stop: int) -> Range:
    """Drop a restrictive clause (对…负有责任的企业) unless the head alone says nothing."""
    if text[start] == "其" and not text.startswith("其他", start):
        start += 1
    cut = text.rfind("的", start, stop)
    if cut < 0 or text.endswith("设区", start, cut):
        return start, stop
    head = text[cut + 1 : stop]
    if text.startswith(("负有", "其他负有"), start) or head in subject_language().empty_heads.words:
        return start, stop
    return cut + 1, stop


def _role_of_subject(unit: _Unit, subject: _Subject) -> Role:
    text, end = unit.text, unit.end
    if _SUPERVISING.match(text, subject.after, end) and _urged(unit, subject.after):
        return "supervisor"
    if match := _ASSISTING.match(text, subject.after, end):
        rest = text[match.end() : end]
        return "owner" if "，" in rest[1:] else "support"
    if _LEADING.match(text, subject.after, end):
        return "lead"
    return "owner"


def _agents(unit: _Unit) -> Iterator[Party]:
    """由A负责, 由A牵头, 由A会同B."""
    text = unit.text
    for match in _BY.finditer(text, unit.start, unit.end):
        stop = _name_before_verb(unit, match.end())
        if stop is None or _COMPOSED.match(text, match.end(), unit.end):
            continue
        role: Role = "owner"
        if text.startswith(("牵头", "会同"), stop):
            role = "lead"
        elif text.startswith(("督促", "监督"), stop):
            role = "supervisor"
        for a, b in _names(text, match.end(), stop):
            yield party(text, a, b, role)
        yield from _partner_at(unit, stop)


def _named_before_role(unit: _Unit) -> Iterator[Party]:
    """A牵头，B、C配合: names with their role behind them, without brackets."""
    text = unit.text
    for match in _ROLE_AFTER_NAME.finditer(text, unit.start, unit.end):
        start = max(
            unit.start, *(text.rfind(mark, unit.start, match.start()) + 1 for mark in "，；：。由")
        )
        start = _skip_lead_in(unit, start, match.start())
        if start < match.start() and _is_name(text, start, match.start()):
            role: Role = "lead" if match.group().startswith("牵头") else "support"
            for a, b in _names(text, start, match.start()):
                yield party(text, a, b, role)
        elif (pause := text.rfind("、", start, match.start())) >= start and _is_name(
            text, pause + 1, match.start()
        ):
            yield party(text, pause + 1, match.start(), "support")


def _partners(unit: _Unit, subjects: list[_Subject]) -> Iterator[Party]:
    """会同B, at the head of a clause or right after the subject."""
    places = [_skip_lead_in(unit, a, b) for a, b in unit.clauses]
    places += [subject.after for subject in subjects]
    for place in sorted(set(places)):
        yield from _partner_at(unit, place)


def _partner_at(unit: _Unit, place: int) -> Iterator[Party]:
    if match := _WITH.match(unit.text, place, unit.end):
        stop = _name_before_verb(unit, match.end())
        for a, b in _names(unit.text, match.end(), stop) if stop else ():
            yield party(unit.text, a, b, "support")


def _urged(unit: _Unit, start: int) -> list[Party]:
    """督促B…, 指导B…: B does the thing itself."""
    urged: list[Party] = []
    for match in _URGED.finditer(unit.text, start, unit.end):
        stop = _name_before_verb(unit, match.end())
        if stop is not None:
            names = _names(unit.text, match.end(), stop)
            urged.extend(party(unit.text, a, b, "owner") for a, b in names)
    return urged


def _bearers(unit: _Unit) -> Iterator[Party]:
    """要落实B监管责任: B carries the duty."""
    text = unit.text
    for match in _DUTY_OF.finditer(text, unit.start, unit.end):
        a, b = match.span("body")
        for c, d in split_names(text, a, b):
            if ends_in_head(text[c:d]) and not _holds_no_name(text, c, d):
                yield party(text, c, d, "owner")


def _name_before_verb(unit: _Unit, start: int) -> int | None:
    """Return where the name that begins at `start` ends, if a verb or a comma follows it."""
    text, stop = unit.text, None
    for head in candidate_end_pattern().finditer(text, start, min(unit.end, start + _MAX_NAME)):
        after = unit.skip_time(head.end())
        if after < unit.end and text[after] not in "，。；" and not _opener().match(text, after):
            continue
        if not _is_name(text, start, head.end()):
            break
        if stop is not None and _is_predicate(text, stop, head.end()):
            break
        stop = head.end()
    return stop
