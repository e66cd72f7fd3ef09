"""What is a name in a sentence and what is not: ``data/subject_language.toml``."""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import Literal

from textsafe.document import Model
from textsafe.taxonomies.loading import Id, Wording, WordList, load


class Evidence(Wording):
    """What speaks for or against a stretch before an order being somebody who acts.

    Attributes:
        of: What the words are tried on: the beginning of the stretch, the end of the last name
            in it (``bare end``: only where a bare verb follows, not an order), or what is ordered.
        weight: What is added where they are found; below zero they speak against it.
        yes: Stretches, or what is ordered, in which they are found.
        no: Those in which they are not.
    """

    id: Id
    of: Literal["beginning", "end", "bare end", "predicate"]
    weight: int

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """A pattern to be matched at the beginning, or searched for at the end."""
        words = "|".join(self.words)
        return re.compile(rf"(?:{words})$" if self.of.endswith("end") else words)


class Scale(Model):
    """What is counted besides the words of :class:`Evidence`.

    Attributes:
        needed: The sum from which on a stretch is somebody who acts.
        opens: Is added where the stretch opens the unit.
        acts: Is added where a verb of action is ordered.
        holds_verb: Is added where such a verb stands within the stretch.
    """

    needed: int
    opens: int
    acts: int
    holds_verb: int


class SubjectLanguage(Model):
    """The whole of ``data/subject_language.toml``; examples are stretches before an order.

    Attributes:
        no_name: A stretch that holds one is no name, whatever it ends in.
        no_name_start: A stretch that begins with one is no name.
        clause_start: What restrictive clauses begin with (涉及…的企业).
        empty_heads: Words that say nothing without the clause before them.
        predicates: What may stand after a subject besides the openers of orders.
        no_predicates: What only describes, though it begins like a predicate.
        undergoes: Orders whose subject undergoes them (人员必须纳入管理).
        tails: What may stand between a name and its predicate (的同志).
        scale: How evidence for unknown names is summed up.
        evidence: What tells those who act from things, where no known word ends a name.
        office_ends: What names end in that begin with a verb (检查组, 监管部门).
    """

    no_name: Wording
    no_name_start: Wording
    clause_start: Wording
    empty_heads: WordList
    office_ends: Wording
    predicates: Wording
    no_predicates: Wording
    undergoes: Wording
    tails: Wording
    scale: Scale
    evidence: tuple[Evidence, ...]


@cache
def subject_language() -> SubjectLanguage:
    """Return ``data/subject_language.toml``.

    Raises:
        DataError: The file breaks its own rules.

    >>> "部门" in subject_language().empty_heads.words
    True
    """
    return load("subject_language", SubjectLanguage)
