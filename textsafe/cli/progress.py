"""A progress bar on the terminal of a person who waits."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from textsafe.cli.inputs import Input
from textsafe.messages import Language, message

T = TypeVar("T")
LONG_WORK_BYTES = 1_000_000  # a single document from this size on takes noticeable time


def with_progress(
    inputs: Sequence[Input], work: Callable[[Input], T], lang: Language
) -> Iterator[T]:
    """Yield ``work(input)`` for each input, with a bar on stderr where that is a terminal."""
    if not sys.stderr.isatty() or not _takes_long(inputs):
        yield from map(work, inputs)
        return
    with _bar(len(inputs), lang) as (show, hide):
        for item in inputs:
            show(item.source)
            result = work(item)
            # What the caller prints on the same terminal must not run into the bar.
            hide()
            yield result


@contextmanager
def _bar(total: int, lang: Language) -> Iterator[tuple[Callable[[str], None], Callable[[], None]]]:
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    bar = Progress(
        TextColumn(message("working", lang).text),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task("", total=total)

    def show(source: str) -> None:
        bar.update(task, description=escape(Path(source).name))
        bar.start()

    def hide() -> None:
        bar.advance(task)
        if sys.stdout.isatty():
            bar.stop()

    try:
        yield show, hide
    finally:
        bar.stop()


def _takes_long(inputs: Sequence[Input]) -> bool:
    return len(inputs) > 1 or any(_size(item.source) > LONG_WORK_BYTES for item in inputs)


def _size(source: str) -> int:
    try:
        return Path(source).stat().st_size
    except OSError:
        return 0
