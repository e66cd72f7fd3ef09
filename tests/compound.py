"""Writes OLE2 containers ([MS-CFB]), in which the old Office kept its files."""

from __future__ import annotations

import struct
from collections.abc import Mapping

SECTOR = 512
MINI_STREAM_BELOW = 4096
NONE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
STREAM, ROOT = 2, 5
ENTRY_BYTES = 128


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Return a container of these streams, each of which is padded to 4 KB at least."""
    contents = [content.ljust(MINI_STREAM_BELOW, b"\0") for content in streams.values()]
    directory_sectors = -(-(len(streams) + 1) * ENTRY_BYTES // SECTOR)
    chains = [1, directory_sectors, *(-(-len(content) // SECTOR) for content in contents)]
    starts = [sum(chains[:index]) for index in range(len(chains))]
    fat = [FAT] + [
        END if index == length - 1 else start + index + 1
        for start, length in zip(starts[1:], chains[1:], strict=True)
        for index in range(length)
    ]
    assert len(fat) <= SECTOR // 4, "one sector of the allocation table must do"
    # The streams hang together as a list: each is the right sibling of the one before it.
    entries = [_entry("Root Entry", ROOT, child=1 if streams else NONE, start=END, size=0)]
    for index, (name, content) in enumerate(zip(streams, contents, strict=True), 1):
        following = index + 1 if index < len(streams) else NONE
        start = starts[index + 1]
        entries.append(_entry(name, STREAM, right=following, start=start, size=len(content)))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E, 3, 0xFFFE, 9, 6,  # versions, byte order, sizes of sectors as powers of two
        0, 1, 1, 0, MINI_STREAM_BELOW, END, 0, END, 0,
    )  # fmt: skip
    table = struct.pack(f"<{SECTOR // 4}I", *fat, *[NONE] * (SECTOR // 4 - len(fat)))
    sectors = [
        (header + struct.pack("<I", 0)).ljust(SECTOR, b"\xff"),
        table,
        b"".join(entries).ljust(directory_sectors * SECTOR, b"\0"),
        *(content.ljust(-(-len(content) // SECTOR) * SECTOR, b"\0") for content in contents),
    ]
    return b"".join(sectors)


def _entry(
    name: str, kind: int, *, start: int, size: int, right: int = NONE, child: int = NONE
) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII36xIQ", encoded, len(encoded), kind, 1, NONE, right, child, start, size
    )
