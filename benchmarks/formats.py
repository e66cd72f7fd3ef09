"""Prints what each format keeps of the same documents, and what reading it costs.

Usage: python benchmarks/formats.py

The visible text of documents of ``corpora/tasks`` is written in every format (``tests/formats.py``;
those marked LibreOffice by that program), read again, and compared with what the text alone gives:
characters in common, F1 of headings with their levels, of the cells of tables, and of tasks.
Each file is read in a process of its own: seconds a page (1,000 characters where there are no
pages), without the time to start, and peak memory.
"""

from __future__ import annotations

import difflib
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

import textsafe
from textsafe.document import Document

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.formats import WRITERS, as_scan, by_office  # noqa: E402 - the checkout, not an installed package

CORPUS = ROOT / "corpora" / "tasks"
NAMES = ("T01", "T04", "T46")
CHARACTERS_A_PAGE = 1000

# Reads one file twice, so that what is loaded once is not counted, and says what it cost.
MEASURE = """
import json, resource, sys, time
import textsafe
textsafe.parse(sys.argv[1])
start = time.perf_counter()
document = textsafe.parse(sys.argv[1])
seconds = time.perf_counter() - start
status = open("/proc/self/status").read()
own = int(status.split("VmHWM:")[1].split()[0])
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
memory = max(own, children) / 1024
print(json.dumps({"seconds": seconds, "memory": memory, "document": document.model_dump_json()}))
"""

Facts = Mapping[str, Counter[Any]]


def main() -> None:
    """Write, read and compare; print one row for each format."""
    rows: defaultdict[str, list[tuple[float, ...]]] = defaultdict(list)
    texts = {name: (CORPUS / f"{name}.txt").read_text(encoding="utf-8") for name in NAMES}
    gold = {name: textsafe.parse_text(text) for name, text in texts.items()}
    with tempfile.TemporaryDirectory() as folder:
        for kind, name, path in written(texts, Path(folder)):
            rows[kind].append(compared(gold[name], path))
    table = Table("format", "text", "headings", "cells", "tasks", "s/page", "MB")
    for kind, figures in rows.items():
        columns = list(zip(*figures, strict=True))
        means = [sum(column) / len(column) for column in columns[:-1]]
        shown = [f"{mean:.4f}" for mean in means[:4]] + [f"{means[4]:.3f}"]
        table.add_row(kind, *shown, f"{max(columns[-1]):.0f}")
    Console(width=100).print(table)


def written(texts: Mapping[str, str], folder: Path) -> Iterator[tuple[str, str, Path]]:
    """Yield the name of each format, the name of the text, and a file."""
    for name, text in texts.items():
        for number, (kind, write) in enumerate({**WRITERS, "tif (scan, 150 dpi)": as_scan}.items()):
            if kind == "csv" and "\t" not in text:
                continue  # running text is no list of values
            path = folder / f"{name}-{number}.{kind.split(maxsplit=1)[0]}"
            path.write_bytes(write(text))
            yield kind, name, path
    for (kind, name), path in by_office(texts, folder).items():
        yield f"{kind} (LibreOffice)", name, path


def compared(gold: Document, path: Path) -> tuple[float, ...]:
    """Return similarity, three F1, seconds a page and megabytes."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{path.suffix}: {done.stderr.strip().splitlines()[-1]}")
    said = json.loads(done.stdout)
    document = Document.model_validate_json(said["document"])
    pages = document.metadata.pages or max(len(document.text) / CHARACTERS_A_PAGE, 1)
    scores = [f1(facts(gold)[key], facts(document)[key]) for key in ("headings", "cells", "tasks")]
    return (similarity(gold, document), *scores, said["seconds"] / pages, said["memory"])


def similarity(gold: Document, found: Document) -> float:
    """Return the share of characters in common, white space apart."""
    texts = ["".join(document.text.split()) for document in (gold, found)]
    return difflib.SequenceMatcher(None, *texts, autojunk=False).ratio()


def facts(document: Document) -> Facts:
    """Return what can be counted right or wrong."""
    text = document.text
    counted: Callable[[Iterable[Any]], Counter[Any]] = Counter
    return {
        "headings": counted((section.level, section.title) for section in document.sections),
        "cells": counted(
            (cell.row, cell.column, cell.span.of(text))
            for table in document.tables
            for cell in table.cells
            if cell.span
        ),
        "tasks": counted(
            (task.text, tuple(party.name for party in task.parties))
            for task in textsafe.extract_tasks(document).tasks
        ),
    }


def f1(gold: Counter[Any], found: Counter[Any]) -> float:
    """Return F1; nothing to find and nothing found is 1."""
    both = gold.total() + found.total()
    return 2 * (gold & found).total() / both if both else 1.0


if __name__ == "__main__":
    main()
