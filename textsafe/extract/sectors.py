"""The sectors of a task: those that its unit names, else those of the nearest heading above it.

A title of the whole document is no such heading: it gives its sector to no task, but it decides
what a word with several meanings means.
"""

from __future__ import annotations

from textsafe.document import Document, Section
from textsafe.extract.identity import first_of_each
from textsafe.mentions.sectors import find_sectors, read_sectors
from textsafe.records import SectorMention


class TaskSectors:
    r"""Finds the sectors of a document's tasks; each heading is read once.

    >>> from textsafe import parse_text
    >>> document = parse_text("一、城镇燃气\n管道要限期更新。")
    >>> [(m.id, m.origin) for m in TaskSectors(document).of("逐户落实。", 8, 0)]
    [('gas', 'inherited')]
    """

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._sections = document.sections
        title = {mention.id for mention in find_sectors(document.metadata.title or "")}
        self._title = [title] if title else []
        self._headings: dict[int, list[SectorMention]] = {}
        self._above: dict[int | None, list[set[str]]] = {}

    def of(self, text: str, start: int, section: int | None) -> list[SectorMention]:
        """Return the sectors of a task; those of a heading have the origin ``inherited``.

        Args:
            text: The text of its unit.
            start: Where that stands in the document.
            section: Index of the innermost section that holds it.
        """
        found = read_sectors(text, self._speaking_of(section))
        own = found.named or self._nearest(section)
        if own and not found.named:
            return own
        return [
            mention.model_copy(update={"span": mention.span.shift(start)})
            for mention in first_of_each(own or self._agreeing(found.hinted))
        ]

    def _agreeing(self, hinted: list[SectorMention]) -> list[SectorMention]:
        """Return the hints, less those at another sector than the document's title names."""
        title = self._title[0] if self._title else {mention.id for mention in hinted}
        return [mention for mention in hinted if mention.id in title]

    def _nearest(self, section: int | None) -> list[SectorMention]:
        """Return the sectors of the nearest heading that names any."""
        for one in self._up(section):
            if found := self._of_heading(one):
                return found
        return []

    def _speaking_of(self, section: int | None) -> list[set[str]]:
        """Return the ids that the headings name, the nearest first, and the title last."""
        if section not in self._above:
            headings = ({m.id for m in self._of_heading(one)} for one in self._up(section))
            self._above[section] = [*filter(None, headings), *self._title]
        return self._above[section]

    def _up(self, section: int | None) -> list[int]:
        chain: list[int] = []
        while section is not None:
            chain.append(section)
            section = self._sections[section].parent
        return chain

    def _of_heading(self, index: int) -> list[SectorMention]:
        if index not in self._headings:
            self._headings[index] = self._read(self._sections[index])
        return self._headings[index]

    def _read(self, section: Section) -> list[SectorMention]:
        start = section.title_span.start
        return [
            mention.model_copy(update={"span": mention.span.shift(start), "origin": "inherited"})
            for mention in find_sectors(section.title_span.of(self._text), self._title)
        ]
