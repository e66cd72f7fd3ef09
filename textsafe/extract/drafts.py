"""Units of a document with all that each says by itself, before anything is inherited."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from textsafe.document import Document, Kind, Section, Span
from textsafe.extract.printed import printed_in_forms
from textsafe.mentions.deadlines import Anchor
from textsafe.mentions.directives import Setting, section_effect
from textsafe.mentions.reading import Reading, read_unit
from textsafe.records import Deadline, Party
from textsafe.structure import holds_tasks
from textsafe.text import units

M = TypeVar("M", Party, Deadline)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit stands.

    Attributes:
        block: Index of its block.
        section: Index of the innermost section, or None.
        opens_block: It is the first unit of its block.
    """

    block: int
    section: int | None
    setting: Setting
    opens_block: bool


@dataclass(slots=True)
class Draft:
    """A unit on its way to a task.

    Attributes:
        reading: What the unit says by itself; offsets are into `text`.
        parties: Explicit and inherited parties, as they are collected; offsets into the document.
        deadlines: The same for deadlines.
        rules: Names of the rules that contributed, in order.
        of_others: It only says who does, or by when, what stands before it.
    """

    place: Place
    span: Span
    text: str
    reading: Reading
    parties: list[Party]
    deadlines: list[Deadline]
    rules: list[str]
    of_others: bool = False


def drafts_by_part(document: Document, anchor: Anchor) -> Iterator[list[Draft]]:
    """Yield for each part its units that are neither headings nor letterhead.

    Parts are handed out one by one, so that a large file needs the memory of its largest part.
    """
    locate = _SectionIndex(document.sections)
    printed = printed_in_forms(document)
    starts = [block.span.start for block in document.blocks]
    for part in document.parts:
        if holds_tasks(part):
            first, last = (bisect_left(starts, edge) for edge in (part.body.start, part.body.end))
            blocks = [index for index in range(first, last) if index not in printed]
            yield list(_drafts(document, blocks, locate, anchor))


def _drafts(
    document: Document, blocks: Sequence[int], locate: _SectionIndex, anchor: Anchor
) -> Iterator[Draft]:
    if not blocks:
        return
    body_start = document.blocks[blocks[0]].span.start
    body_end = document.blocks[blocks[-1]].span.end
    has_sections = locate.any_between(body_start, body_end)
    for index in blocks:
        block = document.blocks[index]
        if block.kind in {"row", "note"}:
            continue
        for start, end in units(document.text, block.span.start, block.span.end):
            section = locate.innermost(start)
            if section is not None and locate.is_heading(section, start, end):
                continue
            setting = _setting(document, section, has_sections=has_sections)
            if setting:
                place = Place(index, section, setting, opens_block=start == block.span.start)
                span = Span(start=start, end=end)
                yield _draft(place, span, span.of(document.text), anchor)


class _SectionIndex:
    """Finds the innermost section around a position in logarithmic time."""

    def __init__(self, sections: tuple[Section, ...]) -> None:
        self._sections = sections
        self._starts = [section.span.start for section in sections]

    def any_between(self, start: int, end: int) -> bool:
        """Return whether a section begins in ``[start, end)``."""
        return bisect_left(self._starts, start) < bisect_left(self._starts, end)

    def is_heading(self, section: int, start: int, end: int) -> bool:
        """Return whether ``[start, end)`` is the title of the section with this index."""
        title = self._sections[section].title_span
        return (title.start, title.end) == (start, end)

    def innermost(self, position: int) -> int | None:
        index: int | None = bisect_right(self._starts, position) - 1
        if index is None or index < 0:
            return None
        while index is not None and position >= self._sections[index].span.end:
            index = self._sections[index].parent
        return index


_SETTINGS: dict[str, Setting] = {
    "target": "target",
    "background": "background",
    "checklist": "checklist",
}


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
        if effect in _SETTINGS:
            return _SETTINGS[effect]
        index = document.sections[index].parent
    return _setting_by_kind(kind, in_section=section is not None, has_sections=has_sections)


def _setting_by_kind(kind: Kind, *, in_section: bool, has_sections: bool) -> Setting:
    if kind == "accident_report" or (kind == "speech" and has_sections and not in_section):
        return "background"
    if kind == "policy" and (in_section or not has_sections):
        return "order"
    return "plain"


def _draft(place: Place, span: Span, text: str, anchor: Anchor) -> Draft:
    reading = read_unit(text, anchor=anchor, setting=place.setting)
    rules = ["party.subject"] * bool(reading.parties)
    rules.extend(f"deadline.{deadline.kind}" for deadline in reading.deadlines)
    return Draft(
        place=place,
        span=span,
        text=text,
        reading=reading,
        parties=[_shifted(party, span.start) for party in reading.parties],
        deadlines=[_shifted(deadline, span.start) for deadline in reading.deadlines],
        rules=rules,
    )


def _shifted(mention: M, offset: int) -> M:
    return mention.model_copy(update={"span": mention.span.shift(offset)})
