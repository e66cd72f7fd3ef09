"""Scores task records against gold annotation, as ``corpora/README.md`` defines it.

Scoring is by unit: a task is charged to every unit of which it covers more than half, or which
holds more than half of it. Units labelled heading or optional count neither way, and so do
parties and deadlines marked optional.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textsafe.records import Task

DATED = {"by", "span", "recurring", "relative", "event"}
AROUND_EVENT = re.compile(r"[\s“”]|(之?前|前夕|期间|之?后|之?内)$")


@dataclass
class Score:
    """Counts of what was found rightly, found wrongly, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, gold: set[Any], found: set[Any]) -> None:
        self.right += len(gold & found)
        self.wrong += len(found - gold)
        self.missed += len(gold - found)

    @property
    def f1(self) -> float:
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 0.0


@dataclass(frozen=True)
class Unit:
    """A unit of a document with its gold annotation."""

    start: int
    end: int
    gold: dict[str, Any]

    def charges(self, task: Task) -> bool:
        overlap = min(self.end, task.span.end) - max(self.start, task.span.start)
        return 2 * overlap > min(self.end - self.start, task.span.end - task.span.start)


def read_units(folder: Path, identifier: str) -> list[Unit]:
    """Return the units of a document of ``corpora/tasks``."""
    lines = (folder / f"{identifier}.gold.jsonl").read_text("utf-8").splitlines()
    gold = {row["u"]: row for row in map(json.loads, lines)}
    rows = (folder / f"{identifier}.units.tsv").read_text("utf-8").splitlines()
    return [
        Unit(int(start), int(end), gold.get(int(number), {"label": "other"}))
        for number, start, end, _ in (row.split("\t", 3) for row in rows)
    ]


Document = tuple[list[Unit], tuple[Task, ...]]


def score(documents: Iterable[Document]) -> dict[str, float]:
    """Return F1 of tasks, parties, parties with roles, deadlines and sectors, and the share of
    tasks whose modality is right."""
    scores = {name: Score() for name in ("task", "party", "party+role", "deadline", "sector")}
    modality = Score()
    for units, tasks in documents:
        for unit in units:
            if unit.gold["label"] in {"heading", "optional"}:
                continue
            charged = [task for task in tasks if unit.charges(task)]
            gold, found = _of_gold(unit.gold), _of_tasks(charged, unit.gold)
            for name, tally in scores.items():
                tally.add(gold[name], found[name])
            if charged and unit.gold["label"] == "task":
                modality.add({unit.gold["modality"]}, {charged[0].modality})
    return {name: tally.f1 for name, tally in scores.items()} | {"modality": modality.f1}


def reliability(documents: Iterable[Document]) -> dict[float, tuple[int, int]]:
    """Return, for each tenth of confidence, how many tasks are right, and how many there are."""
    bins: dict[float, tuple[int, int]] = {}
    for units, tasks in documents:
        for task in tasks:
            labels = [unit.gold["label"] for unit in units if unit.charges(task)]
            if "task" not in labels and {"heading", "optional"} & set(labels):
                continue
            tenth = min(int(task.confidence * 10), 9) / 10
            right, total = bins.get(tenth, (0, 0))
            bins[tenth] = (right + ("task" in labels), total + 1)
    return dict(sorted(bins.items()))


def _of_gold(gold: dict[str, Any]) -> dict[str, set[Any]]:
    parties = [party for party in gold.get("parties", []) if not party.get("optional")]
    deadlines = [one for one in gold.get("deadlines", []) if not one.get("optional")]
    return {
        "task": {"task"} if gold["label"] == "task" else set(),
        "party": {_name(party["name"]) for party in parties},
        "party+role": {(_name(party["name"]), party["role"]) for party in parties},
        "deadline": {_value(one) for one in deadlines if one["kind"] in DATED},
        "sector": set(gold.get("sectors", [])),
    }


def _of_tasks(tasks: list[Task], gold: dict[str, Any]) -> dict[str, set[Any]]:
    free = {_name(p["name"]) for p in gold.get("parties", []) if p.get("optional")}
    undated = {_name(d["text"]) for d in gold.get("deadlines", []) if d.get("optional")}
    parties = [p for task in tasks for p in task.parties if _name(p.name) not in free]
    deadlines = [
        deadline.model_dump(mode="json")
        for task in tasks
        for deadline in task.deadlines
        if deadline.kind in DATED and _name(deadline.text) not in undated
    ]
    return {
        "task": {"task"} if tasks else set(),
        "party": {_name(party.name) for party in parties},
        "party+role": {(_name(party.name), party.role) for party in parties},
        "deadline": {_value(deadline) for deadline in deadlines},
        "sector": {mention.id for task in tasks for mention in task.sectors},
    }


def _name(name: str) -> str:
    return re.sub(r"[\s“”\"']", "", name).replace("(", "（").replace(")", "）").rstrip("等")


def _value(deadline: dict[str, Any]) -> tuple[Any, ...]:
    kind, due = deadline["kind"], deadline.get("due")
    if kind == "relative" and due and not deadline.get("after"):
        kind = "by"  # counted from the document itself it is a plain date
    if kind == "by":
        return (kind, due)
    if kind == "span":
        return (kind, deadline.get("start"), due)
    if kind == "recurring":
        return (kind, deadline.get("every"))
    if kind == "relative":
        weeks = re.fullmatch(r"P(\d+)W", deadline.get("duration") or "")
        duration = f"P{7 * int(weeks[1])}D" if weeks else deadline.get("duration")
        return (kind, duration, bool(deadline.get("working_days")))
    return (kind, AROUND_EVENT.sub("", deadline.get("event") or deadline["text"]))
