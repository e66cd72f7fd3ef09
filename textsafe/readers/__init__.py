"""From a file to a :class:`~textsafe.document.Document`: its text, blocks and tables.

The kind of file is told by its content (``detect``); one module for each family then reads it,
each with a function ``read(data, options) -> Content``. ``limits`` guards them all. What holds
several documents (a zip archive, a mail with attachments) is taken apart by ``read_each``.

Whatever the file holds, either a Document comes back or a
:class:`~textsafe.errors.DocumentError` that says what is wrong with it.
"""

from __future__ import annotations

import errno
import hashlib
import stat
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path, PurePath

from textsafe.document import Document, Metadata
from textsafe.errors import (
    DocumentError,
    EmptyDocumentError,
    UnreadableFileError,
    UnsupportedFormatError,
)
from textsafe.readers.content import Content
from textsafe.readers.detect import Format, detect
from textsafe.readers.limits import DEFAULT_LIMITS, Budget, Limits
from textsafe.readers.members import Member
from textsafe.readers.options import DEFAULT_OPTIONS, Options

__all__ = ["DEFAULT_LIMITS", "Limits", "Options", "read", "read_bytes", "read_each"]

_ABSENT = {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG}
_FORBIDDEN = {errno.EACCES, errno.EPERM}

# The module and the function that read each format. They are imported on first use: plain text is
# read without the time and memory that the libraries of the others take.
_READERS: dict[Format, tuple[str, str]] = {
    "txt": ("text", "read"),
    "md": ("markdown", "read"),
    "html": ("html", "read"),
    "docx": ("docx", "read"),
    "pdf": ("pdf", "read"),
    "ofd": ("ofd", "read"),
    **dict.fromkeys(("doc", "wps", "rtf", "odt"), ("office.reader", "read_document")),
    **dict.fromkeys(("xls", "et", "ods"), ("office.reader", "read_workbook")),
    "xlsx": ("spreadsheet", "read"),
    "csv": ("spreadsheet.delimited", "read"),
    **dict.fromkeys(("png", "jpg", "tif", "bmp"), ("image", "read")),
    "eml": ("mail", "read"),
    "mht": ("mht", "read"),
    "msg": ("msg", "read"),
}

# What holds several documents: the module and the function that gives its members, each of them
# with what it costs taken from the budget of the whole file.
_CONTAINERS: dict[Format, tuple[str, str]] = {
    "zip": ("members", "zip_members"),
    "eml": ("mail", "members"),
    "msg": ("msg", "members"),
}


def read(path: str | Path, *, options: Options = DEFAULT_OPTIONS) -> Document:
    """Read the file at `path`.

    Args:
        path: The file; kept exactly as given in ``metadata.source``.
        options: How to read it, and how large it may be.

    Raises:
        DocumentError: The file cannot be opened, or not be read as a document.
    """
    return read_bytes(_load(Path(path), options.limits), source=str(path), options=options)


def read_each(
    path: str | Path, *, options: Options = DEFAULT_OPTIONS
) -> Iterator[tuple[str, Document | DocumentError]]:
    """Yield every document in the file at `path` with its source, or why it cannot be read.

    Args:
        path: The file; the sources of what it holds begin with it.
        options: How to read it, and how large it may be.
    """
    source = str(path)
    try:
        data = _load(Path(path), options.limits)
    except DocumentError as error:
        yield source, error
        return
    yield from _each(data, source, options, Budget(options.limits), 0)


def _each(
    data: bytes, source: str, options: Options, budget: Budget, depth: int
) -> Iterator[tuple[str, Document | DocumentError]]:
    """Yield what is in a file that stands inside `depth` archives and mails."""
    try:
        kind = _kind(data, source, options.limits)
        if kind not in _CONTAINERS:
            yield source, _attempt(kind, data, source, options)
            return
        options.limits.check("nesting", depth + 1)
        module, function = _CONTAINERS[kind]
        members = getattr(import_module(f"textsafe.readers.{module}"), function)(data, budget)
    except DocumentError as error:
        yield source, error
        return
    own = EmptyDocumentError("empty_archive") if kind == "zip" else None
    found = own or _attempt(kind, data, source, options)
    silent = isinstance(found, EmptyDocumentError)
    if not silent:
        yield source, found
    for member in members:
        silent = False
        yield from _each_member(member, source, options, budget, depth)
    if silent:
        yield source, found


