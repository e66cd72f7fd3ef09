"""Which stretches of a sentence may be names of those who act, and which are not."""

from __future__ import annotations

import re
from functools import cache

from textsafe.mentions.bodies import Range, alternation, ends_in_head, is_body, is_name, split_names
from textsafe.taxonomies import subject_language, task_language

_PLACE = re.compile(r"[^，。、；：]{1,4}[省市县区州镇乡旗村]")
_BEFORE_EACH = frozenset(
    "省市县区州镇乡村司校院厂局委厅部办会组全直属级内地本下驻其他方议线边沿岸江河湖海道路（(、和及与"
)


@cache
def verb_pattern() -> re.Pattern[str]:
    """Return the pattern of the verbs and adverbs that open an imperative clause."""
    return re.compile(alternation(task_language().verbs.words))


@cache
def _office_of_a_verb() -> re.Pattern[str]:
    ends = "|".join(subject_language().office_ends.words)
    return re.compile(rf"(?:{ends})(?:[（(].*)?$")


def is_office(text: str, start: int, stop: int) -> bool:
    """Only the full name of an office is believed to be a subject inside a sentence."""
    return text[start] in "各县市区省镇乡国" and is_body(text[start:stop]) and stop - start >= 3


def may_be_name(text: str, start: int, stop: int) -> bool:
    """Return whether a stretch that ends in a head is a name or a list of names."""
    if stop - start < 2 or text[start] in "的和及与等不":
        return False
    core = _without_clause(text, start, stop)[0]
    if core > start and subject_language().clause_start.pattern.match(text, start, core):
        start = core
    if holds_no_name(text, start, stop) or _begins_with_verb(text, start, stop):
        return False
    if clause := _clause_end(text, start, stop):
        return ends_in_head(text[clause:stop])
    names = split_names(text, start, stop)
    last = text[names[-1][0] : stop] if names else ""
    if "部门" in last or "单位" in last:
        return True
    return bool(names) and all(is_name(text[a:b]) for a, b in names)


def _clause_end(text: str, start: int, stop: int) -> int | None:
    """Return where the one name begins that a clause before 的 restricts, if there is one."""
    cut = text.rfind("的", start, stop)
    if cut <= start or any(mark in text[cut:stop] for mark in "、和及"):
        return None
    return cut + 1


def holds_no_name(text: str, start: int, stop: int) -> bool:
    """Return whether a stretch holds a word that no name holds (对, 由, 按照)."""
    return bool(subject_language().no_name.pattern.search(text, start, stop))


def _begins_with_verb(text: str, start: int, stop: int) -> bool:
    """修订冷库 is no name, though 检查组 and 教育行政部门 are."""
    if subject_language().no_name_start.pattern.match(text, start, stop):
        return True
    first = text[start:stop].partition("、")[0]
    if len(first) < stop - start and is_name(first):
        return False
    return is_predicate(text, start, stop)


def is_predicate(text: str, start: int, stop: int) -> bool:
    """挂牌督办 after a name is said of it; 监督管理局 is the rest of the name."""
    return bool(verb_pattern().match(text, start, stop)) and not _office_of_a_verb().search(
        text, start, stop
    )


def names_between(text: str, start: int, stop: int) -> list[Range]:
    """Return the single names of a stretch that may be a name or a list of names.

    >>> text = "涉及粉尘、有限空间的工贸企业"
    >>> [text[a:b] for a, b in names_between(text, 0, len(text))]
    ['工贸企业']
    """
    if _clause_end(text, start, stop):
        return [_without_clause(text, start, stop)]
    names = split_names(text, start, stop)
    last = text[names[-1][0] : stop] if names else ""
    places = all(_PLACE.fullmatch(text, a, b) for a, b in names)
    if "部门" not in last and not places and not all(is_name(text[a:b]) for a, b in names):
        names = names and [(names[0][0], stop)]
    return [_without_clause(text, a, b) for a, b in names]


def _after_lead_in(text: str, start: int, stop: int) -> int:
    """Return where 各… begins behind words that only lead in (下步各镇); 全县各镇 is whole."""
    each = text.find("各", start + 1, stop)
    if each < 0 or text[each - 1] in _BEFORE_EACH:
        return start
    return each


def _without_clause(text: str, start: int, stop: int) -> Range:
    """Drop a restrictive clause (对…负有责任的企业) unless the head alone says nothing."""
    if text[start] == "其" and not text.startswith("其他", start):
        start += 1
    start = _after_lead_in(text, start, stop)
    cut = text.rfind("的", start, stop)
    if cut < 0 or text.endswith("设区", start, cut):
        return start, stop
    head = text[cut + 1 : stop]
    if text.startswith(("负有", "其他负有"), start) or head in subject_language().empty_heads.words:
        return start, stop
    return cut + 1, stop
