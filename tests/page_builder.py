"""Pages of text for tests of the layout: characters at given places, and what is made of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textsafe.readers.content import Content, ContentBuilder
from textsafe.readers.layout import PageContent, lay_out
from textsafe.readers.layout.glyphs import Face, Glyph
from textsafe.readers.layout.lines import build_lines, is_wide
from textsafe.readers.layout.tables import PageTable

A4 = (595.0, 842.0)
LEFT, TOP, SIZE, LEADING = 74.0, 110.0, 16.0, 28.0
BODY = Face("fangsong", bold=False)


@dataclass(frozen=True)
class Put:
    """Characters whose first one begins at `x`, on the baseline `y`."""

    text: str
    x: float
    y: float
    size: float = SIZE
    face: Face = BODY


def glyphs(texts: Iterable[Put]) -> list[Glyph]:
    """Set ideographs as wide as their size and other characters half as wide; spaces are blank."""
    found = []
    for put in texts:
        x = put.x
        for char in put.text:
            width = put.size if is_wide(char) or char == "\u3000" else put.size / 2
            if not char.isspace():
                found.append(Glyph(char, x, x + width, put.y, put.size, put.face))
            x += width
    return found


def page(number: int, texts: Iterable[Put], tables: Sequence[PageTable] = ()) -> PageContent:
    return PageContent(number, A4, build_lines(glyphs(texts), number), list(tables))


def laid_out(*pages: PageContent) -> Content:
    builder = ContentBuilder()
    lay_out(pages, builder)
    return builder.build(pages=len(pages))


def blocks(content: Content) -> list[str]:
    return [block.span.of(content.text) for block in content.blocks]


def set_in(lines: Sequence[str], x: float, y: float, size: float = 12.0) -> list[Put]:
    """Set `lines` below one another; ideographic spaces at the beginning are the indent."""
    return [Put(line, x, y + 1.6 * size * place, size) for place, line in enumerate(lines)]


def wrapped(text: str, width: int) -> list[str]:
    """Break a paragraph, indented by two characters, into lines of `width` characters."""
    rest = "\u3000\u3000" + text
    return [rest[start : start + width] for start in range(0, len(rest), width)]
