"""Mails and saved web pages as their parts: MIME (RFC 2045 to 2047, 2183, 2231).

The message is cut at its boundaries by position, without copying; each level is looked through
once. The parser of the standard library tries the boundaries of all levels on every line and
holds every line as an object of its own, which is too dear for a mail of 200 MB. Its tools for
header fields are used here.

What Chinese mail programs really write is accepted: GB 18030 under the name of GB 2312, names in
encoded words where RFC 2231 asks for another form, header fields that are not encoded at all, and
encoded words cut in the middle of a character.
"""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from quopri import decodestring
from urllib.parse import unquote_to_bytes

from textsafe.errors import UnsupportedFormatError
from textsafe.readers.limits import Limits
from textsafe.readers.text import decode

_BEFORE = re.compile(rb"(?:\xef\xbb\xbf)?\s*")
_FIRST_FIELD = re.compile(rb"[!-9;-~]{1,100}:|From ")
_EMPTY_LINE = re.compile(rb"\r?\n")
_HEADER_END = re.compile(rb"\n\r?\n")
_HEADER_FIELD = re.compile(r"^([!-9;-~]{1,100}):[ \t]*(.*(?:\n[ \t].*)*)", re.MULTILINE)
_FIELDS = frozenset(
    {
        "content-disposition", "content-id", "content-location", "content-transfer-encoding",
        "content-type", "subject", "from", "to", "cc", "date",
    }
)  # fmt: skip
_LONGEST_HEADER = 1024 * 1024
_LONGEST_FIELD = 8192
_WHITE = re.compile(rb"[ \t]*(?:\r?\n|\Z)")

# GB 18030 holds all of the others in this group, and programs mix up their names.
_CHARSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "cp950": "big5hkscs",
    **{
        name: name
        for name in (
            "utf-8", "utf-7", "utf-16", "utf-16-le", "utf-16-be", "hz", "shift_jis", "cp932",
            "euc_jp", "iso2022_jp", "euc_kr", "koi8-r", "cp1251",
        )
    },
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A message or one of its parts.

    Attributes:
        kind: Its type in lower case, such as ``text/html``.
        data: The whole message; the encoded body of this part stands from `start` to `end`.
        parts: The parts of a ``multipart``; of anything else none.
    """

    header: Message
    kind: str
    data: bytes = field(repr=False)
    start: int
    end: int
    parts: tuple[Part, ...] = ()

    def header_field(self, name: str) -> str:
        """Return the header field `name`, decoded, on one line; empty where there is none."""
        return decoded_words(" ".join(str(self.header.get(name, "")).split()))

    def parameter(self, name: str, header: str = "content-type") -> str:
        """Return a parameter such as ``charset`` or ``boundary``; empty where there is none."""
        value = self.header.get_param(name, header=header)
        if isinstance(value, tuple):  # RFC 2231: character set, language, bytes
            charset, _, text = value
            return decoded_text(text.encode("raw-unicode-escape"), charset or "")[0]
        return decoded_words(str(value)) if value else ""

    @property
    def name(self) -> str:
        """The name under which it was attached; empty where there is none."""
        name = self.parameter("filename", "content-disposition") or self.parameter("name")
        return " ".join(name.split())

    @property
    def is_attached(self) -> bool:
        """Whether it says that it stands beside the text, not in it."""
        return self.header.get_content_disposition() == "attachment"

    @property
    def content_id(self) -> str:
        """What ``cid:`` links in the text call it; empty where there is none."""
        return self.header_field("Content-ID").strip("<> ")

    def body(self) -> tuple[bytes, bool]:
        """Return its bytes, and whether they are all there."""
        raw = self.data[self.start : self.end]
        match str(self.header.get("Content-Transfer-Encoding", "")).strip().lower():
            case "base64":
                return _base64(raw)
            case "quoted-printable":
                return decodestring(raw), True
        return raw, True

    def text(self) -> tuple[str, tuple[str, ...]]:
        """Return its text, and warnings about it."""
        return decoded_text(self.body()[0], self.parameter("charset"))

    def leaves(self) -> Iterator[Part]:
        """Yield all parts that are not made of parts."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()


def parse(data: bytes, limits: Limits) -> Part:
    r"""Return the message in `data`.

    Args:
        data: The whole file.
        limits: ``members`` holds for the number of parts, ``nesting`` for parts inside parts.

    Raises:
        LimitExceededError: It has too many parts, or they stand too deep.

    >>> parse(b"Content-Type: text/plain; charset=gb2312\r\n\r\n\xcd\xa8\xd6\xaa", Limits()).text()
    ('通知', ())
    """
    return _Parser(data, limits).part(_beginning(data), len(data), 0)


