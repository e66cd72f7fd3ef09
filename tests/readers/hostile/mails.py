"""Mails without end, and OLE2 containers whose chains of sectors go in circles."""

from __future__ import annotations

import struct

from tests.builders import OLE_MAGIC

HEAD = "From: a@example.org\r\nTo: b@example.org\r\nSubject: 通知\r\nMIME-Version: 1.0\r\n".encode()
PLAIN = b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def parts_in_parts(depth: int) -> bytes:
    data = HEAD
    for level in range(depth):
        data += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level)
    return data + PLAIN + "各镇要落实。".encode()


def mails_in_mails(depth: int) -> bytes:
    return (HEAD + b"Content-Type: message/rfc822\r\n\r\n") * depth + HEAD + PLAIN + "甲".encode()


def many_parts(count: int) -> bytes:
    part = b'--b\r\nContent-Disposition: attachment; filename="a.txt"\r\n\r\na\r\n'
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part * count + b"--b--"


def one_field(name: bytes, value: bytes) -> bytes:
    return HEAD + name + b": " + value + b"\r\n" + PLAIN + "各镇要落实。".encode()


def many_continuations(count: int) -> bytes:
    pieces = b"".join(b';\r\n filename*%d*="%%E7%%94%%B2"' % place for place in range(count))
    return one_field(b"Content-Disposition", b"attachment" + pieces)


def ole(stream: str, fat: dict[int, int], *, entries: int = 4) -> bytes:
    """Return an OLE2 file of four sectors: table, directory, and two of the stream.

    Args:
        stream: Name of its one stream, which begins in sector 2.
        fat: The next sector of each sector; all others are free.
        entries: How many entries of the directory point to one another.
    """
    header = OLE_MAGIC + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", FREE) * 108
    table = [fat.get(place, FREE) for place in range(128)]
    table[0] = TABLE
    directory = b""
    for place in range(entries):
        name = ("Root Entry" if place == 0 else stream).encode("utf-16-le")
        directory += name.ljust(64, b"\0") + struct.pack("<H", len(name) + 2)
        directory += struct.pack("<BB", 5 if place == 0 else 2, 1)
        neighbours = (FREE, FREE, 1) if place == 0 else (1, 2, 3)
        directory += struct.pack("<III", *neighbours) + b"\0" * 36
        directory += struct.pack("<IQ", 2 if place else END, 2**31 - 1 if place else 0)
    sectors = struct.pack("<128I", *table) + directory[:512].ljust(512, b"\0") + b"\xff" * 1024
    return header + sectors


CIRCLES = {
    "directory": {1: 1, 2: END},
    "stream": {1: END, 2: 3, 3: 2},
    "sector outside": {1: END, 2: 10**6},
}  # fmt: skip

CASES = {
    "mail with 10,000 parts inside one another": ("a.eml", lambda: parts_in_parts(10_000)),
    "mail with 50 parts inside one another": ("a.eml", lambda: parts_in_parts(50)),
    "mail inside mail, 5000 deep": ("a.eml", lambda: mails_in_mails(5000)),
    "mail inside mail, 5 deep": ("a.eml", lambda: mails_in_mails(5)),
    "mail with 50,000 attachments": ("a.eml", lambda: many_parts(50_000)),
    "mail with a million fields": ("a.eml", lambda: HEAD + b"X-A: b\r\n" * 500_000 + PLAIN + b"a"),
    "mail with a field of 10 MB": ("a.eml", lambda: one_field(b"Subject", b"a " * 5_000_000)),
    "mail with a folded field": ("a.eml", lambda: one_field(b"Subject", b"a\r\n " * 300_000)),
    "mail with encoded words": (
        "a.eml",
        lambda: one_field(b"Subject", b"=?utf-8?B?55Sy?= " * 50_000),
    ),
    "mail with broken encoded words": (
        "a.eml",
        lambda: one_field(b"Subject", b"=?utf-8?B?55Sy=?x?Q?=" * 20_000),
    ),
    "mail with an unknown encoding": (
        "a.eml",
        lambda: HEAD + b"Content-Type: text/plain; charset=\x00rot13\r\n\r\n" + "甲".encode(),
    ),
    "mail with encodings that run programs": (
        "a.eml",
        lambda: HEAD + b"Content-Type: text/plain; charset=zlib\r\n\r\n" + b"a" * 1000,
    ),
    "mail with many addressees": (
        "a.eml",
        lambda: one_field(b"To", b"(((" * 30_000 + b"a@b, " * 30_000),
    ),
    "mail with a torn address": ("a.eml", lambda: one_field(b"To", b'"' * 50_000 + b"<" * 50_000)),
    "mail with a name in pieces": ("a.eml", lambda: many_continuations(20_000)),
    "mail with no end of its date": ("a.eml", lambda: one_field(b"Date", b"9" * 100_000)),
    "mail without its parts": (
        "a.eml",
        lambda: HEAD + b"Content-Type: multipart/mixed\r\n\r\n" + "甲".encode(),
    ),
    "mail with an empty boundary": (
        "a.eml",
        lambda: HEAD + b'Content-Type: multipart/mixed; boundary=""\r\n\r\n' + b"--\r\n" * 100_000,
    ),
    "mail with broken Base64": (
        "a.eml",
        lambda: (
            HEAD + b"Content-Transfer-Encoding: base64\r\n" + PLAIN + b"!" * 100_000 + b"A=B==" * 9
        ),
    ),
    "saved page with parts inside one another": ("a.mht", lambda: parts_in_parts(3000)),
    **{
        f"{suffix} with a circle: {name}": (
            f"a.{suffix}",
            lambda stream=stream, fat=fat: ole(stream, fat),
        )
        for suffix, stream in (
            ("doc", "WordDocument"),
            ("xls", "Workbook"),
            ("wps", "WordDocument"),
            ("msg", "__properties_version1.0"),
        )
        for name, fat in CIRCLES.items()
    },
}
