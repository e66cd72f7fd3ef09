"""What is handed on is added to a draft, with the rule that says why."""

from __future__ import annotations

from collections.abc import Sequence

from textsafe.extract.drafts import Draft
from textsafe.records import Deadline, Party


def add_carried(draft: Draft, parties: Sequence[Party], rule: str) -> None:
    """Add the doers of another unit or heading to `draft`, as inherited."""
    if parties:
        draft.parties.extend(p.model_copy(update={"origin": "inherited"}) for p in parties)
        draft.rules.append(rule)


def add_deadline(draft: Draft, deadline: Deadline, rule: str) -> None:
    """Add the deadline of another unit or heading to `draft`, as inherited."""
    draft.deadlines.append(deadline.model_copy(update={"origin": "inherited"}))
    draft.rules.append(rule)
