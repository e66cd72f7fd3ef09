"""The styles of a Word document: which are headings, which are numbered, in which font."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from textsafe.readers.docx.wordml import W, is_on, value

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


_NOTHING = Properties()


@dataclass(frozen=True)
class Face:
    """How Chinese characters look; None where a style or a run is silent."""

    font: str | None = None
    bold: bool | None = None
    hidden: bool | None = None

    def over(self, below: Face) -> Face:
        """Return this face, with what it does not say taken from `below`."""
        return Face(
            font=below.font if self.font is None else self.font,
            bold=below.bold if self.bold is None else self.bold,
            hidden=below.hidden if self.hidden is None else self.hidden,
        )


_SILENT = Face()


def properties(element: etree._Element | None) -> Properties:
    """Return what a ``w:pPr`` element says."""
    if element is None:
        return _NOTHING
    return Properties(
        outline=_digit(value(element, "outlineLvl")),
        list_id=value(element, "numPr", "numId"),
        depth=_digit(value(element, "numPr", "ilvl")),
    )


@dataclass(frozen=True)
class _Style:
    name: str
    parent: str | None
    properties: Properties
    face: Face


class Styles:
    """The styles of one document, with what they take over from the styles they are based on.

    Args:
        root: Root of ``word/styles.xml``, or None when the document has no styles.
        theme: Root of ``word/theme/theme1.xml``, or None when the document has no theme.
    """

    def __init__(self, root: etree._Element | None, theme: etree._Element | None = None) -> None:
        self._theme = dict(_theme_fonts(theme)) if theme is not None else {}
        self._styles: dict[str, _Style] = {}
        self._default: str | None = None
        self._resolved: dict[str | None, Properties] = {}
        self._faces: dict[tuple[str | None, bool], Face] = {}
        for element in root.iterchildren(W + "style") if root is not None else ():
            style = element.get(W + "styleId", "")
            self._styles[style] = _Style(
                name=value(element, "name") or "",
                parent=value(element, "basedOn"),
                properties=properties(element.find(W + "pPr")),
                face=_face(element.find(W + "rPr"), self._theme),
            )
            if element.get(W + "type") == "paragraph" and element.get(W + "default") == "1":
                self._default = style
        defaults = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._document_face = _face(defaults, self._theme)

    def lists(self) -> dict[str, str]:
        """Return the list that each style stands for, where it names one itself."""
        named = {style: found.properties.list_id for style, found in self._styles.items()}
        return {style: list_id for style, list_id in named.items() if list_id is not None}

    def lineage(self, style: str | None) -> Iterator[str]:
        """Yield the style of a paragraph and those that it is based on, nearest first."""
        return self._ancestry(style if style in self._styles else self._default)

    def _ancestry(self, style: str | None) -> Iterator[str]:
        seen: set[str] = set()
        current = style or ""
        while current in self._styles and current not in seen:
            yield current
            seen.add(current)
            current = self._styles[current].parent or ""

    def properties(self, style: str | None) -> Properties:
        """Return what `style` says, on its own or by what it is based on."""
        if style not in self._resolved:
            self._resolved[style] = self._resolve(style)
        return self._resolved[style]

    def heading_level(self, paragraph: etree._Element | None) -> int | None:
        """Return the heading level from 1 that a ``w:pPr`` states, by itself or by its style."""
        outline = _digit(value(paragraph, "outlineLvl"))
        if outline is None:
            outline = self.properties(value(paragraph, "pStyle")).outline
        return None if outline is None or outline >= _BODY_TEXT else outline + 1

    def face(self, run: etree._Element | None, paragraph_style: str | None) -> Face:
        """Return the face of a run: its own, then by its style, its paragraph's, the document's.

        Args:
            run: The ``w:rPr`` of the run, or None where it has none.
            paragraph_style: Identifier of the style of its paragraph.
        """
        below = self._style_face(paragraph_style, of_paragraph=True)
        if run is None or not len(run):
            return below
        named = value(run, "rStyle")
        if named is not None:
            below = self._style_face(named, of_paragraph=False).over(below)
        return _face(run, self._theme).over(below)

    def _style_face(self, style: str | None, *, of_paragraph: bool) -> Face:
        key = style, of_paragraph
        if key not in self._faces:
            face = _SILENT
            for name in self.lineage(style) if of_paragraph else self._ancestry(style):
                face = face.over(self._styles[name].face)
            self._faces[key] = face.over(self._document_face) if of_paragraph else face
        return self._faces[key]

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


def _face(element: etree._Element | None, theme: Mapping[str, str]) -> Face:
    if element is None:
        return _SILENT
    fonts = element.find(W + "rFonts")
    font = None
    if fonts is not None:
        # The font of the theme, where one is named, is the one that Word takes.
        named = fonts.get(W + "eastAsiaTheme")
        font = theme.get(named or "") or fonts.get(W + "eastAsia")
    return Face(font, _switch(element, "b"), _switch(element, "vanish"))


def _switch(element: etree._Element, name: str) -> bool | None:
    found = element.find(W + name)
    return None if found is None else is_on(found)


def _theme_fonts(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the names that runs use for the fonts of the theme, with the Chinese font of each."""
    for kind in ("major", "minor"):
        scheme = root.find(f".//{{*}}fontScheme/{{*}}{kind}Font")
        if scheme is None:
            continue
        names = {font.get("script") or etree.QName(font).localname: font for font in scheme}
        typefaces = (names[key].get("typeface") for key in ("ea", "Hans") if key in names)
        name = next(filter(None, typefaces), None)
        if name is not None:
            yield f"{kind}EastAsia", name


def _digit(written: str | None) -> int | None:
    return int(written) if written is not None and written in set("0123456789") else None
