"""What is looked at before a legacy office file is handed to a program."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Literal, get_args

from textsafe.errors import CorruptDocumentError, EncryptedDocumentError
from textsafe.readers.archive import Archive
from textsafe.readers.limits import Budget, Limits
from textsafe.readers.ole import MAGIC, OLE_ERRORS, opened_ole, root_names

DocumentKind = Literal["doc", "rtf", "odt"]
WorkbookKind = Literal["xls", "ods"]
Kind = DocumentKind | WorkbookKind

_RTF = b"{\\rtf"
_DOCUMENT_STREAM = "WordDocument"
_WORKBOOK_STREAMS = ("Workbook", "Book")
# [MS-DOC] 2.5.2 FibBase: the bits at 0x0A, of which the ninth is fEncrypted.
_FIB_FLAGS = struct.Struct("<10xH")
_F_ENCRYPTED = 0x0100
# [MS-XLS] 2.1.4 Record: type and size; 2.4.117 FilePass, which stands before the first EOF.
_RECORD = struct.Struct("<HH")
_FILE_PASS, _END = 0x002F, 0x000A
# OpenDocument 1.3 part 2, 3.4.1: the manifest says how each member is encrypted.
_MANIFEST, _ENCRYPTION = "META-INF/manifest.xml", b"encryption-data"
# The same, 3.3: the member with the media type comes first, and is not compressed.
_OPEN_DOCUMENT: dict[bytes, Kind] = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_HEAD = 200  # bytes, with the longest of these and the header of its member
_OPEN_DOCUMENT_XML = ("content.xml", "styles.xml")


def looks_legacy(head: bytes) -> bool:
    """Return whether a file that begins with `head` may be a legacy office file."""
    return head.startswith((MAGIC, _RTF)) or _open_document_kind(head) is not None


def is_workbook(kind: Kind) -> bool:
    """Return whether Calc reads `kind`; Writer reads the others."""
    return kind in get_args(WorkbookKind)


def checked_kind(data: bytes, limits: Limits) -> Kind:
    """Return the kind of a legacy office file, once it may be handed to a program.

    WPS Office builds its own files like those of Microsoft: .wps counts as ``doc``, .et as ``xls``.

    LibreOffice takes a damaged container for plain text, and inflates whatever it is given.

    Raises:
        CorruptDocumentError: It is damaged.
        EncryptedDocumentError: It is under a password.
        LimitExceededError: It inflates to more, or is deeper, than is allowed.
    """
    if data.startswith(_RTF):
        return "rtf"
    if kind := _open_document_kind(data):
        _check_open_document(data, kind, limits)
        return kind
    return _checked_ole_kind(data)


def may_need_password(data: bytes, kind: Kind) -> bool:
    """Return whether a workbook is encrypted.

    One whose structure alone is protected is encrypted too, with a password that all programs
    know; whether it opens is seen only when it is tried.
    """
    if kind != "xls":
        return False
    return _FILE_PASS in _record_types(_stream(data, _WORKBOOK_STREAMS, kind))


def _checked_ole_kind(data: bytes) -> Kind:
    names = root_names(data)
    if names is None:
        raise CorruptDocumentError("corrupt", format="doc/xls", reason="OLE2")
    if _DOCUMENT_STREAM not in names:
        if names.isdisjoint(_WORKBOOK_STREAMS):
            raise CorruptDocumentError("corrupt", format="doc/xls", reason=", ".join(sorted(names)))
        return "xls"
    flags = _stream(data, (_DOCUMENT_STREAM,), "doc", size=_FIB_FLAGS.size)
    if len(flags) < _FIB_FLAGS.size:
        raise CorruptDocumentError("corrupt", format="doc", reason=_DOCUMENT_STREAM)
    if _FIB_FLAGS.unpack(flags)[0] & _F_ENCRYPTED:
        raise EncryptedDocumentError("encrypted", format="doc")
    return "doc"


def _stream(data: bytes, names: tuple[str, ...], kind: Kind, *, size: int = -1) -> bytes:
    """Return the first `size` bytes of the first stream that is called one of `names`."""
    try:
        with opened_ole(data) as container:
            for name in names:
                if container.exists(name):
                    # olefile believes what is said about sizes.
                    if max(container.get_size(name), container.root.size) > len(data):
                        break
                    content: bytes = container.openstream(name).read(size)
                    return content
    except OLE_ERRORS as error:
        raise CorruptDocumentError("corrupt", format=kind, reason=str(error)) from error
    raise CorruptDocumentError("corrupt", format=kind, reason=names[0])


def _record_types(content: bytes) -> Iterator[int]:
    """Yield the types of the records up to the end of what holds for the whole workbook."""
    position = 0
    while position + _RECORD.size <= len(content):
        kind, size = _RECORD.unpack_from(content, position)
        if kind == _END:
            return
        yield kind
        position += _RECORD.size + size


def _open_document_kind(data: bytes) -> Kind | None:
    head = data[:_HEAD]
    return next((kind for mime, kind in _OPEN_DOCUMENT.items() if mime in head), None)


def _check_open_document(data: bytes, kind: Kind, limits: Limits) -> None:
    archive = Archive(data, Budget(limits), kind=kind)
    entries = archive.entries()
    limits.check("parts", len(entries))
    for entry in entries:
        content = archive.inflate(entry)
        if entry.filename == _MANIFEST and _ENCRYPTION in content:
            raise EncryptedDocumentError("encrypted", format=kind)
    for name in _OPEN_DOCUMENT_XML:
        archive.read_xml(name)
