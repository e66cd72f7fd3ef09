"""Opens the container of a Word document, with only the parts that are read."""

from __future__ import annotations

from collections.abc import Iterator

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from docx.package import Package
from lxml import etree

from textsafe.errors import CorruptDocumentError
from textsafe.readers.archive import ZIP_ERRORS, checked_package
from textsafe.readers.limits import Limits

STYLES, NUMBERING, THEME, SETTINGS = (
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.NUMBERING,
    RELATIONSHIP_TYPE.THEME,
    RELATIONSHIP_TYPE.SETTINGS,
)
FOOTNOTES, ENDNOTES = RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES
_STEPS = (
    frozenset({RELATIONSHIP_TYPE.OFFICE_DOCUMENT}),
    frozenset(
        {STYLES, NUMBERING, THEME, SETTINGS, FOOTNOTES, ENDNOTES}
        | {RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER}
    ),
)
# python-docx trusts what it opens: an attribute or a part that is not there shows in these.
_PACKAGE_ERRORS = (AttributeError, LookupError, TypeError, OpcError, etree.LxmlError, *ZIP_ERRORS)


def main_part(data: bytes, limits: Limits) -> Part:
    """Return the part that holds the document.

    Raises:
        CorruptDocumentError: The file is damaged or truncated.
        EncryptedDocumentError: It is under a password.
        LimitExceededError: It inflates to more than is allowed.
    """
    try:
        package = checked_package(data, limits, kind="docx", steps=_STEPS)
        main: Part = Package.open(package).main_document_part
    except _PACKAGE_ERRORS as error:
        raise CorruptDocumentError("corrupt", format="docx", reason=str(error)) from error
    return main


def related(part: Part, relation: str) -> Iterator[etree._Element]:
    """Yield the roots of the parts that stand in `relation` to `part`."""
    for found in part.rels.values():
        if found.reltype == relation:
            yield root_of(found.target_part)


def root_of(part: Part) -> etree._Element:
    """Return the root element of a part.

    Of templates and of documents with macros python-docx makes plain parts, as of all types of
    content that it does not know.
    """
    return part.element if isinstance(part, XmlPart) else parse_xml(part.blob)