def parse_header(data: bytes) -> Part:
    """Return the message in `data` without looking for its parts."""
    return _without_parts(data, _beginning(data), len(data))


def _beginning(data: bytes) -> int:
    found = _BEFORE.match(data)
    return found.end() if found else 0


class _Parser:
    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        self._limits = limits
        self._count = 0

    def part(self, start: int, end: int, depth: int, default: str = "text/plain") -> Part:
        self._count += 1
        self._limits.check("members", self._count)
        self._limits.check("nesting", depth)
        whole = _without_parts(self._data, start, end, default)
        boundary = whole.parameter("boundary").rstrip()
        if not boundary or not whole.kind.startswith("multipart/"):
            return whole
        inner = "message/rfc822" if whole.kind == "multipart/digest" else "text/plain"
        ranges = self._between(boundary, whole.start, end)
        return replace(whole, parts=tuple(self.part(*piece, depth + 1, inner) for piece in ranges))

    def _between(self, boundary: str, start: int, end: int) -> list[tuple[int, int]]:
        """Return where the parts stand that the lines ``--boundary`` set apart."""
        delimiter = b"--" + boundary.encode("utf-8", errors="surrogateescape")
        ranges: list[tuple[int, int]] = []
        begun: int | None = None
        place = self._data.find(delimiter, start, end)
        while place >= 0:
            after = place + len(delimiter)
            last = self._data.startswith(b"--", after)
            line_end = _WHITE.match(self._data, after + 2 * last, end)
            if line_end and (place == start or self._data[place - 1 : place] == b"\n"):
                if begun is not None:
                    ranges.append((begun, self._without_line_end(begun, place)))
                    self._limits.check("members", len(ranges))
                begun = None if last else line_end.end()
                if last:
                    break
            place = self._data.find(delimiter, after, end)
        if begun is not None:  # the message was cut off
            ranges.append((begun, end))
        return ranges

    def _without_line_end(self, start: int, end: int) -> int:
        """Return `end` without the line end that belongs to the boundary after it."""
        for ending in (b"\r\n", b"\n"):
            if self._data.endswith(ending, start, end):
                return end - len(ending)
        return end


def _without_parts(data: bytes, start: int, end: int, default: str = "text/plain") -> Part:
    header_end, body = start, start
    if empty := _EMPTY_LINE.match(data, start, end):
        body = empty.end()
    elif _FIRST_FIELD.match(data, start, end):
        found = _HEADER_END.search(data, start, end)
        header_end, body = (found.start(), found.end()) if found else (end, end)
    header = _header(data[start : min(header_end, start + _LONGEST_HEADER)])
    header.set_default_type(default)
    return Part(header, header.get_content_type(), data, body, end)


def _header(data: bytes) -> Message:
    header = Message()
    text, _ = decoded_text(data.replace(b"\r\n", b"\n"), "utf-8")
    for name, value in _HEADER_FIELD.findall(text):
        # What comes twice counts once, as mail programs show it.
        if name.lower() in _FIELDS and name not in header:
            header[name] = value.replace("\n", " ")[:_LONGEST_FIELD]
    return header


def decoded_words(value: str) -> str:
    """Return a header field with its encoded words decoded.

    >>> decoded_words("=?gb2312?B?zajWqg==?= 2024")
    '通知 2024'
    """
    if "=?" not in value:
        return value
    try:
        return "".join(_word(piece, charset) for piece, charset in decode_header(value))
    except (HeaderParseError, ValueError):
        return value


def _word(piece: str | bytes, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    # What stands between encoded words comes back in Python's own notation.
    return decoded_text(piece, charset)[0] if charset else piece.decode("raw-unicode-escape")


def decoded_text(data: bytes, charset: str) -> tuple[str, tuple[str, ...]]:
    """Return the text in `data`, and warnings about it.

    Args:
        data: Encoded text.
        charset: What the message calls its encoding. Names that mail programs give to whatever
            they do not know, such as ``us-ascii``, are not believed: the content decides.
    """
    try:
        encoding = _CHARSETS.get(codecs.lookup(charset).name)
        if encoding:
            return data.decode(encoding), ()
    except (LookupError, ValueError):  # no such encoding, or the text is in another one
        pass
    try:
        return decode(data)
    except UnsupportedFormatError:
        return data.decode("latin-1"), ()


def _base64(raw: bytes) -> tuple[bytes, bool]:
    try:
        return binascii.a2b_base64(raw), True
    except binascii.Error:
        pass
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    return binascii.a2b_base64(letters[: len(letters) // 4 * 4]), False


def unquoted(link: str) -> str:
    """Return what a ``cid:`` link means.

    >>> unquoted("image001.png%4001DA")
    'image001.png@01DA'
    """
    return unquote_to_bytes(link).decode("utf-8", errors="replace")
