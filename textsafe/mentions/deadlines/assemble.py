"""From expressions of time to the deadlines of a record, with their days and traces."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from textsafe.document import Span
from textsafe.mentions.deadlines.anchor import Anchor
from textsafe.mentions.deadlines.calendar import festival
from textsafe.mentions.deadlines.context import is_deadline
from textsafe.mentions.deadlines.durations import end_of
from textsafe.mentions.deadlines.events import festival_of, next_festival
from textsafe.mentions.deadlines.grammar import scan
from textsafe.mentions.deadlines.lexicon import festivals
from textsafe.mentions.deadlines.local import local_days
from textsafe.mentions.deadlines.moments import Moment, moment_at
from textsafe.mentions.deadlines.phrases import Phrase
from textsafe.mentions.deadlines.resolve import NO_DATE, Period, Unresolvable, resolve
from textsafe.records import Deadline

_ISSUE = (
    r"^(?:本?(?:实施)?(?:通知|文件|方案|意见|办法|公告|通告|决定)|本)?(?:正式)?"
    r"(?:印发|下发|发布|发文|公布|制发)(?:之日)?$"
)
_NOW = r"^(?:即日|现在|今日|今天|目前)$"
_BEFORE = r"[之以]?前夕?$"
_OF_THE_PLAN = (
    r"^(?:(?:治本|集中)?攻坚)?(?:[两三四五]年)?(?:专项)?(?:整治|治理|提升|攻坚)?"
    r"(?:行动|规划|计划|方案)(?:实施)?期间$"
)
_WORKING_DAYS_UNCERTAIN = "放假安排尚未公布，按周末和法定节日推算"
_NO_DAY_FOR_EVENT = "“{event}”的日期因时因地而异"
_FESTIVAL_NOT_LISTED = "节日日期表没有这一年"
_OF_THE_TITLE = "标题所称期间"
_YEAR_OF_THE_TITLE = "按标题所称年份"
_START_NOT_NAMED = "没有写明从何时起算"
_START_UNKNOWN = "“{after}”的日期文件中没有写明"


@dataclass(slots=True)
class _Course:
    """What earlier deadlines of a sentence lend to the later ones."""

    previous: dt.date | None = None
    day: dt.date | None = None
    after: str | None = None
    every: str | None = None


@dataclass(frozen=True, slots=True)
class _Value:
    """What a deadline comes to."""

    start: dt.date | None = None
    due: dt.date | None = None
    unresolved: str | None = None
    note: str | None = None
    local: bool = False


def deadlines_of(sentence: str, offset: int, anchor: Anchor) -> list[Deadline]:
    """Return the deadlines of a sentence.

    Args:
        sentence: The sentence.
        offset: Where it begins in the text that spans count in.
        anchor: What its times are resolved against.
    """
    date = anchor.date
    phrases = scan(sentence, anchor.events.names)
    if not phrases or _is_dateline(sentence, phrases):
        return []
    course = _Course()
    found: list[Deadline] = []
    for written in phrases:
        phrase = _in_course(sentence, written, course)
        value = _evaluate(phrase, anchor, course)
        first, last = value.start or value.due, value.due or value.start
        period = Period(first, last) if first and last else None
        if is_deadline(sentence, phrase, period, date):
            found.append(_record(sentence, offset, phrase, value, date))
            _remember(course, phrase, value, date)
    return found


def _is_dateline(sentence: str, phrases: list[Phrase]) -> bool:
    """Whether a line is nothing but a date, as under a signature."""
    phrase = phrases[0]
    return (
        phrase.kind == "by"
        and not phrase.firm
        and not (sentence[: phrase.start] + sentence[phrase.end :]).strip("（）() \t\u3000")
        and "\t" not in sentence
    )


def _in_course(sentence: str, phrase: Phrase, course: _Course) -> Phrase:
    """Return `phrase` with what it takes over from the deadline before it."""
    if phrase.kind == "relative" and phrase.after is None:
        return replace(phrase, after=course.after)
    moment = phrase.last
    if phrase.kind == "by" and phrase.firm and moment and _recurs(moment, course.every):
        due = sentence[phrase.start : phrase.end]
        return replace(phrase, kind="recurring", every=course.every, due=due, last=None)
    if phrase.kind == "by" and moment and moment.is_bare_day and course.day:
        month = replace(moment, year=course.day.year, month=course.day.month)
        return replace(phrase, last=month)
    return phrase


def _recurs(moment: Moment, every: str | None) -> bool:
    """Whether a day goes on with a recurrence before it: 每年6月底前…，12月底前…."""
    if every == "P1Y":
        return moment.month is not None and moment.year is None and moment.year_shift != 0
    return every == "P1M" and moment.is_bare_day


def _remember(course: _Course, phrase: Phrase, value: _Value, date: dt.date | None) -> None:
    if phrase.kind == "relative":
        course.after = phrase.after or course.after
    moment = phrase.last
    if phrase.kind == "by":
        course.day = value.due
    if phrase.kind == "recurring":
        course.every = phrase.every
    if moment and moment.names_year and value.due and (date is None or value.due.year > date.year):
        course.previous = value.due


def _evaluate(phrase: Phrase, anchor: Anchor, course: _Course) -> _Value:
    try:
        if phrase.kind in ("by", "span"):
            return _calendar(phrase, anchor, course.previous)
        if phrase.kind == "relative":
            return _relative(phrase, anchor.date)
        if phrase.kind == "event":
            return _event(phrase.event or "", anchor)
    except Unresolvable as reason:
        return _Value(unresolved=str(reason))
    return _Value()


def _calendar(phrase: Phrase, anchor: Anchor, previous: dt.date | None) -> _Value:
    date = anchor.date
    year = anchor.years[0] if anchor.years and anchor.years[0] == anchor.years[1] else None
    if phrase.kind == "by" and phrase.last:
        undated = date is None and previous is None and phrase.last.year is None
        note = _YEAR_OF_THE_TITLE if undated and year else None
        return _Value(due=resolve(phrase.last, date, previous, year).last, note=note)
    if phrase.first is None:
        if date is None:
            raise Unresolvable(NO_DATE)
        if phrase.last is None:
            return replace(_event(phrase.event or "", anchor), start=date)
        due = resolve(phrase.last, date, previous).last
        # An end in a year gone by (a slip of the pen) stays as written; then it has no beginning.
        return _Value(date if date <= due else None, due)
    first = resolve(phrase.first, date, previous, year)
    if phrase.last is None:
        return _Value(start=first.first)
    last = resolve(phrase.last, date, previous, year)
    if last.last < first.first:
        following = max(first.first, date) if date else first.first
        last = resolve(replace(phrase.last, year=None, year_shift=None), following)
    return _Value(first.first, last.last)


def _relative(phrase: Phrase, date: dt.date | None) -> _Value:
    after = phrase.after
    started = moment_at(after, 0) if after else None
    if after and started and started.end == len(after.removesuffix("之日")):
        date = resolve(started, date).last
    elif after and not re.search(f"{_ISSUE}|{_NOW}", after):
        return _Value(unresolved=_START_UNKNOWN.format(after=after))
    if (phrase.duration or "").startswith("PT"):
        return _Value(unresolved=_START_NOT_NAMED)
    if date is None:
        raise Unresolvable(NO_DATE)
    due, certain = end_of(date, phrase.duration or "", working_days=phrase.working_days)
    return _Value(due=due, note=None if certain else _WORKING_DAYS_UNCERTAIN)


def _event(event: str, anchor: Anchor) -> _Value:
    local = local_days(event, anchor)
    if local:
        return _Value(local.start, local.due, note=local.entry, local=True)
    if anchor.years and anchor.years[0] < anchor.years[1] and re.search(_OF_THE_PLAN, event):
        first, last = dt.date(anchor.years[0], 1, 1), dt.date(anchor.years[1], 12, 31)
        return _Value(first, last, note=_OF_THE_TITLE, local=True)
    date = anchor.date
    name = festival_of(event)
    if name is None or not re.search(_BEFORE, event):
        return _Value(unresolved=_NO_DAY_FOR_EVENT.format(event=event))
    if date is None:
        raise Unresolvable(NO_DATE)
    moment = moment_at(event, 0)
    if moment and moment.names_year:
        day = festival(name, resolve(moment, date).last.year)
    else:
        day = next_festival(name, date)
    if day is None:
        return _Value(unresolved=_FESTIVAL_NOT_LISTED)
    return _Value(due=day - dt.timedelta(days=1))


def _record(
    sentence: str, offset: int, phrase: Phrase, value: _Value, date: dt.date | None
) -> Deadline:
    text = sentence[phrase.start : phrase.end]
    kind = phrase.kind
    if kind == "event" and value.due and not value.local:
        name = festival_of(phrase.event or "")
        kind = festivals()[name].kind if name else kind
    due = value.due.isoformat() if value.due else phrase.due
    return Deadline(
        text=text,
        kind=kind,
        span=Span(start=offset + phrase.start, end=offset + phrase.end),
        start=value.start,
        due=due,
        every=phrase.every,
        after=phrase.after,
        duration=phrase.duration,
        working_days=phrase.working_days,
        event=phrase.event if phrase.kind == "event" else None,
        trace=_trace(text, value, date),
        unresolved=value.unresolved,
    )


def _trace(text: str, value: _Value, date: dt.date | None) -> str | None:
    days = " 至 ".join(day.isoformat() for day in (value.start, value.due) if day)
    if not days:
        return None
    seen_from = f"成文日期 {date.isoformat()}" if date else "成文日期不详"
    note = f"；{value.note}" if value.note else ""
    return f"{text} → {days} ({seen_from}{note})"
