"""Finding expressions of time in a sentence by their form; :mod:`.context` judges them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from textsafe.mentions.deadlines.durations import duration_at
from textsafe.mentions.deadlines.events import event_at
from textsafe.mentions.deadlines.lexicon import any_of, lexicon
from textsafe.mentions.deadlines.moments import (
    FIGURES,
    JOIN,
    Moment,
    day_at,
    lunar_day_at,
    moment_at,
    openings,
)
from textsafe.mentions.deadlines.numerals import compiled
from textsafe.mentions.deadlines.phrases import Phrase, before
from textsafe.mentions.deadlines.rhythms import rhythms_at
from textsafe.text import strip_range

_LIMIT = (
    r" (?:(?:[之以]|到来|来临|结束)?前夕?(?![后期]|[一二三四五六七八九十\d]+(?:季度|个?月))"
    r"|截?止|为止|[之以]?内)"
)
_FROM_HERE = (
    r"(?:自|从)? (?:即日|现在|今日|今天|目前|本?(?:通知|方案|意见|文件|通告|公告)?"
    r"(?:印发|下发|发布|发文|公布|公告|部署)之日)(?:起|开始)?[，,]?(?:一直|持续)?$"
)
_LEAD = (
    r"(?:不[迟晚]于|最[迟晚](?:于|不超过|在)?|截[至止](?:到|于|至)?|延[长至]至?"
    r"|(?<![直遇达得])到|至|自|从) $"
)
_LIST_MARKS = ("、", "和", "及", "与", "或")
_LIMITING_LEAD = r"不[迟晚]于|最[迟晚]|截[至止]|延"
_NUMERAL_BEFORE = r"[\d.．一二三四五六七八九十百千万第几数] $"
_LABEL_BEFORE = r"^\s*\d{1,2}(?:[.．]\d{1,2}){0,3}(?:[.．]|[.．]?\s+)$"
_NOT_THIS_YEAR = r"(?:应|适|相|便|担|充|享|正|每个)$"
_EVENT_END = r"(?P<event>[^，。；（）()\d]{1,12}?)(?:前夕?|结束[前后]?|期间|止|为止|(?=[，。；]|$))"


# What recurrences and durations begin with.
_COUNTING = frozenset(FIGURES + "每逐按逢隔半天日周旬月季年")
# Where the number of an item can end: 5.1.2 10月1日前.
_LABEL_WIDTH = 12


def scan(sentence: str, names: tuple[str, ...] = ()) -> list[Phrase]:
    """Return the expressions of time in a sentence, in order, without overlaps.

    Args:
        sentence: The sentence.
        names: Local events besides those of ``data/deadlines.toml``.

    >>> [(phrase.start, phrase.end, phrase.kind) for phrase in scan("3月至6月排查，年底前销号")]
    [(0, 5, 'span'), (8, 11, 'by')]
    """
    found: list[Phrase] = []
    position = 0
    for anchor in _anchors().finditer(sentence):
        if anchor.start() < position:
            continue
        floor = _floor(found)
        for phrase in _phrases_at(sentence, anchor.start(), floor, names):
            while found and (found[-1].end > phrase.start or _counted_from(found[-1], phrase)):
                found.pop()
            opening = found.pop() if found and _is_series(found[-1], phrase) else None
            found.append(_joined(opening, phrase) if opening else phrase)
            position = max(position, phrase.end)
    found = [_trimmed(sentence, phrase) for phrase in found]
    return _share_years(sentence, _share_limits(sentence, found))


def _counted_from(event: Phrase, phrase: Phrase) -> bool:
    """Whether an event only says what a duration counts from: 改造完成后，应在5日内…."""
    return bool(phrase.after and event.event and event.event.startswith(phrase.after))


def _trimmed(sentence: str, phrase: Phrase) -> Phrase:
    start, end = strip_range(sentence, phrase.start, phrase.end)
    return replace(phrase, start=start, end=end)


def _floor(found: list[Phrase]) -> int:
    """Return how far back an expression may begin; 即日起 and 节后 may become part of it."""
    if not found:
        return 0
    last = found[-1]
    opens = (
        last.kind == "immediate"
        or (last.kind == "span" and last.last is None)
        or (last.event is not None and last.event.endswith("后"))
    )
    return last.start if opens else last.end


@cache
def _anchors() -> re.Pattern[str]:
    """Return the pattern of the characters that an expression can begin with, or end with."""
    words = "".join(word[0] for word in lexicon().immediate.words + lexicon().ongoing.words)
    characters = set("每逐按半日周旬月季年前期后内至到—－-~～" + words)
    others = re.escape("".join(sorted(characters)))
    return re.compile(f"[{others}]|逢[周星礼]|隔[日天周月年]|{openings()}")


def _phrases_at(sentence: str, position: int, floor: int, names: tuple[str, ...]) -> list[Phrase]:
    character = sentence[position]
    if character in "前期后内":
        event = event_at(sentence, position, names)
        if event:
            return [event]
    if character in "至到—－-~～":
        here = _from_here(sentence, position)
        if here:
            return [here]
    counted: list[Phrase] = []
    if character in _COUNTING:
        counted = rhythms_at(sentence, position) or _one(duration_at(sentence, position, floor))
    return counted or _one(_word(sentence, position)) or _one(_calendar(sentence, position, floor))


def _one(phrase: Phrase | None) -> list[Phrase]:
    return [phrase] if phrase else []


def _word(sentence: str, position: int) -> Phrase | None:
    immediate = _immediate().match(sentence, position)
    if immediate:
        return Phrase(position, immediate.end(), "immediate")
    ongoing = _ongoing().match(sentence, position)
    return ongoing and Phrase(position, ongoing.end(), "ongoing", firm=False)


@cache
def _immediate() -> re.Pattern[str]:
    return re.compile(any_of(lexicon().immediate.words))


@cache
def _ongoing() -> re.Pattern[str]:
    return re.compile(any_of(lexicon().ongoing.words))


def _from_here(sentence: str, position: int) -> Phrase | None:
    """Return a span that begins at the document's date: 自即日起至年底."""
    opening = compiled(_FROM_HERE).search(before(sentence, position, 20))
    join = compiled(JOIN).match(sentence, position)
    if not opening or not join:
        return None
    start = position - len(opening[0])
    last = moment_at(sentence, join.end())
    if last:
        limit = compiled(_LIMIT).match(sentence, last.end)
        return Phrase(start, limit.end() if limit else last.end, "span", last=last)
    event = compiled(_EVENT_END).match(sentence, join.end())
    return event and Phrase(start, event.end(), "span", event=event[0])


