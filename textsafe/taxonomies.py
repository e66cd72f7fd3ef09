"""Typed, validated loading of the taxonomies under ``textsafe/data/``.

A taxonomy is a TOML file with a model of its own here, a function that loads it once, and
examples in each entry (``yes``, ``no``) that the tests run. A file that breaks its rules raises
:class:`textsafe.errors.DataError`, which names the file and what is wrong.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import Annotated, Self, TypeVar

from pydantic import AfterValidator, Field, StringConstraints, ValidationError, model_validator

from textsafe.document import Model
from textsafe.errors import DataError

M = TypeVar("M", bound=Model)


def _without_repeats(values: tuple[str, ...]) -> tuple[str, ...]:
    repeated = [value for value, count in Counter(values).items() if count > 1]
    if repeated:
        raise ValueError(f"listed twice: {'、'.join(repeated)}")
    return values


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"not a regular expression: {pattern}") from error
    return pattern


Text = Annotated[str, StringConstraints(min_length=1, pattern=r"^\S+$")]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Words = Annotated[tuple[Text, ...], AfterValidator(_without_repeats)]
Patterns = Annotated[tuple[Annotated[Text, AfterValidator(_compiles)], ...], Field(min_length=1)]


class Sector(Model):
    """A sector of work safety (行业领域) and the words that name it.

    Attributes:
        aliases: Words that name the sector wherever they stand.
        listed: Words that name it only before 行业, 领域 or 系统, or in a list that ends so.
        exclude: Longer words that contain an alias and name no sector.
        gbt: Letters and divisions of GB/T 4754-2017.
        departments: Who usually supervises it in a county; a hint for people, never a fact.
        sources: Where name and departments were seen; keys of :attr:`SectorTable.sources`.
        verified: Whether a source names the departments; if not, they are from practice.
        yes: Sentences in which the sector is found.
        no: Sentences in which it is not.
    """

    id: Id
    name: Text
    aliases: Words
    listed: Words = ()
    exclude: Words = ()
    gbt: tuple[Annotated[str, StringConstraints(pattern=r"^[A-T]\d{0,2}$")], ...]
    departments: Words
    sources: tuple[str, ...] = Field(min_length=1)
    verified: bool
    yes: Words
    no: Words

    @model_validator(mode="after")
    def _excludes_something(self) -> Self:
        words = (*self.aliases, *self.listed)
        for longer in self.exclude:
            if not any(word in longer and word != longer for word in words):
                raise ValueError(f"{self.id}: exclude {longer} contains no alias")
        return self


class BodyName(Model):
    """How to see that a word is part of the name of a body.

    Attributes:
        fills: Words that may stand between the word and the end of the name.
        tails: Regular expressions for the end of the name (``局``, ``部门``).
    """

    fills: Words
    tails: Patterns


class SectorTable(Model):
    """The whole of ``data/sectors.toml``."""

    sector: tuple[Sector, ...]
    bodies: BodyName
    sources: dict[str, Text]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        _without_repeats(tuple(sector.id for sector in self.sector))
        named = {word for sector in self.sector for word in (*sector.aliases, *sector.listed)}
        for sector in self.sector:
            both = named.intersection(sector.exclude)
            if both:
                raise ValueError(f"{sector.id}: {'、'.join(sorted(both))} is also an alias")
            unknown = set(sector.sources).difference(self.sources)
            if unknown:
                raise ValueError(f"{sector.id}: unknown source {', '.join(sorted(unknown))}")
        return self


def load(name: str, model: type[M]) -> M:
    """Return the data file `name` (without ``.toml``), checked against `model`.

    Raises:
        DataError: The file is missing, is not TOML, or breaks a rule of the model.
    """
    resource = files("textsafe") / "data" / f"{name}.toml"
    try:
        return model.model_validate(tomllib.loads(resource.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise DataError("data_invalid", file=f"{name}.toml", reason=_reason(error)) from error


def _reason(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}" if place else first["msg"]


@cache
def sector_table() -> SectorTable:
    """Return ``data/sectors.toml`` as a whole."""
    return load("sectors", SectorTable)


def sectors() -> tuple[Sector, ...]:
    """Return the sectors of work safety, in the order of the national duty lists.

    >>> sectors()[0].name
    '煤矿'
    """
    return sector_table().sector
