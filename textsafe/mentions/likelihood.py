"""Subjects that end in no known word: what speaks for somebody who acts, and what for a thing."""

from __future__ import annotations

import re

from textsafe.mentions.names import holds_no_name
from textsafe.mentions.predicates import is_condition, opens_predicate, order_at, verb_at
from textsafe.taxonomies import subject_language

_ORDER = re.compile(
    r"(?<![主重必首需只还])要(?!求)|(?<![相适供反响])应(?!急)|必须|须|务必|不得|不准|严禁|负责|"
    r"是(?=[^，。]{0,40}责任(?:人|主体|单位|者)(?:$|[，；。]))"
)
_NO_SUBJECT = re.compile(r"[的对由将把“”（）()：:\d]|有专|有人|设专")
_SHORTEST = 2
_LONGEST = 22
_LONGEST_MANNER = 6
_LONGEST_BARE = 9
_NOT_BARE = frozenset("，、的对由将把（：“”全时0123456789")
_VERB = 2


def likely_subject(text: str, start: int, end: int, *, opens: bool) -> int | None:
    """Return where a subject that begins at `start` ends before its order, or None.

    The evidence in ``data/subject_language.toml`` is summed up: how the stretch before the order
    begins (各, 全体) and ends (召集人; 设施), and what is ordered (组织…; …到位).

    Args:
        text: The unit.
        start: Where a clause begins, behind what leads in.
        end: Where the clause ends (exclusive).
        opens: The clause opens the unit.

    >>> likely_subject("会议召集人应整理会议记录", 0, 12, opens=True)
    5
    >>> likely_subject("消防设施应保持完好", 0, 9, opens=True) is None
    True
    """
    order = _ORDER.search(text, start + _SHORTEST, min(end, start + _LONGEST))
    if order is None or _NO_SUBJECT.search(text, start, order.start()):
        return None
    whole = _with_manner(text, start, order.start(), end)
    if whole is None or _is_no_name(text, start, whole.start()):
        return None
    scale = subject_language().scale
    of_name = _of_name(text[start : whole.start()])
    if of_name <= 0:
        return None
    found = of_name + _of_predicate(text, whole.end()) + scale.opens * opens
    return whole.start() if found >= scale.needed else None


def likely_doer(text: str, start: int, end: int) -> int | None:
    """Return where a name that opens a unit ends before a bare verb, or None.

    >>> likely_doer("某某传媒开设专栏", 0, 8)
    4
    """
    if verb_at(text, start):
        return None  # 加强巡查: most sentences that open without a known name
    needed = subject_language().scale.needed
    for stop in range(start + _SHORTEST + 1, min(end - 1, start + _LONGEST_BARE)):
        if text[stop - 1] in _NOT_BARE:
            return None
        if not opens_predicate(text, stop) or is_condition(text, stop, end):
            continue
        if _is_no_name(text, start, stop):
            return None
        name = text[start:stop]
        of_name = _of_name(name) + _weigh("bare end", name)
        if of_name > 0 and of_name + _of_predicate(text, stop) > needed:
            return stop
    return None


def _with_manner(text: str, start: int, order: int, end: int) -> re.Match[str] | None:
    """Return the match of an order with the adverbs before it (都要, 平时应当)."""
    first = max(start + _SHORTEST, order - _LONGEST_MANNER)
    for place in range(first, order + 1):
        match = order_at(text, place, end)
        if match and match.end() > order:
            return match
    return None


def _is_no_name(text: str, start: int, stop: int) -> bool:
    if text.startswith("有", start) and not text.startswith("有关", start):
        return True  # 有专人负责
    starts = subject_language().no_name_start.pattern
    return bool(starts.match(text, start, stop)) or holds_no_name(text, start, stop)


def _of_name(name: str) -> int:
    scale = subject_language().scale
    last = re.split("[、和及与]", name)[-1] or name
    # 召集|人, 分管|副总: a verb right before the end makes a name.
    ends = [
        entry.pattern.search(name) for entry in subject_language().evidence if entry.of == "end"
    ]
    rest = min((found.start() for found in ends if found), default=len(name)) - _VERB
    inner = any(verb_at(name, place) for place in range(rest))
    return _weigh("beginning", name) + _weigh("end", last) + scale.holds_verb * inner


def _of_predicate(text: str, start: int) -> int:
    scale = subject_language().scale
    return _weigh("predicate", text, start) + scale.acts * opens_predicate(text, start)


def _weigh(of: str, text: str, start: int = 0) -> int:
    return sum(
        entry.weight
        for entry in subject_language().evidence
        if entry.of == of
        and (entry.pattern.search(text) if of.endswith("end") else entry.pattern.match(text, start))
    )
