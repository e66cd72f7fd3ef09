"""Mails as Outlook saves them, made from their properties: OLE2 containers with storages."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

SECTOR, MINI_SECTOR, MINI_STREAM_BELOW = 512, 64, 4096
NONE, END, IN_FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
STORAGE, STREAM, ROOT = 1, 2, 5
Tree = Mapping[str, "bytes | Tree"]


def container(tree: Tree) -> bytes:
    """Return an OLE2 container; what is a mapping in `tree` becomes a storage."""
    return _Writer().container(tree)


@dataclass
class _Writer:
    sectors: bytearray = field(default_factory=bytearray)
    chain: list[int] = field(default_factory=list)
    mini: bytearray = field(default_factory=bytearray)
    mini_chain: list[int] = field(default_factory=list)
    entries: list[bytes] = field(default_factory=list)

    def container(self, tree: Tree) -> bytes:
        self.entries.append(b"")
        child = self._children(tree)
        mini_start = self._add(bytes(self.mini))
        mini_size = len(self.mini)
        self.entries[0] = _entry("Root Entry", ROOT, mini_start, mini_size, child=child)
        mini_fat = struct.pack(f"<{len(self.mini_chain)}I", *self.mini_chain)
        mini_fat_start = self._add(mini_fat)
        directory_start = self._add(b"".join(self.entries))
        fat_start = len(self.chain)
        count = 1
        while (fat_start + count) * 4 > count * SECTOR:
            count += 1
        fat = [*self.chain, *[IN_FAT] * count]
        fat += [NONE] * (count * SECTOR // 4 - len(fat))
        header = struct.pack(
            "<8s16xHHHHH6xIIIIIIIII",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            0x3E, 3, 0xFFFE, 9, 6,  # versions, byte order, sizes of sectors as powers of two
            0, count, directory_start, 0, MINI_STREAM_BELOW,
            mini_fat_start, -(-len(mini_fat) // SECTOR), END, 0,
        )  # fmt: skip
        listed = struct.pack(f"<{count}I", *range(fat_start, fat_start + count))
        assert count <= 109, "the header must do for the list of allocation tables"
        return b"".join(
            (
                (header + listed).ljust(SECTOR, b"\xff"),
                self.sectors,
                struct.pack(f"<{len(fat)}I", *fat),
            )
        )

    def _children(self, tree: Tree) -> int:
        """Add what stands in a storage and return the entry in the middle of its tree."""
        made: list[tuple[str, int, int, int, int]] = []
        for name in sorted(tree, key=lambda name: (len(name), name.upper())):
            value = tree[name]
            if isinstance(value, bytes):
                start = (
                    self._add(value) if len(value) >= MINI_STREAM_BELOW else self._add_mini(value)
                )
                made.append((name, STREAM, start, len(value), NONE))
            else:
                made.append((name, STORAGE, 0, 0, self._children(value)))
        first = len(self.entries)
        self.entries += [b""] * len(made)

        def link(low: int, high: int) -> int:
            if low >= high:
                return NONE
            middle = (low + high) // 2
            name, kind, start, size, child = made[middle]
            left, right = link(low, middle), link(middle + 1, high)
            self.entries[first + middle] = _entry(
                name, kind, start, size, left=left, right=right, child=child
            )
            return first + middle

        return link(0, len(made))

    def _add(self, data: bytes) -> int:
        return _chained(data, self.sectors, self.chain, SECTOR)

    def _add_mini(self, data: bytes) -> int:
        return _chained(data, self.mini, self.mini_chain, MINI_SECTOR)


def _chained(data: bytes, sectors: bytearray, chain: list[int], size: int) -> int:
    count = -(-len(data) // size)
    if not count:
        return END
    start = len(chain)
    sectors += data.ljust(count * size, b"\0")
    chain += [*range(start + 1, start + count), END]
    return start


def _entry(
    name: str, kind: int, start: int, size: int, *,
    left: int = NONE, right: int = NONE, child: int = NONE,
) -> bytes:  # fmt: skip
    encoded = (name + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII36xIQ", encoded, len(encoded), kind, 1, left, right, child, start, size
    )


def message(
    properties: Mapping[int, str | bytes | int],
    *attachments: Tree,
    charset: str | None = None,
    codepage: int = 0,
    inside: bool = False,
) -> Tree:
    """Return the storage of a mail.

    Args:
        properties: By their identifiers; text, bytes or numbers.
        attachments: Made by `attachment`.
        charset: Encoding of text that is not kept as Unicode.
        codepage: The number that the mail gives for it.
        inside: Whether the mail stands inside another one.
    """
    numbers = {0x3FFD: codepage} if codepage else {}
    tree = dict(_storage({**properties, **numbers}, 24 if inside else 32, charset))
    tree |= {f"__attach_version1.0_#{number:08X}": made for number, made in enumerate(attachments)}
    return tree if inside else {**tree, "__nameid_version1.0": {"__substg1.0_00020102": b""}}


def attachment(
    content: bytes | Tree, name: str = "", properties: Mapping[int, str | bytes | int] | None = None
) -> Tree:
    """Return the storage of an attachment; `content` may be a mail made with `inside`."""
    described = {0x3707: name, 0x3705: 1 if isinstance(content, bytes) else 5, **(properties or {})}
    key = "__substg1.0_37010102" if isinstance(content, bytes) else "__substg1.0_3701000D"
    return {**_storage(described, 8, None), key: content}


def _storage(
    properties: Mapping[int, str | bytes | int], header: int, charset: str | None
) -> dict[str, bytes | Tree]:
    fixed = bytearray(header)
    tree: dict[str, bytes | Tree] = {}
    for identifier, value in properties.items():
        if isinstance(value, int):
            fixed += struct.pack("<HHIQ", 0x0003, identifier, 6, value)
        elif isinstance(value, bytes):
            tree[f"__substg1.0_{identifier:04X}0102"] = value
        elif charset:
            tree[f"__substg1.0_{identifier:04X}001E"] = value.encode(charset)
        else:
            tree[f"__substg1.0_{identifier:04X}001F"] = value.encode("utf-16-le")
    tree["__properties_version1.0"] = bytes(fixed)
    return tree
