"""Headers and footers: text that belongs to the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from docx.opc.part import Part
from lxml import etree

from textsafe.document import Furniture
from textsafe.readers.docx.body import BodyReader
from textsafe.readers.docx.package import root_of
from textsafe.readers.docx.wordml import RELATION_ID, W, is_on

_KINDS: dict[str, Literal["header", "footer"]] = {
    W + "headerReference": "header",
    W + "footerReference": "footer",
}
_PAGE_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})


def page_furniture(
    main: Part, body: etree._Element, settings: etree._Element | None, reader: BodyReader
) -> list[Furniture]:
    """Return the paragraphs of all headers and then footers that are shown, each text once.

    A section may have a header of its own for its first page and for even pages; they are shown
    only where the section, or the settings of the document, ask for them.
    """
    found: dict[tuple[str, str], Furniture] = {}
    sections = [s for s in body.iter(W + "sectPr") if not _is_former(s)]
    shown = {"default"}
    if any(is_on(section.find(W + "titlePg")) for section in sections):
        shown.add("first")
    if settings is not None and is_on(settings.find(W + "evenAndOddHeaders")):
        shown.add("even")
    for tag, kind in _KINDS.items():
        for section in sections:
            for reference in section.iterchildren(tag):
                relation = main.rels.get(reference.get(RELATION_ID, ""))
                if reference.get(W + "type", "default") in shown and relation is not None:
                    root = root_of(relation.target_part)
                    for item in _paragraphs(root, kind, reader):
                        found.setdefault((item.kind, item.text), item)
    return list(found.values())


def _paragraphs(
    root: etree._Element, kind: Literal["header", "footer"], reader: BodyReader
) -> Iterator[Furniture]:
    for text, fields in reader.lines(root):
        shown = "page_number" if fields & _PAGE_FIELDS else kind
        yield Furniture.model_validate({"kind": shown, "text": text})


def _is_former(section: etree._Element) -> bool:
    return next(section.iterancestors()).tag == W + "sectPrChange"
