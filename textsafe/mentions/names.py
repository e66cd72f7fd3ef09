"""Which stretches of a sentence may be names of those who act, and which are not."""

from __future__ import annotations

import re
from functools import cache

from textsafe.mentions.bodies import Range, alternation, ends_in_head, is_body, is_name, split_names
from textsafe.mentions.predicates import verb_at
from textsafe.taxonomies import subject_language, task_language

_PLACE = re.compile(r"[^，。、；：]{1,4}[省市县区州镇乡旗村]")
# 住建、水务、园林三家, 公安、应急等部门: they are said to be bodies.
_COUNTED = re.compile(
    r"[两二三四五六七八九十](?:家|个?(?:部门|单位))$|(?:部门|单位|机构)[（(][^（）()]*[）)]$"
)
_AND_OTHERS = re.compile(r"等(?:有关|相关|各|行业|作业|主管|监管|成员|责任|专业){0,2}单位$")
_MAX_REST = 9
_NEVER_IN_NAME = ("每", "各", "由", "给", "让", "商", "与", "支持", "联系", "负责", "提示")
_IN_NAME = ("负责人", "负责同志", "联系人")
_BEFORE_EACH = frozenset(
    "统关省市县区州镇乡村司校院厂局委厅部办会组全直属级内地本下驻其他方议线边沿岸江河湖海道路（(、和及与"
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


def tail_at(text: str, start: int) -> int:
    """Return where a name's tail ends that begins at `start` (派出所|的同志), else `start`."""
    tail = subject_language().tails.pattern.match(text, start)
    return tail.end() if tail else start


def may_be_name(text: str, start: int, stop: int, *, head: bool = True) -> bool:
    """Return whether a stretch is a name or a list of names, of which the last ends in a head.

    Args:
        text: The sentence.
        start: Where the stretch begins.
        stop: Where it ends (exclusive).
        head: False for what is a name by 各 alone (各渔港).
    """
    if stop - start < 2 or text[start] in "的和及与等不":
        return False
    core = _without_clause(text, start, stop)[0]
    if core > start and subject_language().clause_start.pattern.match(text, start, core):
        if "是" in text[start:core]:
            return False  # 各级正职是安全生产的第一责任人
        start = core
    if holds_no_name(text, start, stop) or _begins_with_verb(text, start, stop):
        return False
    if not head:
        return True
    if clause := _clause_end(text, start, stop):
        begins_with_verb = subject_language().no_name_start.pattern.match(text, clause)
        # 有条件的地方 is a head with its clause.
        head_at = ends_in_head(text[clause:stop]) or ends_in_head(text[start:stop])
        return head_at and not begins_with_verb
    names = split_names(text, start, stop)
    last = text[names[-1][0] : stop] if names else ""
    if last.endswith(("部门", "单位", "机构")) or _COUNTED.search(last):
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
    for left, right in ("“”", "（）", "()"):
        if text.count(left, start, stop) != text.count(right, start, stop):
            return True
    return bool(subject_language().no_name.pattern.search(text, start, stop))


def _begins_with_verb(text: str, start: int, stop: int) -> bool:
    """修订冷库 is no name, though 检查组 and 教育行政部门 are."""
    first = text[start:stop].partition("、")[0]
    if subject_language().no_name_start.pattern.match(text, start, stop):
        return True
    if len(first) < stop - start and is_name(first):
        return False
    return is_predicate(text, start, stop)


def is_predicate(text: str, start: int, stop: int) -> bool:
    """挂牌督办 after a name is said of it; 监督管理局 is the rest of the name."""
    return verb_at(text, start) and not _is_compound(text[start:stop])


def _is_compound(name: str) -> bool:
    """Words of two characters before a head make a name: 监督|管理|局, 值班|人员."""
    name = re.split("[、和及与，]", name, maxsplit=1)[0].replace("总承包", "承包")
    head = _office_of_a_verb().search(name)
    return head is not None and (head.start() % 2 == 0 or "的" in name)


def extends_name(text: str, start: int, stop: int) -> bool:
    """Return whether a name that ends at `start` may go on to `stop`, though a verb follows.

    Names of offices are built of words of two characters before their head: 监督|管理|局,
    值班|人员; 派员旁站 is no such word.

    >>> text = "县局监督管理科"
    >>> extends_name(text, 2, 7), extends_name("轨道集团派员旁站", 4, 8)
    (True, False)
    """
    foreign = text.startswith(_NEVER_IN_NAME, start) and not text.startswith(_IN_NAME, start)
    if foreign or "的" in text[start:stop]:
        return False
    first = re.split("[、和及与，]", text[start:stop], maxsplit=1)[0]
    return _is_compound(text[start:stop]) and len(first) <= _MAX_REST


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
    listed = "部门" in last or _AND_OTHERS.search(last)
    if not listed and not places and not all(is_name(text[a:b]) for a, b in names):
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
