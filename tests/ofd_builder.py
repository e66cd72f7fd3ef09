"""Writes small OFD files (GB/T 33190-2016) for tests: pages as for PDF, and what only OFD holds.

``build_ofd`` takes the same pages as ``build_pdf``, so that both formats can be driven by one
description. ``Sheet`` and ``build_package`` write what only OFD can hold: templates, hidden text,
glyph numbers, annotations, odd locations. Lengths are in points from the top left of the page, as
in ``Block.bbox``; only raw XML is in millimetres, as in the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import cos, radians, sin
from xml.sax.saxutils import escape, quoteattr

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from tests.builders import zipped
from tests.pdf_builder import A4, FONT, Drawn, Page, Rule, Shade, Text

MM = 25.4 / 72
NAMESPACE = "http://www.ofdspec.org/2016"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True)
class Image:
    """A picture: the content of its file, its suffix, and its box in points."""

    data: bytes
    x: float
    y: float
    width: float
    height: float
    suffix: str = "png"


@dataclass(frozen=True)
class Sheet:
    """A page that is written as XML.

    Attributes:
        body: Objects of its layer; ``text_object`` and ``path_object`` write some.
        templates: IDs of the templates that it uses.
        layer: Attributes of the layer.
    """

    body: str = ""
    size: tuple[float, float] = A4
    templates: Sequence[str] = ()
    layer: str = ""


@dataclass(frozen=True)
class Parts:
    """What stands in the container beside the pages, as XML.

    Attributes:
        templates: Template pages by ID.
        resources: Content of the resource file.
        document: Elements that follow the pages in Document.xml.
        body: Elements that follow the location of the document in OFD.xml.
        extra: Other members of the container.
        locations: What to write as location of the pages instead of a relative path.
    """

    templates: Mapping[str, Sheet] = field(default_factory=dict)
    resources: str = ""
    document: str = ""
    body: str = ""
    extra: Mapping[str, bytes] = field(default_factory=dict)
    locations: Sequence[str] = ()


def build_ofd(*pages: Page, images: Mapping[int, Image] | None = None) -> bytes:
    """Return an OFD file with the pages of a PDF; `images` are drawn on pages counted from 1."""
    images = images or {}
    sheets = []
    for number, page in enumerate(pages, 1):
        body = "".join(map(_object, page.drawn))
        if number in images:
            body = image_object(f"{number}", images[number]) + body
        sheets.append(Sheet(body, page.size))
    media = "".join(
        f'<ofd:MultiMedia ID="{number}" Type="Image">'
        f"<ofd:MediaFile>{number}.{image.suffix}</ofd:MediaFile></ofd:MultiMedia>"
        for number, image in images.items()
    )
    files = {f"Doc_0/Res/{n}.{image.suffix}": image.data for n, image in images.items()}
    resources = f"<ofd:MultiMedias>{media}</ofd:MultiMedias>" if media else ""
    return build_package(*sheets, parts=Parts(resources=resources, extra=files))


def build_package(*sheets: Sheet, parts: Parts | None = None) -> bytes:
    """Return an OFD file with these pages."""
    return zipped(members(*sheets, parts=parts))


def members(*sheets: Sheet, parts: Parts | None = None) -> dict[str, str | bytes]:
    """Return what stands in the container, by name."""
    parts = parts or Parts()
    locations = parts.locations or [f"Pages/Page_{n}/Content.xml" for n in range(len(sheets))]
    listed = "".join(
        f'<ofd:Page ID="{1000 + index}" BaseLoc={quoteattr(location)}/>'
        for index, location in enumerate(locations)
    )
    templates = "".join(
        f'<ofd:TemplatePage ID="{name}" BaseLoc="Tpls/{name}.xml"/>' for name in parts.templates
    )
    body = f"<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{parts.body}"
    return {
        "OFD.xml": _root("OFD", f"<ofd:DocBody>{body}</ofd:DocBody>"),
        "Doc_0/Document.xml": _root(
            "Document",
            "<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
            f"</ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{templates}"
            f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{parts.document}",
        ),
        "Doc_0/PublicRes.xml": _root(
            "Res",
            '<ofd:Fonts><ofd:Font ID="1" FontName="仿宋_GB2312"/></ofd:Fonts>' + parts.resources,
            ' BaseLoc="Res"',
        ),
        **{f"Doc_0/Tpls/{name}.xml": _page(sheet) for name, sheet in parts.templates.items()},
        **{f"Doc_0/Pages/Page_{n}/Content.xml": _page(sheet) for n, sheet in enumerate(sheets)},
        **parts.extra,
    }


def sheet_of(page: Page, *, templates: Sequence[str] = ()) -> Sheet:
    """Return a page of a PDF as a page of OFD."""
    return Sheet("".join(map(_object, page.drawn)), page.size, templates)


def text_object(item: Text, *, attributes: str = "", inner: str = "", code: str = "") -> str:
    """Return a TextObject whose characters have the widths of the font of the PDF files.

    Args:
        item: The text and its place.
        attributes: More attributes of the object.
        inner: Elements before the text.
        code: Attributes of the text instead of the distances between characters.
    """
    size, x, y = item.size * MM, item.x * MM, (item.baseline - item.size) * MM
    steps = [(_width(char, item.size) + item.spacing) * MM for char in item.text[:-1]]
    distances = " ".join(f"{step:.4f}" for step in steps)
    code = code or f'DeltaX="{distances}"'
    return (
        f'<ofd:TextObject Font="1" Size="{size:.4f}" {attributes} '
        f'Boundary="{x:.4f} {y:.4f} {sum(steps) + size:.4f} {1.4 * size:.4f}">{inner}'
        f'<ofd:TextCode X="0" Y="{size:.4f}" {code}>{escape(item.text)}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def path_object(data: str, *, attributes: str = "", inner: str = "") -> str:
    """Return a PathObject in the coordinates of the page, in millimetres."""
    return (
        f'<ofd:PathObject Boundary="0 0 210 297" LineWidth="0.35" {attributes}>{inner}'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def image_object(resource: str, image: Image) -> str:
    """Return an ImageObject that shows the picture called `resource`."""
    x, y, width, height = (v * MM for v in (image.x, image.y, image.width, image.height))
    return (
        f'<ofd:ImageObject ResourceID="{resource}" CTM="{width:.4f} 0 0 {height:.4f} 0 0" '
        f'Boundary="{x:.4f} {y:.4f} {width:.4f} {height:.4f}"/>'
    )


def box_path(x0: float, y0: float, x1: float, y1: float) -> str:
    """Return the outline of a box given in points."""
    x0, y0, x1, y1 = (value * MM for value in (x0, y0, x1, y1))
    return f"M {x0:.4f} {y0:.4f} L {x1:.4f} {y0:.4f} L {x1:.4f} {y1:.4f} L {x0:.4f} {y1:.4f} C"


def _object(item: Drawn) -> str:
    match item:
        case Text(angle=0):
            return text_object(item)
        case Text():
            return text_object(item, attributes=f'CTM="{_turned(item.angle)}"')
        case Rule(bar=True):
            right, bottom = max(item.x1, item.x0 + 0.5), max(item.y1, item.y0 + 0.5)
            box = box_path(item.x0, item.y0, right, bottom)
            return path_object(box, attributes='Stroke="false" Fill="true"')
        case Rule():
            x0, y0, x1, y1 = (value * MM for value in (item.x0, item.y0, item.x1, item.y1))
            return path_object(f"M {x0:.4f} {y0:.4f} L {x1:.4f} {y1:.4f}")
        case Shade():
            box = box_path(item.x, item.y, item.x + item.width, item.y + item.height)
            return path_object(
                box,
                attributes='Stroke="false" Fill="true"',
                inner='<ofd:FillColor Value="230 230 230"/>',
            )


def _turned(angle: float) -> str:
    turn = radians(angle)
    return f"{cos(turn):.6f} {-sin(turn):.6f} {sin(turn):.6f} {cos(turn):.6f} 0 0"


def _page(sheet: Sheet) -> str:
    width, height = sheet.size[0] * MM, sheet.size[1] * MM
    used = "".join(f'<ofd:Template TemplateID="{name}"/>' for name in sheet.templates)
    return _root(
        "Page",
        f"<ofd:Area><ofd:PhysicalBox>0 0 {width:.3f} {height:.3f}</ofd:PhysicalBox></ofd:Area>"
        f"{used}<ofd:Content><ofd:Layer {sheet.layer}>{sheet.body}</ofd:Layer></ofd:Content>",
    )


def _root(name: str, content: str, attributes: str = "") -> str:
    return f'{_HEAD}<ofd:{name} xmlns:ofd="{NAMESPACE}"{attributes}>{content}</ofd:{name}>'


@cache
def _width(char: str, size: float) -> float:
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    return float(pdfmetrics.stringWidth(char, FONT, size))
