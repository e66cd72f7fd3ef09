"""From an entry of a table to its task."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from textsafe.document import Document, Span
from textsafe.extract.identity import first_of_each, task_id
from textsafe.extract.rectification import rectification_of
from textsafe.extract.tables.dates import day_in, slot_deadlines
from textsafe.extract.tables.entries import Entry, Value, texts
from textsafe.extract.tables.parties import entry_parties
from textsafe.mentions.deadlines import Anchor, deadlines_in
from textsafe.mentions.directives import judge
from textsafe.mentions.sectors import find_sectors
from textsafe.records import (
    Deadline,
    LedgerRow,
    Modality,
    Rectification,
    SectorMention,
    Task,
)
from textsafe.taxonomies import LedgerField, forms

_CONFIDENCE = 0.95
_FOUND_ON = re.compile(r"(?:检查|排查|巡查|发现|交办|下达|督办|立案|接收)(?:时间|日期)")
# Where the column for it gives a day, the words of the task give no other; 上岗前 is no day.
_CALENDAR = ("by", "span", "immediate", "ongoing")


def entry_task(
    document: Document,
    anchor: Anchor,
    entry: Entry,
    section: tuple[str, ...],
    *,
    first_is_lead: bool = False,
) -> Task:
    """Return the task of an entry.

    Args:
        document: The document that holds the table.
        anchor: What its times are resolved against.
        entry: A row of a table, or a form.
        section: Titles of the sections that the table stands in.
        first_is_lead: The document says that the first body of a list leads.
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
        parties=tuple(entry_parties(entry, text, first_is_lead=first_is_lead)),
        deadlines=tuple(_deadlines(entry, text, _own_anchor(entry, text, anchor))),
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


def _own_anchor(entry: Entry, text: str, anchor: Anchor) -> Anchor:
    """The times of a row count from the day on which the hazard was found or handed over."""
    for value in entry.having("date"):
        if _FOUND_ON.match(value.title) and (day := day_in(value.span.of(text))):
            return replace(anchor, date=day)
    return anchor


def _deadlines(entry: Entry, text: str, anchor: Anchor) -> list[Deadline]:
    slots = [
        deadline.model_copy(update={"origin": "inherited" if value.inherited else "explicit"})
        for value in entry.having("deadline")
        for deadline in slot_deadlines(text, value.span, anchor)
    ]
    spans = [value.span for value in entry.having("measures")] if entry.kind == "hazard" else []
    if entry.kind != "hazard":
        spans = [entry.main]
    dated = any(deadline.kind in _CALENDAR for deadline in slots)
    return slots + [
        deadline.model_copy(update={"span": deadline.span.shift(span.start)})
        for span in spans
        for deadline in deadlines_in(span.of(text), anchor)
        if not (dated and deadline.kind in _CALENDAR)
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
