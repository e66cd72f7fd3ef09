"""Is it a task, and of which modality: the language of orders in one unit.

Each cue of ``data/task_language.toml`` that is found adds its weight; the sum is a log-odds, so
that the probability can be read, explained by the names of the cues, and calibrated.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from textsafe.mentions.bodies import Range
from textsafe.mentions.names import verb_pattern
from textsafe.records import Modality
from textsafe.taxonomies import Cue, SectionEffect, task_language
from textsafe.text import clauses

Setting = Literal["order", "target", "background", "checklist", "plain"]

# What a unit is before a word of it is read, as log-odds; see docs/explanation/confidence.md.
PRIOR: dict[Setting, float] = {
    "order": -0.5,
    "target": 1.6,
    "plain": -1.2,
    "background": -2.2,
    "checklist": -0.8,
}
_IMPERATIVE_FIRST = 1.9
_IMPERATIVE_LATER = 0.9
_HAS_DOER = 1.0
_HAS_TIME = 1.2
_FRAGMENT = -1.5
_TOO_SHORT = 3
_PAST_YEAR = -2.5

_LEAD_IN = re.compile(
    r"(?:同时|此外|另外|其中|特别是|尤其是|对此|为此|今后|下一步|下步|当前|近期|现阶段|[一二三四五六七八九十]{1,2}(?:是|要)|第[一二三四五六七八九十]{1,2}[，、]|"
    r"第[一二三四五六七八九十百\d]{1,6}条\s?|\d{1,2}(?:[.．]\d{1,2}){1,3}(?=\D)|\d{1,2}[.．、]|[（(][一二三四五六七八九十\d]{1,3}[）)]|[①-⑳]|原则上|一方面|另一方面|首先|其次|再次|最后|必要时|视情况?|还|也|并|请|[，,、：:；\s])+"
)
_CONDITION = re.compile(
    r"^(?:对于?|针对|凡|如|若|一旦|因|经|在|为|以|通过|按照?|根据|依据|结合|围绕|依托|随着|除|未(?!来)|非经)"
)
_BAN = re.compile(
    r"严禁|不得(?!少于|低于|超过|大于|小于|高于|晚于|迟于|多于)|禁止(?!类|和)|不准|不许|杜绝|切忌|决不|绝不|(?<![要需])不要|不(?:再)?允许|不应|切勿|请勿|"
    r"不再(?:对|开展|组织|举办|要求|办理|发放|受理)|暂不(?=[开办受组举])|(?<![一-龥])不(?:查验|接触|参加|传播|聚集|到(?![位底]))"
)
# What may stand before the verb of an imperative: 对隐患逐一销号, 同县气象局建立联动机制.
_BEFORE_A_VERB = re.compile(r"[对将把向按在以从]|[同与](?![意志一会此时])")
_SETS_THE_SCENE = re.compile(
    r"(?:的|前|时|后|期间|内|中|下|作业|现场|部位|区域|场所|过程|单位|人员|企业|设备|车辆|情况|地点|工序|以上|方式|手段|基础上)$"
)
# A year that limits a task is a deadline; one that is none tells of the past.
_OPENS_WITH_YEAR = re.compile(r"(?:截至|到|在)?(?:\d{4}年|近[\d一二三四五六七八九十两几]{1,2}年)")
_WHEN_OR_UNLESS = re.compile(
    r"(?:前|时|后|期间)$|未(?:经|按|取得|通过|办理|持)|^(?:违[章规法]|擅自|私自)"
)
_RESULT = re.compile(r"^(?:确保|防止|避免|严防|做到|防范|切实防)")
_DEONTIC = re.compile(
    r"(?<![主重需只将不还简摘概首紧必提索])要(?!求|素|害|点|件|么|道|领|义|目)|必须|应当|务必|(?<![对适响反供顺相感呼理因效照回一答])应(?![急对用变付有届聘])|(?<!无)须(?!知)|一律"
)
_PERMIT = re.compile(
    r"^(?:要|也要|还要|积极|大力)?(?:鼓励|支持|提倡|引导|倡导)(?!资金|力度|性|和规范)|^[^，]{0,30}(?<![方才即不许认])可以?(?=[采按由将向适根结参])|^允许|"
    r"^[^，]{0,20}(?:可以|(?<![方才即不])可(?:不再|自[行愿主]|开展|提出|延期|继续|优先|视|给予|适当|酌情|依法|申请|委托|根据|按)|适用[^，]{0,12}(?:政策|税率|程序))"
)
# No clause permits without one of these.
_MAY_PERMIT = re.compile(r"可|鼓励|支持|提倡|引导|倡导|允许|适用")
_CASE_IN_POINT = re.compile(r"(?:^|[，；：、])(?:对|凡|如|若|针对)[^，；：]{0,40}$")
_BY_WHOM = re.compile(r"(?<![理缘])由(?!于)[^，]{2,20}(?:负责|承担|牵头|组织|实施|按规定|给予)")
# Verbs that name a state to be reached.
_STATE = re.compile(r"实现|达到|建成|形成|提升|提高|保持|降低|控制|消除")
_REACH = re.compile(
    r"(?:要|力争|确保)[^，。；]{0,4}(?:达到|达[\d八九百]|不低于|控制在|保持在|下降|降至|降到|提高到)"
)
_REST_OF_A_TIME = 4  # 前, 起, a mark and the like
_OWN_EFFORT = re.compile(
    r"^(?:大力|深入)?(?:积极)?(?:推进|推动|加快|健全|完善)|^积极(?:引进|培育|推进|推动)|"
    r"^(?:加强|强化|做好)[^，]{0,10}(?:指导|监管|服务|管理|宣传|保障)|^做好[^，]{0,12}工作|^落实[^，]{0,8}政策"
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a unit is a task, how sure that is, and which cues said so.

    Attributes:
        probability: That the unit directs somebody to do something.
        cues: Names of the cues that were found, strongest first.
        imperative: Where the first imperative verb begins, or None.
    """

    probability: float
    modality: Modality
    cues: tuple[str, ...]
    imperative: int | None


