"""Prints how good textsafe is on annotated documents outside the repository.

Usage: python benchmarks/quality.py SHARED

SHARED holds ``evaluation/`` (tasks, deadlines, letterhead, with their scoring scripts) and
``documents/`` (notices with transcripts). Parts that are not there are skipped with a line.
The scripts are a cross-check: ``textsafe evaluate`` has to say the same, and a line says so.
"""

from __future__ import annotations

import difflib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import textsafe
from textsafe.document import Document
from textsafe.training.corpus import read_documents
from textsafe.training.evaluate import read_and_compare, task_figures
from textsafe.training.figures import Score, Share

CLI = Path(__file__).parent.parent / "cli.py"


def main() -> None:
    """Measure each part that is there, and print its figures."""
    shared = Path(sys.argv[1])
    for title, measure in (
        ("tasks", tasks),
        ("deadlines", deadlines),
        ("letterhead", letterhead),
        ("notices against their transcripts", transcripts),
        ("all documents", everything),
    ):
        print(f"== {title}")
        for line in measure(shared):
            print(line)


def tasks(shared: Path) -> Iterator[str]:
    """Score the task records with the evaluation's own script."""
    folder = shared / "evaluation" / "tasks"
    theirs: list[str] = []
    command = ["tasks", *map(str, sorted(folder.glob("*.txt"))), "--format", "jsonl"]
    for text in scored(shared / "evaluation" / "score_tasks.py", folder, [*command, "--with-text"]):
        theirs += text.splitlines()
        yield text
    ours = task_figures([read_and_compare(document) for document in read_documents(folder)]).fields
    same = all(any(_says(line, name, score) for line in theirs) for name, score in ours.items())
    yield f"textsafe evaluate says the same: {'yes' if same else 'NO'}"


def _says(line: str, name: str, score: Score | Share) -> bool:
    """Return whether a line of the script's output gives this figure of this field."""
    if isinstance(score, Share):
        return line.split() == [f"{name}_accuracy", f"{score.share}"]
    shares = f"P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}"
    return line.split()[:1] == [name] and shares in line


def deadlines(shared: Path) -> Iterator[str]:
    """Score the deadlines of single sentences with the evaluation's own script."""
    gold = shared / "evaluation" / "deadlines" / "dev.jsonl"
    yield from scored(shared / "evaluation" / "score_deadlines.py", gold, ["deadlines", str(gold)])


def scored(script: Path, gold: Path, command: list[str]) -> Iterator[str]:
    """Run textsafe with `command`, then `script` over its output."""
    if not script.exists():
        yield f"skipped: {script} is not there"
        return
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as predictions:
        subprocess.run([sys.executable, str(CLI), *command], stdout=predictions, check=False)
        result = subprocess.run(
            [sys.executable, str(script), str(gold), predictions.name],
            capture_output=True,
            text=True,
            check=True,
        )
    yield result.stdout.rstrip()


def letterhead(shared: Path) -> Iterator[str]:
    """Count exact titles, issuers, numbers and dates; white space and width do not matter."""
    golds = sorted((shared / "evaluation" / "letterhead").glob("*.gold.json"))
    right = dict.fromkeys(("title", "issuer", "number", "date"), 0)
    for path in golds:
        gold = json.loads(path.read_text(encoding="utf-8"))
        found = textsafe.parse(path.with_name(path.name.replace(".gold.json", ".txt"))).metadata
        for field in right:
            right[field] += squeezed(gold[field]) == squeezed(getattr(found, field))
    for field, count in right.items():
        yield f"{field:8} {count}/{len(golds)}"


def squeezed(value: object) -> str:
    """Return `value` as text without white space, brackets half-width."""
    text = re.sub(r"\s", "", "" if value is None else str(value))
    return text.replace("（", "(").replace("）", ")")


def transcripts(shared: Path) -> Iterator[str]:
    """Compare the text from the title to the signature with the transcript's."""
    for path in sorted((shared / "documents" / "transcripts").glob("*.txt")):
        notice = textsafe.parse(shared / "documents" / f"{path.stem}.pdf")
        ours, theirs = body(notice), body(textsafe.parse(path))
        ratio = difflib.SequenceMatcher(None, ours, theirs, autojunk=False).ratio()
        yield f"{path.stem:32} {ratio:.4f}"


def body(document: Document) -> str:
    """Return the running text of the document's main part without white space."""
    span = document.parts[0].body
    return re.sub(r"\s", "", span.of(document.text))


def everything(shared: Path) -> Iterator[str]:
    """Try every file: each gives records or a clear failure."""
    for path in sorted(p for p in (shared / "documents").rglob("*") if p.is_file()):
        try:
            record = textsafe.extract_tasks(path)
        except textsafe.TextsafeError as error:
            yield f"{path.name:45} {type(error).__name__}"
        else:
            yield f"{path.name:45} {record.document.kind:16} {len(record.tasks)} tasks"


if __name__ == "__main__":
    main()
