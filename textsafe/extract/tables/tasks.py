"""From an entry of a table to its task."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from textsafe.document import Document, Span
from textsafe.extract.identity import first_of_each, task_id
from textsafe.extract.rectification import rectification_of
from textsafe.extract.tables.dates import slot_deadlines
from textsafe.extract.tables.entries import Entry, Value, texts
from textsafe.mentions.assignments import find_assignments, party
from textsafe.mentions.bodies import split_names
from textsafe.mentions.deadlines import Anchor, deadlines_in
from textsafe.mentions.directives import judge
from textsafe.mentions.sectors import find_sectors
from textsafe.records import (
    Deadline,
    LedgerRow,
    Modality,
    Origin,
    Party,
    Rectification,
    SectorMention,
    Task,
)
from textsafe.taxonomies import Column, LedgerField, forms

_PARTIES: tuple[Column, ...] = ("lead", "owner", "person", "support", "supervisor")
_CONFIDENCE = 0.95


def entry_task(
    document: Document, anchor: Anchor, entry: Entry, section: tuple[str, ...]
) -> Task:
    """Return the task of an entry.

    Args:
        document: The document that holds the table.
        anchor: What its times are resolved against.
        entry: A row of a table, or a form.
        section: Titles of the sections that the table stands in.
    """
    text = document.text
    said = entry.main.of(text)
    action = _action(entry, text)
    groups = tuple(span.of(text) for span in entry.groups)
    return Task(
        id=task_id(document, entry.main.start, entry.main.end),
        text=said,
        span=entry.main,
        section=(*section, *groups),
        modality=_modality(entry, action, text),
        action=action.rstrip("。；"),
        parties=tuple(_parties(entry, text)),
        deadlines=tuple(_deadlines(entry, text, anchor)),
        sectors=first_of_each(_sectors(entry, text)),
        rectification=_rectification(entry, text),
        ledger=_ledger_row(entry, text) if entry.is_ledger else None,
        confidence=_CONFIDENCE,
        rules=("table.row",),
    )


def _action(entry: Entry, text: str) -> str:
    """A hazard is rectified by its measures; without any, it is itself what is to be rectified."""
    if entry.kind == "hazard":
        for values in (entry.having("measures"), entry.having("task")):
            if said := texts(values, text):
                return "；".join(one.rstrip("。；") for one in said)
    return entry.main.of(text)


def _modality(entry: Entry, action: str, text: str) -> Modality:
    """The description of a hazard orders nothing, whatever words it holds."""
    if entry.kind == "hazard" and action == entry.main.of(text):
        return "must"
    return judge(action).modality


def _parties(entry: Entry, text: str) -> Iterator[Party]:
    kinds = _PARTIES if entry.having(*_PARTIES) else ("site",)
    for kind in kinds:
        for value in entry.having(kind):
            yield from _named(value, text)


def _named(value: Value, text: str) -> Iterator[Party]:
    """Yield whom a cell names; a cell may give roles of its own (牵头单位：…；配合单位：…)."""
    origin: Origin = "inherited" if value.inherited else "explicit"
    own = find_assignments(text, value.span.start, value.span.end)
    if own and own[0].start == value.span.start:
        for assignment in own:
            for named in assignment.parties:
                yield named.model_copy(update={"origin": origin})
        return
    role = value.column.role if value.column else None
    if role is None or not texts([value], text):
        return
    for start, end in split_names(text, value.span.start, value.span.end):
        for word in re.finditer(r"\S+", text[start:end]):
            found = party(text, start + word.start(), start + word.end(), role)
            yield found.model_copy(update={"origin": origin})


def _deadlines(entry: Entry, text: str, anchor: Anchor) -> list[Deadline]:
    slots = [
        deadline.model_copy(update={"origin": "inherited" if value.inherited else "explicit"})
        for value in entry.having("deadline")
        for deadline in slot_deadlines(text, value.span, anchor)
    ]
    if slots:
        return slots
    spans = [value.span for value in entry.having("measures")] if entry.kind == "hazard" else []
    if entry.kind != "hazard":
        spans = [entry.main]
    return [
        deadline.model_copy(update={"span": deadline.span.shift(span.start)})
        for span in spans
        for deadline in deadlines_in(span.of(text), anchor)
    ]


def _sectors(entry: Entry, text: str) -> list[SectorMention]:
    """Return the sectors of the task, else those of its category and of the groups above it."""
    own = [entry.main, *(value.span for value in entry.having("task", "measures"))]
    above = [*(value.span for value in entry.having("category")), *reversed(entry.groups)]
    explicit = _mentioned(dict.fromkeys(own), text)
    if explicit:
        return explicit
    return [
        mention.model_copy(update={"origin": "inherited"}) for mention in _mentioned(above, text)
    ]


def _mentioned(spans: Iterable[Span], text: str) -> list[SectorMention]:
    return [
        mention.model_copy(update={"span": mention.span.shift(span.start)})
        for span in spans
        for mention in find_sectors(span.of(text))
    ]


def _rectification(entry: Entry, text: str) -> Rectification:
    """Read what the cell of the task labels, and in a ledger what the columns are for."""
    found = rectification_of(entry.main.of(text)).model_dump()
    if entry.is_ledger:
        for label in forms().rectification:
            values = [value for value in entry.values if label.pattern.fullmatch(value.title)]
            said = texts(values, text)
            found[label.id] = found[label.id] or "；".join(said) or None
    return Rectification(**found)


def _ledger_row(entry: Entry, text: str) -> LedgerRow:
    fields: dict[LedgerField, list[Value]] = {}
    for value in entry.values:
        if value.column and value.column.ledger and value.kind != "site":
            fields.setdefault(value.column.ledger, []).append(value)
    fields.setdefault("unit", entry.having("site"))
    said = {name: "；".join(texts(values, text)) or None for name, values in fields.items()}
    cells: dict[str, str] = {}
    for value in entry.values:
        cells.setdefault(value.title, value.span.of(text))
    return LedgerRow(**said, cells=cells)
