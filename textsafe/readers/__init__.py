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
from textsafe.readers.limits import DEFAULT_LIMITS, Limits
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
    try:
        yield str(path), read(path, options=options)
    except DocumentError as error:
        yield str(path), error


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
    limits = options.limits
    limits.check("file_bytes", len(data))
    if not data:
        raise EmptyDocumentError("empty")
    kind = detect(data, PurePath(source).suffix)
    content = _content(kind, data, options)
    if not content.blocks:
        raise EmptyDocumentError("empty")
    limits.check("characters", len(content.text))
    limits.check("blocks", len(content.blocks))
    return Document(
        metadata=Metadata(
            source=source,
            sha256=hashlib.sha256(data).hexdigest(),
            format=kind,
            pages=content.pages,
        ),
        text=content.text,
        blocks=content.blocks,
        tables=content.tables,
        furniture=content.furniture,
        warnings=content.warnings,
    )


def _content(kind: Format, data: bytes, options: Options) -> Content:
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
