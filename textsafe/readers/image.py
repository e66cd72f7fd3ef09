"""Pictures of pages: photographs and scans as png, jpg, bmp, and tif with several pages."""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any

from textsafe.errors import CorruptDocumentError
from textsafe.readers import ocr
from textsafe.readers.content import Content, ContentBuilder
from textsafe.readers.layout import PageContent, lay_out
from textsafe.readers.limits import DEFAULT_LIMITS, Limits
from textsafe.readers.options import Options

if TYPE_CHECKING:
    from PIL.Image import Image

# The module of Pillow and the class that reads each kind: no other decoder sees the file.
_DECODERS = {
    "png": ("PngImagePlugin", "PngImageFile"),
    "jpg": ("JpegImagePlugin", "JpegImageFile"),
    "tif": ("TiffImagePlugin", "TiffImageFile"),
    "bmp": ("BmpImagePlugin", "BmpImageFile"),
}
# All that Pillow was seen to raise on damaged files.
_DAMAGE = (
    AttributeError, EOFError, IndexError, KeyError, OSError, OverflowError, RuntimeError,
    SyntaxError, TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip

# Sides of A4 in points, and the shorter sides of what is scanned: A6 to A1.
_A4 = 595.3, 841.9
_SHORT_SIDES = range(280, 1700)
# Programs and cameras write 72 or 96 dots to the inch where they know of none.
_RESOLUTIONS = range(97, 1201)


def read(data: bytes, options: Options) -> Content:
    """Read the pages of a picture file by text recognition.

    Args:
        data: The file.
        options: Its limits say how many pages and pixels are allowed; ``on_page`` is told of
            every page.

    Returns:
        Paragraphs and tables with page, place and confidence. The warnings name the pages whose
        characters are doubtful.

    Raises:
        CorruptDocumentError: It cannot be decoded.
        MissingToolError: The extra ``ocr`` is not installed, or cannot be loaded.
        LimitExceededError: It has too many pages or pixels.
    """
    ocr.require(_kind(data))
    with _decoding(_kind(data)):
        count = _page_count(_open(data))
    pages: list[PageContent] = []
    for image, scale in open_pages(data, options.limits):
        pages.append(ocr.read_page(image, page=len(pages) + 1, scale=scale))
        if options.on_page:
            options.on_page(len(pages), count)
    builder = ContentBuilder(options.limits)
    lay_out(pages, builder)
    for doubt in ocr.doubts(pages):
        builder.warn(doubt)
    return builder.build(pages=len(pages))


def open_pages(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Iterator[tuple[Image, float]]:
    """Yield each page of a picture file as it is meant to be seen, and its pixels for each point.

    Raises:
        CorruptDocumentError: It cannot be decoded.
        LimitExceededError: It has too many pages or pixels.
    """
    kind = _kind(data)
    with _decoding(kind):
        picture = _open(data)
        count = _page_count(picture)
    limits.check("pages", count)
    for index in range(count):
        with _decoding(kind):
            page = _page(picture, index, limits)
        yield page


def _kind(data: bytes) -> str:
    if data.startswith(b"\x89PNG"):
        return "png"
    if data.startswith(b"\xff\xd8"):
        return "jpg"
    return "bmp" if data.startswith(b"BM") else "tif"


@contextmanager
def _decoding(kind: str) -> Iterator[None]:
    with warnings.catch_warnings():
        # Pillow warns of odd metadata, which is not read, and of sizes, which are checked here.
        warnings.simplefilter("ignore")
        try:
            yield
        except _DAMAGE as error:
            raise CorruptDocumentError("corrupt", format=kind, reason=str(error)) from error


def _open(data: bytes) -> Any:
    module, name = _DECODERS[_kind(data)]
    return getattr(import_module(f"PIL.{module}"), name)(BytesIO(data))


def _page_count(picture: Any) -> int:
    return int(getattr(picture, "n_frames", 1)) if picture.format == "TIFF" else 1


def _page(picture: Any, index: int, limits: Limits) -> tuple[Image, float]:
    from PIL import ImageOps  # noqa: PLC0415

    if index:
        picture.seek(index)
    limits.check("pixels", picture.width * picture.height)
    picture.load()
    frame: Image = ImageOps.exif_transpose(picture)
    across, down = _resolution(picture)
    if across and down and abs(across / down - 1) > 0.02:  # a fax: 204 by 98 dots to the inch
        frame = frame.resize((frame.width, round(frame.height * across / down)))
    return frame, _scale(frame.size, across)


def _resolution(picture: Any) -> tuple[float, float]:
    """Return the dots to the inch that the file states, across and down; 0 if it does not."""
    try:
        across, down = (float(value) for value in picture.info.get("dpi", (0, 0)))
    except (TypeError, ValueError, ZeroDivisionError):
        return 0.0, 0.0
    sane = all(_RESOLUTIONS.start <= value < _RESOLUTIONS.stop for value in (across, down))
    return (across, down) if sane else (0.0, 0.0)


def _scale(size: tuple[int, int], resolution: float) -> float:
    """Return how many pixels make a point.

    A page that would be no sheet by the stated `resolution`, in dots to the inch, is taken for A4.

    >>> _scale((1240, 1754), 150), round(_scale((3000, 4000), 0), 2)
    (2.0833333333333335, 5.04)
    """
    width, height = size
    scale = resolution / 72
    if scale and _SHORT_SIDES.start <= min(size) / scale < _SHORT_SIDES.stop:
        return scale
    return width / (_A4[0] if width <= height else _A4[1])
