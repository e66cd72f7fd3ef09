"""Footnotes and endnotes: their numbers, as Word counts them, and their texts.

Numbers run through the document, or begin anew in each section or on each page; which, and in
which format, the settings of the document say, and those of a section (ECMA-376 part 1, section
17.11). Where a page begins is known only as far as Word has noted it when it saved the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from textsafe.readers.docx.numerals import format_number
from textsafe.readers.docx.runs import NoteMark
from textsafe.readers.docx.wordml import W, integer, value

_FORMATS = {"footnote": "decimal", "endnote": "lowerRoman"}
_NO_NOTES = frozenset({"separator", "continuationSeparator", "continuationNotice"})


@dataclass(frozen=True)
class Note:
    """A note with the number in front of it."""

    number: str
    element: etree._Element


class Notes:
    """The notes of one document; references are to be told in order.

    Args:
        roots: Roots of ``word/footnotes.xml`` and ``word/endnotes.xml``, where they are.
        settings: Root of ``word/settings.xml``, or None.
        body: ``w:body``, whose sections may count in ways of their own.
    """

    def __init__(
        self,
        roots: Iterable[etree._Element],
        settings: etree._Element | None,
        body: etree._Element,
    ) -> None:
        self._notes = {
            (_kind(note), note.get(W + "id", "")): note
            for root in roots
            for note in root
            if note.get(W + "type") not in _NO_NOTES
        }
        self._settings = settings
        self._sections = [
            section
            for section in body.iter(W + "sectPr")
            if next(section.iterancestors()).tag != W + "sectPrChange"
        ]
        self._section = 0
        self._counts: dict[str, int] = {}

    def note(self, mark: NoteMark) -> Note | None:
        """Return the note that `mark` refers to; None where the file does not hold it."""
        kind = _kind(mark.element)
        number = self._next(kind, new_page=mark.new_page) if mark.sign is None else mark.sign
        element = self._notes.get((kind, mark.element.get(W + "id", "")))
        return None if element is None else Note(number, element)

    def end_section(self) -> None:
        """Let the next section begin."""
        self._section += 1
        for kind in _FORMATS:
            if self._setting(kind, "numRestart") == "eachSect":
                self._counts.pop(kind, None)

    def _next(self, kind: str, *, new_page: bool) -> str:
        if new_page and self._setting(kind, "numRestart") == "eachPage":
            self._counts.pop(kind, None)
        start = integer(self._setting(kind, "numStart"), default=1)
        self._counts[kind] = self._counts.get(kind, start - 1) + 1
        return format_number(self._counts[kind], self._setting(kind, "numFmt") or _FORMATS[kind])

    def _setting(self, kind: str, name: str) -> str | None:
        """Return what the section says, or else the document."""
        section = self._sections[self._section] if self._section < len(self._sections) else None
        said = value(section, f"{kind}Pr", name)
        return value(self._settings, f"{kind}Pr", name) if said is None else said


def _kind(element: etree._Element) -> str:
    return str(etree.QName(element).localname).removesuffix("Reference")
