"""Prints how well headings and their levels are found.

Usage: python benchmarks/headings.py [PDF]

With the plans of ``documents/`` as PDF: three of them, heading by heading, against
``outlines/plan_2024.toml``. Without: ``corpora/tasks``, where a unit labelled as a heading has no
level.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections import Counter
from pathlib import Path

import textsafe
from textsafe.document import Document, Section

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpora" / "tasks"
GOLD = Path(__file__).parent / "outlines" / "plan_2024.toml"

# Page, numbering as printed, characters of the title; the level stands apart.
Key = tuple[int, str, int]


def main() -> None:
    """Score the file that was named, or the corpus."""
    if len(sys.argv) > 1:
        score_plans(textsafe.parse(sys.argv[1]))
    else:
        score_corpus()


def score_plans(document: Document) -> None:
    """Print what is missed, what is no heading, and the figures of each plan."""
    found_right = found_all = gold_all = level_right = 0
    for plan in tomllib.loads(GOLD.read_text(encoding="utf-8"))["plan"]:
        first, last = plan["pages"]
        gold = [((page, label, length), level) for page, level, label, length in plan["headings"]]
        found = [
            (key_of(document, section), section.level)
            for section in document.sections
            if first <= page_of(document, section) <= last
        ]
        right = Counter(key for key, _ in gold) & Counter(key for key, _ in found)
        levels = Counter(gold) & Counter(found)
        for key in Counter(key for key, _ in gold) - right:
            print("missed", *key)
        for key in Counter(key for key, _ in found) - right:
            print("no heading", *key)
        found_right += right.total()
        level_right += levels.total()
        found_all += len(found)
        gold_all += len(gold)
    print_figures(found_right, found_all, gold_all)
    print(f"with the right level: {level_right} of {found_right}")


def key_of(document: Document, section: Section) -> Key:
    """Return what tells the heading of `section` from others."""
    label = section.label or ""
    title = section.title.removeprefix(label)
    return page_of(document, section), label, len(re.sub(r"\s", "", title))


def page_of(document: Document, section: Section) -> int:
    """Return the page on which the block with the heading of `section` begins."""
    start = section.title_span.start
    return next(
        block.page or 0 for block in document.blocks if block.span.start <= start < block.span.end
    )


def score_corpus() -> None:
    """Compare sections with the units that are labelled as headings, in the documents as text.

    Titles, addressees and what else stands outside of the running text are left out, and so are
    the rows of tables: a row that names a group is no section of the document.
    """
    right = found = gold = 0
    for path in sorted(CORPUS.glob("*.units.tsv")):
        document = textsafe.parse(path.with_name(path.name.replace(".units.tsv", ".txt")))
        labelled = path.with_name(path.name.replace(".units.tsv", ".gold.jsonl"))
        labels = {
            row["u"]: row["label"]
            for row in map(json.loads, labelled.read_text(encoding="utf-8").splitlines())
        }
        for unit in path.read_text(encoding="utf-8").splitlines():
            number, start, end = map(int, unit.split("\t", 3)[:3])
            if not any(part.body.start <= start < part.body.end for part in document.parts):
                continue
            if any(table.span.start <= start < table.span.end for table in document.tables):
                continue
            titles = [section.title_span for section in document.sections]
            heading = labels.get(number) == "heading"
            hit = any(title.start < end and start < title.end for title in titles)
            whole = any(title.start <= start and end <= title.end for title in titles)
            gold += heading
            right += heading and hit
            found += hit if heading else whole
    print_figures(right, found, gold)


def print_figures(right: int, found: int, gold: int) -> None:
    """Print precision, recall and F1."""
    precision, recall = right / max(found, 1), right / max(gold, 1)
    f1 = 2 * right / max(found + gold, 1)
    print(f"precision {precision:.4f}  recall {recall:.4f}  F1 {f1:.4f}  ({right} of {gold})")


if __name__ == "__main__":
    main()
