"""Text recognition: from the picture of a page to its lines and tables.

The models come inside the wheel of rapidocr; nothing is downloaded, and nothing leaves the machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textsafe.errors import MissingToolError
from textsafe.messages import message
from textsafe.readers.layout import PageContent
from textsafe.readers.ocr.engine import require

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["available", "doubts", "read_page", "require"]

# Mean confidence of a page below which people are told to compare it with the original.
LEAST_CONFIDENCE = 0.9


def available() -> bool:
    """Tell whether pictures can be read on this machine."""
    try:
        require()
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
    require()
    from textsafe.readers.ocr.page import read  # noqa: PLC0415

    return read(image, page=page, scale=scale)


def doubts(pages: Iterable[PageContent]) -> list[str]:
    """Return a warning that names the pages of whose text recognition is not sure enough."""
    doubtful = [
        f"{page.number}（{page.confidence:.0%}）"
        for page in pages
        if page.confidence is not None and page.confidence < LEAST_CONFIDENCE
    ]
    return [message("ocr_doubtful", pages="、".join(doubtful)).text] if doubtful else []
