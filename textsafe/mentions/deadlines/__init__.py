"""Deadlines in official Chinese: 6月底前, 自印发之日起30日内, 每季度首月10日前, 春节前.

The way of a sentence through the package: :mod:`.grammar` finds expressions of time by their form
(:mod:`.moments`, :mod:`.durations`, :mod:`.rhythms`, :mod:`.events`), :mod:`.context` decides which
of them limit a task, :mod:`.resolve`, :mod:`.calendar` and :mod:`.local` give them days, seen from
an :mod:`.anchor`.
"""

from __future__ import annotations

import datetime as dt

from textsafe.mentions.deadlines.anchor import NOWHERE, Anchor, years_of
from textsafe.mentions.deadlines.assemble import deadlines_of
from textsafe.mentions.deadlines.grammar import sentences
from textsafe.records import Deadline
from textsafe.taxonomies.local_event import NO_EVENTS, LocalEvents

__all__ = ["NOWHERE", "Anchor", "deadlines_in", "find_deadlines", "years_of"]


def find_deadlines(
    text: str,
    date: dt.date | None,
    *,
    events: LocalEvents | None = None,
    region: str | None = None,
) -> list[Deadline]:
    """Return the deadlines in `text`, in order and without overlaps.

    Times of past facts, statistics, plan names, document numbers and the like are no deadlines;
    ``data/deadlines.toml`` lists these traps. What `date` is needed for and cannot be given stays
    without a value and says why in ``unresolved``; today's date is never used.

    Args:
        text: Any stretch of text, from a clause to a whole document.
        date: The document's date (成文日期), or None where it has none.
        events: The days of local events, as :func:`textsafe.load_events` reads them.
        region: Where the text is in force, such as 临江市; chooses among the events.

    >>> [deadline] = find_deadlines("各镇要于6月底前完成排查。", dt.date(2020, 3, 11))
    >>> (deadline.text, deadline.due, deadline.trace)
    ('6月底前', '2020-06-30', '6月底前 → 2020-06-30 (成文日期 2020-03-11)')
    """
    return deadlines_in(text, Anchor(date, events or NO_EVENTS, (region,) if region else ()))


def deadlines_in(text: str, anchor: Anchor) -> list[Deadline]:
    """Return the deadlines in `text`, resolved against `anchor`; see :func:`find_deadlines`."""
    found: list[Deadline] = []
    for match in sentences(text):
        found.extend(deadlines_of(match[0], match.start(), anchor))
    return found
