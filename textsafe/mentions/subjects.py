"""Subjects of orders: the names that an order or a verb follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from textsafe.mentions.bodies import Range, alternation, candidate_end_pattern, ends_in_head
from textsafe.mentions.names import is_office, may_be_name, verb_pattern
from textsafe.taxonomies import task_language

_MAX_NAME = 60
_LEAD_IN = re.compile(
    r"(?:同时|此外|另外|其中|特别是|尤其是|对此|为此|今后|下一步|下步|当前|近期|现阶段|期间|届时|[一二三四五六七八九十]{1,2}是|"
    r"第[一二三四五六七八九十百\d]{1,6}条\s?|\d{1,2}(?:[.．]\d{1,2}){0,4}(?:[.．、]|\s+)|[（(][一二三四五六七八九十\d]{1,3}[）)]|[①-⑳]|原则上|一方面|另一方面|首先|其次|再次|最后|还有|目前|请|希望|要求|由此|因此|在此基础上|[，,、：:\s])+"
)
_STRONG = re.compile(
    r"(?:有条件的)?(?:白天|夜间|晚上|平时|届时|近期|今后|汛期|节日期间|运行中|作业时|作业中|作业前|作业后|在[^，。；、]{1,10}(?:期间|时|前|后|中))?(?:都|也|均|还|就|更|又|既|一定|务必|一律|必须|首先|仍|原则上|同时|特别|尤其|平时|同样|同步|分别|具体|共同|各自|按职责分工|按照职责分工)?"
    r"(?:要(?!求|素|害|点|件|么|道|职|有(?![序效力针]))|应当|应(?!急|用|对|对|届|收)|须|必须|务必|务须|不得|不准|不许|不能|严禁|负责(?!人|同志|任)|牵头|将(?!军)|可以?(?![能靠燃])|"
    r"是(?=[^，。]{0,14}(?:责任人|责任主体|责任单位)(?:$|[，；]))|"
    r"对(?=[^，。；]{1,24}(?:应当|必须|要(?!求)|应予|不得)))"
)
_EACH = re.compile(
    r"(?:全[省市县区镇])?各(?![项类种个方环阶步自样式路界色司条])[^，。、；：的对在要应须不]{1,8}?(?<![主重必首])(?=要|应|必须|须|务必|不得)"
    r"|(?:[^，。、；：\s全各大本该]{1,3}[省市县区州镇乡旗](?<!城市|超市|门市|城区|山区|郊区|市区|小区)[、和]){0,8}"
    r"[^，。、；：\s全各大本该]{1,3}[省市县区州镇乡旗](?<!城市|超市|门市|城区|山区|郊区|市区|小区)(?=要|应|必须|须|务必|不得)"
)
# 党中央决策部署的各项工作: what follows the name only tells which work is meant.
_OF_SOMETHING = re.compile(
    r"[^，。；]{2,18}的(?:情况|各项|任务|工作|问题|行为|情形|要求|部署|决定|意见|通知|规定|[^，。；]{0,6}整治)"
)
_APPOSED = re.compile(r"(?:尤其是|特别是)[^，。；]{0,20}?(?=要|应|必须|$)")


@dataclass(frozen=True, slots=True)
class Unit:
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
class Subject:
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
def opener_pattern() -> re.Pattern[str]:
    """Return the pattern of the words that may stand right after a subject."""
    words = (*task_language().openers.words, *task_language().verbs.words)
    return re.compile(rf"\s?(?!负责[人同任])(?:{alternation(words)})")


def find_subjects(unit: Unit) -> Iterator[Subject]:
    """Yield the subjects of a unit: one that opens it, and those of orders further on."""
    consumed = unit.start
    opening = True
    for index, (clause_start, clause_end) in enumerate(unit.clauses):
        if clause_start < consumed:
            continue
        position = skip_lead_in(unit, clause_start, clause_end)
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


def _clause_after(unit: Unit, index: int) -> Range | None:
    """Return the clause that goes on after clause `index`, past an apposition (特别是…，)."""
    for start, end in unit.clauses[index + 1 : index + 3]:
        apposed = _APPOSED.match(unit.text, start, end)
        if apposed is None:
            return start, end
        if apposed.end() < end:
            return apposed.end(), end
    return None


def _coordinated(unit: Unit, start: int, end: int) -> Iterator[Subject]:
    """A要…、B要…: a second subject after a pause mark in the same clause."""
    for match in re.finditer("、", unit.text[start:end]):
        subject = _subject_at(unit, start + match.end(), end, None, opening=False)
        if subject and subject.strong:
            yield subject


def skip_lead_in(unit: Unit, start: int, end: int) -> int:
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
    unit: Unit, start: int, end: int, following: Range | None, *, opening: bool
) -> Subject | None:
    """Return the subject that begins at `start`: before an order, else before a bare verb."""
    text = unit.text
    weak: Subject | None = None
    for match in candidate_end_pattern().finditer(text, start, min(end, start + _MAX_NAME)):
        stop = match.end()
        found = _predicate(unit, stop, end, following, opening=opening)
        if found is None:
            continue
        if not may_be_name(text, start, stop):
            if found.strong:
                return weak
            continue
        joint = text.startswith("联合", stop)
        if not (found.strong or opening or joint or _is_believable(unit, start, stop, found)):
            continue
        if not found.strong and stop - start == 2 and not ends_in_head(text[start:stop]):
            continue  # 应急演练, 消防检查: the work, not the department
        subject = Subject(start, found.name_end or stop, found.start, found.strong, opening)
        if found.strong:
            return subject
        weak = subject
    return weak or _each(unit, start, end, opening=opening)


def _is_believable(unit: Unit, start: int, stop: int, predicate: _Predicate) -> bool:
    """Inside a sentence a name needs an office's full form, or a verb of action behind it."""
    if is_office(unit.text, start, stop):
        return True
    if stop - start < 3 or verb_pattern().match(unit.text, start, stop):
        return False
    return bool(
        verb_pattern().match(unit.text, predicate.start, unit.end)
        or re.match(r"每|不得|不准|须|均", unit.text[predicate.start : predicate.start + 2])
    )


