"""OLE2 containers ([MS-CFB]): the files of the old Office and of WPS, and mails of Outlook."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from olefile import OleFileIO

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# All that olefile was seen to raise on damaged input; chains of entries that are long enough end
# in RecursionError.
OLE_ERRORS = (
    AttributeError,
    LookupError,
    MemoryError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)


# [MS-CFB] 2.2: where the header says how many sectors its three tables take.
_SECTOR_COUNTS = (0x2C, 0x40, 0x48)
_SMALLEST_SECTOR = 512


@contextmanager
def opened_ole(data: bytes) -> Iterator[OleFileIO]:
    """Open the container in `data`; callers catch ``OLE_ERRORS``."""
    import olefile  # noqa: PLC0415

    # olefile believes these numbers, and reads the same sector for as long as they say.
    for offset in _SECTOR_COUNTS:
        if int.from_bytes(data[offset : offset + 4], "little") > len(data) // _SMALLEST_SECTOR:
            raise OSError("more tables than sectors")
    with olefile.OleFileIO(BytesIO(data)) as container:
        yield container


def root_names(data: bytes) -> frozenset[str] | None:
    """Return the names of what stands in the container itself, or None where it is damaged.

    What stands in a document inside it, such as a table in a letter, is not counted.
    """
    try:
        with opened_ole(data) as container:
            return frozenset(entry.name for entry in container.root.kids)
    except OLE_ERRORS:
        return None
