"""From a document to its task record: who must do what by when, in which sector."""

from __future__ import annotations

import datetime as dt

from textsafe.document import Document, Section
from textsafe.extract.actions import action_of
from textsafe.extract.drafts import Draft, drafts_by_part
from textsafe.extract.identity import first_of_each, task_id
from textsafe.extract.rectification import rectification_of
from textsafe.extract.scopes import dates_others, hand_on
from textsafe.extract.tables import table_tasks
from textsafe.mentions.deadlines import Anchor
from textsafe.mentions.sectors import find_sectors
from textsafe.records import RecordMetadata, SectorMention, Task, TaskRecord
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
    )
    headings = _HeadingSectors(document)
    tasks: list[Task] = []
    for found in drafts_by_part(document, anchor):
        hand_on(found, document, anchor)
        found.reverse()
        while found:  # a draft is let go as its task is made: both at once would double the memory
            draft = found.pop()
            if draft.reading.is_task and not dates_others(draft):
                tasks.append(_task(document, draft, headings))
    tasks.extend(table_tasks(document, anchor))
    tasks.sort(key=lambda task: (task.span.start, task.span.end))
    metadata = document.metadata.model_dump()
    return TaskRecord(document=RecordMetadata(**metadata), tasks=tuple(tasks))


def _places(document: Document) -> tuple[str, ...]:
    return tuple(filter(None, (document.metadata.issuer, document.metadata.title)))


class _HeadingSectors:
    """The sectors that headings name, looked up once for each section."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._sections = document.sections
        self._known: dict[int, list[SectorMention]] = {}

    def nearest(self, section: int | None) -> list[SectorMention]:
        """Return the sectors of the nearest heading that names any."""
        while section is not None:
            if section not in self._known:
                self._known[section] = self._of(self._sections[section])
            if self._known[section]:
                return self._known[section]
            section = self._sections[section].parent
        return []

    def _of(self, section: Section) -> list[SectorMention]:
        return [
            mention.model_copy(
                update={
                    "span": mention.span.shift(section.title_span.start),
                    "origin": "inherited",
                }
            )
            for mention in find_sectors(section.title_span.of(self._text))
        ]


def _task(document: Document, draft: Draft, headings: _HeadingSectors) -> Task:
    start, end = draft.span.start, draft.span.end
    sectors = [
        mention.model_copy(update={"span": mention.span.shift(start)})
        for mention in find_sectors(draft.text)
    ]
    if sectors:
        draft.rules.append("sector.mention")
    else:
        sectors = headings.nearest(draft.place.section)
        if sectors:
            draft.rules.append("sector.heading")
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
