"""What a caller may ask of the readers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from textsafe.readers.limits import DEFAULT_LIMITS, Limits

Tracked = Literal["accepted", "original"]


@dataclass(frozen=True)
class Options:
    """How to read a document.

    Attributes:
        limits: How large a document may be.
        tracked: Which text of a Word document with tracked changes is read.
        on_page: Called with the number of pages done and of all pages by readers that need
            seconds for a page.
        conversions: Folder with what ``readers.office.ahead`` made of legacy files.
        on_document: Called by ``read_each`` with the source of each document before it is read; a
            DocumentError that it raises stands in place of the document.
    """

    limits: Limits = DEFAULT_LIMITS
    tracked: Tracked = "accepted"
    on_page: Callable[[int, int], None] | None = None
    conversions: str | None = None
    on_document: Callable[[str], None] | None = None


DEFAULT_OPTIONS = Options()