def section_effect(title: str) -> SectionEffect | None:
    """Return what a section's title says about its units: optional, target, background, checklist.

    >>> section_effect("（一）指导思想"), section_effect("二、主要目标"), section_effect("三、任务")
    ('optional', 'target', None)
    """
    entries = task_language().section
    return next((entry.effect for entry in entries if entry.pattern.search(title)), None)


def judge(
    text: str,
    *,
    setting: Setting = "order",
    times: Iterable[Range] = (),
    has_doer: bool = False,
    doer_end: int | None = None,
) -> Judgement:
    """Judge whether a unit is a task, and of which modality.

    Args:
        text: One sentence-like unit.
        setting: What kind of section the unit stands in.
        times: Ranges of the deadlines in the unit.
        has_doer: Whether the unit names who does it.
        doer_end: Where the predicate begins after a subject that opens the unit.

    >>> judgement = judge("各镇要立即开展排查。", has_doer=True)
    >>> judgement.modality, judgement.probability > 0.9
    ('must', True)
    """
    found = list({cue.id: cue for find, cue in _finders() if find(text)}.values())
    spans = dict(times)
    cut = clauses(text)
    imperatives = list(_imperatives(text, cut, spans, doer_end))
    logit = PRIOR[setting] + sum(_weight(cue, text) for cue in found)
    names = [cue.id for cue in sorted(found, key=lambda cue: -abs(cue.weight))]
    if imperatives:
        logit += _IMPERATIVE_FIRST if imperatives[0] < 40 else _IMPERATIVE_LATER
        names.append("order.imperative")
    logit += _HAS_DOER * (has_doer and setting != "background") + _HAS_TIME * bool(spans)
    if spans:
        logit += sum(cue.weight_with_time for cue in found)
    if not spans and _OPENS_WITH_YEAR.match(text):
        logit += _PAST_YEAR
        names.append("past.year")
    if len(text) <= _TOO_SHORT or (text[-1:] not in "。！；;：:）)》”，、" and len(text) < 30):
        logit += _FRAGMENT
    return Judgement(
        probability=1 / (1 + math.exp(-logit)),
        modality=_modality(text, setting, found, cut=cut, imperatives=imperatives, times=spans),
        cues=tuple(names),
        imperative=imperatives[0] if imperatives else None,
    )


@cache
def _finders() -> tuple[tuple[Callable[[str], re.Match[str] | None], Cue], ...]:
    """Return the search of each wording with its cue, bare of what costs time for every unit."""
    return tuple(
        (find, cue)
        for cue in task_language().cue
        for find in (cue.opens and cue.opens.match, cue.pattern and cue.pattern.search)
        if find
    )


def _weight(cue: Cue, text: str) -> float:
    """An order that follows an argument in the same unit takes half of its weight away.

    What only tells to whom something is done (对问题突出的企业…) is no argument.
    """
    argument = cue.find(text) if cue.yields_to_order else None
    if argument is None:
        return cue.weight
    if _CASE_IN_POINT.search(text, max(0, argument.start() - 40), argument.start()):
        return 0.0
    return cue.weight / 2 if _DEONTIC.search(text, argument.end()) else cue.weight


