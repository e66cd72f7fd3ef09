"""Documents read in a process of their own, which can be killed.

A library that reads damaged files may hang, crash the interpreter or eat all memory, whatever was
checked before. Here this ends that one process: the caller gets a
:class:`~textsafe.errors.DocumentError` in place of the document, and goes on. One process reads
many documents, since its start costs more than a small document does.

On Linux the process is held to ``Limits.memory_bytes``, and the programs it started die with it.
Other systems keep to ``Limits.seconds`` alone.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self, cast

from textsafe import errors
from textsafe.document import Document
from textsafe.errors import DocumentError, LimitExceededError, ReaderCrashedError
from textsafe.readers import worker
from textsafe.readers.options import DEFAULT_OPTIONS, Options

# A process that has read this many documents, or keeps this share of the memory it may take, makes
# place for a new one: what one document leaves behind must not decide about another.
_DOCUMENTS_FOR_ONE = 200
_SHARE_KEPT = 0.25
_START_SECONDS = 60
_CLOSE_SECONDS = 2


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
        self._process: _Process | None = None

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
        ((_, outcome),) = self._outcomes(path, each=False)
        if isinstance(outcome, DocumentError):
            raise outcome
        return outcome

    def read_each(self, path: str | Path) -> Iterator[tuple[str, Document | DocumentError]]:
        """Yield every document in the file at `path` as ``readers.read_each`` does.

        Where the process dies over one of several documents in a file, those after it are lost
        with it: the last source yielded is then that of the file.
        """
        return self._outcomes(path, each=True)

    def _outcomes(
        self, path: str | Path, *, each: bool
    ) -> Iterator[tuple[str, Document | DocumentError]]:
        came = False
        while True:
            fresh = self._process is None
            try:
                for outcome in self._asked(path, each=each):
                    came = True
                    yield outcome
            except _DiedError as died:
                # Perhaps what documents before this one left behind was the reason.
                if died.may_pass and not (came or fresh):
                    continue
                yield str(path), died.error
            return

    def _asked(
        self, path: str | Path, *, each: bool
    ) -> Iterator[tuple[str, Document | DocumentError]]:
        finished = False
        try:
            if self._process is None:
                self._process = _Process(self._options)
            yield from self._process.ask(path, each=each)
            finished = True
        finally:
            if self._process is not None and not finished:
                self._process.kill()
            if self._process is not None and (not finished or self._process.is_worn):
                self.close()


class _DiedError(Exception):
    """The process came to an end over a document; `may_pass` if another one may fare better."""

    def __init__(self, error: DocumentError, *, may_pass: bool) -> None:
        super().__init__()
        self.error = error
        self.may_pass = may_pass


class _Process:
    """A running ``worker`` with a folder for its temporary files."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._documents = 0
        self._resident_bytes = 0
        self._timed_out = False
        self._folder = Path(tempfile.mkdtemp(prefix="textsafe-"))
        self._popen = subprocess.Popen(  # noqa: S603 - this very interpreter, with constant arguments
            [sys.executable, "-P", "-m", worker.__name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(self._folder),
            start_new_session=True,  # out of reach of Ctrl-C, and killed with all that it starts
        )
        try:
            self._tell(worker.options_as_json(options))
            self._answer(_START_SECONDS)
        except BaseException:
            self.end()
            raise

    @property
    def is_worn(self) -> bool:
        kept = self._resident_bytes > _SHARE_KEPT * self._options.limits.memory_bytes
        return kept or self._documents >= _DOCUMENTS_FOR_ONE

    def ask(
        self, path: str | Path, *, each: bool
    ) -> Iterator[tuple[str, Document | DocumentError]]:
        """Yield what the process reads from the file at `path`.

        Raises:
            _DiedError: It took too long or too much memory, or crashed; it must be ended.
        """
        self._tell({"path": str(path), "each": each, "folder": _current_folder()})
        while True:
            kind, data = self._answer(self._options.limits.seconds)
            if kind == worker.DONE:
                self._resident_bytes = int(json.loads(data)["resident_bytes"])
                return
            self._documents += 1
            try:
                outcome = _bug(str(path), data) if kind == worker.BUG else _outcome(kind, data)
            except (KeyError, TypeError, ValueError) as error:
                reason = f"{type(error).__name__} in its answer"
                raise _DiedError(_crashed(reason), may_pass=False) from error
            yield outcome

    def end(self) -> None:
        """Let the process go, kill what is left of it, and remove its temporary files."""
        with suppress(OSError):
            cast(BinaryIO, self._popen.stdin).close()
        with suppress(subprocess.TimeoutExpired):
            self._popen.wait(_CLOSE_SECONDS)
        self.kill()
        self._popen.wait()
        cast(BinaryIO, self._popen.stdout).close()
        _remove(self._folder)

    def _tell(self, said: dict[str, Any]) -> None:
        pipe = cast(BinaryIO, self._popen.stdin)
        try:
            pipe.write(json.dumps(said).encode() + b"\n")
            pipe.flush()
        except OSError as error:
            raise self._died() from error

    def _answer(self, seconds: float) -> tuple[bytes, bytes]:
        """Return the next frame that is no progress, which is told to ``on_page``."""
        timer = threading.Timer(seconds, self._time_out)
        timer.daemon = True
        timer.start()
        try:
            kind, data = self._frame()
            while kind == worker.PAGE:
                if self._options.on_page is not None:
                    page = json.loads(data)
                    self._options.on_page(page["done"], page["total"])
                kind, data = self._frame()
        finally:
            timer.cancel()
            timer.join()
        if self._timed_out:
            raise self._died()
        if kind == worker.OUT_OF_MEMORY:
            raise _DiedError(self._beyond("memory_bytes"), may_pass=True)
        return kind, data

    def _frame(self) -> tuple[bytes, bytes]:
        pipe = cast(BinaryIO, self._popen.stdout)
        header = pipe.read(worker.HEADER.size)
        if len(header) < worker.HEADER.size:
            raise self._died()
        kind, length = worker.HEADER.unpack(header)
        if length > self._options.limits.memory_bytes:
            raise _DiedError(_crashed(f"{length} bytes"), may_pass=False)
        data = pipe.read(length)
        if len(data) < length:
            raise self._died()
        return kind, data

    def _died(self) -> _DiedError:
        if self._timed_out:
            return _DiedError(self._beyond("seconds"), may_pass=False)
        try:
            code = self._popen.wait(_CLOSE_SECONDS)
        except subprocess.TimeoutExpired:
            return _DiedError(_crashed("closed its pipe"), may_pass=True)
        return _DiedError(_crashed(_ending(code)), may_pass=True)

    def _beyond(self, limit: str) -> LimitExceededError:
        allowed = getattr(self._options.limits, limit)
        return LimitExceededError(
            "limit_exceeded", limit=limit, value=f"> {allowed}", allowed=allowed
        )

    def _time_out(self) -> None:
        self._timed_out = True
        self.kill()

    def kill(self) -> None:
        """Stop the process and all that it started, at once."""
        if sys.platform == "win32":
            self._popen.kill()
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._popen.pid, signal.SIGKILL)
        for process in _users_of(self._folder):
            with suppress(ProcessLookupError, PermissionError):
                os.kill(process, signal.SIGKILL)


