"""Assignments: who carries a task, in brackets, in lines such as 责任单位：…, after 由."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from textsafe.document import Span
from textsafe.mentions.bodies import Range, is_body, is_name, level_of, name_ends, split_names
from textsafe.mentions.canonical import canonical_name
from textsafe.mentions.predicates import opens_predicate
from textsafe.records import Party, Role
from textsafe.taxonomies import RoleWording, assignment_language
from textsafe.text import bracket_ranges, strip_range

_CLAUSE_END = re.compile(r"[；;。]")
_FIRST_LEADS = re.compile(
    r"(?:列(?:在)?(?:第一位|首位)|排(?:在|名)?(?:第一|首位|最前)|首[家位]|第一[家个])(?:位)?(?:的)?(?:者|单位|部门)?"
    r"[^，。；]{0,6}?(?:为|是)?牵头"
)
_NOT_A_NAME = re.compile(r"以下简称|下同|详见|见附件|如[^，。]|例如|包括|简称|注：|含|即|电话")
_NOT_IN_NAME = re.compile(
    r"\d|[：:《》%％]|完成|长期|持续|坚持|推进|常态|立即|每[年月季日周学半]|一次|定期|年底|时限|之?前$|以上|以下|全部|按照|根据"
)
# 有关部门（单位）: a bracket that belongs to the name before it.
_PART_OF_NAME = frozenset(
    {
        "单位",
        "部门",
        "机构",
        "机关",
        "办事处",
        "中心",
        "委员会",
        "管委会",
        "党委",
        "政府",
        "科室",
        "处室",
    }
)
_PREFIX = re.compile(
    r"^(?:(?:此项|该项|本项|以上|上述|具体)(?:工作|任务|内容)?由|"
    r"由|请|责成|会同|联合|并|其中|以及|及|和|与|[：:\s])+"
)
_MAX_LENGTH = 600
_SHORT_NAME = 12


@dataclass(frozen=True, slots=True)
class Assignment:
    """A stretch of text that assigns tasks, and whom it names.

    Attributes:
        start: First character of the bracket or line.
        end: One past its last character.
        parties: Bodies and persons with their roles, in the order of the text.
        first_leads: From here on, the first body of each list leads (列第一位者为牵头单位，下同).
        from_lead_list: The bodies are named without roles, so that `first_leads` applies to them.
    """

    start: int
    end: int
    parties: tuple[Party, ...]
    first_leads: bool = False
    from_lead_list: bool = False


def _any_role(entries: tuple[RoleWording, ...]) -> str:
    """Return a regular expression for any of `entries`, with a group for each."""
    return "|".join(f"(?P<_{i}>{entry.pattern.pattern})" for i, entry in enumerate(entries))


@cache
def _keyword() -> re.Pattern[str]:
    return re.compile(_any_role(assignment_language().keyword))


@cache
def _slot() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any_role(assignment_language().slot)})\s?[：:]\s?")


@cache
def _slot_in_bracket() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any_role(assignment_language().slot)})\s?(?:[：:]|为)\s?")


def _role(match: re.Match[str], entries: tuple[RoleWording, ...]) -> Role:
    return entries[int(str(match.lastgroup)[1:])].role


def find_assignments(text: str, start: int = 0, end: int | None = None) -> list[Assignment]:
    """Return the brackets and slots in ``text[start:end]`` that assign tasks.

    Args:
        text: Any text; offsets in the result are into it.
        start: Where to begin.
        end: Where to stop (exclusive); the end of `text` by default.

    >>> text = "推进管网改造。（县住建局牵头，县城管局配合）"
    >>> [(p.name, p.role) for p in find_assignments(text)[0].parties]
    [('县住建局', 'lead'), ('县城管局', 'support')]
    """
    end = len(text) if end is None else end
    found = [
        assignment
        for a, b in bracket_ranges(text, start, end)
        if text[a] in "（(〔[【" and b - a <= _MAX_LENGTH
        if (assignment := _bracket(text, a, b))
    ]
    if "：" in text[start:end] or ":" in text[start:end]:
        found.extend(_slots_outside(text, start, end, found))
    return sorted(found, key=lambda assignment: assignment.start)


def first_leads_at(text: str) -> int | None:
    """Return where `text` says that the first body of each list leads, or None.

    >>> first_leads_at("责任单位（列第一位的为牵头单位）")
    5
    """
    match = _FIRST_LEADS.search(text)
    return match.start() if match else None


def _bracket(text: str, start: int, end: int) -> Assignment | None:
    inner_start, inner_end = start + 1, end - 1
    if _NOT_A_NAME.match(text, inner_start, inner_end):
        return None
    if _belongs_to_name(text, start, end):
        return None
    parties: list[Party] = []
    slot = _slot_in_bracket().search(text, inner_start, inner_end)
    first_leads = bool(_FIRST_LEADS.search(text, inner_start, inner_end))
    if slot:
        parties = _slot_parties(text, slot.start(), inner_end, _slot_in_bracket())
        return Assignment(start, end, tuple(parties)) if parties else None
    bare = True
    for clause_start, clause_end in _clauses(text, inner_start, inner_end):
        names_end = _before_note(text, clause_start, clause_end)
        named, has_lead = _clause_parties(text, clause_start, names_end, parties)
        bare = bare and not has_lead
        parties.extend(named)
    if not any(is_name(one.name) for one in parties) or (
        len(parties) == 1 and parties[0].name in _PART_OF_NAME
    ):
        return None
    if first_leads and bare:
        parties = [p.model_copy(update={"role": "support"}) for p in parties]
        parties[0] = parties[0].model_copy(update={"role": "lead"})
    return Assignment(start, end, tuple(parties), first_leads, bare)


def _belongs_to_name(text: str, start: int, end: int) -> bool:
    """各乡镇（街道办）要…: what assigns ends a clause, what only widens a name does not."""
    goes_on = end < len(text) and text[end] not in "，,。；;、：:（(" and not text[end].isspace()
    inner = text[start + 1 : end - 1]
    return goes_on and is_name(inner) and is_name(text[max(start - _SHORT_NAME, 0) : start])


def _before_note(text: str, start: int, end: int) -> int:
    """Return where the names end before a note such as 列第一位者为牵头单位，下同."""
    match = _FIRST_LEADS.search(text, start, end)
    if match is None:
        return end
    cut = match.start()
    while cut > start and text[cut - 1] in "，,。；; ":
        cut -= 1
    return cut


def _clauses(text: str, start: int, end: int) -> list[Range]:
    clauses, begin = [], start
    for match in _CLAUSE_END.finditer(text, start, end):
        clauses.append((begin, match.start()))
        begin = match.end()
    clauses.append((begin, end))
    return [(a, b) for a, b in clauses if a < b]


def _clause_parties(
    text: str, start: int, end: int, before: list[Party]
) -> tuple[list[Party], bool]:
    """Read ``A牵头，B、C按职责分工负责``; names wait for the keyword that follows them."""
    parties: list[Party] = []
    position = start
    led = any(party.role == "lead" for party in before)
    has_role = False
    for match in _keyword().finditer(text, start, end):
        role = _role(match, assignment_language().keyword)
        names = _names(text, position, match.start())
        if role == "owner" and led:
            role = "support"
        if role == "support" and not names and parties:
            continue
        parties.extend(_with_partners(text, names, role))
        led = led or role == "lead"
        has_role = has_role or role in {"lead", "support"}
        position = match.end()
    rest = _names(text, position, end)
    if rest and (_all_names(text, rest) if parties else _all_bodies(text, rest)):
        parties.extend(_with_partners(text, rest, "support" if led else "owner"))
    return parties, has_role


def _with_partners(text: str, names: list[Range], role: Role) -> list[Party]:
    """Turn names into parties; where A会同B stands, those before lead and those after support."""
    parties: list[Party] = []
    for a, b in names:
        cut = text.find("会同", a, b)
        if cut > a:
            parties = [p.model_copy(update={"role": "lead"}) for p in parties]
            parties.append(party(text, a, cut, "lead"))
            parties.extend(party(text, c, d, "support") for c, d in split_names(text, cut + 2, b))
            role = "support"
        elif parties and text[max(a - 2, 0) : a] == "会同":
            parties.append(party(text, a, b, "support"))
        else:
            parties.append(party(text, a, b, role))
    return parties


def _names(text: str, start: int, end: int) -> list[Range]:
    """Return the names in a stretch without keywords; empty where it holds none."""
    match = _PREFIX.match(text[start:end])
    if match:
        start += match.end()
    start, end = strip_range(text, start, end)
    while end > start and text[end - 1] in "，,、由的":
        end -= 1
    while start < end and text[start] in "，,、由":
        start += 1
    names = [_without_work(text, *_after_by(text, a, b)) for a, b in split_names(text, start, end)]
    return [(a, b) for a, b in names if 2 <= b - a <= 40 and not _NOT_IN_NAME.search(text, a, b)]


def _after_by(text: str, start: int, end: int) -> Range:
    """Drop the 由, 会同 or 请 that a name is introduced by."""
    match = re.match(r"(?:由|会同|联合|请|并由|其中)", text[start:end])
    return (start + match.end(), end) if match else (start, end)


def _without_work(text: str, start: int, end: int) -> Range:
    """（…，县财政局保障资金）: drop the work that follows the name."""
    if is_name(text[start:end]):
        return start, end
    for _, stop in name_ends(text[start:end]):
        name_end = start + stop
        if is_body(text[start:name_end]) and opens_predicate(text, name_end):
            return start, name_end
    return start, end


def _all_names(text: str, names: list[Range]) -> bool:
    return all(is_name(text[a:b]) for a, b in names)


def _all_bodies(text: str, names: list[Range]) -> bool:
    """县商务局、各镇: public bodies, and after the first those of all places too."""
    return is_body(text[names[0][0] : names[0][1]]) and all(
        is_body(text[a:b]) or (text[a] == "各" and is_name(text[a:b])) for a, b in names
    )


def _slots_outside(text: str, start: int, end: int, brackets: list[Assignment]) -> list[Assignment]:
    found: list[Assignment] = []
    starts = [bracket.start for bracket in brackets]
    for match in _slot().finditer(text, start, end):
        before = bisect_right(starts, match.start())
        inside = before > 0 and match.start() < brackets[before - 1].end
        if inside or (found and match.start() < found[-1].end):
            continue
        stop = _slot_end(text, match.end(), end)
        parties = _slot_parties(text, match.start(), stop, _slot())
        if parties:
            found.append(Assignment(match.start(), stop, tuple(parties)))
    return found


def _slot_end(text: str, start: int, end: int) -> int:
    """A line of slots ends at the full stop, the line's end, or the table cell's end."""
    match = re.compile(r"[。\n\t]|(?<=[）)])(?=[^、，；;])").search(
        text, start, min(end, start + _MAX_LENGTH)
    )
    return match.start() if match else min(end, start + _MAX_LENGTH)


def _slot_parties(text: str, start: int, end: int, label: re.Pattern[str]) -> list[Party]:
    parties: list[Party] = []
    slots = list(label.finditer(text, start, end))
    for index, match in enumerate(slots):
        stop = slots[index + 1].start() if index + 1 < len(slots) else end
        closing = re.compile(r"[；;。]|[^\s，；;：:]{2,8}[：:]").search(text, match.end(), stop)
        if closing:
            stop = closing.start()
        role = _role(match, assignment_language().slot)
        parties.extend(party(text, a, b, role) for a, b in _names(text, match.end(), stop))
    return parties


def party(text: str, start: int, end: int, role: Role) -> Party:
    """Return the party named by ``text[start:end]``."""
    name = text[start:end]
    full = canonical_name(name)
    return Party(
        name=name,
        role=role,
        span=Span(start=start, end=end),
        level=level_of(name),
        canonical=full.name if full else None,
        renamed=full.reason if full else None,
    )
