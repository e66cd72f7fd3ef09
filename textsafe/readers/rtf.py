"""The rich text that Outlook keeps of a mail: [MS-OXRTFCP] compressed, [MS-OXRTFEX] around HTML.

Rich text around a web page or around plain text is taken off; of a mail that was written as rich
text its words and line ends are kept, not its form.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, replace
from typing import Literal

from textsafe.errors import CorruptDocumentError
from textsafe.readers.limits import Budget
from textsafe.readers.mime import decoded_text

# [MS-OXRTFCP] 2.1.2.1: what the dictionary holds at the start.
_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_WINDOW = 4096
_COMPRESSED, _PLAIN = b"LZFu", b"MELA"

_TOKEN = re.compile(
    rb"\\(?P<word>[a-z]{1,32})(?P<number>-?[0-9]{1,9})? ?"
    rb"|\\'(?P<byte>[0-9a-fA-F]{2})"
    rb"|\\(?P<symbol>[^a-z])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)"
)
_DESTINATIONS = frozenset(
    {
        "colortbl", "fonttbl", "footer", "footerf", "footerl", "footerr", "header", "headerf",
        "headerl", "headerr", "info", "listtable", "object", "pict", "stylesheet",
    }
)  # fmt: skip
_CHARACTERS = {
    "par": "\n", "line": "\n", "row": "\n", "sect": "\n", "page": "\n", "tab": "\t", "cell": "\t",
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•",
}  # fmt: skip
_SYMBOLS = {b"{": "{", b"}": "}", b"\\": "\\", b"~": "\u00a0", b"_": "-", b"\n": "\n", b"\r": "\n"}


def decompressed(data: bytes, budget: Budget) -> bytes:
    """Return the rich text in a property of Outlook.

    Raises:
        CorruptDocumentError: It is not what it claims to be.
        LimitExceededError: It is longer than may be inflated.
    """
    if len(data) < 16:
        raise _corrupt("header")
    raw_size, magic = struct.unpack_from("<4xI4s", data)
    budget.spend("inflated_bytes", raw_size)
    if magic == _PLAIN:
        return data[16 : 16 + raw_size]
    if magic != _COMPRESSED:
        raise _corrupt("type")
    return _inflated(data, raw_size)


def _inflated(data: bytes, raw_size: int) -> bytes:
    # What was written so far, after the dictionary, is the window itself.
    written = bytearray(_DICTIONARY)
    end = len(_DICTIONARY) + raw_size
    position = 16
    while position < len(data) and len(written) < end:
        control = data[position]
        position += 1
        for bit in range(8):
            if position >= len(data):
                break
            if not control >> bit & 1:
                written.append(data[position])
                position += 1
                continue
            reference = int.from_bytes(data[position : position + 2], "big")
            position += 2
            start, length = _place(reference >> 4, len(written)), (reference & 15) + 2
            if start == len(written):  # a reference to the place of writing ends the text
                return bytes(written[len(_DICTIONARY) : end])
            for place in range(start, start + length):
                written.append(written[place] if place >= 0 else 0x20)
    return bytes(written[len(_DICTIONARY) : end])


def _place(offset: int, length: int) -> int:
    """Return the last place before `length`, or that itself, that has `offset` in the window."""
    back = (length - offset) % _WINDOW
    return length - back


def _corrupt(reason: str) -> CorruptDocumentError:
    return CorruptDocumentError("corrupt", format="msg", reason=f"RTF: {reason}")


@dataclass(frozen=True)
class _Group:
    """What holds between two braces."""

    left_out: bool = False
    tag: bool = False
    not_html: bool = False
    fallback: int = 1


def content_of_rtf(data: bytes) -> tuple[Literal["html", "text"], str]:
    r"""Return what is written in rich text, and whether that is a web page or plain text.

    >>> content_of_rtf(rb"{\rtf1\ansi\ansicpg936 \'cd\'a8\'d6\'aa\par}")
    ('text', '通知\n')
    """
    reader = _Reader(is_html=b"\\fromhtml1" in data[:_WINDOW])
    for token in _TOKEN.finditer(data):
        reader.read(token)
    return ("html" if reader.is_html else "text"), reader.text()


class _Reader:
    def __init__(self, *, is_html: bool) -> None:
        self.is_html = is_html
        self._group = _Group()
        self._above: list[_Group] = []
        self._pieces: list[str] = []
        self._bytes = bytearray()
        self._codepage = ""
        self._to_skip = 0
        self._starred = False

    def read(self, token: re.Match[bytes]) -> None:
        match token.lastgroup:
            case "brace":
                self._brace(token["brace"])
            case "word" | "number":
                number = token["number"]
                self._word(token["word"].decode("ascii"), int(number) if number else None)
            case "byte":
                self._add_bytes(bytes((int(token["byte"], 16),)))
            case "symbol":
                self._symbol(token["symbol"])
            case _:
                self._add_bytes(token["text"])

    def text(self) -> str:
        """Return all that was read; characters beyond the first 65,536 come as two halves."""
        self._flush()
        joined = "".join(self._pieces)
        return joined.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def _brace(self, brace: bytes) -> None:
        self._to_skip = 0
        self._starred = False
        if brace == b"{":
            self._above.append(self._group)
        elif self._above:
            self._group = self._above.pop()

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._starred = True
        elif symbol in _SYMBOLS:
            self._add(_SYMBOLS[symbol])

    def _word(self, word: str, number: int | None) -> None:
        if word == "htmltag":
            self._group = replace(self._group, tag=True)
        elif self._starred or word in _DESTINATIONS:
            self._group = replace(self._group, left_out=True)
        elif word == "htmlrtf":
            self._group = replace(self._group, not_html=number != 0)
        elif word == "uc":
            self._group = replace(self._group, fallback=min(max(number or 0, 0), 9))
        elif word == "ansicpg":
            self._codepage = f"cp{number}"
        elif word == "u" and number is not None:
            self._add(chr(number % 65536))
            self._to_skip = self._group.fallback
        elif word in _CHARACTERS:
            self._add(_CHARACTERS[word])
        self._starred = False

    def _add_bytes(self, data: bytes) -> None:
        skipped = min(self._to_skip, len(data))
        self._to_skip -= skipped
        if self._is_shown():
            self._bytes += data[skipped:]

    def _add(self, text: str) -> None:
        self._to_skip = 0
        if self._is_shown():
            self._flush()
            self._pieces.append(text)

    def _is_shown(self) -> bool:
        group = self._group
        return not group.left_out and not (self.is_html and group.not_html and not group.tag)

    def _flush(self) -> None:
        if self._bytes:
            self._pieces.append(decoded_text(bytes(self._bytes), self._codepage)[0])
            self._bytes.clear()
