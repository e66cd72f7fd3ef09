"""Damage done to a file: to its bytes, or to what stands inside a zip container."""

from __future__ import annotations

import io
import random
import re
import zlib
from collections.abc import Callable
from zipfile import BadZipFile, ZipFile

from tests.builders import zipped

_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_VALUE = re.compile(rb"\"[^\"<>]{0,200}\"")
_ELEMENT = re.compile(rb"<[^<>]{1,300}>")
_WORD = re.compile(rb"[A-Za-z][A-Za-z0-9:_-]{1,40}")
_ODD_NUMBERS = [
    b"0", b"-1", b"1", b"255", b"65536", b"2147483647", b"-2147483648", b"4294967296", b"1e308",
    b"-1e308", b"NaN", b"inf", b"0.0000001", b"9" * 400, b"", b"1048577", b"16385",
]  # fmt: skip
_ODD_BYTES = [
    b"", b"\0", b"\xff" * 4, b"\r\n", b"\r\n\r\n", b"\t", b"<", b">", b"&", b"&amp;#0;", b"\"",
    b"<!--", b"]]>", b"<![CDATA[", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"../", b"/", b"%", b"--",
    "\u2028\u3000\ufeff".encode(), "\U00020000".encode(), b"\xed\xa0\x80", b"=?utf-8?B?", b";" * 50,
    b"(" * 300, b"[" * 300, b"<a>" * 120,
]  # fmt: skip

Change = Callable[[random.Random, bytes], bytes]


def mutated(chance: random.Random, data: bytes) -> bytes:
    """Return `data` with one or several changes; most stand inside the members of a container."""
    members = _members(data)
    if not members or chance.random() < 0.15:
        return _changed(chance, data, _CHANGES)
    name = chance.choice(list(members))
    if chance.random() < 0.05:
        del members[name]
    else:
        members[name] = _changed(chance, members[name], _CHANGES + _MARKUP_CHANGES * 3)
    return zipped(members)


def _members(data: bytes) -> dict[str, bytes]:
    if not data.startswith(b"PK"):
        return {}
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (BadZipFile, zlib.error):
        return {}


def _changed(chance: random.Random, data: bytes, changes: list[Change]) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        data = chance.choice(changes)(chance, data) if data else data
    return data


def _slice(chance: random.Random, data: bytes) -> tuple[int, int]:
    start = chance.randrange(len(data))
    return start, min(len(data), start + chance.choice((1, 2, 4, 16, 64, 512, 4096)))


def _other_bytes(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 8))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut_out(chance: random.Random, data: bytes) -> bytes:
    start, end = _slice(chance, data)
    return data[:start] + data[end:]


def _cut_off(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


def _repeated(chance: random.Random, data: bytes) -> bytes:
    start, end = _slice(chance, data)
    return data[:end] + data[start:end] * chance.choice((1, 2, 100)) + data[end:]


def _moved(chance: random.Random, data: bytes) -> bytes:
    start, end = _slice(chance, data)
    piece, rest = data[start:end], data[:start] + data[end:]
    place = chance.randrange(len(rest) + 1)
    return rest[:place] + piece + rest[place:]


def _inserted(chance: random.Random, data: bytes) -> bytes:
    place = chance.randrange(len(data) + 1)
    return data[:place] + chance.choice(_ODD_BYTES) + data[place:]


def _replaced(pattern: re.Pattern[bytes], others: list[bytes], quote: bytes = b"") -> Change:
    """Return a change that puts one of `others`, or another match, in place of a match."""

    def change(chance: random.Random, data: bytes) -> bytes:
        matches = list(pattern.finditer(data))
        if not matches:
            return data
        match = chance.choice(matches)
        other = quote + chance.choice(others) + quote
        if not others or chance.random() < 0.4:
            other = chance.choice(matches)[0]
        return data[: match.start()] + other + data[match.end() :]

    return change


def _element_repeated(chance: random.Random, data: bytes) -> bytes:
    tags = list(_ELEMENT.finditer(data))
    if not tags:
        return data
    tag = chance.choice(tags)
    name = re.split(rb"[\s/>]", tag[0][1:], maxsplit=1)[0]
    end = data.find(b"</" + name + b">", tag.end())
    end = tag.end() if end < 0 else end + len(name) + 3
    piece = data[tag.start() : end]
    times = chance.choice((0, 2, 2, 50)) if len(piece) < 10_000 else 0
    return data[: tag.start()] + piece * times + data[end:]


_CHANGES: list[Change] = [
    _other_bytes, _cut_out, _cut_off, _repeated, _moved, _inserted,
    _replaced(_NUMBER, _ODD_NUMBERS), _replaced(_NUMBER, _ODD_NUMBERS),
    _replaced(_WORD, _ODD_BYTES),
]  # fmt: skip
_MARKUP_CHANGES: list[Change] = [
    _replaced(_VALUE, _ODD_NUMBERS, b'"'), _replaced(_ELEMENT, [b""]),
    _replaced(_NUMBER, _ODD_NUMBERS), _replaced(_WORD, [b"a"]), _element_repeated,
]  # fmt: skip
