"""Plain text: the encoding is told by the content.

Chinese offices save text as UTF-8, as GB18030 (called ANSI by Windows) and as UTF-16 (called
Unicode by Windows), with and without a byte order mark. No detector is needed to tell them apart:
UTF-8 is strict, and a text decoded wrongly is full of characters that nobody uses.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from textsafe.document import Block, Span
from textsafe.errors import UnsupportedFormatError
from textsafe.readers.content import Content
from textsafe.readers.limits import Limits
from textsafe.readers.options import Options
from textsafe.readers.tabs import with_tables
from textsafe.text import strip_range

_BOMS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_SAMPLE = 4000
# Traditional characters and rare names lower the share of common characters in a true text;
# a wrong decoding stays below one third.
_PLAUSIBLE = 0.6
# A stray bad byte, or a character cut in half at the end, is no reason to refuse a text.
_BAD_PER_CHARACTER = 1 / 1000

LINE = re.compile(r"[^\n]+")
_THREE_BYTES = re.compile(r"[^\x00-\u07ff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def read(data: bytes, options: Options) -> Content:
    """Read plain text; its blocks are the lines that are not blank.

    Raises:
        UnsupportedFormatError: The bytes are not text in any encoding known here.
        LimitExceededError: The text is too long or has too many lines.
    """
    return content_of(data, options.limits, _blocks)


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text that `data` encodes, without byte order mark, and warnings about it.

    Raises:
        UnsupportedFormatError: It is not text in any encoding known here.

    >>> decode("安全生产".encode("gb18030"))
    ('安全生产', ())
    """
    for bom, encoding in _BOMS.items():
        if data.startswith(bom):
            text = data[len(bom) :].decode(encoding, errors="replace")
            if _is_text(text) and _is_nearly_whole(text):
                return text, _warnings(text)
    found = _strict(data) or _lenient(data)
    if found is None:
        raise UnsupportedFormatError("not_text")
    return found, _warnings(found)


def _strict(data: bytes) -> str | None:
    utf_8 = _decode_strictly(data, "utf-8")
    if utf_8 is not None and _is_text(utf_8) and _is_surely_utf_8(utf_8):
        return utf_8
    others = (_decode_strictly(data, name) for name in ("gb18030", "utf-16-le", "utf-16-be"))
    texts = [text for text in (utf_8, *others) if text is not None and _is_text(text)]
    best = max(texts, key=_share_of_common, default=None)
    return best if best is not None and _share_of_common(best) >= _PLAUSIBLE else None


def _is_surely_utf_8(text: str) -> bool:
    # A word or two in GB 18030, such as 通知, can be valid UTF-8 by accident, but hardly with
    # characters of three bytes or more, as Chinese has them.
    return text.isascii() or bool(_THREE_BYTES.search(text))


def _lenient(data: bytes) -> str | None:
    for encoding in ("utf-8", "gb18030"):
        text = data.decode(encoding, errors="replace")
        whole = _is_text(text) and _is_nearly_whole(text)
        if whole and _share_of_common(text) >= _PLAUSIBLE:
            return text
    return None


def _is_nearly_whole(text: str) -> bool:
    return text.count("\ufffd") <= 1 + len(text) * _BAD_PER_CHARACTER


def _decode_strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _warnings(text: str) -> tuple[str, ...]:
    bad = text.count("\ufffd")
    return (f"有 {bad} 处字节无法识别，已用“\ufffd”代替",) if bad else ()


def _is_text(text: str) -> bool:
    # Old programs leave a few control characters in a text (Ctrl-Z at the end, a bell for a
    # table cell), but never NUL.
    if "\0" in text:
        return False
    return len(_CONTROL.findall(_sample(text))) <= 1 + len(text[:_SAMPLE]) // 100


def _sample(text: str) -> str:
    middle = len(text) // 2
    return text[:_SAMPLE] + text[max(_SAMPLE, middle) : middle + _SAMPLE]


def _share_of_common(text: str) -> float:
    sample = "".join(_sample(text).split())
    common = _common_characters()
    return sum(character in common for character in sample) / max(len(sample), 1)


@cache
def _common_characters() -> frozenset[str]:
    """The 3755 characters of GB 2312 level 1, its punctuation, and ASCII."""
    rows = (*range(0xA1, 0xA4), *range(0xB0, 0xD8))
    pairs = (bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF))
    characters = {pair.decode("gb2312", errors="ignore") for pair in pairs}
    return frozenset(characters.union(map(chr, range(0x21, 0x7F))) - {""})


def content_of(data: bytes, limits: Limits, blocks: Callable[[str], Iterable[Block]]) -> Content:
    """Return the content of a file that is nothing but text, cut by `blocks`.

    Raises:
        UnsupportedFormatError: The bytes are not text in any encoding known here.
        LimitExceededError: The text is too long or has too many lines.
    """
    decoded, warnings = decode(data)
    text = decoded.replace("\r\n", "\n").replace("\r", "\n")
    limits.check("characters", len(text))
    # Checked before the blocks are made: each line costs far more memory as a block.
    limits.check("blocks", text.count("\n"))
    found, tables = with_tables(text, blocks(text))
    return Content(text=text, blocks=found, tables=tables, warnings=warnings)


def _blocks(text: str) -> Iterator[Block]:
    for line in LINE.finditer(text):
        start, end = strip_range(text, line.start(), line.end())
        if start < end:
            yield Block(kind="paragraph", span=Span(start=start, end=end))
