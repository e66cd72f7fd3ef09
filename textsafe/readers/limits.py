"""The limits that guard every reader."""

from __future__ import annotations

from dataclasses import dataclass

from textsafe.errors import LimitExceededError

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """How large a document may be before it is refused.

    Attributes:
        file_bytes: Size of the file.
        inflated_bytes: Size of all members that are read from a container such as docx, counted
            while inflating.
        compression_ratio: Inflated size divided by compressed size of one member; looked at only
            when the member is large enough to do harm.
        parts: Number of parts that are read from a container.
        pages: Number of pages.
        pixels: Size of one picture; it takes four bytes a pixel in memory.
        characters: Length of the text.
        blocks: Number of paragraphs and table rows; one takes about 1 KB of memory.
        depth: Elements of XML that stand inside one another; 256 at most.
        html_depth: The same for web pages, in which unclosed tags pile up.
        nesting: Archives and mails inside one another; parts of one mail inside one another.
        members: Documents in one archive or mail.
        seconds: Time for reading one document, where it is read in a process of its own.
        memory_bytes: Memory for reading one document, where it is read in a process of its own.
    """

    file_bytes: int = 256 * MEBIBYTE
    inflated_bytes: int = 128 * MEBIBYTE
    compression_ratio: int = 100
    parts: int = 10_000
    pages: int = 5000
    pixels: int = 100_000_000
    characters: int = 10_000_000
    blocks: int = 2_000_000
    depth: int = 100
    html_depth: int = 1000
    nesting: int = 10
    members: int = 10_000
    seconds: int = 300
    memory_bytes: int = 2048 * MEBIBYTE

    def check(self, limit: str, value: int) -> None:
        """Raise LimitExceededError when `value` is above the limit named `limit`.

        >>> Limits(pages=10).check("pages", 11)
        Traceback (most recent call last):
        ...
        textsafe.errors.LimitExceededError: limit_exceeded(limit='pages', value=11, allowed=10)
        """
        allowed: int = getattr(self, limit)
        if value > allowed:
            raise LimitExceededError("limit_exceeded", limit=limit, value=value, allowed=allowed)


DEFAULT_LIMITS = Limits()


@dataclass
class Budget:
    """What one file has cost so far, together with all that it holds.

    A zip archive inside a zip archive spends what the outer one has left; otherwise each level
    would multiply what the one above it may inflate to.
    """

    limits: Limits
    inflated_bytes: int = 0
    members: int = 0

    def spend(self, limit: str, amount: int) -> None:
        """Add `amount` to what was spent of the limit named `limit`.

        Raises:
            LimitExceededError: That is more than is allowed, now or already before.
        """
        value: int = getattr(self, limit) + amount
        setattr(self, limit, value)
        self.limits.check(limit, value)
