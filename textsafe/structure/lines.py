"""Lines that show by themselves which element of the document they are."""

from __future__ import annotations

from textsafe.document import ElementKind
from textsafe.taxonomies import ElementPlace, elements


def line_kind(text: str, place: ElementPlace) -> ElementKind | None:
    """Return which element a line is that stands at `place`, or None.

    >>> line_kind("抄送：县委办公室。", "foot"), line_kind("抄送：县委办公室。", "head")
    ('cc', None)
    """
    for element in elements().element:
        if element.place == place and element.pattern.match(text):
            return element.id
    return None
