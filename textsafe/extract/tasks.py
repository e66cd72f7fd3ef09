"""From a document to its task record: who must do what by when, in which sector."""

from __future__ import annotations

import datetime as dt

from textsafe.document import Document
from textsafe.extract.actions import action_of
from textsafe.extract.drafts import Draft, drafts_by_part
from textsafe.extract.identity import first_of_each, task_id
from textsafe.extract.rectification import rectification_of
from textsafe.extract.scopes import hand_on, speaks_of_others
from textsafe.extract.sectors import TaskSectors
from textsafe.extract.tables import table_tasks
from textsafe.mentions.deadlines import Anchor, years_of
from textsafe.records import RecordMetadata, Task, TaskRecord
from textsafe.taxonomies.local_event import NO_EVENTS, LocalEvents


def task_record(
    document: Document,
    *,
    date: dt.date | None = None,
    events: LocalEvents | None = None,
    region: str | None = None,
) -> TaskRecord:
    r"""Return the task record of a structured document.

    Args:
        document: A document with sections and parts, as ``textsafe.parse`` returns it.
        date: 成文日期 to resolve deadlines against, in place of the document's own.
        events: The days of local events.
        region: Where the document is in force, in place of what its issuer and title say.

    >>> from textsafe import parse_text
    >>> record = task_record(parse_text("一、排查\n各镇要立即排查燃气隐患。（县住建局牵头）"))
    >>> [(party.name, party.role) for party in record.tasks[0].parties]
    [('各镇', 'owner'), ('县住建局', 'lead')]
    """
    anchor = Anchor(
        date or document.metadata.date,
        events or NO_EVENTS,
        (region,) if region else _places(document),
        years_of(document.metadata.title or ""),
    )
    task_sectors = TaskSectors(document)
    tasks: list[Task] = []
    for found in drafts_by_part(document, anchor):
        hand_on(found, document, anchor)
        found.reverse()
        while found:  # a draft is let go as its task is made: both at once would double the memory
            draft = found.pop()
            if draft.reading.is_task and not speaks_of_others(draft):
                tasks.append(_task(document, draft, task_sectors))
    tasks.extend(table_tasks(document, anchor))
    tasks.sort(key=lambda task: (task.span.start, task.span.end))
    metadata = document.metadata.model_dump()
    return TaskRecord(document=RecordMetadata(**metadata), tasks=tuple(tasks))


def _places(document: Document) -> tuple[str, ...]:
    return tuple(filter(None, (document.metadata.issuer, document.metadata.title)))


def _task(document: Document, draft: Draft, task_sectors: TaskSectors) -> Task:
    start, end = draft.span.start, draft.span.end
    sectors = task_sectors.of(draft.text, start, draft.place.section)
    if sectors:
        inherited = sectors[0].origin == "inherited"
        draft.rules.append("sector.heading" if inherited else "sector.mention")
    return Task(
        id=task_id(document, start, end),
        text=draft.text,
        span=draft.span,
        section=document.titles_to(draft.place.section),
        modality=draft.reading.judgement.modality,
        action=action_of(draft),
        parties=tuple(draft.parties),
        deadlines=tuple(draft.deadlines),
        sectors=first_of_each(sectors),
        rectification=rectification_of(draft.text),
        confidence=round(draft.reading.judgement.probability, 2),
        rules=tuple(dict.fromkeys((*draft.reading.judgement.cues, *draft.rules))),
    )
