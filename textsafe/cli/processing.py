"""One document in, exactly one record or failure out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Protocol, TypeVar

from textsafe.cli.common import (
    EXIT_FAILED,
    EXIT_GOOD,
    EXIT_WRONG,
    complain,
    summary,
    trace,
)
from textsafe.cli.inputs import STDIN, Input, names_one_file
from textsafe.cli.progress import OnPage, with_progress
from textsafe.errors import (
    CorruptDocumentError,
    DocumentError,
    TextsafeError,
    UnreadableFileError,
)
from textsafe.messages import Language, Message, explain, message

if TYPE_CHECKING:
    from textsafe.document import Document
    from textsafe.readers import Options
    from textsafe.readers.isolation import Isolation
    from textsafe.records import Failure

T = TypeVar("T")


class ReadEach(Protocol):
    """A function that reads a file as ``readers.read_each`` does."""

    def __call__(
        self, path: str, /, *, options: Options
    ) -> Iterator[tuple[str, Document | DocumentError]]:
        """Yield every document in the file with its source, or why it cannot be read."""
        ...


@dataclass
class Run:
    """The documents of one command, and what became of them.

    Attributes:
        options: How to read them; None for the defaults.
        isolated: Whether they are read in a process of their own, which may be killed.
        total: Documents so far, failed ones included.
        opened: Whether an archive or a mail held other documents than itself.
    """

    lang: Language
    options: Options | None = None
    isolated: bool = False
    total: int = 0
    opened: bool = False
    failures: list[Failure] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)
    crashed: bool = False

    def process(
        self, inputs: Sequence[Input], work: Callable[[Document], T]
    ) -> Iterator[T | Failure]:
        """Yield what `work` makes of each document, or the failure in its place.

        An input that holds several documents gives them one after the other.
        """
        with _reading(inputs, self.options, isolated=self.isolated) as reading:

            def one(item: Input, on_page: OnPage | None) -> Iterator[T | Failure]:
                options = replace(reading.options, on_page=on_page)
                return self._input(item, reading.read_each, options, work)

            yield from with_progress(inputs, one, self.lang, in_turn=reading.inputs)

    def gave_one_document(self, arguments: Sequence[str]) -> bool:
        """Return whether a single record is due: one file was named, and it is one document.

        Known only when all of `process` has been read.
        """
        return names_one_file(arguments) and not self.opened

    def fail(self, source: str, error: TextsafeError) -> Failure:
        """Return and remember that `source` failed with `error`."""
        return self._failure(source, type(error).__name__, explain(error, self.lang))

    def report(self, *, listed: bool) -> int:
        """Tell the person what failed and return the exit code.

        Args:
            listed: Whether to name each failure, where the data does not hold them.
        """
        for source, warning in self.warnings:
            complain(message("warned_document", self.lang, source=source, text=warning).text)
        if not self.failures:
            return EXIT_GOOD
        for failure in self.failures if listed else ():
            said = failure.error
            complain(
                message(
                    "failed_document",
                    self.lang,
                    source=failure.document.source,
                    text=said.message,
                    hint=said.hint,
                ).text
            )
        failed = len(self.failures)
        done = self.total - failed
        complain(message("summary", self.lang, total=self.total, done=done, failed=failed).text)
        return EXIT_WRONG if self.crashed else EXIT_FAILED

    def _input(
        self,
        item: Input,
        read_each: ReadEach,
        options: Options,
        work: Callable[[Document], T],
    ) -> Iterator[T | Failure]:
        documents = _documents(item, read_each, options)
        while True:
            try:
                found = next(documents, None)
            except Exception as error:  # noqa: BLE001 - a reader's bug must not cost the other inputs
                self.total += 1
                yield self._bug(item.source, error)
                return
            if found is None:
                return
            self.opened = self.opened or found[0] != item.source
            yield self._one(*found, work)

    def _one(
        self, source: str, found: Document | DocumentError, work: Callable[[Document], T]
    ) -> T | Failure:
        from textsafe.structure import structured

        self.total += 1
        try:
            if isinstance(found, DocumentError):
                return self.fail(source, found)
            document = structured(found)
            result = work(document)
        except TextsafeError as error:
            return self.fail(source, error)
        except Exception as error:  # noqa: BLE001 - a bug met by one document must not cost the others
            return self._bug(source, error)
        self.warnings += [(source, warning) for warning in document.warnings]
        return result

    def _bug(self, source: str, error: Exception) -> Failure:
        trace()
        self.crashed = True
        said = message("internal_document", self.lang, reason=summary(error))
        return self._failure(source, "InternalError", said)

    def _failure(self, source: str, kind: str, said: Message) -> Failure:
        from textsafe.records import FailedDocument, Failure, FailureDetail

        failure = Failure(
            document=FailedDocument(source=source.encode(errors="backslashreplace").decode()),
            error=FailureDetail(type=kind, message=said.text, hint=said.hint),
        )
        self.failures.append(failure)
        return failure


@dataclass(frozen=True)
class _Reading:
    """How files are read: the function for it, what it is told, and the files, each in its turn."""

    read_each: ReadEach
    options: Options
    inputs: Iterable[Input]


@contextmanager
def _reading(
    inputs: Sequence[Input], options: Options | None, *, isolated: bool
) -> Iterator[_Reading]:
    """Yield how `inputs` are to be read: the one place where that is chosen."""
    from textsafe import readers
    from textsafe.readers.isolation import Isolation
    from textsafe.readers.office.ahead import converted_ahead

    with TemporaryDirectory(prefix="textsafe-", ignore_cleanup_errors=True) as folder:
        told = replace(options or readers.Options(), conversions=folder)
        ahead = converted_ahead((item.source for item in inputs), told)
        in_turn = (item for item, _ in zip(inputs, ahead, strict=True))
        if not isolated:
            yield _Reading(readers.read_each, told, in_turn)
            return
        with Isolation(told) as isolation:
            yield _Reading(_by(isolation), told, in_turn)


def _by(isolation: Isolation) -> ReadEach:
    def read_each(
        path: str, /, *, options: Options
    ) -> Iterator[tuple[str, Document | DocumentError]]:
        return isolation.read_each(path, on_page=options.on_page)

    return read_each


def _documents(
    item: Input, read_each: ReadEach, options: Options
) -> Iterator[tuple[str, Document | DocumentError]]:
    if item.problem:
        yield item.source, item.problem
    elif item.source == STDIN:
        yield STDIN, _stdin_document(options)
    elif not _is_text(item.source):
        yield item.source, UnreadableFileError("unreadable_name")
    else:
        yield from read_each(item.source, options=options)


def _is_text(source: str) -> bool:
    try:
        source.encode()
    except UnicodeEncodeError:
        return False
    return True


def _stdin_document(options: Options) -> Document | DocumentError:
    from textsafe.readers import read_bytes

    try:
        return read_bytes(_stdin_text().encode(), source=STDIN, options=options)
    except DocumentError as error:
        return error


def _stdin_text() -> str:
    data = sys.stdin.buffer.read()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorruptDocumentError("stdin_not_utf8", position=error.start) from error
