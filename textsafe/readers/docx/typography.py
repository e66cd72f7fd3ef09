"""Headings that only their font tells, as GB/T 9704-2012 sets them.

The standard (7.3.3) numbers the levels 一、 （一） 1. （1） and sets the first in 黑体, the second
in 楷体, the others like the body, in 仿宋; in practice 1. is made bold. A paragraph is a heading by
its font where all its Chinese characters stand in a face that running text of the document is not
set in. Where only the first sentence is (a run-in heading), the paragraph as a whole is none. A
document that states levels, by styles or outline levels, is left with these: they count in a way of
their own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from lxml import etree

from textsafe.readers.docx.revisions import View
from textsafe.readers.docx.styles import Face, Styles
from textsafe.readers.docx.wordml import PARAGRAPH, RUN, value

_HEI = re.compile(r"黑体|SimHei|Heiti", re.IGNORECASE)
_KAI = re.compile(r"楷|Kai", re.IGNORECASE)
_HAN = re.compile("[\u4e00-\u9fff]")
_NUMBERS = (
    re.compile(r"[一二三四五六七八九十]{1,3}、"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(r"\d{1,2}[.．、](?!\d)"),
    re.compile(r"[（(]\d{1,2}[）)]"),
)
_ANY_NUMBER = re.compile(r"第[一二三四五六七八九十百零〇\d]+[编章节条]|[\d①-⑳]")
_CLOSED = re.compile(r"[。；：！？!?;:，,、…]$")
_SENTENCE = re.compile(r"[。！？]")
_LONGEST = 40  # characters of a heading; more is running text
_LONGEST_WITHOUT_NUMBER = 25


class Typography:
    """Tells headings by their font.

    Args:
        body: The element whose paragraphs are looked at for the face of running text.
    """

    def __init__(self, styles: Styles, view: View, body: etree._Element) -> None:
        self._styles = styles
        self._view = view
        self._running = self._most_common(body)
        self._text_began = False

    def level(
        self,
        paragraph: etree._Element,
        style: str | None,
        text: str,
        pieces: Iterable[tuple[str, etree._Element | None]],
    ) -> int | None:
        """Return the heading level, from 1, of a paragraph for which the file states none.

        Args:
            paragraph: The ``w:p`` element.
            style: Identifier of its style.
            text: The paragraph with its number.
            pieces: Its text with the properties of the runs.
        """
        if self._running is None or len(text) > _LONGEST:
            self._text_began |= len(text) > _LONGEST
            return None
        looks = {
            _look(self._styles.face(run, style)) for piece, run in pieces if _HAN.search(piece)
        }
        if len(looks) != 1:
            return None
        look = looks.pop()
        if look == self._running:
            self._text_began |= text.endswith("。")
            return None
        if "\n" in text or not _stands_out(look, self._running):
            return None
        for level, number in enumerate(_NUMBERS, 1):
            if number.match(text):
                return level if _is_title(text) else None
        unnumbered = (
            look[0] == "hei"
            and self._text_began
            and len(text) <= _LONGEST_WITHOUT_NUMBER
            and not _CLOSED.search(text)
            and "：" not in text
            and not _ANY_NUMBER.match(text)
            and value(self._view.properties(paragraph, "pPr"), "jc") != "center"
            and self._is_running(paragraph.getnext())
        )
        return 1 if unnumbered else None

    def _is_running(self, following: etree._Element | None) -> bool:
        """Return whether what follows is a paragraph of running text, or a numbered heading."""
        if following is None or following.tag != PARAGRAPH:
            return False
        looks = {_look(face) for _, face in self._faces(following)}
        return looks == {self._running}

    def _most_common(self, body: etree._Element) -> _Look | None:
        """Return the face of most characters outside of tables; None where levels are stated."""
        counted: Counter[_Look] = Counter()
        for element in self._view.children(body):
            if element.tag != PARAGRAPH:
                continue
            if self._styles.heading_level(self._view.properties(element, "pPr")) is not None:
                return None
            for length, face in self._faces(element):
                counted[_look(face)] += length
        return max(counted, key=lambda look: counted[look]) if counted else None

    def _faces(self, paragraph: etree._Element) -> Iterable[tuple[int, Face]]:
        style = value(self._view.properties(paragraph, "pPr"), "pStyle")
        for run in self._view.children(paragraph):
            if run.tag != RUN:
                continue
            text = "".join(t.text or "" for t in run.iterchildren(*self._view.texts))
            if _HAN.search(text):
                yield len(text), self._styles.face(self._view.properties(run, "rPr"), style)


# The family of the font ("hei", "kai", or none of these), and whether it is bold.
_Look = tuple[str | None, bool]


def _look(face: Face) -> _Look:
    font = face.font or ""
    family = "hei" if _HEI.search(font) else "kai" if _KAI.search(font) else None
    return family, bool(face.bold)


def _stands_out(look: _Look, running: _Look) -> bool:
    """Return whether a face is heavier than, or of another family than, that of running text."""
    if look[0] != running[0]:
        return look[0] is not None
    return look[1] and not running[1]


def _is_title(text: str) -> bool:
    """Return whether a paragraph reads as a title; what ends in a mark may be an item or an order.

    The outline finds numbered headings that end in a full stop by their numbers.
    """
    return not _CLOSED.search(text) and not _SENTENCE.search(text)
