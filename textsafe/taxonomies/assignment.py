"""Words of assignment (牵头, 配合单位：): ``data/assignments.toml``."""

from __future__ import annotations

import re
from functools import cache

from textsafe.document import Model
from textsafe.records import Role
from textsafe.taxonomies.loading import Examples, Source, load


class RoleWording(Model):
    """A wording that gives a role to those who are named before or after it.

    Attributes:
        pattern: Its regular expression.
        source: Where it was seen.
        yes: Stretches that give this role.
        no: Stretches that do not.
    """

    role: Role
    pattern: re.Pattern[str]
    source: Source
    yes: Examples
    no: Examples


class AssignmentLanguage(Model):
    """The whole of ``data/assignments.toml``.

    Attributes:
        keyword: Words after a name: 县住建局牵头.
        slot: Labels before a colon: 牵头单位：县住建局.
    """

    keyword: tuple[RoleWording, ...]
    slot: tuple[RoleWording, ...]


@cache
def assignment_language() -> AssignmentLanguage:
    """Return ``data/assignments.toml``.

    Raises:
        DataError: The file breaks its own rules.

    >>> assignment_language().keyword[0].role
    'lead'
    """
    return load("assignments", AssignmentLanguage)
