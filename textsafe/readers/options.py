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
    """

    limits: Limits = DEFAULT_LIMITS
    tracked: Tracked = "accepted"
    on_page: Callable[[int, int], None] | None = None


DEFAULT_OPTIONS = Options()
