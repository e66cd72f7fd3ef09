"""Web pages saved with all that they show (RFC 2557), as Internet Explorer, Word and WPS do.

Only the page itself is read: nothing that it refers to is fetched, inside the file or outside.
"""

from __future__ import annotations

from textsafe.errors import CorruptDocumentError
from textsafe.readers import mail, mime
from textsafe.readers.content import Content, joined
from textsafe.readers.mime import Part
from textsafe.readers.options import Options

_PAGES = {"text/html", "application/xhtml+xml"}


def read(data: bytes, options: Options) -> Content:
    """Read a saved web page.

    Raises:
        CorruptDocumentError: There is no web page in it.
        LimitExceededError: It has too many parts, or they stand too deep.
    """
    root = mime.parse(data, options.limits)
    pages = [part for part in root.leaves() if part.kind in _PAGES]
    if not pages:
        raise CorruptDocumentError("corrupt", format="mht", reason="text/html")
    content = mail.page(_first(root, pages), options)
    if content.blocks:
        return content
    # A frame without text of its own: Excel saves each sheet as a page inside one.
    return joined([mail.page(page, options) for page in pages])


def _first(root: Part, pages: list[Part]) -> Part:
    start = mail.related_root(root)
    return next((page for page in pages if page is start), pages[0])