def _calendar(sentence: str, position: int, floor: int) -> Phrase | None:
    """Return the point, period or range of the calendar that begins at `position`."""
    first = moment_at(sentence, position)
    if not first or _is_part_of_word(sentence, position):
        return None
    lead = compiled(_LEAD).search(before(sentence, position, 8, floor))
    start = position - len(lead[0]) if lead else position
    opened = lead is not None and lead[0].strip() in ("自", "从")
    last = _other_end(sentence, first)
    if last:
        limit = compiled(_LIMIT).match(sentence, last.end)
        end = limit.end() if limit else last.end
        start = start if opened else position
        return Phrase(start, end, "span", firm=opened, first=first, last=last)
    begin = compiled("(?:起(?![来草底重火步降伏吊])|开始)").match(sentence, first.end)
    if begin:
        return _series(sentence, Phrase(start, begin.end(), "span", firm=opened, first=first))
    return None if opened else _point(sentence, first, start, lead)


def _is_part_of_word(sentence: str, position: int) -> bool:
    """Whether what looks like a moment is the tail of a longer number or of 应当, 适当."""
    left = before(sentence, position, 2)
    if position <= _LABEL_WIDTH and re.match(_LABEL_BEFORE, sentence[:position]):
        return False
    return bool(
        compiled(_NUMERAL_BEFORE).search(left)
        or (sentence[position] == "当" and re.search(_NOT_THIS_YEAR, left))
    )


