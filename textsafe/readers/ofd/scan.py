"""What text recognition has to read: pages of OFD that are pictures, and text drawn as shapes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textsafe.errors import CorruptDocumentError
from textsafe.readers.image import open_pages
from textsafe.readers.layout.glyphs import Glyph
from textsafe.readers.limits import Limits
from textsafe.readers.ofd.drawing import Picture
from textsafe.readers.ofd.package import Package
from textsafe.readers.ofd.paths import LARGEST_SHAPE, Shape

if TYPE_CHECKING:
    from PIL.Image import Image

# Seals, photographs and charts cover less of a page.
_PAGE_SHARE = 0.5
# Pixels for each point where shapes are drawn: 200 dpi.
_SHAPE_SCALE = 200 / 72


class UnreadablePictureError(Exception):
    """The picture is in a format that nothing here decodes, or damaged; says which format."""


def page_picture(
    pictures: Sequence[Picture], glyphs: Sequence[Glyph], size: tuple[float, float]
) -> Picture | None:
    """Return the picture that is the page: it covers half of it, and no text lies on it.

    Args:
        pictures: The pictures on the page.
        glyphs: Its characters.
        size: Width and height of the page in points.
    """
    for picture in pictures:
        x0, top, x1, bottom = picture.bbox
        width = min(x1, size[0]) - max(x0, 0.0)
        height = min(bottom, size[1]) - max(top, 0.0)
        if min(width, height) > 0 and width * height >= _PAGE_SHARE * size[0] * size[1]:
            # A watermark or a number that was stamped on a scan is not its text layer.
            on_it = sum(
                glyph.text != " " and x0 <= glyph.x0 <= x1 and top <= glyph.baseline <= bottom
                for glyph in glyphs
            )
            return picture if on_it < 20 else None
    return None


def draw_page(
    package: Package, picture: Picture, size: tuple[float, float], limits: Limits
) -> tuple[Image, float]:
    """Return a page with nothing but `picture` on it, and its pixels for each point.

    Args:
        package: Where the picture is kept.
        picture: The picture and its place on the page.
        size: Width and height of the page in points.
        limits: ``pixels`` holds for the picture and for the page.

    Raises:
        UnreadablePictureError: It cannot be decoded.
        LimitExceededError: It is too large.
    """
    from PIL import Image  # noqa: PLC0415 - costs 50 ms, and few files are scans

    if picture.part is None:
        raise UnreadablePictureError("?")
    try:
        image, _ = next(open_pages(package.read(picture.part), limits))
    except CorruptDocumentError as error:
        raise UnreadablePictureError(picture.part.rpartition(".")[2].lower()) from error
    x0, top, x1, bottom = picture.bbox
    scale = image.width / (x1 - x0)
    extent = max(round((x1 - x0) * scale), 1), max(round((bottom - top) * scale), 1)
    limits.check("pixels", extent[0] * extent[1])
    limits.check("pixels", round(size[0] * size[1] * scale * scale))
    page = Image.new("RGB", (round(size[0] * scale), round(size[1] * scale)), "white")
    page.paste(image.convert("RGB").resize(extent), (round(x0 * scale), round(top * scale)))
    return page, scale


def draw_shapes(
    shapes: Sequence[Shape], size: tuple[float, float], limits: Limits
) -> tuple[Image, float]:
    """Return a page with nothing but `shapes` on it in black, and its pixels for each point.

    Args:
        shapes: Filled shapes; those that are no characters by their size are left out. Curves
            are drawn as straight lines.
        size: Width and height of the page in points.
        limits: ``pixels`` holds for the page.

    Raises:
        LimitExceededError: It is too large.
    """
    from PIL import Image, ImageChops, ImageDraw  # noqa: PLC0415 - see draw_page

    scale = _SHAPE_SCALE
    limits.check("pixels", round(size[0] * size[1] * scale * scale))
    page = Image.new("L", (round(size[0] * scale), round(size[1] * scale)), 255)
    for shape in shapes:
        x0, top, x1, bottom = shape.bbox
        if max(x1 - x0, bottom - top) > LARGEST_SHAPE or x0 < 0 or top < 0:
            continue
        extent = int((x1 - x0) * scale) + 2, int((bottom - top) * scale) + 2
        ink = Image.new("1", extent)
        for outline in shape.outlines:
            corners = [
                ((point[0] - x0) * scale, (point[1] - top) * scale)
                for point in outline
                if point is not None
            ]
            if len(corners) > 2:
                # Outlines inside others are holes.
                layer = Image.new("1", extent)
                ImageDraw.Draw(layer).polygon(corners, fill=1)
                ink = ImageChops.logical_xor(ink, layer)
        page.paste(0, (round(x0 * scale), round(top * scale)), ink)
    return page, scale
