"""One unit as all finders read it together: times first, then who, then whether it is a task."""

from __future__ import annotations

from dataclasses import dataclass

from textsafe.mentions.assignments import Assignment, find_assignments
from textsafe.mentions.deadlines import NOWHERE, Anchor, deadlines_in
from textsafe.mentions.directives import Judgement, Setting, judge
from textsafe.mentions.doers import Doers, find_doers
from textsafe.records import Deadline, Party

# What besides brackets and lines of assignment may stand in a unit that only assigns: a full stop.
_REST = 2


@dataclass(frozen=True)
class Reading:
    """What a unit says by itself; all offsets are into its text.

    Attributes:
        parties: Whom the sentence names outside its assignments.
        assignments: Its brackets and lines that assign.
        only_assigns: It holds nothing else, so that it is no task of its own.
    """

    judgement: Judgement
    doers: Doers
    parties: tuple[Party, ...]
    assignments: tuple[Assignment, ...]
    deadlines: tuple[Deadline, ...]
    only_assigns: bool

    @property
    def is_task(self) -> bool:
        """Whether the unit is more likely a task than not."""
        return self.judgement.probability >= 0.5 and not self.only_assigns


def read_unit(text: str, *, anchor: Anchor = NOWHERE, setting: Setting = "order") -> Reading:
    """Return what a sentence-like unit says by itself.

    Args:
        text: The unit.
        anchor: What its times are resolved against.
        setting: What kind of section the unit stands in.

    >>> reading = read_unit("各镇要于6月底前完成排查。（县住建局牵头）")
    >>> [party.name for party in reading.parties], reading.judgement.modality
    (['各镇'], 'must')
    >>> [party.role for party in reading.assignments[0].parties]
    ['lead']
    """
    deadlines = deadlines_in(text, anchor)
    times = [(deadline.span.start, deadline.span.end) for deadline in deadlines]
    assignments = find_assignments(text)
    doers = find_doers(text, times)
    judgement = judge(
        text,
        setting=setting,
        times=times,
        has_doer=bool(doers.parties),
        doer_end=doers.action_start,
    )
    covered = sum(assignment.end - assignment.start for assignment in assignments)
    return Reading(
        judgement=judgement,
        doers=doers,
        parties=_outside(doers, assignments, judgement),
        assignments=tuple(assignments),
        deadlines=tuple(deadlines),
        only_assigns=bool(covered) and len(text) - covered <= _REST,
    )


def _outside(
    doers: Doers, assignments: list[Assignment], judgement: Judgement
) -> tuple[Party, ...]:
    """Names in brackets have their role there; the subject of a target is what it speaks of."""
    if judgement.modality == "target" and not doers.ordered:
        return ()
    return tuple(
        party
        for party in doers.parties
        if not any(a.start <= party.span.start < a.end for a in assignments)
    )
