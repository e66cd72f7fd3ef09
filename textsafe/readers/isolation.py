"""Documents read in a process of their own, which can be killed.

A library that reads damaged files may hang, crash the interpreter or eat all memory, whatever was
checked before. Here this ends that one process: the caller gets a
:class:`~textsafe.errors.DocumentError` in place of the document, and goes on. One process reads
many documents, since its start costs more than a small document does.

On Linux the process is held to ``Limits.memory_bytes``, and the programs it started die with it.
Other systems keep to ``Limits.seconds`` alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from textsafe.document import Document
from textsafe.errors import DocumentError
from textsafe.readers.options import DEFAULT_OPTIONS, Options
from textsafe.readers.worker_process import Asked, DiedError, OnPage, Process

_DEATHS_FOR_ONE_FILE = 20


def read_isolated(path: str | Path, *, options: Options = DEFAULT_OPTIONS) -> Document:
    """Read the file at `path` in a process of its own.

    Args:
        path: The file; kept exactly as given in ``metadata.source``.
        options: How to read it; ``limits.seconds`` and ``limits.memory_bytes`` hold as well.

    Raises:
        DocumentError: The file cannot be read as a document; LimitExceededError where time or
            memory ran out, ReaderCrashedError where the process died.
    """
    with Isolation(options) as isolation:
        return isolation.read(path)


def read_each_isolated(
    path: str | Path, *, options: Options = DEFAULT_OPTIONS
) -> Iterator[tuple[str, Document | DocumentError]]:
    """Yield what ``readers.read_each`` yields, read in a process of its own.

    Args:
        path: The file; the sources of what it holds begin with it.
        options: How to read it; ``limits.seconds`` is counted for each document in the file.
    """
    with Isolation(options) as isolation:
        yield from isolation.read_each(path)


class Isolation:
    """Reads documents one after the other in a process that is replaced when it fails.

    To be used by one thread at a time, in a ``with`` statement or with a final ``close``.

    Args:
        options: How to read each document. ``limits.seconds`` is wall-clock time for one document,
            scans included; ``on_page`` is called in this process.
    """

    def __init__(self, options: Options = DEFAULT_OPTIONS) -> None:
        self._options = options
        self._process: Process | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process and remove what it left behind; a later reading starts another one."""
        if self._process is not None:
            self._process.end()
            self._process = None

    def read(self, path: str | Path) -> Document:
        """Read the file at `path` as ``readers.read`` does.

        Raises:
            DocumentError: The file cannot be read as a document.
        """
        ((_, outcome),) = self._outcomes(path, each=False, on_page=None)
        if isinstance(outcome, DocumentError):
            raise outcome
        return outcome

    def read_each(
        self, path: str | Path, *, on_page: OnPage | None = None
    ) -> Iterator[tuple[str, Document | DocumentError]]:
        """Yield every document in the file at `path` as ``readers.read_each`` does.

        Where the process dies over one of several documents in a file, another one goes on with
        those after it; after the 20th time, the error is given once more for the file itself.
        """
        return self._outcomes(path, each=True, on_page=on_page)

    def _outcomes(
        self, path: str | Path, *, each: bool, on_page: OnPage | None
    ) -> Iterator[tuple[str, Document | DocumentError]]:
        known: set[str] = set()
        told = on_page or self._options.on_page
        deaths = 0
        while True:
            try:
                for source, outcome in self._asked(Asked(str(path), each, known), told):
                    if source not in known:
                        known.add(source)
                        yield source, outcome
            except DiedError as died:
                if died.may_pass:
                    continue
                deaths += 1
                source = died.source or str(path)
                known.add(source)
                yield source, died.error
                if each and died.source:
                    if deaths < _DEATHS_FOR_ONE_FILE:
                        continue
                    yield str(path), died.error  # what is left of the file is not read
            return

    def _asked(
        self, asked: Asked, on_page: OnPage | None
    ) -> Iterator[tuple[str, Document | DocumentError]]:
        finished = False
        try:
            if self._process is None:
                self._process = Process(self._options)
            yield from self._process.ask(asked, on_page)
            finished = True
        finally:
            if self._process is not None and not finished:
                self._process.kill()
            if self._process is not None and (not finished or self._process.is_worn):
                self.close()
