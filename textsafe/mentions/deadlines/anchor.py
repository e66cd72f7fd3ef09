"""What the times of a document are resolved against: its date, and the events where it holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from textsafe.taxonomies.local_event import NO_EVENTS, LocalEvents


@dataclass(frozen=True, slots=True)
class Anchor:
    """A document's place in time.

    Attributes:
        date: 成文日期, or None.
        events: The user's calendar of local events.
        places: Where the document is in force: texts that may name a region of the calendar, the
            most telling first.
    """

    date: dt.date | None = None
    events: LocalEvents = NO_EVENTS
    places: tuple[str, ...] = ()


#: Of a text without a document around it.
NOWHERE = Anchor()
