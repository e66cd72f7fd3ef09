"""Tracked changes: the one of the two texts of a document that is read.

An insertion, a deletion or a move stands around runs, on the mark of a paragraph, on a row, or on
a cell; a changed property keeps what was there before it (ECMA-376 part 1, section 17.13.5).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from textsafe.readers.docx.styles import Properties, properties
from textsafe.readers.docx.wordml import CELL, ROW, W, is_on
from textsafe.readers.options import Tracked

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATIVE = _COMPATIBILITY + "AlternateContent"
_CONTROL = W + "sdt"
# Elements that only stand around others: content controls, links.
_WRAPPERS = frozenset(
    W + name
    for name in (
        "sdt", "sdtContent", "hyperlink", "smartTag", "customXml", "fldSimple", "ruby",
        "rubyBase", "dir", "bdo",
    )
)  # fmt: skip
_NEW, _OLD = (W + "ins", W + "moveTo"), (W + "del", W + "moveFrom")
_CHANGES = (*_NEW, *_OLD, W + "cellIns", W + "cellDel")
_FORMER_LIST = f"{W}pPrChange/{W}pPr/{W}numPr"


def has_changes(root: etree._Element) -> bool:
    """Return whether the text of a part depends on the view that is taken."""
    return (
        next(root.iter(*_CHANGES), None) is not None
        or root.find(f".//{W}pPr/{_FORMER_LIST}") is not None
    )


class View:
    """What stands in the text that is read.

    Args:
        tracked: The text with all changes accepted, or the original one.
    """

    def __init__(self, tracked: Tracked) -> None:
        self._original = tracked == "original"
        shown, self._gone = (_OLD, _NEW) if self._original else (_NEW, _OLD)
        self._wrappers = _WRAPPERS.union(shown)
        self._gone_cell = W + ("cellIns" if self._original else "cellDel")
        #: Elements that hold text in this view.
        self.texts = frozenset({W + "t", W + "delText"} if self._original else {W + "t"})

    def children(self, parent: etree._Element) -> Iterator[etree._Element]:
        """Yield the child elements, and in place of a wrapper those inside it.

        Of a content control that nobody has filled in yet, only rows and cells are yielded.
        """
        for child in parent:
            if child.tag == _CONTROL and is_placeholder(child):
                content = child.find(W + "sdtContent")
                yield from () if content is None else content.iterchildren(ROW, CELL)
            elif child.tag in self._wrappers:
                yield from self.children(child)
            elif child.tag == ALTERNATIVE:
                yield from self.children(chosen(child))
            else:
                yield child

    def properties(self, element: etree._Element, name: str) -> etree._Element | None:
        """Return the properties of an element that hold in this view: ``w:rPr``, ``w:tcPr``."""
        return self.former(element.find(W + name), name)

    def former(self, properties: etree._Element | None, name: str) -> etree._Element | None:
        """Return the properties that hold in this view, given those that are there now."""
        if properties is None or not self._original:
            return properties
        former = properties.find(f"{W}{name}Change/{W}{name}")
        return properties if former is None else former

    def list_properties(self, element: etree._Element | None) -> Properties:
        """Return what a ``w:pPr`` says, without a number that was given to the paragraph later."""
        said = properties(element)
        inserted = element is not None and element.find(f"{W}numPr/{W}ins") is not None
        return replace(said, list_id=None, depth=None) if self._original and inserted else said

    def runs_on(self, mark: etree._Element | None) -> bool:
        """Return whether the end of a paragraph is not there, so that the next one continues it.

        Args:
            mark: The ``w:pPr`` of the paragraph as it is now.
        """
        return mark is not None and self._is_gone(mark.find(W + "rPr"))

    def has_row(self, row: etree._Element) -> bool:
        """Return whether a row of a table is there."""
        return not self._is_gone(row.find(W + "trPr"))

    def _is_gone(self, properties: etree._Element | None) -> bool:
        return properties is not None and any(
            properties.find(change) is not None for change in self._gone
        )

    def has_cell(self, cell: etree._Element) -> bool:
        """Return whether a cell of a row is there."""
        return cell.find(f"{W}tcPr/{self._gone_cell}") is None


def is_placeholder(control: etree._Element) -> bool:
    """Return whether a content control shows its prompt (单击此处输入文字), not content."""
    return is_on(control.find(f"{W}sdtPr/{W}showingPlcHdr"))


def chosen(alternative: etree._Element) -> etree._Element:
    """Return the variant that Word shows; both variants hold the same text."""
    choice = alternative.find(_COMPATIBILITY + "Choice")
    if choice is None:
        choice = alternative.find(_COMPATIBILITY + "Fallback")
    return alternative if choice is None else choice
