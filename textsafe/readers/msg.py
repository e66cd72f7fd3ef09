"""Mails that Outlook saved (.msg, [MS-OXMSG]): properties of MAPI in an OLE2 container."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from textsafe.errors import (
    CorruptDocumentError,
    DocumentError,
    EmptyDocumentError,
    EncryptedDocumentError,
    UnsupportedFormatError,
)
from textsafe.messages import message
from textsafe.readers import html, rtf
from textsafe.readers.content import Content, joined
from textsafe.readers.limits import Budget
from textsafe.readers.mail import attached_name, chosen, head, linked, plain_text
from textsafe.readers.members import Member, Names, not_a_document
from textsafe.readers.mime import decoded_text
from textsafe.readers.ole import OLE_ERRORS, opened_ole
from textsafe.readers.options import Options

if TYPE_CHECKING:
    from olefile import OleFileIO

# Identifiers of properties ([MS-OXPROPS]); the type is the second half of a tag.
_MESSAGE_CLASS = 0x001A
_SUBJECT = 0x0037
_SENT = 0x0039
_SENDER, _SENDER_ADDRESS = 0x0C1A, 0x0C1F
_TO, _CC = 0x0E04, 0x0E03
_BODY, _RTF, _HTML = 0x1000, 0x1009, 0x1013
_SHOWN_NAME, _DATA, _SHORT_NAME, _METHOD, _LONG_NAME = 0x3001, 0x3701, 0x3704, 0x3705, 0x3707
_CONTENT_ID, _HIDDEN = 0x3712, 0x7FFE
_CODEPAGES = (0x3FFD, 0x3FDE)
_UNICODE, _BYTE_STRING, _BINARY, _STORAGE = 0x001F, 0x001E, 0x0102, 0x000D
_EMBEDDED_MESSAGE = 5

_PROPERTIES = "__properties_version1.0"
_ATTACHMENT = "__attach_version1.0_#"
# Lengths of the header before the list of properties, [MS-OXMSG] 2.4.1.
_TOP, _INSIDE, _OTHER = 32, 24, 8
_ENTRY_BYTES = 16
_CHARSETS = {65001: "utf-8", 1200: "utf-16-le", 20936: "gb18030", 54936: "gb18030"}
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_BOM = b"\xef\xbb\xbf"


def read(data: bytes, options: Options) -> Content:
    """Read the text of a mail that Outlook saved.

    Raises:
        CorruptDocumentError: It is damaged.
        EmptyDocumentError: It has no text of its own, only attachments.
        EncryptedDocumentError: It is encrypted.
        LimitExceededError: Its properties are larger than may be inflated.
    """
    with _opened(data, Budget(options.limits)) as mail:
        return mail.content(options)


def members(data: bytes, budget: Budget) -> Iterator[Member]:
    """Return what is attached to a mail that Outlook saved.

    A mail inside the mail is read here, since it is no file of its own; so is what is attached
    to that one.

    Raises:
        CorruptDocumentError: It is damaged.
        LimitExceededError: It has too many attachments, or they are larger than may be inflated.
    """
    names = Names()
    with _opened(data, budget) as mail:
        return iter(
            [
                Member(names.apart(member.name), member.data, member.depth)
                for member in _attached(mail, Options(budget.limits), depth=1)
            ]
        )


@contextmanager
def _opened(data: bytes, budget: Budget) -> Iterator[_Message]:
    try:
        with opened_ole(data) as container:
            yield _Message(_File(container, len(data), budget), (), _TOP)
    except OLE_ERRORS as error:
        raise CorruptDocumentError("corrupt", format="msg", reason=str(error)) from error


def _attached(mail: _Message, options: Options, depth: int) -> Iterator[Member]:
    attachments = mail.attachments()
    mail.file.budget.spend("members", len(attachments))
    # All names first: they are to be known even when the contents are too much.
    names = [
        attached_name(attachment.name(), number)
        for number, attachment in enumerate(attachments, start=1)
    ]
    for name, attachment in zip(names, attachments, strict=True):
        if attachment.number(_METHOD) == _EMBEDDED_MESSAGE:
            saved_as = name.removesuffix(".msg") + ".msg"
            yield from _mail_inside(attachment, saved_as, options, depth)
        elif mail.is_signed:  # what was signed is the mail as it was sent
            yield Member(f"{name}.eml", attachment.content(), depth)
        else:
            yield Member(name, not_a_document(name) or attachment.content(), depth)


def _mail_inside(
    attachment: _Attachment, name: str, options: Options, depth: int
) -> Iterator[Member]:
    silent = False
    try:
        options.limits.check("nesting", depth + 1)
        mail = attachment.message()
        try:
            yield Member(name, mail.content(options), depth)
        except EmptyDocumentError as error:
            silent = error.key != "mail_without_text"
        for member in _attached(mail, options, depth + 1):
            yield replace(member, name=f"{name}/{member.name}")
    except DocumentError as error:
        yield Member(name, error, depth)
    if silent:
        yield Member(name, EmptyDocumentError("empty"), depth)


@dataclass(frozen=True)
class _File:
    container: OleFileIO
    size: int
    budget: Budget

    def names(self, path: tuple[str, ...]) -> list[str]:
        """Return the names of what stands in the storage at `path`."""
        entry = self._entry(path)
        return [child.name for child in entry.kids] if entry else []

    def read(self, path: tuple[str, ...]) -> bytes | None:
        """Return the stream at `path`, or None where there is none."""
        entry = self._entry(path)
        if entry is None:
            return None
        # What it says about its size is believed by olefile, which then follows loops for hours.
        if max(entry.size, self.container.root.size) > self.size:
            raise CorruptDocumentError("corrupt", format="msg", reason="size of a stream")
        self.budget.spend("inflated_bytes", entry.size)
        content: bytes = self.container.openstream(list(path)).read()
        return content

    def _entry(self, path: tuple[str, ...]) -> Any:
        entry = self.container.root
        for name in path:
            entry = entry.kids_dict.get(name.lower()) if entry else None
        return entry


class _Storage:
    """A message or an attachment: its properties, each of them read when it is asked for."""

    def __init__(self, file: _File, path: tuple[str, ...], header: int, charset: str = "") -> None:
        self.file = file
        self.path = path
        self.charset = charset
        data = file.read((*path, _PROPERTIES)) or b""
        entries = range(header, len(data) - _ENTRY_BYTES + 1, _ENTRY_BYTES)
        # Type and identifier, flags, and a value of up to eight bytes.
        listed = (struct.unpack_from("<HH4x8s", data, offset) for offset in entries)
        self._fixed = {identifier: value for _, identifier, value in listed}

    def number(self, identifier: int) -> int:
        """Return a number or a truth value of up to four bytes; 0 where there is none."""
        return int.from_bytes(self._fixed.get(identifier, b"")[:4], "little")

    def binary(self, identifier: int, kind: int = _BINARY) -> bytes:
        """Return the bytes of a property; empty where it has none."""
        return self.file.read((*self.path, _stream(identifier, kind))) or b""

    def text(self, identifier: int) -> str:
        """Return the text of a property; empty where it has none."""
        if found := self.binary(identifier, _UNICODE):
            return found.decode("utf-16-le", errors="replace").rstrip("\0")
        found = self.binary(identifier, _BYTE_STRING)
        return decoded_text(found.rstrip(b"\0"), self.charset)[0] if found else ""


class _Attachment(_Storage):
    def name(self) -> str:
        """Return the name under which it was attached."""
        return self.text(_LONG_NAME) or self.text(_SHORT_NAME) or self.text(_SHOWN_NAME)

    def content(self) -> bytes | DocumentError:
        """Return its bytes, or why there are none."""
        try:
            data = self.file.read((*self.path, _stream(_DATA, _BINARY)))
        except DocumentError as error:
            return error
        return UnsupportedFormatError("unsupported_format", format="ole") if data is None else data

    def message(self) -> _Message:
        """Return the mail that it is."""
        return _Message(self.file, (*self.path, _stream(_DATA, _STORAGE)), _INSIDE)


class _Message(_Storage):
    def __init__(self, file: _File, path: tuple[str, ...], header: int) -> None:
        super().__init__(file, path, header)
        codepage = next(filter(None, map(self.number, _CODEPAGES)), 0)
        self.charset = _CHARSETS.get(codepage, f"cp{codepage}")
        kind = self.text(_MESSAGE_CLASS).lower()
        self.is_signed = kind.endswith(".smime.multipartsigned")
        self._is_encrypted = ".smime" in kind and not self.is_signed

    def content(self, options: Options) -> Content:
        """Return its text."""
        if self._is_encrypted:
            raise EncryptedDocumentError("encrypted", format="msg")
        page, rich = self._page(), Content(text="", blocks=())
        if not page:
            page, rich = self._rich_text(options)
        plain = [plain_text(self.text(_BODY).replace("\r\n", "\n"), options)]
        pages = [html.read(page, options)] if page.strip() else []
        bodies = chosen(plain, [*pages, rich])
        if not any(body.blocks for body in bodies) and self.attachments():
            raise EmptyDocumentError("mail_without_text")
        return joined([head(self.text(_SUBJECT), self._fields()), *bodies])

    def attachments(self) -> list[_Attachment]:
        """Return what is attached, without the pictures that the text shows."""
        names = sorted(
            name for name in self.file.names(self.path) if name.lower().startswith(_ATTACHMENT)
        )
        found = (_Attachment(self.file, (*self.path, name), _OTHER, self.charset) for name in names)
        links = linked(self._page().decode("utf-8", errors="replace"))
        return [
            attachment
            for attachment in found
            if not attachment.number(_HIDDEN) and attachment.text(_CONTENT_ID) not in links
        ]

    def _page(self) -> bytes:
        """Return the text as a web page; empty where there is none."""
        if page := self.binary(_HTML):
            return page
        page_as_text = self.text(_HTML)
        return _BOM + page_as_text.encode() if page_as_text else b""

    def _rich_text(self, options: Options) -> tuple[bytes, Content]:
        """Return what rich text holds: a web page, or text."""
        packed = self.binary(_RTF)
        if not packed:
            return b"", Content(text="", blocks=())
        kind, found = rtf.content_of_rtf(rtf.decompressed(packed, self.file.budget))
        if kind == "html":
            return _BOM + found.encode(), Content(text="", blocks=())
        return b"", plain_text(found, options, (message("mail_rich_text").text,))

    def _fields(self) -> dict[str, str]:
        name, address = self.text(_SENDER), self.text(_SENDER_ADDRESS)
        sender = f"{name} <{address}>" if name and "@" in address else name or address
        fields = {"From": sender, "To": self.text(_TO), "Cc": self.text(_CC), "Date": self._sent()}
        return {field: " ".join(value.split()) for field, value in fields.items()}

    def _sent(self) -> str:
        """Return when it was sent, in UTC; [MS-DTYP] 2.3.3 counts tenths of microseconds."""
        ticks = int.from_bytes(self._fixed.get(_SENT, b""), "little")
        try:
            moment = _EPOCH + timedelta(microseconds=ticks // 10)
        except OverflowError:
            return ""
        return moment.strftime("%Y-%m-%d %H:%M UTC") if ticks else ""


def _stream(identifier: int, kind: int) -> str:
    """Return the name under which the value of a property is kept.

    >>> _stream(0x0037, 0x001F)
    '__substg1.0_0037001F'
    """
    return f"__substg1.0_{identifier:04X}{kind:04X}"
