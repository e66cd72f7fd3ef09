"""What stands inside an archive, a mail or a folder: which of it is a document, and its name.

Nothing is ever written to disk, so that no name can lead outside; a name that tries to is
refused all the same, since other programs will read it in our records.
"""

from __future__ import annotations

import re
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath
from zipfile import ZipInfo

from textsafe.errors import (
    CorruptDocumentError,
    DocumentError,
    UnreadableFileError,
    UnsupportedFormatError,
)
from textsafe.readers.archive import Archive
from textsafe.readers.content import Content
from textsafe.readers.limits import Budget

# What office programs and operating systems leave beside the documents.
_LITTER = re.compile(r"\.|~\$|__MACOSX$|(?:desktop\.ini|thumbs\.db)$", re.IGNORECASE)
# Plain text for a reader, but not a document; whoever means them can name them.
_DATA_SUFFIXES = frozenset(
    {
        ".cfg", ".css", ".ini", ".js", ".json", ".jsonl", ".log", ".py", ".sh", ".sql", ".toml",
        ".xml", ".yaml", ".yml",
    }
)  # fmt: skip

_DRIVE = re.compile(r"[A-Za-z]:")
# Names that Windows keeps for devices, whatever suffix follows.
_DEVICE = re.compile(r"(?:CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(?:\.|$)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_UTF_8_FLAG = 0x800
_LOCAL_HEADER_BYTES = 30
_LONGEST_NAME = 1000


@dataclass(frozen=True)
class Member:
    """One thing that an archive or a mail holds.

    Attributes:
        name: Its path inside the container, with ``/`` between folders.
        data: Its bytes; for a mail that Outlook keeps inside another one, which has no bytes of
            its own, what was read from it; or why it cannot be had.
        depth: How many containers stand between it and the one that was asked.
    """

    name: str
    data: bytes | Content | DocumentError
    depth: int = 1


def is_litter(name: str) -> bool:
    """Return whether a file or folder of this name is left behind by a program.

    >>> is_litter("~$通知.docx"), is_litter("__MACOSX"), is_litter("通知.docx")
    (True, True, False)
    """
    return bool(_LITTER.match(name))


def not_a_document(name: str) -> DocumentError | None:
    """Return why a file of this name is not read unless somebody names it, or None.

    >>> not_a_document("配置.json").params["format"], not_a_document("台账.csv")
    ('.json', None)
    """
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in _DATA_SUFFIXES:
        return UnsupportedFormatError("unsupported_format", format=suffix)
    return None


def natural_key(name: str) -> list[tuple[int, int, str]]:
    """Return a sort key that puts 文件2 before 文件10.

    >>> sorted(["文件10", "文件2", "附件"], key=natural_key)
    ['文件2', '文件10', '附件']
    """
    return [
        (0, int(piece), "") if piece.isdecimal() else (1, 0, piece.casefold())
        for piece in re.split(r"(\d+)", name)
        if piece
    ]


class Names:
    """Keeps members of the same name apart.

    >>> names = Names()
    >>> [names.apart(name) for name in ("通知.docx", "通知.docx", "说明.txt")]
    ['通知.docx', '通知 (2).docx', '说明.txt']
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._count: Counter[str] = Counter()

    def apart(self, name: str) -> str:
        """Return `name`, with a number where it was given before."""
        suffix = PurePosixPath(name).suffix
        unused = name
        while unused in self._taken:
            self._count[name] += 1
            unused = f"{name.removesuffix(suffix)} ({self._count[name] + 1}){suffix}"
        self._taken.add(unused)
        return unused


def zip_members(data: bytes, budget: Budget) -> Iterator[Member]:
    """Return what a zip archive holds, in the order in which a folder would be walked.

    Args:
        data: The whole archive.
        budget: What may still be inflated, by this archive and those inside it.

    Raises:
        CorruptDocumentError: It is no complete zip archive.
        LimitExceededError: It has too many members.
    """
    archive = Archive(data, budget, kind="zip")
    # Not is_dir(), which fails where a member has no name at all.
    entries = [info for info in archive.entries() if not info.filename.endswith("/")]
    budget.spend("members", len(entries))
    return _zip_members(archive, entries)


def _zip_members(archive: Archive, entries: list[ZipInfo]) -> Iterator[Member]:
    named = sorted(
        ((_name(info), info) for info in entries),
        key=lambda pair: [natural_key(part) for part in pair[0].split("/")],
    )
    overlapping = _overlapping(entries)
    names = Names()
    for name, info in named:
        if any(is_litter(part) for part in name.split("/") if part not in {".", ".."}):
            continue
        problem = _unsafe(name, info) or not_a_document(name)
        if problem is None and info.header_offset in overlapping:
            problem = CorruptDocumentError("corrupt", format="zip", reason="overlapping members")
        yield Member(names.apart(shown(name)), problem or _inflated(archive, info))


def shown(name: str) -> str:
    """Return a name as it may be printed: not endless, without characters that steer a terminal."""
    return _CONTROL.sub("\ufffd", name[:_LONGEST_NAME])


def _inflated(archive: Archive, info: ZipInfo) -> bytes | DocumentError:
    try:
        return archive.inflate(info)
    except DocumentError as error:
        return error


def _name(info: ZipInfo) -> str:
    """Return the name of a member as its writer meant it.

    Without the flag for UTF-8, Windows in China writes GBK and macOS writes UTF-8.
    """
    name = info.orig_filename
    if not info.flag_bits & _UTF_8_FLAG:
        raw = name.encode("cp437")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _unsafe(name: str, info: ZipInfo) -> DocumentError | None:
    parts = name.split("/")
    unsafe = (
        "\0" in name
        or ".." in parts
        or not parts[0]
        or bool(_DRIVE.match(name))
        or any(_DEVICE.match(part) for part in parts)
        or len(name) > _LONGEST_NAME
    )
    if unsafe:
        return UnreadableFileError("unsafe_name")
    # The upper half holds the mode that Unix systems keep.
    if stat.S_ISLNK(info.external_attr >> 16):
        return UnreadableFileError("not_a_file")
    return None


def _overlapping(entries: list[ZipInfo]) -> set[int]:
    """Return where members begin whose data runs into the next one.

    That is how an archive of 10 MB comes to inflate to petabytes: all its members share one
    compressed block.
    """
    in_order = sorted(entries, key=lambda info: info.header_offset)
    found: set[int] = set()
    for info, following in pairwise(in_order):
        end = info.header_offset + _LOCAL_HEADER_BYTES + info.compress_size
        if end > following.header_offset:
            found.add(info.header_offset)
    return found
