"""Labels in task tables and rectification lists: ``data/forms.toml``."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from textsafe.document import Model
from textsafe.records import Role
from textsafe.taxonomies.loading import Examples, Source, load

Column = Literal["task", "deadline"] | Role
RectificationField = Literal["responsibility", "measures", "funds", "deadline", "plan"]


class ColumnTitle(Model):
    """How the title of a column says what stands in it.

    Attributes:
        pattern: Is found in such titles.
        source: Where they were seen.
        yes: Titles of such columns.
        no: Titles of others.
    """

    id: Column
    pattern: re.Pattern[str]
    source: Source
    yes: Examples
    no: Examples


class RectificationLabel(Model):
    """How one of the five things of a rectification (五到位) is labelled before a colon.

    Attributes:
        pattern: Matches the whole label.
        source: Where it was seen.
        yes: Such labels.
        no: Other labels.
    """

    id: RectificationField
    pattern: re.Pattern[str]
    source: Source
    yes: Examples
    no: Examples


class Forms(Model):
    """The whole of ``data/forms.toml``; the first entry that fits decides.

    Attributes:
        column: Titles of the columns of task tables.
        rectification: Labels of the five things of a rectification.
    """

    column: tuple[ColumnTitle, ...]
    rectification: tuple[RectificationLabel, ...]


@cache
def forms() -> Forms:
    """Return ``data/forms.toml``.

    Raises:
        DataError: The file breaks its own rules.

    >>> [label.id for label in forms().rectification][:2]
    ['responsibility', 'measures']
    """
    return load("forms", Forms)
