"""Prints one table: how fast textsafe is on this machine, and how that was measured.

Usage: python benchmarks/run.py [PDF]    (or the environment variable TEXTSAFE_BENCH_PDF)
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

import textsafe

ROOT = Path(__file__).parent.parent
CORPORA = ROOT / "corpora"
SPEECH = CORPORA / "tasks" / "T01.docx"
TEXT_SIZE = 2_000_000  # bytes of UTF-8, the size of a year's notices of a county
REPEATS = 5

Row = tuple[str, str, str]

# Runs one command and says what it cost: wall time in seconds, then peak memory in KiB.
MEASURE = """
import resource, subprocess, sys, time
start = time.perf_counter()
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(code, time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def main() -> None:
    """Measure everything and print the table."""
    pdf = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("TEXTSAFE_BENCH_PDF", "")
    table = Table("measurement", "value", "how")
    for rows in (text_speed(), cold_starts(), pdf_cost(pdf)):
        for row in rows:
            table.add_row(*row)
    Console(width=120).print(table)


def text_speed() -> Iterator[Row]:
    """Characters a second from text to task records, at three sizes."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(CORPORA.rglob("*.txt")))
    textsafe.extract_tasks(textsafe.parse_text(text))  # loads what is loaded once
    seconds = {}
    for size in (TEXT_SIZE // 10, TEXT_SIZE, TEXT_SIZE * 10):
        sample = repeated(text, size)
        start = time.perf_counter()
        record = textsafe.extract_tasks(textsafe.parse_text(sample))
        seconds[size] = time.perf_counter() - start
        yield (
            f"text → tasks, {size / 1e6:g} MB",
            f"{len(sample) / seconds[size]:,.0f} characters/s",
            f"{len(sample):,} characters, {len(record.tasks):,} tasks, {seconds[size]:.2f} s",
        )
    for small in (TEXT_SIZE // 10, TEXT_SIZE):
        factor = seconds[small * 10] / seconds[small]
        yield f"10 × {small / 1e6:g} MB", f"{factor:.1f} × the time", "10.0 is linear; goal ≤ 11"


def repeated(text: str, size: int) -> str:
    """Return `text`, repeated and cut at a line end, in about `size` bytes of UTF-8."""
    times = size // len(text.encode()) + 1
    cut = (text + "\n").encode() * times
    return cut[: cut.rindex(b"\n", 0, size)].decode()


def cold_starts() -> Iterator[Row]:
    """Seconds of a fresh process, median of five."""
    program = [sys.executable, str(ROOT / "cli.py")]
    for name, arguments in (
        ("cold start, --help", ["--help"]),
        ("cold start, tasks of the sample speech", ["tasks", str(SPEECH)]),
    ):
        runs = [cost([*program, *arguments]) for _ in range(REPEATS)]
        seconds = statistics.median(run[0] for run in runs)
        memory = max(run[1] for run in runs)
        yield name, f"{seconds:.2f} s", f"median of {REPEATS} processes, peak {memory:.0f} MB"


def pdf_cost(pdf: str) -> Iterator[Row]:
    """Seconds and peak memory of ``textsafe tasks`` on a PDF."""
    if not pdf or not Path(pdf).is_file():
        yield "PDF → tasks", "skipped", "name a PDF as argument or in TEXTSAFE_BENCH_PDF"
        return
    seconds, memory = cost([sys.executable, str(ROOT / "cli.py"), "tasks", pdf])
    yield f"PDF → tasks, {Path(pdf).name}", f"{seconds:.1f} s", f"peak {memory:.0f} MB"


def cost(command: list[str]) -> tuple[float, float]:
    """Return wall seconds and peak memory (MB) of `command` in a process of its own."""
    answer = subprocess.run(
        [sys.executable, "-c", MEASURE, *command], capture_output=True, check=True, text=True
    )
    code, seconds, kibibytes = answer.stdout.split()
    if code != "0":
        raise SystemExit(f"failed: {' '.join(command)}\n{answer.stderr}")
    return float(seconds), int(kibibytes) / 1024


if __name__ == "__main__":
    main()
