"""Prints how good textsafe is on its own corpora, by split, and what its confidence is worth.

Usage: python -m benchmarks.corpora    (in the root of the repository)

``textsafe evaluate`` says more about one split; this is the table of all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

from textsafe.errors import UsageError
from textsafe.training.corpus import read_documents, read_sentences
from textsafe.training.evaluate import Compared, read_and_compare, task_figures
from textsafe.training.figures import Figures
from textsafe.training.sentences import (
    compare_deadlines,
    compare_parties,
    deadline_figures,
    party_figures,
)

CORPORA = Path(__file__).parent.parent / "corpora"
SPLITS = ("train", "dev", "test")
SENTENCES = {
    "deadlines": (compare_deadlines, deadline_figures),
    "parties": (compare_parties, party_figures),
}


def main() -> None:
    """Measure every split and print the tables."""
    documents = [read_and_compare(document) for document in read_documents(CORPORA / "tasks")]
    figures = {
        split: task_figures([one for one in documents if one.split == split]) for split in SPLITS
    }
    console = Console(width=120)
    console.print(quality("documents", figures))
    console.print(calibration(figures))
    for subject in SENTENCES:
        if found := sentences(subject):
            console.print(quality(subject, found))


def sentences(subject: str) -> dict[str, Figures]:
    """Return the figures of the splits of a file of sentences, where the file is there."""
    path = CORPORA / "sentences" / f"{subject}.jsonl"
    compare, figures_of = SENTENCES[subject]
    found = {}
    for split in SPLITS:
        try:
            read = read_sentences(path, split)
        except UsageError:  # a file without this part
            continue
        found[split] = figures_of([Compared(subject, tuple(map(compare, read)))])
    return found


def quality(title: str, figures: Mapping[str, Figures]) -> Table:
    """Return F1 of each field, one row a split."""
    columns = figures["test"].fields
    table = Table("split", title, *columns, title="F1 (modality, sentence: share right)")
    for split, reached in figures.items():
        values = (f"{score.value:.3f}" for score in reached.fields.values())
        table.add_row(split, str(reached.count), *values)
    return table


def calibration(figures: Mapping[str, Figures]) -> Table:
    """Return how many of the tasks of each confidence are tasks in the gold too."""
    table = Table("split", "confidence", "tasks", "right", "share", title="Is it a task?")
    for split, reached in figures.items():
        for one in reached.reliability:
            bounds = f"{one.lowest:.1f} to {one.highest:.1f}"
            tasks = one.tasks
            table.add_row(split, bounds, str(tasks.total), str(tasks.right), f"{tasks.share:.3f}")
    return table


if __name__ == "__main__":
    main()
