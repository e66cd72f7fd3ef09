"""What the finders of this package hand to each other: an expression of time, not yet judged."""

from __future__ import annotations

from dataclasses import dataclass

from textsafe.mentions.deadlines.moments import Moment
from textsafe.records import DeadlineKind


@dataclass(frozen=True, slots=True)
class Phrase:
    """An expression that may be a deadline, found by its form alone.

    Attributes:
        start: First character in the sentence.
        end: One past the last character.
        firm: Whether the form itself states a limit (6月底前), so that only a trap speaks against
            it; other expressions (6月) need an order beside them.
        first: Where a span begins; None where it begins at the document's date.
        last: The moment that limits; None in a span with an open end.
        every: ISO 8601 duration between two occurrences.
        due: The day inside the period of a recurrence, as written.
        after: What a duration counts from, as written.
        duration: ISO 8601 duration.
        event: The event as written.
    """

    start: int
    end: int
    kind: DeadlineKind
    firm: bool = True
    first: Moment | None = None
    last: Moment | None = None
    every: str | None = None
    due: str | None = None
    after: str | None = None
    duration: str | None = None
    working_days: bool = False
    event: str | None = None


def before(sentence: str, position: int, width: int, floor: int = 0) -> str:
    """Return up to `width` characters of `sentence` before `position`, none before `floor`."""
    return sentence[max(floor, position - width) : position]
