"""A progress bar on the terminal of a person who waits."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from textsafe.cli.inputs import Input
from textsafe.messages import Language, message

if TYPE_CHECKING:
    from rich.progress import Progress

T = TypeVar("T")
OnPage = Callable[[int, int], None]
LONG_WORK_BYTES = 1_000_000  # a single document from this size on takes noticeable time


def with_progress(
    inputs: Sequence[Input],
    work: Callable[[Input, OnPage | None], Iterable[T]],
    lang: Language,
    *,
    in_turn: Iterable[Input] | None = None,
) -> Iterator[T]:
    """Yield what ``work(input, on_page)`` yields, with a bar on stderr where that is a terminal.

    Args:
        inputs: What the bar counts.
        work: Its second argument is for readers that need seconds for a page; None without a bar.
        lang: Language of the few words beside the bar.
        in_turn: The same inputs again, where something is done before each of them is given out.
    """
    items = inputs if in_turn is None else in_turn
    if not sys.stderr.isatty():
        for item in items:
            yield from work(item, None)
        return
    bar = _Bar(len(inputs), lang, from_the_start=_takes_long(inputs))
    try:
        for item in items:
            bar.begin(item)
            for result in work(item, bar.show_page):
                bar.hide()
                yield result
                bar.show()
            bar.advance()
    finally:
        bar.stop()


class _Bar:
    """The bar: it counts files and, in a file that takes long, its pages."""

    def __init__(self, total: int, lang: Language, *, from_the_start: bool) -> None:
        self._lang = lang
        self._total = total
        self._done = 0
        self._name = ""
        self._progress: Progress | None = None
        self._wanted = from_the_start

    def begin(self, item: Input) -> None:
        self._name = Path(item.source).name
        self._describe(self._name)
        self.show()

    def show_page(self, done: int, total: int) -> None:
        self._wanted = True
        self.show()
        pages = message("working_page", self._lang, done=done, total=total).text
        self._describe(f"{self._name}  {pages}")

    def show(self) -> None:
        if self._wanted:
            self._started().start()

    def hide(self) -> None:
        """Leave the terminal to what the caller prints there."""
        if self._progress and sys.stdout.isatty():
            self._progress.stop()

    def advance(self) -> None:
        self._done += 1
        if self._progress:
            self._progress.update(self._progress.task_ids[0], completed=self._done)

    def stop(self) -> None:
        if self._progress:
            self._progress.stop()

    def _describe(self, text: str) -> None:
        from rich.markup import escape

        if self._wanted:
            progress = self._started()
            progress.update(progress.task_ids[0], description=escape(text))

    def _started(self) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        if self._progress is None:
            self._progress = Progress(
                TextColumn(message("working", self._lang).text),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.description}"),
                console=Console(stderr=True),
                transient=True,
            )
            self._progress.add_task("", total=self._total, completed=self._done)
        return self._progress


def _takes_long(inputs: Sequence[Input]) -> bool:
    return len(inputs) > 1 or any(_size(item.source) > LONG_WORK_BYTES for item in inputs)


def _size(source: str) -> int:
    try:
        return Path(source).stat().st_size
    except OSError:
        return 0
