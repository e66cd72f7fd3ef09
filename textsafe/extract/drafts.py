"""Units of a document with all that each says by itself, before anything is inherited."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from textsafe.document import Document, Part, Section, Span
from textsafe.mentions.assignments import Assignment, find_assignments
from textsafe.mentions.deadlines import find_deadlines
from textsafe.mentions.directives import Judgement, Setting, judge, section_effect
from textsafe.mentions.subjects import Doers, find_doers
from textsafe.records import Deadline, Party
from textsafe.structure import holds_tasks
from textsafe.structure.numbering import label_at
from textsafe.text import units


@dataclass
class Draft:
    """A unit on its way to a task.

    Attributes:
        block: Index of the block it stands in.
        section: Index of the innermost section, or None.
        labelled: The unit opens a numbered item.
        parties: Explicit and inherited parties, as they are collected.
        rules: Names of the rules that contributed, in order.
    """

    span: Span
    text: str
    block: int
    section: int | None
    setting: Setting
    opens_block: bool
    labelled: bool
    judgement: Judgement
    doers: Doers
    assignments: list[Assignment]
    parties: list[Party] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)

    @property
    def is_task(self) -> bool:
        """Whether the unit is more likely a task than not."""
        return self.judgement.probability >= 0.5 and not self.is_assignment

    @property
    def is_assignment(self) -> bool:
        """Whether the unit holds nothing but an assignment in brackets or a slot."""
        covered = sum(a.end - a.start for a in self.assignments)
        return bool(covered) and len(self.text) - covered <= 2


def drafts(document: Document, date: dt.date | None) -> list[Draft]:
    """Return the units of the document's running text that are neither headings nor letterhead."""
    return [
        draft
        for part in document.parts
        if holds_tasks(part)
        for draft in _drafts_of_part(document, part, date)
    ]


def _drafts_of_part(document: Document, part: Part, date: dt.date | None) -> Iterator[Draft]:
    headings = {(s.title_span.start, s.title_span.end) for s in document.sections}
    locate = _SectionIndex(document.sections)
    has_sections = any(part.body.start <= s.span.start < part.body.end for s in document.sections)
    for index, block in enumerate(document.blocks):
        inside = part.body.start <= block.span.start and block.span.end <= part.body.end
        if not inside or block.kind == "row":
            continue
        for start, end in units(document.text, block.span.start, block.span.end):
            if (start, end) in headings:
                continue
            section = locate.innermost(start)
            setting = _setting(document, section, has_sections=has_sections)
            if setting is None:
                continue
            yield _draft(document.text, start, end, index, section, setting, date, block.span.start)


class _SectionIndex:
    """Finds the innermost section around a position in logarithmic time."""

    def __init__(self, sections: tuple[Section, ...]) -> None:
        self._sections = sections
        self._starts = [section.span.start for section in sections]

    def innermost(self, position: int) -> int | None:
        index: int | None = bisect_right(self._starts, position) - 1
        if index is None or index < 0:
            return None
        while index is not None and position >= self._sections[index].span.end:
            index = self._sections[index].parent
        return index


def _setting(document: Document, section: int | None, *, has_sections: bool) -> Setting | None:
    """Return what kind of section a unit stands in; None where nothing is a task."""
    kind = document.metadata.kind
    index = section
    while index is not None:
        effect = section_effect(document.sections[index].title)
        if effect == "optional":
            return None
        if effect == "order" and kind == "accident_report":
            return "order"
        if effect in {"target", "background", "checklist"}:
            return effect  # type: ignore[return-value]
        index = document.sections[index].parent
    if kind == "accident_report":
        return "background"
    if kind == "policy" and (section is not None or not has_sections):
        return "order"
    return "plain"


def _draft(
    text: str,
    start: int,
    end: int,
    block: int,
    section: int | None,
    setting: Setting,
    date: dt.date | None,
    block_start: int,
) -> Draft:
    unit = text[start:end]
    deadlines = [
        deadline.model_copy(update={"span": deadline.span.shift(start)})
        for deadline in find_deadlines(unit, date)
    ]
    times = [(d.span.start, d.span.end) for d in deadlines]
    assignments = find_assignments(text, start, end)
    doers = find_doers(text, start, end, times)
    judgement = judge(
        text,
        start,
        end,
        setting=setting,
        times=times,
        has_doer=bool(doers.parties),
        doer_end=doers.action_start,
    )
    draft = Draft(
        span=Span(start=start, end=end),
        text=unit,
        block=block,
        section=section,
        setting=setting,
        opens_block=start == block_start,
        labelled=label_at(text, start, end) is not None,
        judgement=judgement,
        doers=doers,
        assignments=assignments,
        deadlines=deadlines,
    )
    inside = [(a.start, a.end) for a in assignments]
    for party in doers.parties:
        if not any(a <= party.span.start < b for a, b in inside):
            draft.parties.append(party)
    if draft.parties:
        draft.rules.append("party.subject")
    draft.rules.extend(f"deadline.{deadline.kind}" for deadline in deadlines)
    return draft
