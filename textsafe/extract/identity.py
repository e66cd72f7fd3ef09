"""What all ways to a task share: stable identifiers, and one mention for each sector."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from textsafe.document import Document
from textsafe.records import SectorMention


def task_id(document: Document, start: int, end: int) -> str:
    """Return an identifier that is stable for the same document and span."""
    key = f"{document.metadata.sha256}:{start}:{end}"
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def first_of_each(mentions: Sequence[SectorMention]) -> tuple[SectorMention, ...]:
    """Return the first mention of each sector, in the order of the text."""
    first: dict[str, SectorMention] = {}
    for mention in mentions:
        first.setdefault(mention.id, mention)
    return tuple(first.values())
