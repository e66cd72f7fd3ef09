"""A program run on a file nobody trusts: for a limited time, in a limited place."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

from textsafe.errors import LimitExceededError
from textsafe.readers.limits import Limits

# The shell holds the program to its limits and waits for the end of a pipe besides: should this
# process be killed, the pipe ends, and the program with all that it started goes as well.
_GUARD = """
ulimit -c 0; ulimit -v "$1"; ulimit -f "$2"; shift 2
exec 3<&0 </dev/null
{ read -r _; kill -KILL 0; } <&3 3<&- &
exec 3<&-
"$@"
exit $?
"""
_BLOCK_BYTES = 512  # the unit of ulimit -f in POSIX; that of -v is 1024
# Nothing listens there: a program that asks for the network gets no answer.
_NOWHERE = "http://127.0.0.1:9"
_PROXIES = ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy")


def run(
    command: Sequence[str | Path], *, folder: Path, limits: Limits, output: Path | None = None
) -> int:
    """Run `command` in `folder` until it ends, and leave nothing of it running.

    Args:
        command: The program and its arguments.
        folder: Where it works, and its home and place for temporary files.
        limits: ``seconds`` of wall-clock time and, outside of Windows, ``memory_bytes`` for each
            process and ``file_bytes`` for each file written.
        output: File for its standard output; what it says otherwise is dropped.

    Returns:
        Its exit code; 128 and the number of the signal where it was killed by one.

    Raises:
        LimitExceededError: It took longer than ``limits.seconds``.
    """
    with (
        Path(output or os.devnull).open("wb") as stdout,
        _running(command, folder, limits, stdout) as process,
    ):
        try:
            return process.wait(limits.seconds)
        except subprocess.TimeoutExpired as error:
            raise LimitExceededError(
                "limit_exceeded",
                limit="seconds",
                value=f"> {limits.seconds}",
                allowed=limits.seconds,
            ) from error


@contextmanager
def _running(
    command: Sequence[str | Path], folder: Path, limits: Limits, stdout: BinaryIO
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(  # noqa: S603 - programs that were looked for, with our arguments
        [*_guard(limits), *command],
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.PIPE,
        stdout=stdout,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        _kill(process)
        cast(BinaryIO, process.stdin).close()
        process.wait()


def _guard(limits: Limits) -> list[str]:
    if sys.platform == "win32":
        return []
    memory, file = limits.memory_bytes // 1024, limits.file_bytes // _BLOCK_BYTES
    return ["/bin/sh", "-c", _GUARD, "sh", str(memory), str(file)]


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End `process` and all that it started."""
    if sys.platform == "win32":
        tree = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(tree, capture_output=True, check=False)  # noqa: S603
        return
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _environment(folder: Path) -> dict[str, str]:
    """Return the variables of this process without those that lead to the network or elsewhere."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.lower().endswith("_proxy") and not name.startswith("XDG_")
    }
    places = dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP"), str(folder))
    return kept | places | dict.fromkeys(_PROXIES, _NOWHERE) | {"LC_ALL": "C.UTF-8"}
