"""Reads damaged files for a while: `python -m tests.fuzz [--seconds N] [--seed N] [FORMAT ...]`.

Each file is read by a process that may be killed. What crashes it, takes too long or too much
memory, or gives an unsound Document is kept in a folder, and makes the program fail.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.fuzz.mutation import mutated
from tests.fuzz.seeds import SEEDS
from tests.soundness import assert_sound
from textsafe.document import Document
from textsafe.errors import DocumentError, LimitExceededError, ReaderCrashedError
from textsafe.messages import explain
from textsafe.readers import Limits, Options
from textsafe.readers.isolation import Isolation

_KEPT_OF_EACH = 3
LIMITS = Limits(seconds=30, memory_bytes=1024 << 20)


@dataclass
class Tally:
    """What became of the damaged files of one format."""

    executions: int = 0
    documents: int = 0
    refusals: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)

    def line(self, kind: str) -> str:
        refused = ", ".join(f"{name} {count}" for name, count in self.refusals.most_common())
        return (
            f"{kind:5} {self.executions:7} executions {self.documents:7} documents "
            f"{self.refusals.total():7} refusals {self.failures.total():4} failures  ({refused})"
        )


def failure(outcome: Document | DocumentError) -> str | None:
    """Return what is wrong with an outcome; a typed refusal with a reason is none."""
    try:
        if isinstance(outcome, Document):
            assert_sound(outcome)
            return None
        explain(outcome)
    except (AssertionError, KeyError, UnicodeError) as error:
        return f"{type(error).__name__}: {error}"
    outside = isinstance(outcome, LimitExceededError) and outcome.params["limit"] in {
        "seconds",
        "memory_bytes",
    }
    return str(outcome) if outside or isinstance(outcome, ReaderCrashedError) else None


def fuzz(kind: str, *, seconds: float, seed: int, kept: Path) -> Tally:
    """Read damaged files of one format for `seconds`; those that fail go to the folder `kept`."""
    chance = random.Random(f"{kind} {seed}")  # noqa: S311 - to be repeated, not to be secret
    seeds = SEEDS[kind]()
    tally = Tally()
    end = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder, Isolation(Options(LIMITS)) as isolation:
        path = Path(folder) / f"file.{kind}"
        while seeds and time.monotonic() < end:
            data = mutated(chance, chance.choice(seeds))
            path.write_bytes(data)
            tally.executions += 1
            for _, outcome in isolation.read_each(path):
                problem = failure(outcome)
                if problem:
                    tally.failures[problem] += 1
                    if tally.failures[problem] <= _KEPT_OF_EACH:
                        _keep(data, kept / f"{kind}-{seed}-{tally.executions}.{kind}", problem)
                elif isinstance(outcome, Document):
                    tally.documents += 1
                else:
                    tally.refusals[type(outcome).__name__.removesuffix("Error")] += 1
    return tally


def _keep(data: bytes, path: Path, problem: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    print(f"{path}: {problem}", file=sys.stderr)


def main() -> int:
    """Fuzz the formats that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("formats", nargs="*", metavar="FORMAT", help=", ".join(SEEDS))
    parser.add_argument("--seconds", type=float, default=20, help="for each format")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=Path("build/fuzz"), help="for what fails")
    options = parser.parse_args()
    failures = 0
    for kind in options.formats or SEEDS:
        tally = fuzz(kind, seconds=options.seconds, seed=options.seed, kept=options.keep)
        print(tally.line(kind), flush=True)
        for problem, count in tally.failures.most_common():
            print(f"      {count} x {problem}")
        failures += tally.failures.total()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