def _environment(folder: Path) -> dict[str, str]:
    """Return the variables for a process that imports what this one does and keeps to `folder`."""
    own = str(Path(__file__).parents[2])
    places = [str(Path(place).absolute()) for place in sys.path if place]
    if own not in places:
        places.append(own)
    temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    return os.environ | temporary | {"PYTHONPATH": os.pathsep.join(places)}


def _users_of(folder: Path) -> Iterator[int]:
    """Yield the processes, alive and by whomever adopted, whose temporary folder is `folder`."""
    marked = b"TMPDIR=" + os.fsencode(folder) + b"\0"
    with suppress(OSError):
        for place in Path("/proc").iterdir():
            if place.name.isdigit():
                with suppress(OSError):
                    if marked in (place / "environ").read_bytes():
                        yield int(place.name)


def _remove(folder: Path) -> None:
    """Remove `folder`; what was just killed may still be writing its last file."""
    for _ in range(50):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.02)


def _current_folder() -> str | None:
    try:
        return str(Path.cwd())
    except OSError:  # it was removed; a whole path can still be read
        return None


def _outcome(kind: bytes, data: bytes) -> tuple[str, Document | DocumentError]:
    if kind == worker.DOCUMENT:
        named, body = data.split(b"\n", 1)
        names = json.loads(named)
        document = Document.model_validate_json(body)
        metadata = document.metadata.model_copy(update={"source": names["name"]})
        return names["source"], document.model_copy(update={"metadata": metadata})
    said = json.loads(data)
    return said["source"], _error(said)


def _error(said: dict[str, Any]) -> DocumentError:
    kind = getattr(errors, said["type"], None)
    if not (isinstance(kind, type) and issubclass(kind, DocumentError)):
        return _crashed(f"{said['type']}: {said['key']}")
    return kind(said["key"], **said["params"])


def _bug(path: str, data: bytes) -> tuple[str, DocumentError]:
    said = json.loads(data)
    error = _crashed(said["reason"])
    error.add_note(said["traceback"])
    return path, error


def _ending(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def _crashed(reason: str) -> ReaderCrashedError:
    return ReaderCrashedError("reader_crashed", reason=reason)
