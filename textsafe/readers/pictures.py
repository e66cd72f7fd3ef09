"""Pages as pictures, to lay beside what was read from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from textsafe.document import Document

if TYPE_CHECKING:
    from PIL.Image import Image

POINTS_PER_INCH = 72
# Enough to read the text of a page by; 191 pages of text come to 9 MB.
RESOLUTION = 96
QUALITY = 60
MAX_SIDE = 4000  # pixels, for pages as large as posters


@dataclass(frozen=True)
class PagePicture:
    """One page as a WebP picture; lengths in points."""

    number: int
    width: float
    height: float
    webp: bytes


def page_pictures(data: bytes, document: Document) -> Iterator[PagePicture]:
    """Yield a picture of each page, where the format has pages that can be drawn.

    Args:
        data: The file that `document` was read from.
        document: Its format says how to draw it.
    """
    kind = document.metadata.format
    if kind == "pdf":
        yield from _pdf(data)
    elif kind in {"png", "jpg", "tif", "bmp"}:
        yield from _image(data)


def _pdf(data: bytes) -> Iterator[PagePicture]:
    import pypdfium2  # noqa: PLC0415 - not needed for other formats

    with pypdfium2.PdfDocument(data) as document:
        for number in range(1, len(document) + 1):
            try:
                page = document[number - 1]
            except pypdfium2.PdfiumError:  # a damaged page, which the document's warnings name
                continue
            width, height = page.get_size()
            scale = min(RESOLUTION / POINTS_PER_INCH, MAX_SIDE / max(width, height))
            bitmap = page.render(scale=scale)
            yield PagePicture(number, width, height, _webp(bitmap.to_pil()))
            page.close()


def _image(data: bytes) -> Iterator[PagePicture]:
    from textsafe.readers.image import open_pages  # noqa: PLC0415 - not needed for other formats

    for number, (image, scale) in enumerate(open_pages(data), 1):
        yield PagePicture(number, image.width / scale, image.height / scale, _webp(image))


def _webp(image: Image) -> bytes:
    file = BytesIO()
    image.convert("RGB").save(file, "WEBP", quality=QUALITY)
    return file.getvalue()
