"""Which predicted task answers for which unit of the gold annotation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textsafe.records import Task
from textsafe.training.corpus import GoldUnit

Place = tuple[int, int] | None


def charge(units: Sequence[GoldUnit], tasks: Iterable[Task], text: str) -> list[tuple[Task, ...]]:
    """Return for each unit the tasks that it is charged with, in the order of the text.

    A task is charged to every unit of which it covers more than half, and to the unit that holds
    more than half of it. White space does not count: in a Word or PDF file it stands elsewhere
    than in the text that was annotated.

    Args:
        units: The units of one document, in order.
        tasks: The tasks found in it; their spans are offsets into `text`.
        text: The text of the document as it was read.
    """
    visible = [position for position, character in enumerate(text) if not character.isspace()]
    rank = {position: number for number, position in enumerate(visible)}
    squeezed = "".join(text[position] for position in visible)
    places = _places(squeezed, units)
    charged: list[list[Task]] = [[] for _ in units]
    for task in tasks:
        inside = [rank[at] for at in range(task.span.start, task.span.end) if at in rank]
        if inside:
            start, end = inside[0], inside[-1] + 1
            for tasks_of_unit, place in zip(charged, places, strict=True):
                if place and _answers(place, start, end):
                    tasks_of_unit.append(task)
    return [tuple(found) for found in charged]


def _places(squeezed: str, units: Sequence[GoldUnit]) -> list[Place]:
    """Return where each unit stands in a text without white space; None where it does not."""
    places: list[Place] = []
    cursor = 0
    for unit in units:
        words = "".join(unit.text.split())
        at = squeezed.find(words, cursor)
        if at < 0:  # the reader put this unit in front of one that was annotated before it
            at = squeezed.find(words)
        if at < 0:
            places.append(None)
        else:
            cursor = at + len(words)
            places.append((at, cursor))
    return places


def _answers(unit: tuple[int, int], start: int, end: int) -> bool:
    overlap = min(unit[1], end) - max(unit[0], start)
    return overlap > 0 and 2 * overlap > min(unit[1] - unit[0], end - start)
