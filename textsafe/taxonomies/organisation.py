"""Names of bodies and persons, and the levels of bodies: ``data/organisations.toml``."""

from __future__ import annotations

import re
from functools import cache
from typing import Annotated

from pydantic import Field, StringConstraints

from textsafe.document import Model
from textsafe.records import Level
from textsafe.taxonomies.loading import Examples, Id, Source, Words, load

# A sentence, a bar, and the name that must be found in it.
NamedExamples = Annotated[
    tuple[Annotated[str, StringConstraints(pattern=r"^[^|\s]+\|[^|\s]+$")], ...],
    Field(min_length=1),
]


class NameWords(Model):
    """Words by which names of one kind are known.

    Attributes:
        words: What the names end in, consist of, or hold; the table says which.
        public: Whether they are party, government and other public bodies, which a bracket may
            charge with a task by their mere name.
        acts: Whether they are somebody; premises (场所, 市场) are also where others act.
        source: Where the words were seen.
        yes: Sentences with the name that must be found in them.
        no: Sentences in which no party is found.
    """

    id: Id
    words: Words
    public: bool = False
    acts: bool = True
    source: Source
    yes: NamedExamples
    no: Examples


class LevelName(Model):
    """How the name of a body tells its administrative level.

    Attributes:
        pattern: Is found in names of this level.
        yes: Names of this level.
        no: Names of other levels.
    """

    id: Level
    pattern: re.Pattern[str]
    source: Source
    yes: Examples
    no: Examples


class Organisations(Model):
    """The whole of ``data/organisations.toml``.

    Attributes:
        head: What names end in.
        short: Departments called by their work alone.
        joined: Names that hold a conjunction of their own.
        joined_tail: What a conjunction joins to the name before it.
        level: The first level whose pattern is found is that of the body.
    """

    head: tuple[NameWords, ...]
    short: tuple[NameWords, ...]
    joined: tuple[NameWords, ...]
    joined_tail: tuple[NameWords, ...]
    level: tuple[LevelName, ...]


@cache
def organisations() -> Organisations:
    """Return ``data/organisations.toml``.

    Raises:
        DataError: The file breaks its own rules.

    >>> organisations().short[0].words[0]
    '财政'
    """
    return load("organisations", Organisations)
