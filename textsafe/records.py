"""The records that leave the program: task records and failures.

The field names are a contract with other programs; a change here is a new
:data:`SCHEMA_VERSION` and a line in CHANGELOG.md.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from textsafe.document import Metadata, Model, Span

SCHEMA_VERSION: Literal["1.2"] = "1.2"

Modality = Literal["must", "prohibit", "target", "may"]
Role = Literal["lead", "support", "owner", "supervisor"]
Origin = Literal["explicit", "inherited"]
DeadlineKind = Literal["by", "span", "recurring", "relative", "event", "immediate", "ongoing"]
Level = Literal["state", "province", "city", "county", "township", "enterprise"]


class Party(Model):
    """A body or person charged with a task, named exactly as the text names it.

    Attributes:
        level: Administrative level, where the name tells it.
        canonical: Full name in force today (县安监局 → 县应急管理局); None where the table of
            bodies does not know the body, or `name` is that name already.
        renamed: The reform that gave the body its present name, in Chinese; None for a mere
            short form.
    """

    name: str
    role: Role
    span: Span
    origin: Origin = "explicit"
    level: Level | None = None
    canonical: str | None = None
    renamed: str | None = None


class Deadline(Model):
    """One expression that limits when a task must be done.

    Attributes:
        text: The expression exactly as written.
        start: First day, for a span of time.
        due: Last allowed day as an ISO date; for ``recurring`` the day inside the period as
            written (``5日前``).
        every: ISO 8601 duration between two occurrences, such as ``P1M``.
        after: The event that a relative deadline counts from, as written.
        duration: ISO 8601 duration of a relative deadline, such as ``P15D`` or ``PT1H``.
        working_days: Whether `duration` counts working days.
        event: The event as written, for ``event`` and for festivals.
        trace: How the value was worked out, in Chinese.
        unresolved: Why no value could be given, in Chinese.
    """

    text: str
    kind: DeadlineKind
    span: Span
    origin: Origin = "explicit"
    start: dt.date | None = None
    due: str | None = None
    every: str | None = None
    after: str | None = None
    duration: str | None = None
    working_days: bool = False
    event: str | None = None
    trace: str | None = None
    unresolved: str | None = None


class SectorMention(Model):
    """A sector of work safety that a task is about; ids are those of ``data/sectors.toml``.

    Attributes:
        departments: Who usually supervises the sector in a county: a hint, never a party.
    """

    id: str
    name: str
    span: Span
    origin: Origin = "explicit"
    departments: tuple[str, ...] = ()


class Rectification(Model):
    """The five things a rectification must have in place (五到位), where the text names them."""

    responsibility: str | None = None
    measures: str | None = None
    funds: str | None = None
    deadline: str | None = None
    plan: str | None = None


class LedgerRow(Model):
    """What a row of a ledger (台账), or a notice to rectify, says beside the task; all as written.

    Attributes:
        hazard: 隐患内容 or 存在问题.
        level: 隐患级别.
        unit: 责任单位, or the body that was inspected where nobody else is named.
        person: 责任人.
        deadline: 整改期限 or 完成时限.
        review: 复查结果 or 验收意见.
        state: 隐患状态, 完成情况 or 销号情况.
        cells: All cells of the row that are not blank, by the titles of their columns.
    """

    hazard: str | None = None
    level: str | None = None
    unit: str | None = None
    person: str | None = None
    deadline: str | None = None
    review: str | None = None
    state: str | None = None
    cells: dict[str, str] = Field(default_factory=dict)


class Task(Model):
    """One sentence-like unit that directs somebody to do or not to do something."""

    id: str
    text: str
    span: Span
    section: tuple[str, ...]
    modality: Modality
    action: str
    parties: tuple[Party, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    sectors: tuple[SectorMention, ...] = ()
    rectification: Rectification = Rectification()
    ledger: LedgerRow | None = Field(default=None, exclude_if=lambda row: row is None)
    confidence: float = Field(ge=0, le=1)
    rules: tuple[str, ...] = ()


class RecordMetadata(Metadata):
    """The document's metadata as it stands in a record, with its text where asked for."""

    text: str | None = Field(default=None, exclude_if=lambda text: text is None)


class TaskRecord(Model):
    """All tasks of one document."""

    schema_version: Literal["1.2"] = SCHEMA_VERSION
    document: RecordMetadata
    tasks: tuple[Task, ...]


class FailedDocument(Model):
    """The document that failed."""

    source: str


class FailureDetail(Model):
    """What went wrong and what to do next, for a person."""

    type: str
    message: str
    hint: str


class Failure(Model):
    """What stands in place of a record when a document cannot be processed."""

    document: FailedDocument
    error: FailureDetail
