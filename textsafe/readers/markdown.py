"""Markdown: plain text in which lines that begin with ``#`` are headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from textsafe.document import Block, Span
from textsafe.readers.content import Content
from textsafe.readers.options import Options
from textsafe.readers.text import LINE, content_of
from textsafe.text import strip_range

_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]")


def read(data: bytes, options: Options) -> Content:
    """Read Markdown.

    Raises:
        UnsupportedFormatError: The bytes are not text in any encoding known here.
        LimitExceededError: The text is too long or has too many lines.
    """
    return content_of(data, options.limits, _blocks)


def _blocks(text: str) -> Iterator[Block]:
    for line in LINE.finditer(text):
        mark = _HEADING.match(text, line.start(), line.end())
        start, end = strip_range(text, mark.end() if mark else line.start(), line.end())
        if start < end:
            kind: Literal["heading", "paragraph"] = "heading" if mark else "paragraph"
            level = len(mark[1]) if mark else None
            yield Block(kind=kind, span=Span(start=start, end=end), level=level)
