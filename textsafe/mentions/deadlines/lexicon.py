"""The words of ``data/deadlines.toml``, read once and checked."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from textsafe.document import Model
from textsafe.records import DeadlineKind
from textsafe.taxonomies import load

_DAY = r"^(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$"
Sentences = Annotated[tuple[str, ...], Field(min_length=1)]


def _compiles(pattern: str) -> str:
    re.compile(pattern)
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]


class Festival(Model):
    """A festival with a day of its own.

    Attributes:
        id: Its full name.
        names: How it is written, as regular expressions.
        kind: ``by`` where the day before is the deadline, ``event`` where the event is.
        day: ``MM-DD`` of a festival of the solar calendar.
        lunar: ``MM-DD`` of a festival of the lunar calendar; the 30th is the last day of its month.
        first_year: Year of the first of `days`.
        days: ``MM-DD`` of each year, for one that moves otherwise.
        days_off: Number of statutory days off.
        days_off_from: First day off, counted from the festival itself.
    """

    id: str
    names: tuple[Pattern, ...]
    kind: Literal["by", "event"]
    source: str
    day: Annotated[str, Field(pattern=_DAY)] | None = None
    lunar: Annotated[str, Field(pattern=_DAY)] | None = None
    first_year: int = 0
    days: tuple[Annotated[str, Field(pattern=_DAY)], ...] = ()
    days_off: int
    days_off_from: int
    yes: Sentences
    no: Sentences


class Lunar(Model):
    """The lunar calendar.

    Attributes:
        first_day: New Year's Day of the first year.
        years: Lengths of the months of each year, 1 for thirty days and 0 for twenty-nine; before
            a colon the month that a leap month follows.
    """

    first_day: dt.date
    source: str
    years: tuple[Annotated[str, Field(pattern=r"^(?:\d{1,2}:[01]{13}|[01]{12})$")], ...]
    yes: Sentences
    no: Sentences


class Words(Model):
    """Words of one use, as regular expressions.

    Attributes:
        words: The words.
        source: Where they were seen.
        yes: Sentences that hold a deadline because of such a word.
        no: Sentences that hold such a word and no deadline.
    """

    words: tuple[Pattern, ...]
    source: str
    yes: Sentences
    no: Sentences


class Trap(Model):
    """A context in which an expression of time is no deadline.

    Attributes:
        left: Regular expression for the end of the text before the expression.
        text: Regular expression for the end of the expression itself.
        right: Regular expression for the beginning of the text after it.
        kinds: The kinds of expression it applies to.
        firm: Whether it also holds for expressions that state a limit (6月底前).
        why: The reason.
    """

    id: str
    left: Pattern = ""
    text: Pattern = ""
    right: Pattern = ""
    kinds: tuple[DeadlineKind, ...]
    firm: bool
    why: str
    source: str
    yes: Sentences
    no: Sentences


class Lexicon(Model):
    """All of ``data/deadlines.toml``."""

    festivals: tuple[Festival, ...]
    lunar: Lunar
    seasons: Words
    acts: Words
    periods: Words
    immediate: Words
    ongoing: Words
    slots: Words
    orders: Words
    actions: Words
    completions: Words
    traps: tuple[Trap, ...]


@cache
def lexicon() -> Lexicon:
    """Return the words of deadlines.

    Raises:
        DataError: The file breaks its own rules.

    >>> lexicon().festivals[0].day
    '01-01'
    """
    return load("deadlines", Lexicon)


@cache
def festivals() -> dict[str, Festival]:
    """Return the festivals by their full names.

    >>> festivals()["国庆节"].day
    '10-01'
    """
    return {festival.id: festival for festival in lexicon().festivals}


def any_of(words: tuple[str, ...] | list[str]) -> str:
    """Return a regular expression for any of `words`, the longest first.

    >>> any_of(("汛期", "主汛期"))
    '(?:主汛期|汛期)'
    """
    return f"(?:{'|'.join(sorted(words, key=lambda word: (-len(word), word)))})"
