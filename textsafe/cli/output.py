"""Where the data goes: standard output, or a file that is there whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from textsafe.cli.common import close_quietly
from textsafe.errors import UsageError

Write = Callable[[str | bytes], None]


@contextmanager
def opened(output: str | None) -> Iterator[Write]:
    """Yield a function that writes text as UTF-8, or bytes, to `output` or to standard output.

    A file is written beside its place and moved there at the end, so that nobody ever reads half
    of it and an error leaves the old one as it was.

    Raises:
        UsageError: The file cannot be written.
    """
    if output is None or output == "-":
        yield _write_stdout
        return
    path = Path(output)
    if path.exists() and not path.is_file():  # /dev/null, a pipe: nothing to replace
        temporary = path
    else:
        path = path.resolve()  # a link stays a link
        temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        stream = temporary.open("wb")
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError("usage_output_folder", path=output, reason=reason) from error
    try:
        with stream:
            yield lambda data: _write_all(stream.write, data)
        if temporary != path:
            temporary.replace(path)
    finally:
        if temporary != path:
            temporary.unlink(missing_ok=True)


def _write_stdout(data: str | bytes) -> None:
    # Bytes: no console encoding and no translation of line ends may touch the data.
    try:
        sys.stdout.flush()
        _write_all(sys.stdout.buffer.write, data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise click.exceptions.Exit(close_quietly()) from None


def _write_all(write: Callable[[bytes], int], data: str | bytes) -> None:
    write(data.encode("utf-8", errors="backslashreplace") if isinstance(data, str) else data)