def _point(sentence: str, moment: Moment, start: int, lead: re.Match[str] | None) -> Phrase:
    limit = compiled(_LIMIT).match(sentence, moment.end)
    reached = lead is not None and lead[0].strip() in ("到", "至")
    firm = bool(
        limit
        or (lead and re.search(_LIMITING_LEAD, lead[0]))
        or (reached and (moment.part == "末" or moment.plan or moment.year is not None))
    )
    return Phrase(start, limit.end() if limit else moment.end, "by", firm=firm, last=moment)


def _other_end(sentence: str, first: Moment) -> Moment | None:
    """Return the second end of a range, with what it takes over from the first."""
    join = compiled(rf" (?:起|开始|份)?[，,]?(?:一直)? {JOIN} ").match(sentence, first.end)
    if not join:
        return None
    if first.lunar:
        return _other_lunar_end(sentence, first, join.end())
    last = (first.day and day_at(sentence, join.end())) or moment_at(sentence, join.end())
    if not last:
        return None
    if last.year is None and last.year_shift is None:
        last = replace(last, year=first.year, year_shift=first.year_shift)
    elif last.year_shift == 1 and first.year is not None and sentence[last.start] in "次翌":
        last = replace(last, year=first.year + 1, year_shift=None)
    if last.day is not None and last.month is None and last.month_shift is None:
        last = replace(last, month=first.month, month_shift=first.month_shift)
    return last


def _other_lunar_end(sentence: str, first: Moment, position: int) -> Moment | None:
    """Return the end of 大年三十到初六, which is in the month after where its day is earlier."""
    last = lunar_day_at(sentence, position)
    if not last:
        return moment_at(sentence, position)
    later = (last.day or 0) >= (first.day or 0)
    return replace(last, month=first.month if later else (first.month or 0) % 12 + 1)


def _series(sentence: str, opening: Phrase) -> Phrase:
    """Return `opening`, or the recurrence that begins with it: 自5月起每月25日前."""
    following = compiled("[，,]?").match(sentence, opening.end)
    rhythms = rhythms_at(sentence, following.end()) if following else []
    return replace(rhythms[0], start=opening.start) if rhythms else opening


def _is_series(opening: Phrase, phrase: Phrase) -> bool:
    """Whether a time only dates what follows: 2025—2027年每年, 9月1日开学前."""
    return (
        phrase.kind in ("recurring", "event")
        and opening.kind in ("by", "span", "event")
        and not opening.firm
        and opening.end == phrase.start
    )


def _joined(opening: Phrase, phrase: Phrase) -> Phrase:
    event = f"{opening.event}{phrase.event}" if opening.event and phrase.event else phrase.event
    return replace(phrase, start=opening.start, event=event)


def _share_limits(sentence: str, found: list[Phrase]) -> list[Phrase]:
    """Let every member of a list be as firm as its last: 6月、12月底前."""
    shared: list[Phrase] = []
    for phrase in reversed(found):
        if shared and phrase.kind == shared[-1].kind == "by" and not phrase.firm:
            between = sentence[phrase.end : shared[-1].start]
            if between in _LIST_MARKS:
                phrase = replace(phrase, firm=shared[-1].firm)  # noqa: PLW2901
        shared.append(phrase)
    return shared[::-1]


def _share_years(sentence: str, found: list[Phrase]) -> list[Phrase]:
    """Let the members of a list take over the year of the first: 2025年6月、12月底前."""
    shared: list[Phrase] = []
    for phrase in found:
        before_it = shared[-1] if shared else None
        if before_it and phrase.last and before_it.last and not phrase.last.names_year:
            between = sentence[before_it.end : phrase.start]
            if before_it.kind == phrase.kind == "by" and between in _LIST_MARKS:
                first, moment = before_it.last, phrase.last
                moment = replace(moment, year=first.year, year_shift=first.year_shift)
                shared.append(replace(phrase, last=moment))
                continue
        shared.append(phrase)
    return shared


def sentences(text: str) -> Iterator[re.Match[str]]:
    """Yield the sentences of `text`; a semicolon does not end one."""
    return compiled(r"[^。！？!?\n]+").finditer(text)
