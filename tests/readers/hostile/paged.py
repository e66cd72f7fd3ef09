"""PDF files and pictures that lead in circles or claim to be enormous."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
TEXT = b"BT /F1 12 Tf 72 700 Td (safety) Tj ET\n"


def pdf(objects: Sequence[bytes], *, start: int | None = None, trailer: bytes = b"") -> bytes:
    """Return a file of these objects, numbered from 1; the first one is the catalogue."""
    body = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
        + b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer)
        + b"startxref\n%d\n%%%%EOF\n" % (len(body) if start is None else start)
    )


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def flate(data: bytes, times: int = 1, entries: bytes = b"") -> bytes:
    for _ in range(times):
        data = zlib.compress(data, 9)
    return stream(data, b"/Filter [%s] %s" % (b"/FlateDecode " * times, entries))


def one_page(
    contents: bytes,
    *more: bytes,
    box: bytes = b"[0 0 595 842]",
    entries: bytes = b"",
    resources: bytes = b"",
    kids: bytes = b"[3 0 R]",
    count: int = 1,
) -> bytes:
    """Return a file with one page; its contents are object 4, its font 5, `more` from 6."""
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 4 0 R /Resources "
        b"<< /Font << /F1 5 0 R >> %s >> %s >>" % (box, resources, entries)
    )
    pages = b"<< /Type /Pages /Kids %s /Count %d >>" % (kids, count)
    catalogue = b"<< /Type /Catalog /Pages 2 0 R >>"
    return pdf([catalogue, pages, page, contents, FONT, *more])


def deep_page_tree(depth: int) -> bytes:
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    objects += [
        b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (number + 1)
        for number in range(2, depth + 2)
    ]
    page = (
        b"<< /Type /Page /MediaBox [0 0 595 842] /Contents %d 0 R "
        b"/Resources << /Font << /F1 %d 0 R >> >> >>"
    )
    objects += [page % (depth + 3, depth + 4), stream(TEXT), FONT]
    return pdf(objects)


def laughing_forms() -> bytes:
    """Nine forms, each of which draws the next one ten times."""
    forms = [
        stream(
            b"/X Do\n" * 10,
            b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources "
            b"<< /XObject << /X %d 0 R >> >>" % (number + 1),
        )
        for number in range(6, 15)
    ]
    last = stream(
        TEXT,
        b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >>",
    )
    return one_page(stream(b"/X Do\n" * 10), *forms, last, resources=b"/XObject << /X 6 0 R >>")


def drawing_itself() -> bytes:
    form = stream(
        b"/X Do " + TEXT,
        b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources "
        b"<< /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >>",
    )
    return one_page(stream(TEXT + b"/X Do"), form, resources=b"/XObject << /X 6 0 R >>")


def drawn_glyph_of_itself() -> bytes:
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /CharProcs "
        b"<< /a 7 0 R >> /Encoding << /Differences [97 /a] >> /FirstChar 97 /LastChar 97 "
        b"/Widths [1] "
        b"/Resources << /Font << /F2 6 0 R >> >> >>"
    )
    glyph = stream(b"1 0 d0 BT /F2 1 Tf (aaaa) Tj ET")
    contents = stream(TEXT + b"BT /F2 12 Tf 72 600 Td (aaaa) Tj ET")
    return one_page(contents, font, glyph, resources=b"/Font << /F1 5 0 R /F2 6 0 R >>")


def grids(count: int, size: int) -> bytes:
    """One page with `count` ruled tables of `size` by `size` cells of a point."""
    rules = []
    for place in range(count):
        x, y = (place % 100) * 5, (place // 100) * 8
        rules += [b"%d %d m %d %d l S\n" % (x + i, y, x + i, y + size) for i in range(size + 1)]
        rules += [b"%d %d m %d %d l S\n" % (x, y + i, x + size, y + i) for i in range(size + 1)]
    return one_page(flate(TEXT + b"".join(rules)))


def lattice(lines: int) -> bytes:
    """One ruled table with `lines` squared cells."""
    step = 500 / lines
    rules = [b"%.2f 50 m %.2f 550 l S\n" % (50 + i * step, 50 + i * step) for i in range(lines + 1)]
    rules += [
        b"50 %.2f m 550 %.2f l S\n" % (50 + i * step, 50 + i * step) for i in range(lines + 1)
    ]
    words = b"BT /F1 4 Tf 60 100 Td (safety) Tj ET\n"
    return one_page(flate(TEXT + words + b"".join(rules)))


def picture_page(filters: bytes, data: bytes, side: int) -> bytes:
    picture = stream(
        data,
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 1 "
        b"/ColorSpace /DeviceGray /Filter %s" % (side, side, filters),
    )
    contents = stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    return one_page(contents, picture, resources=b"/XObject << /I 6 0 R >>")


def png(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (64 << 20), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def tif(*, following: int, width: int = 8, height: int = 8) -> bytes:
    """Return a picture whose directory says that the next one stands at `following`."""
    entries = [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1),
        (273, 4, 1, 200), (277, 3, 1, 1), (278, 4, 1, height),
        (279, 4, 1, min(width * height, 2**32 - 1)),
    ]  # fmt: skip
    directory = struct.pack("<H", len(entries))
    directory += b"".join(struct.pack("<HHII", *entry) for entry in entries)
    directory += struct.pack("<I", following)
    return (b"II*\0" + struct.pack("<I", 8) + directory).ljust(200, b"\0") + b"\xff" * 64


def bmp(width: int, height: int) -> bytes:
    header = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + header + b"\0" * 100


def jpg(side: int) -> bytes:
    frame = struct.pack(">HBHHB", 11, 8, side, side, 1) + b"\x01\x11\x00"
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0" + frame + b"\xff\xd9"


BOXES = {
    "huge": b"[0 0 1e9 1e9]", "of no size": b"[0 0 0 0]", "turned over": b"[595 842 0 0]",
    "that is no number": b"[nan inf -inf 1e999]", "too short": b"[0 0]", "that is a name": b"/A4",
}  # fmt: skip

CASES = {
    "pdf whose pages hold themselves": (
        "a.pdf",
        lambda: one_page(stream(TEXT), kids=b"[2 0 R 3 0 R]"),
    ),
    "pdf that claims a billion pages": ("a.pdf", lambda: one_page(stream(TEXT), count=10**9)),
    "pdf that claims no pages": ("a.pdf", lambda: one_page(stream(TEXT), count=-1)),
    "pdf with one page 100,000 times": (
        "a.pdf",
        lambda: one_page(stream(TEXT), kids=b"[%s]" % (b"3 0 R " * 100_000), count=100_000),
    ),
    "pdf with a deep tree of pages": ("a.pdf", lambda: deep_page_tree(20_000)),
    "pdf with a tree of pages, 1000 deep": ("a.pdf", lambda: deep_page_tree(1000)),
    "pdf with arrays in arrays": (
        "a.pdf",
        lambda: one_page(stream(TEXT), entries=b"/A " + b"[" * 200_000 + b"]" * 200_000),
    ),
    "pdf with arrays in its contents": (
        "a.pdf",
        lambda: one_page(stream(TEXT + b"[" * 200_000 + b"]" * 200_000 + b" TJ")),
    ),
    "pdf with saved states": ("a.pdf", lambda: one_page(flate(b"q " * 1_000_000 + TEXT))),
    "pdf with a wrong table of objects": (
        "a.pdf",
        lambda: one_page(stream(TEXT)).replace(b" 00000 n", b" 00007 n"),
    ),
    "pdf whose table is not where it says": (
        "a.pdf",
        lambda: pdf([b"<< /Type /Catalog /Pages 2 0 R >>"], start=10**12),
    ),
    "pdf whose tables go in a circle": (
        "a.pdf",
        lambda: one_page(stream(TEXT)).replace(b"/Size", b"/Prev 9 /Size"),
    ),
    "pdf whose objects refer to themselves": (
        "a.pdf",
        lambda: pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"2 0 R", b"3 0 R"]),
    ),
    "pdf whose length refers to itself": (
        "a.pdf",
        lambda: one_page(b"<< /Length 4 0 R >>\nstream\n%s\nendstream" % TEXT),
    ),
    "pdf bomb in its contents": ("a.pdf", lambda: one_page(flate(TEXT + b" " * (256 << 20)))),
    "pdf bomb, compressed twice": ("a.pdf", lambda: one_page(flate(TEXT + b" " * (256 << 20), 2))),
    "pdf with forms in forms": ("a.pdf", laughing_forms),
    "pdf with a form that draws itself": ("a.pdf", drawing_itself),
    "pdf with a glyph that draws itself": ("a.pdf", drawn_glyph_of_itself),
    "pdf with a million segments": (
        "a.pdf",
        lambda: one_page(flate(TEXT + b"0 0 m\n" + b"9 9 l 500 700 l\n" * 500_000 + b"S")),
    ),
    "pdf with a million rules": (
        "a.pdf",
        lambda: one_page(flate(TEXT + b"50 50 m 500 50 l S\n" * 500_000)),
    ),
    "pdf with a million boxes": (
        "a.pdf",
        lambda: one_page(flate(TEXT + b"50 50 400 300 re S\n" * 300_000)),
    ),
    "pdf with 10,000 tables": ("a.pdf", lambda: grids(10_000, 3)),
    "pdf with a table of 90,000 cells": ("a.pdf", lambda: lattice(300)),
    "pdf with a million characters in one place": (
        "a.pdf",
        lambda: one_page(flate(b"BT /F1 12 Tf 72 700 Td\n" + b"(a) Tj 0 0 Td\n" * 300_000 + b"ET")),
    ),
    "pdf with 200,000 words at random": (
        "a.pdf",
        lambda: one_page(
            flate(
                b"".join(
                    b"BT /F1 2 Tf %d %d Td (ab) Tj ET\n" % (i * 7919 % 590, i * 104_729 % 840)
                    for i in range(100_000)
                )
            )
        ),
    ),
    "pdf with type beyond measure": (
        "a.pdf",
        lambda: one_page(
            stream(
                TEXT + b"BT /F1 0 Tf (a) Tj /F1 -1e38 Tf (b) Tj 1e38 0 0 1e38 1e38 1e38 Tm (c) Tj "
                b"0 0 0 0 0 0 Tm (d) Tj /F1 12 Tf nan 0 0 inf 0 0 Tm (e) Tj 1e30 Tc 1e30 Tw "
                b"(f g) Tj ET"
            )
        ),
    ),
    "pdf with a picture of JBIG2": (
        "a.pdf",
        lambda: picture_page(
            b"/JBIG2Decode",
            struct.pack(">IBBBIIIIIBH", 0, 48, 0, 1, 19, 2**31, 2**31, 0, 0, 0, 0),
            100_000,
        ),
    ),
    "pdf with a picture of JPEG 2000": (
        "a.pdf",
        lambda: picture_page(
            b"/JPXDecode",
            b"\xff\x4f\xff\x51\0\x29\0\0"
            + struct.pack(">8I", 2**31 - 1, 2**31 - 1, 0, 0, 2**31 - 1, 2**31 - 1, 0, 0)
            + b"\0\x01\x07\x01\x01",
            60_000,
        ),
    ),
    "pdf with a picture bomb": (
        "a.pdf",
        lambda: picture_page(b"/FlateDecode", zlib.compress(b"\0" * (100 << 20), 9), 29_000),
    ),
    **{
        f"pdf with a page {name}": ("a.pdf", lambda box=box: one_page(stream(TEXT), box=box))
        for name, box in BOXES.items()
    },
    "pdf page of many rotations": (
        "a.pdf",
        lambda: one_page(stream(TEXT), entries=b"/Rotate 1234567"),
    ),
    "pdf with units beyond measure": (
        "a.pdf",
        lambda: one_page(stream(TEXT), entries=b"/UserUnit 1e30"),
    ),
    "png of 50,000 by 50,000": ("a.png", lambda: png(50_000, 50_000)),
    "png of two billion squared": ("a.png", lambda: png(2**31 - 1, 2**31 - 1)),
    "png of no size": ("a.png", lambda: png(0, 0)),
    "tif that leads to itself": ("a.tif", lambda: tif(following=8)),
    "tif that leads nowhere": ("a.tif", lambda: tif(following=2**31)),
    "tif of enormous size": ("a.tif", lambda: tif(following=0, width=2**31, height=2**31)),
    "bmp of enormous size": ("a.bmp", lambda: bmp(2**31 - 1, 2**31 - 1)),
    "bmp upside down": ("a.bmp", lambda: bmp(-5, -(2**31))),
    "jpg of 65,535 squared": ("a.jpg", lambda: jpg(65_535)),
}
