"""Local events: a TOML file of the user that dates 汛期, 供暖季 or 市两会."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections import Counter
from functools import cached_property
from pathlib import Path
from typing import Annotated, NoReturn

from pydantic import BeforeValidator, ValidationError, ValidationInfo, field_validator

from textsafe.document import Model
from textsafe.errors import UsageError
from textsafe.taxonomies.loading import RunningWords, Text

_MONTH_DAY = re.compile(r"(\d{2})-(\d{2})")
_LEAP_YEAR = 2000
_WRONG_FIELD = {"extra_forbidden": "events_unknown", "missing": "events_missing"}


def _day(value: object) -> object:
    """Read ``05-15``, ``2025-05-15`` or a date of TOML; the first is kept as it is."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    if not isinstance(value, str):
        raise ValueError("not a day")  # noqa: TRY004 - pydantic collects only ValueError
    yearly = _MONTH_DAY.fullmatch(value)
    if yearly:
        dt.date(_LEAP_YEAR, int(yearly[1]), int(yearly[2]))
        return value
    return dt.date.fromisoformat(value)


Day = Annotated[dt.date | str, BeforeValidator(_day)]


class LocalEvent(Model):
    """An event with the days on which it begins and ends in a region.

    Attributes:
        name: How documents call it.
        aliases: Other ways in which they write it.
        region: Names of the places it holds for, as they stand in an issuer's name; empty for all.
        start: First day: ``MM-DD`` of every year, or a date.
        end: Last day, written like `start`; an ``MM-DD`` before it is one of the next year.
    """

    name: Text
    aliases: RunningWords = ()
    region: RunningWords = ()
    start: Day
    end: Day

    @field_validator("end")
    @classmethod
    def _fits(cls, end: dt.date | str, info: ValidationInfo) -> dt.date | str:
        start = info.data.get("start", end)
        if isinstance(start, dt.date) and isinstance(end, dt.date) and start <= end:
            return end
        if isinstance(start, str) and isinstance(end, str):
            return end
        raise ValueError("end does not fit start")

    @property
    def year(self) -> int | None:
        """The only year it begins in; None where it recurs every year."""
        return self.start.year if isinstance(self.start, dt.date) else None

    def beginning_in(self, year: int) -> tuple[dt.date, dt.date]:
        """Return the first and the last day of the event that begins in `year`.

        >>> event = LocalEvent(name="供暖季", start="11-15", end="03-15")
        >>> [str(day) for day in event.beginning_in(2024)]
        ['2024-11-15', '2025-03-15']
        """
        start, end = _in_year(self.start, year), _in_year(self.end, year)
        return start, end if end >= start else _in_year(self.end, year + 1)


def _in_year(day: dt.date | str, year: int) -> dt.date:
    if isinstance(day, dt.date):
        return day
    month, number = (int(part) for part in day.split("-"))
    try:
        return dt.date(year, month, number)
    except ValueError:  # 29 February
        return dt.date(year, month, number - 1)


class LocalEvents(Model):
    """A calendar of local events.

    Attributes:
        event: Its entries.
        source: Name of the file, for traces.
    """

    event: tuple[LocalEvent, ...] = ()
    source: str = ""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All names and aliases."""
        return tuple(dict.fromkeys(name for event in self.event for name in _names(event)))

    @cached_property
    def by_name(self) -> dict[str, tuple[LocalEvent, ...]]:
        """The entries under each of their names and aliases."""
        return {
            name: tuple(event for event in self.event if name in _names(event))
            for name in self.names
        }

    def of_region(self, name: str, places: tuple[str, ...]) -> tuple[LocalEvent, ...]:
        """Return the entries named `name` that hold where a document is in force.

        Args:
            name: Name or alias of the event.
            places: Texts that say where that is, the most telling first: issuer, then title. In
                the first that names a region of the calendar, the name furthest right decides
                (岭川省白沙市 is 白沙市); where none does, entries without a region hold.
        """
        named = self.by_name.get(name, ())
        for place in places:
            last = {event: _last_place(event, place) for event in named}
            furthest = max(last.values(), default=0)
            if furthest:
                return tuple(event for event in named if last[event] == furthest)
        return tuple(event for event in named if not event.region)


def _names(event: LocalEvent) -> tuple[str, ...]:
    return (event.name, *event.aliases)


def _last_place(event: LocalEvent, place: str) -> int:
    """Return where the last mention of the event's region ends in `place`, or 0."""
    return max(
        (place.rfind(region) + len(region) for region in event.region if region in place), default=0
    )


NO_EVENTS = LocalEvents()


def load_events(path: str | Path) -> LocalEvents:
    """Return the calendar of local events in a TOML file.

    Args:
        path: A file of ``[[event]]`` entries with ``name``, ``start``, ``end`` and, where they
            help, ``aliases`` and ``region``.

    Raises:
        UsageError: The file cannot be read, is not TOML, or an entry of it is wrong.

    >>> load_events("docs/how-to/events.toml").by_name["汛期"][0].start
    '05-01'
    """
    name = Path(path).name
    try:
        data = tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError("events_unreadable", path=path, reason=reason) from error
    except ValueError as error:
        raise UsageError("events_not_toml", path=path, reason=error) from error
    try:
        found = LocalEvents.model_validate({**data, "source": name})
    except ValidationError as error:
        _refuse(path, error)
    _check(found, path)
    return found


def _refuse(path: str | Path, error: ValidationError) -> NoReturn:
    first = error.errors()[0]
    place = first["loc"]
    number = next((part + 1 for part in place if isinstance(part, int)), 0)
    field = next((part for part in reversed(place) if part in LocalEvent.model_fields), place[-1])
    key = _WRONG_FIELD.get(first["type"], "events_wrong")
    if not number:
        raise UsageError("events_unknown" if field != "event" else "events_none", path=path,
                         number=number, field=field)  # fmt: skip
    raise UsageError(key, path=path, number=number, field=field, value=first["input"]) from error


def _check(found: LocalEvents, path: str | Path) -> None:
    """Refuse a calendar that says nothing, or two things about one event."""
    if not found.event:
        raise UsageError("events_none", path=path)
    said = Counter(
        (name, region, event.year)
        for event in found.event
        for name in dict.fromkeys(_names(event))
        for region in event.region or ("",)
    )
    (name, region, _), count = said.most_common(1)[0]
    if count > 1:
        raise UsageError("events_repeated", path=path, name=name, region=region or "–")
