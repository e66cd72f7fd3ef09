"""Zip archives that lie about their size, their names and each other."""

from __future__ import annotations

import io
import struct
import zlib
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from tests.builders import docx, paragraph, zipped

NOTICE = "各镇要落实责任。".encode()
_LOCAL, _LISTED = b"PK\x03\x04", b"PK\x01\x02"


def lying_size(data: bytes, size: int) -> bytes:
    """Declare another inflated size for every member, in both places where it is declared."""
    changed = bytearray(data)
    for signature, offset in ((_LOCAL, 22), (_LISTED, 24)):
        place = changed.find(signature)
        while place >= 0:
            struct.pack_into("<I", changed, place + offset, size)
            place = changed.find(signature, place + 4)
    return bytes(changed)


def wrong_crc(data: bytes) -> bytes:
    changed = bytearray(data)
    for signature, offset in ((_LOCAL, 14), (_LISTED, 16)):
        place = changed.find(signature)
        while place >= 0:
            changed[place + offset] ^= 0xFF
            place = changed.find(signature, place + 4)
    return bytes(changed)


def bomb(name: str, size: int) -> bytes:
    """Return an archive with one member of `size` spaces."""
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive, archive.open(name, "w") as member:
        for _ in range(size >> 20):
            member.write(b" " * (1 << 20))
    return buffer.getvalue()


def nested(depth: int, core: bytes = NOTICE) -> bytes:
    data = zipped({"通知.txt": core})
    for level in range(depth):
        data = zipped({f"{level}.zip": data}, compression=ZIP_STORED)
    return data


def tree_of_bombs() -> bytes:
    """Ten archives in each archive, three deep, with 100 MB in each of the innermost."""
    data = bomb("通知.txt", 100 << 20)
    for _ in range(3):
        data = zipped({f"{place}.zip": data for place in range(10)})
    return data


def overlapping(count: int) -> bytes:
    """All members share one compressed block, and each quotes the header of the next."""
    block = zlib.compress(b" " * (1 << 20))[2:-4]
    crc = zlib.crc32(b" " * (1 << 20))
    one = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0, crc, len(block), 1 << 20, 5, 0)
    body = one + b"0.txt" + block
    listed = b"".join(
        struct.pack(
            "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 0, crc, len(block), 1 << 20,
            9, 0, 0, 0, 0, 0, 0,
        ) + f"{place:05}.txt".encode()
        for place in range(count)
    )  # fmt: skip
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(listed), len(body), 0)
    return body + listed + end


def odd_names() -> bytes:
    names = [
        "../../../../tmp/越界.txt", "/etc/越界.txt", "C:\\Windows\\越界.txt", "..\\..\\越界.txt",
        "CON.txt", "a\0b.txt", "很长" * 5_000 + ".txt", "\u202e通知txt.exe", "通知.txt/",
        "", ".", "./././通知.txt", "通知.txt", "通知.TXT", "\x1b[2J.txt",
    ]  # fmt: skip
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name in names:
            info = ZipInfo("x")
            info.filename = name
            archive.writestr(info, NOTICE)
    return buffer.getvalue()


def undecodable_names() -> bytes:
    """Names that claim to be UTF-8 and are not."""
    data = bytearray(zipped({"通知一二三四.txt": NOTICE}))
    name = "通知一二三四".encode()
    place = data.find(name)
    while place >= 0:
        data[place : place + len(name)] = b"\xed\xa0\x80" * (len(name) // 3)
        place = data.find(name)
    return bytes(data)


def symbolic_link() -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        link = ZipInfo("链接.txt")
        link.create_system = 3
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return buffer.getvalue()


def many_members(count: int) -> bytes:
    return zipped({f"{place}.txt": b"" for place in range(count)}, compression=ZIP_STORED)


CASES = {
    "zip that is empty": ("a.zip", lambda: b"PK\x05\x06" + b"\0" * 18),
    "zip bomb": ("a.zip", lambda: bomb("通知.txt", 300 << 20)),
    "zip bombs inside one another": ("a.zip", tree_of_bombs),
    "zip inside zip, 9 deep": ("a.zip", lambda: nested(8)),
    "zip inside zip, 300 deep": ("a.zip", lambda: nested(300)),
    "zip with overlapping members": ("a.zip", lambda: overlapping(5000)),
    "zip that says members are small": ("a.zip", lambda: lying_size(bomb("a.txt", 200 << 20), 10)),
    "zip that says members are large": (
        "a.zip",
        lambda: lying_size(zipped({"a.txt": NOTICE}), 2**31),
    ),
    "zip with wrong CRC": ("a.zip", lambda: wrong_crc(zipped({"a.txt": NOTICE}))),
    "zip with odd names": ("a.zip", odd_names),
    "zip with undecodable names": ("a.zip", undecodable_names),
    "zip with a symbolic link": ("a.zip", symbolic_link),
    "zip with 50,000 members": ("a.zip", lambda: many_members(50_000)),
    "docx bomb": ("a.docx", lambda: docx(" " * (200 << 20))),
    "docx bomb that says it is small": ("a.docx", lambda: lying_size(docx(" " * (64 << 20)), 100)),
    "docx that says it is large": ("a.docx", lambda: lying_size(docx(paragraph("甲")), 2**31)),
    "docx with wrong CRC": ("a.docx", lambda: wrong_crc(docx(paragraph("甲")))),
}
