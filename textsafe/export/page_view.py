"""The pages of a document with the blocks drawn over them: what the reader saw."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from string import Template

from textsafe.document import BBox, Document, Section
from textsafe.messages import Language, message
from textsafe.readers.pictures import PagePicture

_PLACE = "<!--documents-->"
KINDS = ("heading", "paragraph", "row", "note", "furniture")
# A sheet whose size the file does not tell is drawn as A4, or as large as what stands on it.
A4 = (595.0, 842.0)


@dataclass(frozen=True)
class _Piece:
    """A block or a piece of furniture as it is drawn."""

    name: str
    kind: str
    caption: str
    text: str
    page: int | None
    bbox: BBox | None


def to_page_view(
    documents: Iterable[tuple[Document, Iterable[PagePicture]]], lang: Language = "zh"
) -> Iterator[str]:
    """Yield the pieces of a web page that needs nothing else: pages, blocks, and their text.

    Args:
        documents: What was read, each with its pages; a format without pages has none, and its
            blocks are listed.
        lang: Language of the captions.
    """
    key = "".join(f'<span class="{kind}">{_label(kind, lang)}</span>' for kind in KINDS)
    template = (files("textsafe.export") / "page_view.html").read_text(encoding="utf-8")
    whole = Template(template).substitute(lang=lang, key=key, documents=_PLACE)
    head, _, foot = whole.partition(_PLACE)
    yield head
    for number, (document, pictures) in enumerate(documents):
        yield _article(number, document, pictures, lang)
    yield foot


def _article(
    number: int, document: Document, pictures: Iterable[PagePicture], lang: Language
) -> str:
    drawn = {picture.number: picture for picture in pictures}
    pieces = list(_pieces(number, document, lang))
    pages = sorted({*drawn, *(piece.page for piece in pieces if piece.page)})
    parts = [_page(page, pieces, drawn, lang) for page in pages]
    if flowing := [piece for piece in pieces if piece.page is None]:
        parts.append(f'<section class="flow">{_listed(flowing)}</section>')
    warnings = "".join(f'<p class="warning">{escape(text)}</p>' for text in document.warnings)
    title = escape(document.metadata.source)
    return f"<article><h1>{title}</h1>{warnings}\n{chr(10).join(parts)}\n</article>\n"


def _label(kind: str, lang: Language) -> str:
    return escape(message(f"label_block_{kind}", lang).text)


def _pieces(article: int, document: Document, lang: Language) -> Iterator[_Piece]:
    headings: Mapping[int, Section] = {s.title_span.start: s for s in document.sections}
    elements = _ElementNames(document, lang)
    number = -1
    for number, block in enumerate(document.blocks):
        section = headings.get(block.span.start) if block.kind != "row" else None
        kind = "heading" if section or block.kind == "heading" else block.kind
        caption = elements.at(block.span.start) or _label(kind, lang)
        if section:
            caption += f" {section.level}"
        if block.confidence is not None:
            caption += f" {block.confidence:.0%}"
        text = block.span.of(document.text)
        name = f"{article}.{number}"
        yield _Piece(name, kind, caption, text, block.page, block.bbox)
    for offset, furniture in enumerate(document.furniture, number + 1):
        caption = _label("furniture", lang)
        name = f"{article}.{offset}"
        yield _Piece(name, "furniture", caption, furniture.text, furniture.page, furniture.bbox)


class _ElementNames:
    """What each line of an element is called; asked in the order of the text."""

    def __init__(self, document: Document, lang: Language) -> None:
        self._elements = list(reversed(document.elements))
        self._lang = lang

    def at(self, position: int) -> str | None:
        while self._elements and self._elements[-1].span.end <= position:
            self._elements.pop()
        if not self._elements or position < self._elements[-1].span.start:
            return None
        return escape(message(f"label_element_{self._elements[-1].kind}", self._lang).text)


def _page(
    number: int, pieces: Iterable[_Piece], drawn: Mapping[int, PagePicture], lang: Language
) -> str:
    here = [piece for piece in pieces if piece.page == number]
    picture = drawn.get(number)
    width, height = (picture.width, picture.height) if picture else _sheet(here)
    image = ""
    if picture:
        data = b64encode(picture.webp).decode()
        image = f'<img alt="" src="data:image/webp;base64,{data}">'
    boxes = "".join(_box(piece, piece.bbox, width, height) for piece in here if piece.bbox)
    title = escape(message("label_page_number", lang, page=number).text)
    return (
        f'<h2>{title}</h2><section class="page">'
        f'<div class="sheet" style="aspect-ratio:{width:.1f}/{height:.1f}">{image}{boxes}</div>'
        f"{_listed(here)}</section>"
    )


def _sheet(pieces: Iterable[_Piece]) -> tuple[float, float]:
    boxes = [piece.bbox for piece in pieces if piece.bbox]
    return (
        max([A4[0], *(box[2] for box in boxes)]),
        max([A4[1], *(box[3] for box in boxes)]),
    )


def _box(piece: _Piece, bbox: BBox, width: float, height: float) -> str:
    x0, top, x1, bottom = bbox
    place = (
        f"left:{x0 / width:.2%};top:{top / height:.2%};"
        f"width:{(x1 - x0) / width:.2%};height:{(bottom - top) / height:.2%}"
    )
    return f'<div class="box {piece.kind}" data-block="{piece.name}" style="{place}"></div>'


def _listed(pieces: Iterable[_Piece]) -> str:
    items = "".join(
        f'<li class="{piece.kind}" data-block="{piece.name}">'
        f"<small>{piece.caption}</small><p>{escape(piece.text)}</p></li>"
        for piece in pieces
    )
    return f"<ol>{items}</ol>"
