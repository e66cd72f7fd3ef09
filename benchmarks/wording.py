"""Would a trained classifier know better than the rules what is a task? Prints the comparison.

Usage: python -m benchmarks.wording    (in the root of the repository)

Two logistic regressions are trained on the train documents of ``corpora/tasks``: one that weighs
the rules' own evidence anew (``refitted``), and one that adds what pieces of one and two characters
the unit is made of to the rules' log-odds (``pieces``; ``undecided``: only where the rules are less
sure than 0.9 either way). Train documents are predicted by models that have not seen them.
"""

from __future__ import annotations

import json
import math
import re
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from textsafe import parse
from textsafe.extract.drafts import Draft, drafts_by_part
from textsafe.mentions.deadlines import Anchor

TASKS = Path(__file__).parent.parent / "corpora" / "tasks"
LENGTH = 100  # characters of a unit that are looked at
DOCUMENTS = 3  # a piece that fewer train documents hold is a name, or chance
PENALTY = {"refitted": 1.0, "pieces": 10.0}
SURE = math.log(9)
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """A unit of a document, what the rules say of it, and whether it is a task."""

    document: str
    log_odds: float
    features: dict[str, frozenset[str]]
    is_task: bool


def main() -> None:
    """Train and measure."""
    splits = tomllib.loads((TASKS.parent / "splits.toml").read_text("utf-8"))["tasks"]
    examples = {s: [e for name in names for e in read(name)] for s, names in splits.items()}
    found = {(s, "rules"): rules(of) for s, of in examples.items()}
    for way in PENALTY:
        for split, of in examples.items():
            found[split, way] = predicted(way, examples["train"], of)
    for split, of in examples.items():
        undecided = np.abs(rules(of)) < SURE
        found[split, "undecided"] = np.where(undecided, found[split, "pieces"], rules(of))
    for split, of in examples.items():
        for way in ("rules", "refitted", "pieces", "undecided"):
            report(split, way, of, found[split, way])


def read(name: str) -> list[Example]:
    """Return the scored units of a document."""
    document = parse(TASKS / f"{name}.txt")
    anchor = Anchor(document.metadata.date)
    drafts = [draft for part in drafts_by_part(document, anchor) for draft in part]
    gold = (TASKS / f"{name}.gold.jsonl").read_text("utf-8").splitlines()
    labels = {row["u"]: row["label"] for row in map(json.loads, gold)}
    examples = []
    for row in (TASKS / f"{name}.units.tsv").read_text("utf-8").splitlines():
        number, start, end, _ = row.split("\t", 3)
        draft = next((d for d in drafts if _same(int(start), int(end), d)), None)
        label = labels.get(int(number), "other")
        if draft is not None and label in {"task", "other"}:
            examples.append(_example(name, draft, is_task=label == "task"))
    return examples


def _same(start: int, end: int, draft: Draft) -> bool:
    overlap = min(end, draft.span.end) - max(start, draft.span.start)
    return 2 * overlap > min(end - start, draft.span.end - draft.span.start)


def _example(name: str, draft: Draft, *, is_task: bool) -> Example:
    judgement = draft.reading.judgement
    evidence = {*judgement.cues, draft.place.setting}
    evidence |= {"doer"} if draft.reading.doers.parties else set()
    evidence |= {"time"} if draft.reading.deadlines else set()
    head = re.sub(r"\d+", "0", draft.text)[:LENGTH]
    pieces = {*head, *map("".join, pairwise(head))}
    odds = math.log(judgement.probability / (1 - judgement.probability + 1e-9) + 1e-9)
    features = {"refitted": frozenset(evidence), "pieces": frozenset(pieces)}
    return Example(name, max(-6.0, min(6.0, odds)), features, is_task)


def rules(examples: list[Example]) -> Floats:
    """Return the log-odds by the rules."""
    return np.array([example.log_odds for example in examples])


def predicted(way: str, train: list[Example], examples: list[Example]) -> Floats:
    """Return the log-odds of each example by a model that was not trained on its document."""
    known = {example.document for example in train}
    found = np.zeros(len(examples))
    for name in {example.document for example in examples} & known or {""}:
        model = fit(way, [e for e in train if e.document != name])
        rows = [i for i, e in enumerate(examples) if e.document == name or not name]
        found[rows] = matrix(way, [examples[i] for i in rows], model[0]) @ model[1]
    return found


def fit(way: str, examples: list[Example]) -> tuple[list[str], Floats]:
    """Return the features and the weights of a logistic regression with a squared penalty."""
    documents: dict[str, set[str]] = {}
    for example in examples:
        for feature in example.features[way]:
            documents.setdefault(feature, set()).add(example.document)
    names = sorted(name for name, of in documents.items() if len(of) >= DOCUMENTS)
    rows = matrix(way, examples, names)
    labels = np.array([example.is_task for example in examples], dtype=float)
    penalty = np.full(rows.shape[1], PENALTY[way])
    penalty[-1] = 0
    rate = 1 / (np.linalg.norm(rows, 2) ** 2 / 4 + PENALTY[way])
    weights = ahead = np.zeros(rows.shape[1])
    for step in range(600):  # gradient descent with Nesterov's momentum
        error = 1 / (1 + np.exp(-(rows @ ahead))) - labels
        moved = ahead - rate * (rows.T @ error + penalty * ahead)
        ahead = moved + step / (step + 3) * (moved - weights)
        weights = moved
    return names, weights


def matrix(way: str, examples: list[Example], names: list[str]) -> Floats:
    """Return a row for each example: its features, its log-odds by the rules, and a one."""
    place = {name: index for index, name in enumerate(names)}
    rows = np.zeros((len(examples), len(names) + 2))
    rows[:, -1] = 1
    for row, example in zip(rows, examples, strict=True):
        row[-2] = example.log_odds / 2 if way == "pieces" else 0
        row[[place[name] for name in example.features[way] if name in place]] = 1
    return rows


def report(split: str, way: str, examples: list[Example], log_odds: Floats) -> None:
    """Print F1, the share of right ones among the sure, and the mean log loss."""
    tasks = np.array([example.is_task for example in examples])
    found = Counter(zip((log_odds > 0).tolist(), tasks.tolist(), strict=True))
    f1 = 2 * found[True, True] / (2 * found[True, True] + found[True, False] + found[False, True])
    sure = tasks[log_odds > SURE]
    loss = float(np.mean(np.logaddexp(0, -np.where(tasks, 1, -1) * log_odds)))
    line = f"{split:6} {way:10} F1 {f1:.3f}  sure {len(sure):4}, right {sure.mean():.3f}"
    sys.stdout.write(f"{line}  log loss {loss:.3f}\n")


if __name__ == "__main__":
    main()
