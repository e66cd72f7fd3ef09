"""The OFD reader: the government's exchange format, GB/T 33190-2016.

An OFD file is a zip container of XML: documents, their pages, and on each page text objects whose
characters all have places, in millimetres from the top left. The order of the objects says nothing;
so the characters go the same way as those of a PDF: lines, tables, furniture, paragraphs.

Seals, stamps and other annotations, attachments and metadata are not part of the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textsafe.errors import CorruptDocumentError, EncryptedDocumentError, ScannedDocumentError
from textsafe.messages import message
from textsafe.readers import ocr
from textsafe.readers.content import Content, ContentBuilder
from textsafe.readers.layout import lay_out
from textsafe.readers.ofd.package import Package
from textsafe.readers.ofd.pages import Faults, PageReader
from textsafe.readers.ofd.structure import read_documents
from textsafe.readers.options import Options
from textsafe.readers.page_list import page_list


def read(data: bytes, options: Options) -> Content:
    """Read an OFD file.

    Args:
        data: The file.
        options: Its limits say how many pages and characters are allowed, and how much the file
            may inflate to.

    Returns:
        Paragraphs and tables in reading order with page and place; page numbers and running
        headers are set apart as furniture. What was not read is named in the warnings, with the
        pages.

    Raises:
        CorruptDocumentError: It is damaged, or none of its pages can be read.
        EncryptedDocumentError: Its pages are enciphered (GM/T 0099-2020).
        ScannedDocumentError: All pages are pictures, and text recognition is not installed.
        LimitExceededError: It is too large or too deep.
    """
    package = Package(data, options.limits)
    documents = read_documents(package)
    parts = [part for _, pages in documents for part in pages]
    options.limits.check("pages", len(parts))
    reader = PageReader(package, options, len(parts))
    read_pages = (reader.read(part, number) for number, part in enumerate(parts, 1))
    pages = [page for page in read_pages if page is not None]
    if not pages:
        raise _nothing_read(reader.faults)
    builder = ContentBuilder(options.limits)
    empty = lay_out([page.content for page in pages], builder)
    unread = [page.content.number for page in pages if page.drawn and page.content.number in empty]
    if unread and len(empty) == len(pages):
        if reader.faults.pictures:
            raise CorruptDocumentError("corrupt", format="ofd", reason=_pictures(reader.faults))
        raise ScannedDocumentError("scanned", pages=len(parts))
    names = [name for document, _ in documents for name in document.attachments]
    for warning in [
        *_warnings(reader.faults, unread),
        *ocr.doubts(page.content for page in pages),
        *_attached(names),
    ]:
        builder.warn(warning)
    return builder.build(pages=len(parts))


def _nothing_read(faults: Faults) -> CorruptDocumentError | EncryptedDocumentError:
    if faults.enciphered:
        return EncryptedDocumentError("encrypted", format="ofd")
    return CorruptDocumentError("corrupt", format="ofd", reason="没有可读的页")


def _warnings(faults: Faults, unread: Sequence[int]) -> Iterator[str]:
    for key, numbers in (
        ("page_damaged", faults.damaged),
        ("ofd_enciphered", faults.enciphered),
        ("pdf_no_text", [number for number in unread if number not in faults.pictures]),
        ("page_undecoded", faults.undecoded),
        ("page_turned", faults.turned),
        ("page_crowded", faults.crowded),
        ("ofd_hidden", faults.hidden),
        ("ofd_pale", faults.pale),
        ("ofd_shapes", faults.shapes),
        ("ofd_notes", faults.noted),
    ):
        if numbers:
            yield message(key, pages=page_list(numbers)).text
    if faults.pictures:
        yield _pictures(faults)


def _pictures(faults: Faults) -> str:
    kinds = "、".join(sorted(set(faults.pictures.values())))
    return message("ofd_pictures", pages=page_list(sorted(faults.pictures)), kinds=kinds).text


def _attached(names: Sequence[str]) -> Iterator[str]:
    if names:
        yield message("ofd_attachments", count=len(names), names="、".join(names[:5])).text
