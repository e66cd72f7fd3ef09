"""Days of events that the user's calendar dates: 汛期前, 供暖季结束前, 今年市两会期间."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from textsafe.mentions.deadlines.anchor import Anchor
from textsafe.mentions.deadlines.moments import moment_at
from textsafe.mentions.deadlines.numerals import compiled
from textsafe.mentions.deadlines.resolve import NO_DATE, Unresolvable, resolve
from textsafe.taxonomies.local_event import LocalEvent

_DAY = dt.timedelta(days=1)
_QUOTES = str.maketrans("", "", '“”"‘’ \t\u3000')
_WHICH_YEAR = r"(?:\d{4}年|[一二][〇零○一二三四五六七八九]{3}年|[今明来本当]年度?|本年度|每年)的?"
_OF_ALL = r"^(?:全|我|本)[省市县区州盟旗]"
_EDGE = (
    r"(?P<point>(?:正式)?(?:来临|到来|开始|启动)|结束|终了)?"
    r"(?P<side>(?:[之以]?前夕?)|期间|[之以]?内|[之以]?后|止|为止)?$"
)
_PERIOD_END = "期季会节假月日年考运"

_ELSEWHERE = "事件日历“{source}”只有其他地区（{regions}）的“{name}”"
_NOT_AGAIN = "事件日历“{source}”没有这一天以后的“{name}”"


@dataclass(frozen=True, slots=True)
class Dated:
    """First and last day that an event leaves for a task, and the entry that says so."""

    start: dt.date | None
    due: dt.date | None
    entry: str


def local_days(event: str, anchor: Anchor) -> Dated | None:
    """Return the days that the calendar of `anchor` gives an event, or None where it has no such.

    Args:
        event: The event as written, with what stands before (今年) and after it (前, 期间).
        anchor: The document's date, events and places.

    Raises:
        Unresolvable: The calendar knows the event, but not there, or not then.
    """
    if not anchor.events.names:
        return None
    year = compiled(_WHICH_YEAR).match(event)
    rest = event[year.end() if year else 0 :].translate(_QUOTES)
    edge = compiled(_EDGE).search(rest)
    name = _known(rest[: edge.start()], anchor) if edge else None
    if edge is None or name is None:
        return None
    return _dated(name, edge["point"] or "", edge["side"] or "", _year_of(event, anchor), anchor)


def _known(written: str, anchor: Anchor) -> str | None:
    for name in (written, re.sub(_OF_ALL, "", written)):
        if name in anchor.events.by_name:
            return name
    return None


def _year_of(event: str, anchor: Anchor) -> int | None:
    moment = moment_at(event, 0)
    return resolve(moment, anchor.date).last.year if moment and moment.names_year else None


def _dated(name: str, point: str, side: str, year: int | None, anchor: Anchor) -> Dated:
    entries = anchor.events.of_region(name, anchor.places)
    source = anchor.events.source
    if not entries:
        regions = "、".join(r for e in anchor.events.by_name[name] for r in e.region)
        raise Unresolvable(_ELSEWHERE.format(source=source, regions=regions, name=name))
    if year is None and anchor.date is None and all(entry.year is None for entry in entries):
        raise Unresolvable(NO_DATE)
    for entry, (first, last) in _occurrences(entries, year, anchor.date):
        start, due = _edges(name, first, last, point, side)
        if year is not None or anchor.date is None or (due or last) >= anchor.date:
            return Dated(start, due, _as_written(entry, source))
    raise Unresolvable(_NOT_AGAIN.format(source=source, name=name))


def _occurrences(
    entries: tuple[LocalEvent, ...], year: int | None, date: dt.date | None
) -> list[tuple[LocalEvent, tuple[dt.date, dt.date]]]:
    """Return the events of the years in question, in order; an entry for one year goes first."""
    years = [year] if year is not None else _years_around(entries, date)
    found = []
    for one in years:
        of_year = [e for e in entries if e.year == one] or [e for e in entries if e.year is None]
        found += [(entry, entry.beginning_in(one)) for entry in of_year]
    return sorted(found, key=lambda pair: pair[1])


def _years_around(entries: tuple[LocalEvent, ...], date: dt.date | None) -> list[int]:
    if date is None:
        return sorted({entry.year for entry in entries if entry.year is not None})
    return [date.year - 1, date.year, date.year + 1]


def _edges(
    name: str, first: dt.date, last: dt.date, point: str, side: str
) -> tuple[dt.date | None, dt.date | None]:
    """Return the days that 前, 期间 or 后 leaves of an event."""
    ends = point in ("结束", "终了")
    if "前" in side:
        return None, last if ends else first - _DAY
    if "后" in side:
        over = ends or (not point and name.endswith(tuple(_PERIOD_END)))
        return (last + _DAY if over else first), None
    return (None, last) if ends else (first, last)


def _as_written(entry: LocalEvent, source: str) -> str:
    where = f"（{'、'.join(entry.region)}）" if entry.region else ""
    return f"事件日历“{source}”：{entry.name}{where} {entry.start} 至 {entry.end}"
