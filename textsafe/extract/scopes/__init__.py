"""Who and when, handed on: by brackets, slots, lead-ins, headings, subjects and other dates."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from textsafe.document import Document
from textsafe.extract.drafts import Draft
from textsafe.extract.scopes.assignments import hand_on_assignments
from textsafe.extract.scopes.dates import (
    carry_target_time,
    dates_others,
    hand_on_dates,
    hand_on_stages,
)
from textsafe.extract.scopes.headings import hand_on_headings
from textsafe.extract.scopes.lists import hand_on_lead_ins
from textsafe.extract.scopes.paragraphs import carry_subject
from textsafe.mentions.deadlines import Anchor

__all__ = ["hand_on", "speaks_of_others"]


def hand_on(drafts: Sequence[Draft], document: Document, anchor: Anchor) -> None:
    """Complete the drafts of one part with what others in it say about them.

    Rules (task guidelines, sections Parties and Deadlines): a bracket or line at the end of an
    item governs the item; a subject governs the orders that follow it in its paragraph; a
    lead-in that ends in a colon, and a heading that names a post or body, govern their items; a
    sentence that only dates others gives them its date; a time that opens a paragraph of
    targets governs the targets that follow; a period in the heading of a stage governs the stage.
    """
    spoken = document.metadata.kind == "speech"
    hand_on_assignments(drafts, document)
    for _, paragraph in groupby(drafts, key=lambda draft: draft.place.block):
        units = list(paragraph)
        carry_subject(units, spoken=spoken)
        carry_target_time(units)
    hand_on_lead_ins(drafts, document)
    if not spoken:  # a heading of a speech says what it is about
        hand_on_headings(drafts, document)
    hand_on_dates(drafts)
    hand_on_stages(drafts, document, anchor)


def speaks_of_others(draft: Draft) -> bool:
    """Return whether a unit only dates or assigns other units and is no task of its own."""
    return dates_others(draft) or draft.of_others