def _each_member(
    member: Member, container: str, options: Options, budget: Budget, depth: int
) -> Iterator[tuple[str, Document | DocumentError]]:
    source = f"{container}/{member.name}"
    if isinstance(member.data, bytes):
        yield from _each(member.data, source, options, budget, depth + member.depth)
    elif isinstance(member.data, DocumentError):
        yield source, member.data
    else:
        content = member.data
        digest = hashlib.sha256(content.text.encode()).hexdigest()
        try:
            yield source, _document(content, "msg", source, digest, options.limits)
        except DocumentError as error:
            yield source, error


def _attempt(kind: Format, data: bytes, source: str, options: Options) -> Document | DocumentError:
    try:
        if options.on_document is not None:
            options.on_document(source)
        return _read(kind, data, source, options)
    except DocumentError as error:
        return error


def read_bytes(data: bytes, *, source: str, options: Options = DEFAULT_OPTIONS) -> Document:
    r"""Read a document whose bytes are already in memory.

    Args:
        data: Content of the file.
        source: Name of the file; its suffix helps where the content could be of several kinds.
        options: How to read it, and how large it may be.

    Raises:
        DocumentError: The bytes cannot be read as a document.

    >>> document = read_bytes("一、总体要求\n各镇要抓紧落实。".encode("gb18030"), source="通知.txt")
    >>> [block.span.of(document.text) for block in document.blocks]
    ['一、总体要求', '各镇要抓紧落实。']
    """
    return _read(_kind(data, source, options.limits), data, source, options)


def _kind(data: bytes, source: str, limits: Limits) -> Format:
    limits.check("file_bytes", len(data))
    if not data:
        raise EmptyDocumentError("empty")
    return detect(data, PurePath(source).suffix)


def _read(kind: Format, data: bytes, source: str, options: Options) -> Document:
    content = _content(kind, data, options)
    digest = hashlib.sha256(data).hexdigest()
    return _document(content, kind, source, digest, options.limits)


def _document(content: Content, kind: Format, source: str, digest: str, limits: Limits) -> Document:
    if not content.blocks:
        raise EmptyDocumentError("empty")
    limits.check("characters", len(content.text))
    limits.check("blocks", len(content.blocks))
    return Document(
        metadata=Metadata(source=source, sha256=digest, format=kind, pages=content.pages),
        text=content.text,
        blocks=content.blocks,
        tables=content.tables,
        furniture=content.furniture,
        warnings=content.warnings,
    )


def _content(kind: Format, data: bytes, options: Options) -> Content:
    if kind == "zip":
        raise UnsupportedFormatError("archive_is_no_document")
    if kind not in _READERS:
        raise UnsupportedFormatError("unsupported_format", format=kind)
    module, function = _READERS[kind]
    content: Content = getattr(import_module(f"textsafe.readers.{module}"), function)(data, options)
    return content


def _load(path: Path, limits: Limits) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFileError("not_a_file")
        limits.check("file_bytes", status.st_size)
        with path.open("rb") as file:
            # One byte more than allowed: the file may be growing while it is read.
            return file.read(limits.file_bytes + 1)
    except OSError as error:
        raise _unreadable(path, error) from error
    except ValueError as error:  # a path that no file can have: it holds a NUL character
        raise UnreadableFileError("unreadable_missing") from error


def _unreadable(path: Path, error: OSError) -> UnreadableFileError:
    if error.errno in _ABSENT:
        return UnreadableFileError("not_a_file" if _is_link(path) else "unreadable_missing")
    if error.errno in _FORBIDDEN:
        return UnreadableFileError("unreadable_permission")
    return UnreadableFileError("unreadable_io", reason=error.strerror or str(error))


def _is_link(path: Path) -> bool:
    try:
        return path.is_symlink()
    except OSError:  # the name is too long even to ask
        return False
