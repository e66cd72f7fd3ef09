"""A running ``worker``: asked, listened to, watched, and ended with all that it started."""

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
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from textsafe import errors
from textsafe.document import Document
from textsafe.errors import DocumentError, LimitExceededError, ReaderCrashedError
from textsafe.readers import worker
from textsafe.readers.options import Options

# A process that has read this many documents, or keeps this share of the memory it may take, makes
# place for a new one: what one document leaves behind must not decide about another.
_DOCUMENTS_FOR_ONE = 200
_SHARE_KEPT = 0.25
# A process that held this share of it when it crashed is taken to have crashed for want of more.
_SHARE_FULL = 0.75
_START_SECONDS = 60
_CLOSE_SECONDS = 2

OnPage = Callable[[int, int], None]


@dataclass(frozen=True)
class Asked:
    """What the process is to read: one document or `each` in a file, but for those `known`."""

    path: str
    each: bool
    known: set[str]


class DiedError(Exception):
    """The process came to an end, and must be replaced.

    Attributes:
        error: What the caller is to be told.
        source: The document that was being read, or None.
        may_pass: Whether another process may fare better, since this one had read other documents
            before: perhaps what they left behind was the reason.
    """

    def __init__(self, error: DocumentError, source: str | None, *, may_pass: bool) -> None:
        super().__init__()
        self.error = error
        self.source = source
        self.may_pass = may_pass


class Process:
    """A running ``worker`` with a folder for its temporary files."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._documents = 0
        self._source: str | None = None
        self._on_page: OnPage | None = None
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
        """Whether it should make place for a new one."""
        kept = self._resident_bytes > _SHARE_KEPT * self._options.limits.memory_bytes
        return kept or self._documents >= _DOCUMENTS_FOR_ONE

    def ask(
        self, asked: Asked, on_page: OnPage | None
    ) -> Iterator[tuple[str, Document | DocumentError]]:
        """Yield what the process reads.

        Raises:
            DiedError: It took too long or too much memory, or crashed; it must be ended.
        """
        self._on_page = on_page
        self._tell(
            {
                "path": asked.path,
                "each": asked.each,
                "known": sorted(asked.known),
                "folder": _current_folder(),
            }
        )
        while True:
            kind, data = self._answer(self._options.limits.seconds)
            try:
                if kind == worker.DONE:
                    self._resident_bytes = int(json.loads(data)["resident_bytes"])
                    return
                outcome = _outcome(kind, data)
            except (KeyError, TypeError, ValueError) as error:
                raise self._failed(f"{type(error).__name__} in its answer") from error
            self._source = None
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
            while self._is_news(kind, data):
                kind, data = self._frame()
        finally:
            timer.cancel()
            timer.join()
        if self._timed_out:
            raise self._died()
        if kind == worker.OUT_OF_MEMORY:
            raise self._died_of("memory_bytes")
        if kind == worker.BUG:
            said = json.loads(data)
            raise self._failed(str(said["reason"]), note=str(said["traceback"]))
        return kind, data

    def _is_news(self, kind: bytes, data: bytes) -> bool:
        """Take in what is no answer yet, and return whether it was that."""
        if kind == worker.PAGE and self._on_page is not None:
            page = json.loads(data)
            self._on_page(page["done"], page["total"])
        elif kind == worker.BEGUN:
            self._source = str(json.loads(data)["source"])
            self._documents += 1
        return kind in {worker.PAGE, worker.BEGUN}

    def _frame(self) -> tuple[bytes, bytes]:
        pipe = cast(BinaryIO, self._popen.stdout)
        header = pipe.read(worker.HEADER.size)
        if len(header) < worker.HEADER.size:
            raise self._died()
        kind, length = worker.HEADER.unpack(header)
        if length > self._options.limits.memory_bytes:
            raise self._failed(f"an answer of {length} bytes")
        data = pipe.read(length)
        if len(data) < length:
            raise self._died()
        return kind, data

    def _died(self) -> DiedError:
        if self._timed_out:
            return self._died_of("seconds")
        code, resident_bytes = self._end_of_process()
        # PDFium aborts where it gets no more memory.
        if resident_bytes > _SHARE_FULL * self._options.limits.memory_bytes:
            return self._died_of("memory_bytes")
        return DiedError(_crashed(_ending(code)), self._source, may_pass=self._read_others)

    def _end_of_process(self) -> tuple[int, int]:
        """Return how the process ended, and the most memory it held; 0 if the system is silent."""
        if sys.platform != "linux":
            with suppress(subprocess.TimeoutExpired):
                self._popen.wait(_CLOSE_SECONDS)
            return self._popen.poll() or 0, 0
        for _ in range(_CLOSE_SECONDS * 100):
            process, status, used = os.wait4(self._popen.pid, os.WNOHANG)
            if process:
                self._popen.returncode = os.waitstatus_to_exitcode(status)
                return self._popen.returncode, used.ru_maxrss * 1024
            time.sleep(0.01)
        return 0, 0

    def _died_of(self, limit: str) -> DiedError:
        allowed = getattr(self._options.limits, limit)
        error = LimitExceededError(
            "limit_exceeded", limit=limit, value=f"> {allowed}", allowed=allowed
        )
        may_pass = self._read_others and limit == "memory_bytes"
        return DiedError(error, self._source, may_pass=may_pass)

    def _failed(self, reason: str, *, note: str = "") -> DiedError:
        error = _crashed(reason)
        if note:
            error.add_note(note)
        return DiedError(error, self._source, may_pass=False)

    @property
    def _read_others(self) -> bool:
        return self._documents > (self._source is not None)

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


def _ending(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def _crashed(reason: str) -> ReaderCrashedError:
    return ReaderCrashedError("reader_crashed", reason=reason)
