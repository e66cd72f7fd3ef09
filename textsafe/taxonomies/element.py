"""Elements of an official document on lines of their own: ``data/elements.toml``."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from textsafe.document import ElementKind, Model
from textsafe.taxonomies.loading import Examples, Source, Text, load

ElementPlace = Literal["head", "body", "foot"]


class ElementLine(Model):
    """How a line shows which element of the document it is.

    Attributes:
        name: What GB/T 9704 calls it.
        place: Before the body, in it, or behind the signature.
        pattern: Matches from the first character of the line.
        source: The clause that asks for it.
        yes: Such lines.
        no: Other lines.
    """

    id: ElementKind
    name: Text
    place: ElementPlace
    pattern: re.Pattern[str]
    source: Source
    yes: Examples
    no: Examples


class Elements(Model):
    """The whole of ``data/elements.toml``; the first entry that fits decides."""

    element: tuple[ElementLine, ...]


@cache
def elements() -> Elements:
    """Return ``data/elements.toml``.

    Raises:
        DataError: The file breaks its own rules.

    >>> elements().element[0].name
    '份号'
    """
    return load("elements", Elements)
