"""What is a name in a sentence and what is not: ``data/subject_language.toml``."""

from __future__ import annotations

from functools import cache

from textsafe.document import Model
from textsafe.taxonomies.loading import Wording, WordList, load


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


@cache
def subject_language() -> SubjectLanguage:
    """Return ``data/subject_language.toml``.

    Raises:
        DataError: The file breaks its own rules.

    >>> "部门" in subject_language().empty_heads.words
    True
    """
    return load("subject_language", SubjectLanguage)
