"""Small Word files made from their parts, for tests that look at one feature at a time."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    }.items()
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def docx(
    body: str,
    *,
    numbering: str | None = None,
    styles: str | None = None,
    headers: Mapping[str, str] | None = None,
    section: str = "",
    prolog: str = "",
    **others: str,
) -> bytes:
    """Return a Word file.

    Args:
        body: XML inside ``w:body``.
        numbering: XML inside ``w:numbering``.
        styles: XML inside ``w:styles``.
        headers: Names such as ``header1`` or ``footer1``, with the XML inside them; the relation
            of each has its name.
        section: XML inside the last ``w:sectPr``; without it all headers are shown.
        prolog: XML in front of the root of the document, such as a document type.
        others: XML inside the root of ``footnotes``, ``endnotes``, ``settings`` or ``theme``.
    """
    if headers and not section:
        section = "".join(header_reference(name) for name in headers)
    last = f"<w:sectPr>{section}</w:sectPr>" if section else ""
    parts = {"document": f"<w:document {NAMESPACES}><w:body>{body}{last}</w:body></w:document>"}
    if numbering is not None:
        parts["numbering"] = f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>"
    if styles is not None:
        parts["styles"] = f"<w:styles {NAMESPACES}>{styles}</w:styles>"
    for name, content in others.items():
        parts[name] = f"<w:{name} {NAMESPACES}>{content}</w:{name}>"
    for name, content in (headers or {}).items():
        tag = "hdr" if name.startswith("header") else "ftr"
        parts[name] = f"<w:{tag} {NAMESPACES}>{content}</w:{tag}>"
    kinds = {name: name.rstrip("0123456789") for name in parts}
    related = {f"{name}.xml": kind for name, kind in kinds.items() if name != "document"}
    members = {f"word/{name}.xml": xml for name, xml in parts.items()}
    members["word/document.xml"] = prolog + members["word/document.xml"]
    members["[Content_Types].xml"] = _content_types(kinds)
    members["_rels/.rels"] = _relationships({"word/document.xml": "officeDocument"})
    members["word/_rels/document.xml.rels"] = _relationships(related)
    return zipped({name: text.encode() for name, text in members.items()})


def header_reference(name: str, kind: str = "default") -> str:
    """Return what a section says about its header or footer in the part `name`."""
    tag = "header" if name.startswith("header") else "footer"
    return f'<w:{tag}Reference w:type="{kind}" r:id="{name}"/>'


def zipped(members: Mapping[str, bytes], *, compression: int = ZIP_DEFLATED) -> bytes:
    """Return a zip file that is the same on every run."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(ZipInfo(name), data, compression)
    return buffer.getvalue()


def run(text: str) -> str:
    """Return a run of text."""
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(
    text: str = "",
    *,
    style: str | None = None,
    numbered: tuple[int, int] | None = None,
    properties: str = "",
    inside: str = "",
) -> str:
    """Return a paragraph.

    Args:
        text: Its text, in one run.
        style: Identifier of its style.
        numbered: List and level.
        properties: More XML inside ``w:pPr``.
        inside: More XML after the text.
    """
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbered is not None:
        list_id, depth = numbered
        named += f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'
    content = run(text) if text else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{content}{inside}</w:p>"


def table(*rows: str) -> str:
    """Return a table made of rows."""
    return "<w:tbl>" + "".join(rows) + "</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """Return a table row; a cell that is not XML yet becomes one with that text."""
    made = (content if content.startswith("<w:tc>") else cell(content) for content in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(made)}</w:tr>"


def cell(text: str = "", *, properties: str = "", inside: str = "") -> str:
    """Return a table cell with one paragraph and, after it, the XML in `inside`."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}{inside}</w:tc>"


def style(name: str, *, based_on: str = "", kind: str = "paragraph", properties: str = "") -> str:
    """Return a style whose identifier is `name` without spaces."""
    identifier = name.replace(" ", "")
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{identifier}"><w:name w:val="{name}"/>{based}'
        f"<w:pPr>{properties}</w:pPr></w:style>"
    )


def abstract_list(number: int, *levels: tuple[str, str], inside: str = "") -> str:
    """Return an abstract list; its levels are pairs of number format and pattern."""
    made = "".join(level(depth, *what) for depth, what in enumerate(levels))
    return f'<w:abstractNum w:abstractNumId="{number}">{inside}{made}</w:abstractNum>'


def level(depth: int, number_format: str, pattern: str, *, inside: str = "") -> str:
    """Return one level of a list, counting from 1."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>'
        f'{inside}<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def numbered_list(number: int, abstract: int, *, inside: str = "") -> str:
    """Return a list that rests on an abstract list."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{inside}</w:num>'


def ole(*streams: str) -> bytes:
    """Return the beginning of an OLE2 file with streams of these names (the old Office formats)."""
    return OLE_MAGIC + b"\0" * 504 + b"".join(name.encode("utf-16-le") for name in streams)


def _content_types(kinds: Mapping[str, str]) -> str:
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WORD_TYPE}.{kind}'
        f'{".main" if kind == "document" else ""}+xml"/>'
        for name, kind in kinds.items()
    )
    return f'<Types xmlns="{CONTENT_TYPES}">{overrides}</Types>'


def _relationships(targets: Mapping[str, str]) -> str:
    relations = "".join(
        f'<Relationship Id="{_stem(target)}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for target, kind in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>'


def _stem(target: str) -> str:
    return target.rpartition("/")[2].removesuffix(".xml")
