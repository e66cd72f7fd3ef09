"""What kind of file it is: told by its content, then by its suffix."""

from __future__ import annotations

import re
from typing import Literal, cast, get_args

from textsafe.errors import (
    CorruptDocumentError,
    EncryptedDocumentError,
    UnsupportedFormatError,
)
from textsafe.readers.archive import ZIP_ERRORS, opened_zip
from textsafe.readers.ole import MAGIC, root_names

Format = Literal[
    "txt", "md", "html", "mht",
    "docx", "doc", "wps", "rtf", "odt",
    "pdf", "ofd",
    "xlsx", "xls", "et", "ods", "csv",
    "png", "jpg", "tif", "bmp",
    "eml", "msg", "zip",
]  # fmt: skip
FORMATS: frozenset[str] = frozenset(get_args(Format))

# Mail gateways and web servers put lines before the header; readers of PDF accept 1 KB of them.
_PDF_HEADER_WITHIN = 1024
_HTML_TAG_WITHIN = 4096
_HTML_TAG = re.compile(rb"<(?:!doctype\s{1,9}html|html|head|body|title|meta)[\s>/]", re.IGNORECASE)
_ZIP = b"PK\x03\x04"

# A mail or saved web page without its suffix is known by the field that MIME asks for.
_MAIL_HEADER = re.compile(
    rb"(?:[A-Za-z][A-Za-z0-9-]{0,40}:[^\n]{0,998}\n(?:[ \t][^\n]{0,998}\n){0,50}){0,80}?"
    rb"MIME-Version:",
    re.IGNORECASE,
)
_MULTIPART_RELATED = re.compile(rb"Content-Type:\s{0,9}multipart/related", re.IGNORECASE)
_TEXT_SUFFIXES: dict[str, Format] = {
    "csv": "csv",
    "htm": "html",
    "html": "html",
    "markdown": "md",
    "md": "md",
    "tsv": "csv",
    "xhtml": "html",
}

# First folder or file that tells the formats kept in a zip container from one another.
_ZIP_MEMBERS = {
    "word/": "docx",
    "xl/": "xlsx",
    "ppt/": "pptx",
    "OFD.xml": "ofd",
    "Encryptions.xml": "ofd",  # all else is enciphered (GM/T 0099-2020)
}
_OPEN_DOCUMENT = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}
# Names of streams in an OLE2 container.
_OLE_STREAMS = {
    "WordDocument": "doc",
    "Workbook": "xls",
    "Book": "xls",
    "PowerPoint": "ppt",
    "__properties_version1.0": "msg",
}
# WPS Office builds its own files like those of Microsoft.
_WPS_TWINS = {("doc", "wps"), ("xls", "et")}
_OLE_SUFFIXES = frozenset({"doc", "wps", "xls", "et", "msg"})
_OFFICE_SUFFIXES = frozenset({"docx", "xlsx", "pptx"})
_MAGICS = {
    b"\x89PNG\r\n": "png",
    b"\xff\xd8\xff": "jpg",
    b"GIF8": "gif",
    b"II*\x00": "tif",
    b"MM\x00*": "tif",
    b"RIFF": "webp/avi",
    b"Rar!\x1a\x07": "rar",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x1f\x8b\x08": "gz",
    b"\x7fELF": "elf",
    b"PK\x05\x06": "zip",
    b"{\\rtf": "rtf",
    b"SQLite format 3\x00": "sqlite",
}


def detect(data: bytes, suffix: str) -> Format:
    """Return the format of a file; a wrong suffix does not mislead it.

    Args:
        data: The whole file.
        suffix: Suffix of its name with the dot, or empty; decides between kinds of plain text.

    Raises:
        UnsupportedFormatError: It is of a kind that no reader knows.
        EncryptedDocumentError: It is an office document under a password.
        CorruptDocumentError: Too little is left of it to tell what is in it.

    >>> detect("# 通知".encode(), ".md"), detect(b"%PDF-1.7", ".txt")
    ('md', 'pdf')
    """
    suffix = suffix.removeprefix(".").lower()
    if data.startswith(_ZIP):
        return _supported(_zip_kind(data, suffix))
    if data.startswith(MAGIC):
        return _supported(_ole_kind(data, suffix))
    for magic, name in _MAGICS.items():
        if data.startswith(magic):
            return _supported(name)
    # Two letters alone may be those of a text: BMS系统检修通知.
    if data.startswith(b"BM") and data[6:10] == bytes(4):
        return "bmp"
    # After the containers: the first file in an archive may be a PDF, stored as it is.
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return "pdf"
    return _textual(data, suffix)


def _supported(kind: str) -> Format:
    if kind not in FORMATS:
        raise UnsupportedFormatError("unsupported_format", format=kind)
    return cast(Format, kind)


def _zip_kind(data: bytes, suffix: str) -> str:
    try:
        with opened_zip(data) as archive:
            names = archive.namelist()
    except ZIP_ERRORS:
        # Truncated: the list of members at the end is gone, but each also stands before its data.
        return next((k for m, k in _ZIP_MEMBERS.items() if m.encode() in data), suffix or "zip")
    for member, kind in _ZIP_MEMBERS.items():
        if any(name.startswith(member) for name in names):
            return kind
    mime = re.search(rb"application/vnd\.oasis\.opendocument\.([a-z]{1,20})", data[:200])
    return _OPEN_DOCUMENT.get(mime[1].decode(), "zip") if mime else "zip"


def _ole_kind(data: bytes, suffix: str) -> str:
    names = root_names(data)

    def holds(stream: str) -> bool:
        # Damaged: the list of streams cannot be read, but perhaps found.
        return stream.encode("utf-16-le") in data if names is None else stream in names

    if holds("EncryptedPackage"):
        kind = suffix if suffix in _OFFICE_SUFFIXES else "docx"
        raise EncryptedDocumentError("encrypted", format=kind)
    for stream, kind in _OLE_STREAMS.items():
        if holds(stream):
            return suffix if (kind, suffix) in _WPS_TWINS else kind
    if names is None and suffix in _OLE_SUFFIXES:
        raise CorruptDocumentError("corrupt", format=suffix, reason="OLE2")
    return "ole"


def _textual(data: bytes, suffix: str) -> Format:
    # Without its NUL bytes, UTF-16 looks like ASCII where tags are concerned.
    head = data[:_HTML_TAG_WITHIN].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith(b"<") and _HTML_TAG.search(head):
        return "html"
    if head.startswith(b"<?xml"):
        raise UnsupportedFormatError("unsupported_format", format="xml")
    if mail := _mail_kind(head, suffix):
        return mail
    return _TEXT_SUFFIXES.get(suffix, "txt")


def _mail_kind(head: bytes, suffix: str) -> Format | None:
    """Tell a mail from a web page saved as one; both begin with header fields."""
    if suffix not in {"eml", "mht", "mhtml"} and not _MAIL_HEADER.match(head):
        return None
    related = _MULTIPART_RELATED.search(head)
    return "mht" if suffix in {"mht", "mhtml"} or (related and suffix != "eml") else "eml"
