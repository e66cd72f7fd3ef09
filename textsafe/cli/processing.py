"""One document in, exactly one record or failure out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from textsafe.cli.common import (
    EXIT_FAILED,
    EXIT_GOOD,
    EXIT_WRONG,
    complain,
    summary,
    trace,
)
from textsafe.cli.inputs import STDIN, Input
from textsafe.cli.progress import with_progress
from textsafe.errors import CorruptDocumentError, TextsafeError, UnreadableFileError
from textsafe.messages import Language, Message, explain, message

if TYPE_CHECKING:
    from textsafe.document import Document
    from textsafe.records import Failure

T = TypeVar("T")


@dataclass
class Run:
    """The documents of one command, and what became of them."""

    lang: Language
    total: int = 0
    failures: list[Failure] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)
    crashed: bool = False

    def process(
        self, inputs: Sequence[Input], work: Callable[[Document], T]
    ) -> Iterator[T | Failure]:
        """Yield what `work` makes of each document, or the failure in its place."""
        yield from with_progress(inputs, lambda item: self._one(item, work), self.lang)

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

    def _one(self, item: Input, work: Callable[[Document], T]) -> T | Failure:
        self.total += 1
        try:
            document = _read(item)
            result = work(document)
        except TextsafeError as error:
            return self.fail(item.source, error)
        except Exception as error:  # noqa: BLE001 - a bug met by one document must not cost the others
            trace()
            self.crashed = True
            said = message("internal_document", self.lang, reason=summary(error))
            return self._failure(item.source, "InternalError", said)
        self.warnings += [(item.source, warning) for warning in document.warnings]
        return result

    def _failure(self, source: str, kind: str, said: Message) -> Failure:
        from textsafe.records import FailedDocument, Failure, FailureDetail

        failure = Failure(
            document=FailedDocument(source=source.encode(errors="backslashreplace").decode()),
            error=FailureDetail(type=kind, message=said.text, hint=said.hint),
        )
        self.failures.append(failure)
        return failure


def _read(item: Input) -> Document:
    import textsafe

    if item.problem:
        raise item.problem
    if item.source == STDIN:
        return textsafe.parse_text(_stdin_text())
    try:
        item.source.encode()
    except UnicodeEncodeError as error:
        raise UnreadableFileError("unreadable_name") from error
    return textsafe.parse(item.source)


def _stdin_text() -> str:
    data = sys.stdin.buffer.read()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorruptDocumentError("stdin_not_utf8", position=error.start) from error
