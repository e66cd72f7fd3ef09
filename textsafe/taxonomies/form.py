"""Labels in task tables, ledgers and forms, and in rectification lists: ``data/forms.toml``."""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import Annotated, Literal

from pydantic import Field

from textsafe.document import Model
from textsafe.records import Role
from textsafe.taxonomies.loading import Examples, Patterns, Source, load

Column = Literal[
    "number", "other", "date", "level", "review", "state", "category",
    "lead", "support", "supervisor", "owner", "person", "site",
    "deadline", "plan", "result", "hazard", "measures", "task",
]  # fmt: skip
_LONGEST_TITLE = 20
CellExamples = Annotated[tuple[str, ...], Field(min_length=1)]
LedgerField = Literal["hazard", "level", "unit", "person", "deadline", "review", "state"]
RectificationField = Literal["responsibility", "measures", "funds", "deadline", "plan"]


class ColumnTitle(Model):
    """How the title of a column says what stands in it.

    Attributes:
        pattern: Is found in such titles.
        role: Role of the bodies and persons that stand in such a column.
        ledger: The field of a row of a ledger that it fills.
        source: Where they were seen.
        yes: Titles of such columns.
        no: Titles of others.
    """

    id: Column
    pattern: re.Pattern[str]
    role: Role | None = None
    ledger: LedgerField | None = None
    source: Source
    yes: Examples
    no: Examples


class CellWords(Model):
    """What stands in a cell, as regular expressions.

    Attributes:
        words: The expressions.
        source: Where they were seen.
        yes: Cells of this use.
        no: Other cells.
    """

    words: Patterns
    source: Source
    yes: CellExamples
    no: CellExamples

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """A pattern that matches any of the words; a cell is tried without white space."""
        return re.compile("|".join(self.words))


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
        column: Titles of the columns of task tables and ledgers, and labels of forms.
        total: What the first cell of a row of sums says.
        nothing: What stands in a cell where there is nothing to tell.
        form_task: What a field of a form asks for in which tasks are written.
        rectification: Labels of the five things of a rectification.
    """

    column: tuple[ColumnTitle, ...]
    total: CellWords
    nothing: CellWords
    form_task: CellWords
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


def column_of(title: str) -> ColumnTitle | None:
    """Return what the title of a column, or the label of a field of a form, says stands there.

    >>> [column_of(title).id for title in ("责任单位（配合单位）", "整改期限：", "隐 患 内 容")]
    ['owner', 'deadline', 'hazard']
    """
    whole = re.sub(r"\s", "", title).rstrip("：:")
    plain = re.sub(r"[（(][^（）()]*[）)]", "", whole)
    for said in (plain, whole):
        if len(said) <= _LONGEST_TITLE:
            found = next((entry for entry in forms().column if entry.pattern.search(said)), None)
            if found is not None:
                return found
    return None
