"""What the times of a document are resolved against: its date, and the events where it holds."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from textsafe.taxonomies.local_event import NO_EVENTS, LocalEvents

_RANGE = re.compile(r"(20\d\d) ?年? ?[—－–―~～至到-]{1,2} ?(20\d\d) ?年")
_ONE = re.compile(r"(?<!\d)(20\d\d) ?年")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A document's place in time.

    Attributes:
        date: 成文日期, or None.
        events: The user's calendar of local events.
        places: Where the document is in force: texts that may name a region of the calendar, the
            most telling first.
        years: First and last year that its title names, as of a plan (2024—2026年); they stand in
            for a date that is missing and say how long 三年行动期间 is.
    """

    date: dt.date | None = None
    events: LocalEvents = NO_EVENTS
    places: tuple[str, ...] = ()
    years: tuple[int, int] | None = None


#: Of a text without a document around it.
NOWHERE = Anchor()


def years_of(title: str) -> tuple[int, int] | None:
    """Return the first and the last year that a title speaks of, or None.

    >>> years_of("临江市治本攻坚三年行动方案（2024—2026年）")
    (2024, 2026)
    >>> years_of("关于开展2023年“安全生产月”活动的通知")
    (2023, 2023)
    >>> years_of("关于对照2022年版导则做好2023年自查的通知") is None
    True
    """
    plain = unicodedata.normalize("NFKC", title)
    if period := _RANGE.search(plain):
        first, last = int(period[1]), int(period[2])
        return (first, last) if first <= last else None
    named = {int(year) for year in _ONE.findall(plain)}
    return (one := named.pop(), one) if len(named) == 1 else None
