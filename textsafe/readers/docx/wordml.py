"""Names and small readings of WordprocessingML (ECMA-376 part 1)."""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = W + "val"
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PARAGRAPH, TABLE, ROW, CELL, RUN = (W + name for name in ("p", "tbl", "tr", "tc", "r"))
# ECMA-376 asks for no more in lists and grids; larger values are damage.
_MOST = 32767


def is_on(element: etree._Element | None) -> bool:
    """Return whether a switch such as ``w:vanish`` is there and not turned off."""
    return element is not None and element.get(VAL, "true") not in {"0", "false", "off"}


def value(parent: etree._Element | None, *path: str) -> str | None:
    """Return the ``w:val`` of the element that `path` leads to, or None.

    >>> from docx.oxml import OxmlElement
    >>> style = OxmlElement("w:pStyle")
    >>> style.set(VAL, "标题1")
    >>> paragraph = OxmlElement("w:pPr")
    >>> paragraph.append(style)
    >>> value(paragraph, "pStyle"), value(paragraph, "numPr", "numId")
    ('标题1', None)
    """
    found = parent
    for name in path:
        if found is None:
            return None
        found = found.find(W + name)
    return None if found is None else found.get(VAL)


def integer(written: str | None, *, default: int) -> int:
    """Return the number that an attribute holds, or `default` where it holds none."""
    digits = (written or "").strip()
    if not (digits.isascii() and digits.isdigit()):
        return default
    return min(int(digits[:6]), _MOST)
