"""The paragraph styles of a Word document: which are headings, which are numbered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from textsafe.readers.docx.numbering import VAL, W

# Built-in headings are called "heading 1" in the file whatever the language of Word; WPS and
# documents made by hand say 标题 1.
_HEADING_NAME = re.compile(r"(?:heading|标题)\s?([1-9])", re.IGNORECASE)
_BODY_TEXT = 9  # the outline level of what is no heading


@dataclass(frozen=True)
class Properties:
    """What a style, or a paragraph itself, says about heading and list; None where silent.

    Attributes:
        outline: Outline level from 0; 9 is body text.
        list_id: ``w:numId``; ``0`` takes a paragraph out of the list of its style.
        depth: ``w:ilvl``, the level in the list from 0.
    """

    outline: int | None = None
    list_id: str | None = None
    depth: int | None = None


def properties(element: etree._Element | None) -> Properties:
    """Return what a ``w:pPr`` element says."""
    if element is None:
        return Properties()
    numbered = element.find(W + "numPr")
    return Properties(
        outline=_digit(element.find(W + "outlineLvl")),
        list_id=_value(numbered.find(W + "numId")) if numbered is not None else None,
        depth=_digit(numbered.find(W + "ilvl")) if numbered is not None else None,
    )


@dataclass(frozen=True)
class _Style:
    name: str
    parent: str | None
    properties: Properties


class Styles:
    """The styles of one document, with what they take over from the styles they are based on.

    Args:
        root: Root of ``word/styles.xml``, or None when the document has no styles.
    """

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._default: str | None = None
        self._resolved: dict[str | None, Properties] = {}
        for element in root.iterchildren(W + "style") if root is not None else ():
            style = element.get(W + "styleId", "")
            self._styles[style] = _Style(
                name=_value(element.find(W + "name")) or "",
                parent=_value(element.find(W + "basedOn")),
                properties=properties(element.find(W + "pPr")),
            )
            if element.get(W + "type") == "paragraph" and element.get(W + "default") == "1":
                self._default = style

    def lists(self) -> dict[str, str]:
        """Return the list that each style stands for, where it names one itself."""
        named = {style: found.properties.list_id for style, found in self._styles.items()}
        return {style: list_id for style, list_id in named.items() if list_id is not None}

    def lineage(self, style: str | None) -> Iterator[str]:
        """Yield the style of a paragraph and those that it is based on, nearest first."""
        seen: set[str] = set()
        current = style if style in self._styles else self._default
        while current in self._styles and current not in seen:
            yield current
            seen.add(current)
            current = self._styles[current].parent or ""

    def properties(self, style: str | None) -> Properties:
        """Return what `style` says, on its own or by what it is based on."""
        if style not in self._resolved:
            self._resolved[style] = self._resolve(style)
        return self._resolved[style]

    def _resolve(self, style: str | None) -> Properties:
        outline: int | None = None
        list_id: str | None = None
        depth: int | None = None
        for name in self.lineage(style):
            own = self._styles[name]
            named = _HEADING_NAME.fullmatch(own.name.strip())
            if outline is None:
                outline = int(named[1]) - 1 if named else own.properties.outline
            list_id = own.properties.list_id if list_id is None else list_id
            depth = own.properties.depth if depth is None else depth
        return Properties(outline, list_id, depth)


def heading_level(own: Properties, style: Properties) -> int | None:
    """Return the heading level from 1 that a paragraph has by itself or by its style."""
    outline = style.outline if own.outline is None else own.outline
    return None if outline is None or outline >= _BODY_TEXT else outline + 1


def _value(element: etree._Element | None) -> str | None:
    return None if element is None else element.get(VAL)


def _digit(element: etree._Element | None) -> int | None:
    value = _value(element)
    return int(value) if value in {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"} else None
