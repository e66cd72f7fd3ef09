"""Whom a row of a table charges: its cells, the roles written in them, the group it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from textsafe.document import Span
from textsafe.extract.scopes.names import charged_by_name
from textsafe.extract.tables.entries import Entry, Value, texts
from textsafe.mentions.assignments import find_assignments, first_leads_at, party
from textsafe.mentions.bodies import split_names
from textsafe.records import Origin, Party
from textsafe.taxonomies import Column

_PARTIES: tuple[Column, ...] = ("lead", "owner", "person", "support", "supervisor")
_SAYS_ROLES = re.compile(r"牵头|配合|参与|协助|督办|负责(?!人)|[：:]")


def entry_parties(entry: Entry, text: str, *, first_is_lead: bool) -> list[Party]:
    """Return whom an entry names.

    Args:
        entry: A row of a table, or a form.
        text: The text of the document.
        first_is_lead: The document says that the first body of a list leads (列第一位者为牵头单位).
    """
    kinds = _PARTIES if entry.having(*_PARTIES) else ("site",)
    found = [
        one
        for kind in kinds
        for value in entry.having(kind)
        for one in _named(value, text, first_is_lead=first_is_lead)
    ]
    return found or _of_groups(entry, text)


def _of_groups(entry: Entry, text: str) -> list[Party]:
    """县住建局 over the rows of a table without a column of bodies: the rows are its tasks."""
    for group in reversed(entry.groups):
        parties, certain = charged_by_name(group.of(text), group.start)
        if certain:
            return [one.model_copy(update={"origin": "inherited"}) for one in parties]
    return []


def _named(value: Value, text: str, *, first_is_lead: bool) -> Iterator[Party]:
    """Yield whom a cell names; a cell may give roles of its own (A牵头，B、C配合)."""
    origin: Origin = "inherited" if value.inherited else "explicit"
    by_itself = _with_roles(value.span, text)
    if by_itself:
        for named in by_itself:
            yield named.model_copy(update={"origin": origin})
        return
    role = value.column.role if value.column else None
    if role is None or not texts([value], text):
        return
    names = list(_names(value.span, text))
    leads = (
        role == "owner"
        and (first_is_lead or first_leads_at(value.title) is not None)
        and len(names) > 1
    )
    for index, (start, end) in enumerate(names):
        own = ("support" if index else "lead") if leads else role
        yield party(text, start, end, own).model_copy(update={"origin": origin})


def _names(span: Span, text: str) -> Iterator[tuple[int, int]]:
    for start, end in split_names(text, span.start, span.end):
        for word in re.finditer(r"\S+", text[start:end]):
            yield start + word.start(), start + word.end()


def _with_roles(span: Span, text: str) -> list[Party]:
    """Read a cell as the bracket that it would be in a text: （A牵头，B、C配合）."""
    cell = span.of(text)
    if not _SAYS_ROLES.search(cell):
        return []
    whole = cell.replace("\n", "；")
    return [
        one.model_copy(update={"span": one.span.shift(span.start - 1)})
        for assignment in find_assignments(f"（{whole}）")
        for one in assignment.parties
    ]
