"""The sectors of work safety (行业领域): ``data/sectors.toml``."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from textsafe.document import Model
from textsafe.taxonomies.loading import Id, Patterns, Text, Words, load, without_repeats


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
        without_repeats(tuple(sector.id for sector in self.sector))
        named = {word for sector in self.sector for word in (*sector.aliases, *sector.listed)}
        for sector in self.sector:
            both = named.intersection(sector.exclude)
            if both:
                raise ValueError(f"{sector.id}: {'、'.join(sorted(both))} is also an alias")
            unknown = set(sector.sources).difference(self.sources)
            if unknown:
                raise ValueError(f"{sector.id}: unknown source {', '.join(sorted(unknown))}")
        return self


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
