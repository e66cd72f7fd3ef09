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
        listed: Words that name it only before 行业, 领域 or 系统, in a list that ends so or with
            another sector, or alone as a heading.
        hints: Words that name it only where the sentence and its headings name no other sector.
        exclude: Longer words that contain one of the above and name no sector.
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
    hints: Words = ()
    exclude: Words = ()
    gbt: tuple[Annotated[str, StringConstraints(pattern=r"^[A-T]\d{0,2}$")], ...]
    departments: Words
    sources: tuple[str, ...] = Field(min_length=1)
    verified: bool
    yes: Words
    no: Words

    @property
    def words(self) -> tuple[str, ...]:
        """All words that name the sector in some place."""
        return (*self.aliases, *self.listed, *self.hints)


class ContextExample(Model):
    """A sentence, the sectors that its headings name, and those that it then names itself."""

    text: Text
    headings: tuple[Id, ...] = ()
    sectors: tuple[Id, ...] = ()


class ContextWords(Model):
    """Words whose sector depends on what is spoken of (煤气 in a kitchen and at a furnace).

    Attributes:
        words: Words that may mean several sectors, or one only where it is spoken of.
        sectors: What they may mean: those of these that the context names.
        default: What they mean where the context names none of these.
        by_sentence: Whether other words of the sentence count as context before the headings do.
        examples: Sentences with what the words mean in them.
    """

    words: Words
    sectors: tuple[Id, ...] = Field(min_length=1)
    default: tuple[Id, ...] = ()
    by_sentence: bool = True
    examples: tuple[ContextExample, ...] = Field(min_length=1)


class BodyName(Model):
    """How to see that a word is part of the name of a body, or stands for one.

    Attributes:
        fills: Words that may stand between the word and the end of the name.
        tails: Regular expressions for the end of the name (``局``, ``部门``).
        short: Words for a department in a list of departments (公安、应急、…).
        both: Words that stand for a department next to one of `short`, and else for a sector.
        yes: Sentences in which such a word names no sector.
        no: Sentences in which it does.
    """

    fills: Words
    tails: Patterns
    short: Words
    both: Words
    yes: Words
    no: Words


class SectorTable(Model):
    """The whole of ``data/sectors.toml``."""

    sector: tuple[Sector, ...]
    context: tuple[ContextWords, ...]
    bodies: BodyName
    sources: dict[str, Text]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        without_repeats(tuple(sector.id for sector in self.sector))
        named = {word for sector in self.sector for word in sector.words}
        by_context = without_repeats(tuple(word for one in self.context for word in one.words))
        if both := named.intersection(by_context):
            raise ValueError(f"named and by context: {'、'.join(sorted(both))}")
        self._check_exclude(named.union(by_context))
        known = {sector.id for sector in self.sector}
        for one in self.context:
            if unknown := {*one.sectors, *one.default}.difference(known):
                raise ValueError(f"{one.words[0]}: unknown sector {', '.join(sorted(unknown))}")
        return self

    def _check_exclude(self, named: set[str]) -> None:
        for sector in self.sector:
            if both := named.intersection(sector.exclude):
                raise ValueError(f"{sector.id}: {'、'.join(sorted(both))} is also an alias")
            for longer in sector.exclude:
                if not any(word in longer for word in named):
                    raise ValueError(f"{sector.id}: exclude {longer} contains no alias")
            if unknown := set(sector.sources).difference(self.sources):
                raise ValueError(f"{sector.id}: unknown source {', '.join(sorted(unknown))}")


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
