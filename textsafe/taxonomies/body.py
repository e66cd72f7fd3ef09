"""Departments by their names of today, short and former names: ``data/bodies.toml``."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from pydantic import Field, StringConstraints

from textsafe.document import Model
from textsafe.taxonomies.loading import Examples, Id, Source, Text, Words, load

# A name as written, a bar, and the name that is in force.
Renamings = Annotated[
    tuple[Annotated[str, StringConstraints(pattern=r"^[^|\s]+\|[^|\s]+$")], ...],
    Field(min_length=1),
]


class FormerName(Model):
    """What a department was called before.

    Attributes:
        words: The work of the department in its former names.
        reason: The reform that renamed it, in Chinese.
    """

    words: Words
    reason: Source


class Department(Model):
    """A department whose name is a place, its work, and what the body is.

    Attributes:
        name: The work in the full name.
        short: The work in short forms.
        former: The work in former names.
        yes: Names as written with their canonical names.
        no: Names that are left as they are.
    """

    id: Id
    name: Text
    short: Words = ()
    former: tuple[FormerName, ...] = ()
    source: Source
    yes: Renamings
    no: Examples


class SpecialName(Model):
    """Other names of a body, with the name in force and the reform, where it was renamed."""

    words: Annotated[Words, Field(min_length=1)]
    name: Text
    reason: str | None = None


class Body(Model):
    """A body whose name has no such parts.

    Attributes:
        words: Its short names.
        special: Other names, each with a full name of its own.
        whole: Its names stand without a place or level before them.
        yes: Names as written with their canonical names.
        no: Names that are left as they are.
    """

    id: Id
    name: Text
    whole: bool = False
    words: Words = ()
    special: tuple[SpecialName, ...] = ()
    source: Source
    yes: Renamings
    no: Examples


class Kinds(Model):
    """What a body is (局, 委): as written, and in full."""

    full: dict[Text, Text]
    source: Source


class Bodies(Model):
    """The whole of ``data/bodies.toml``."""

    kinds: Kinds
    department: tuple[Department, ...]
    body: tuple[Body, ...]


@cache
def bodies() -> Bodies:
    """Return ``data/bodies.toml``.

    Raises:
        DataError: The file breaks its own rules.

    >>> bodies().department[0].name
    '应急管理'
    """
    return load("bodies", Bodies)