def _imperatives(
    text: str, cut: list[Range], times: dict[int, int], doer_end: int | None
) -> Iterator[int]:
    """Yield where clauses begin with a verb of action."""
    for clause_start, clause_end in cut:
        position = clause_start
        if doer_end is not None and clause_start <= doer_end < clause_end:
            position = doer_end
        position = _skip(text, position, clause_end, times)
        if position >= clause_end:
            continue
        if verb_pattern().match(text, position, clause_end):
            yield position
        elif _BEFORE_A_VERB.match(text, position) and (
            verb := verb_pattern().search(text, position + 2, clause_end)
        ):
            yield verb.start()


def _skip(text: str, start: int, end: int, times: dict[int, int]) -> int:
    position = start
    while position < end:
        if position in times:
            position = times[position]
        elif match := _LEAD_IN.match(text, position, end):
            position = match.end()
        elif (text[position] in "要应须" and not text.startswith("要求", position)) or (
            text[position] in "在于到" and position + 1 in times
        ):
            position += 1
        else:
            break
    return position


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause without what leads it in, and whether it begins with a verb that does something."""

    start: int
    end: int
    said: str
    acts: bool


def _modality(
    text: str,
    setting: Setting,
    found: list[Cue],
    *,
    cut: list[Range],
    imperatives: list[int],
    times: dict[int, int],
) -> Modality:
    is_target = any(cue.effect == "target" for cue in found)
    if not (is_target or setting == "target" or _BAN.search(text) or _MAY_PERMIT.search(text)):
        return "must"
    parts = list(_clauses(text, cut, imperatives))
    bans = [c for c in parts if _BAN.search(c.said) and not _PERMIT.match(c.said)]
    permits = [c for c in parts if _PERMIT.match(c.said)]
    if not (bans or permits or is_target or setting == "target"):
        return "must"
    orders = [c for c in parts if c not in bans and (c.acts or _orders(c.said))]
    if bans and not orders and not any(_does_more(c.said) for c in parts if c not in bans):
        beside = (c for c in parts if not _BAN.search(c.said))
        return "must" if any(_is_dated(c, times) for c in beside) else "prohibit"
    first = next((c for c in parts if c in permits or c in orders), None)
    if not bans and first in permits:
        rest = (c.said for c in parts if first and c.start > first.start)
        return "must" if any(_is_own_effort(said) for said in rest) else "may"
    has_order = any(_DEONTIC.search(c.said) and not _REACH.search(c.said) for c in parts)
    if setting == "target" and not has_order and (is_target or not imperatives):
        return "target"
    if is_target and not has_order and all(_REACH.search(c.said) for c in orders):
        return "target"
    return "must"


def _clauses(text: str, cut: list[Range], imperatives: list[int]) -> Iterator[_Clause]:
    for start, end in cut:
        match = _LEAD_IN.match(text, start, end)
        if said := text[match.end() if match else start : end]:
            begins = any(
                start <= at < end and not _STATE.match(text, at) for at in imperatives
            ) and not (_RESULT.match(said) or _says_when(said))
            yield _Clause(end - len(said), end, said, begins)


def _is_dated(clause: _Clause, times: dict[int, int]) -> bool:
    """Return whether a clause says when something is so, not only when."""
    time = sum(b - a for a, b in times.items() if clause.start <= a < clause.end)
    return time > 0 and clause.end - clause.start - time > _REST_OF_A_TIME


def _is_own_effort(clause: str) -> bool:
    return bool(_OWN_EFFORT.match(clause) or _DEONTIC.search(clause) or _BY_WHOM.search(clause))


def _says_when(clause: str) -> bool:
    """Return whether a clause only says when, where, to whom or how, though it holds a verb."""
    opens_with_case = _CONDITION.match(clause) and clause[0] in "对针凡如若经除"
    return bool(opens_with_case or _SETS_THE_SCENE.search(clause))


def _orders(clause: str) -> bool:
    if _RESULT.match(clause) or clause.endswith("的"):
        return False
    if _WHEN_OR_UNLESS.search(clause) and not _DEONTIC.search(clause):
        return False
    if _CONDITION.match(clause) and not _DEONTIC.search(clause):
        return False
    return bool(_DEONTIC.search(clause) or verb_pattern().match(clause) or _BY_WHOM.search(clause))


def _does_more(clause: str) -> bool:
    """Return whether a clause beside a ban says what to do, not only where, when or to whom."""
    if _RESULT.match(clause) or _CONDITION.match(clause) or _SETS_THE_SCENE.search(clause):
        return False
    if _WHEN_OR_UNLESS.search(clause):
        return False
    return len(clause) > 4 and bool(verb_pattern().search(clause))
