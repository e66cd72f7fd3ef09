"""Prints how good textsafe is on its own corpora, by split, and what its confidence is worth.

Usage: python -m benchmarks.corpora    (in the root of the repository)
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from rich.console import Console
from rich.table import Table

import textsafe
from tests.scoring import Document, read_units, reliability, score

CORPORA = Path(__file__).parent.parent / "corpora"
TASKS = CORPORA / "tasks"


def main() -> None:
    """Measure every split and print the tables."""
    splits = tomllib.loads((CORPORA / "splits.toml").read_text("utf-8"))["tasks"]
    documents = {split: [read(name) for name in names] for split, names in splits.items()}
    console = Console(width=120)
    console.print(quality(documents))
    console.print(calibration(documents))


def read(identifier: str) -> Document:
    """Return the gold units of a document, and the tasks found in it."""
    return read_units(TASKS, identifier), textsafe.extract_tasks(TASKS / f"{identifier}.txt").tasks


def quality(documents: dict[str, list[Document]]) -> Table:
    """Return F1 of each field, one row a split."""
    scores = {split: score(found) for split, found in documents.items()}
    table = Table("split", "documents", *scores["test"], title="F1 (modality: share right)")
    for split, reached in scores.items():
        figures = (f"{value:.3f}" for value in reached.values())
        table.add_row(split, str(len(documents[split])), *figures)
    return table


def calibration(documents: dict[str, list[Document]]) -> Table:
    """Return how many of the tasks of each confidence are tasks in the gold too."""
    table = Table("split", "confidence", "tasks", "right", "share", title="Is it a task?")
    for split, found in documents.items():
        for lowest, (right, total) in reliability(found).items():
            share = f"{right / total:.3f}"
            table.add_row(
                split, f"{lowest:.1f} to {lowest + 0.1:.1f}", str(total), str(right), share
            )
    return table


if __name__ == "__main__":
    main()