def _each(unit: Unit, start: int, end: int, *, opening: bool) -> Subject | None:
    """各渔港要…: after 各, whatever an order follows is told to act."""
    match = _EACH.match(unit.text, start, end)
    strong = _STRONG.match(unit.text, match.end(), end) if match else None
    if match is None or strong is None:
        return None
    return Subject(start, match.end(), strong.start(), True, opening)


def _predicate(
    unit: Unit, stop: int, end: int, following: Range | None, *, opening: bool
) -> _Predicate | None:
    """Return the predicate that follows a name which ends at `stop`."""
    dated = stop in unit.times
    stop = min(unit.skip_time(stop), end)
    if stop >= end:
        return _predicate_in_next(unit, end, following, opening=opening) if following else None
    if strong := _STRONG.match(unit.text, stop, end):
        return _Predicate(strong.start(), strong=True)
    if apposed := _APPOSED.match(unit.text, stop, end):
        return _predicate(unit, apposed.end(), end, following, opening=opening)
    if _OF_SOMETHING.match(unit.text, stop, end):
        return None
    if dated or opener_pattern().match(unit.text, stop, end):
        return _Predicate(stop, strong=False)
    return None


def _predicate_in_next(
    unit: Unit, end: int, following: Range, *, opening: bool
) -> _Predicate | None:
    """Return the predicate of a name that fills its clause (各镇，要…; 县住建局：承担…)."""
    text = unit.text
    next_start, next_end = following
    if text[end] in "：:":
        acts = opening and verb_pattern().match(text, next_start, next_end)
        return _Predicate(next_start, strong=False) if acts else None
    if text[end] not in "，,":
        return None
    apposed = _APPOSED.match(text, next_start, next_end)
    if strong := _STRONG.match(text, apposed.end() if apposed else next_start, next_end):
        return _Predicate(strong.start(), strong=True)
    if opening and text.startswith(("各", "有", "其"), next_start):
        return _predicate_after_second_name(unit, next_start, next_end)
    return None


def _predicate_after_second_name(unit: Unit, start: int, end: int) -> _Predicate | None:
    """各部门，各店铺要…: names parted by a comma share the predicate of the last."""
    for head in candidate_end_pattern().finditer(unit.text, start, min(end, start + 30)):
        if found := _predicate(unit, head.end(), end, None, opening=True):
            return replace(found, name_end=head.end())
    return None
