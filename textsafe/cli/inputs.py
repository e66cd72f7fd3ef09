"""From the arguments of a command to the documents they name."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from textsafe.errors import (
    DocumentError,
    EmptyDocumentError,
    UnreadableFileError,
    UsageError,
)

STDIN = "-"


@dataclass(frozen=True)
class Input:
    """One file to work on, or what stood in the way of finding it.

    Most files are one document; an archive or a mail may hold many.

    Attributes:
        source: The path as given, or ``-``.
        problem: Why there is nothing to read, such as a folder that may not be opened.
    """

    source: str
    problem: DocumentError | None = None


def find_inputs(arguments: Iterable[str], *, output: str | None = None) -> list[Input]:
    """Return the files that `arguments` name; folders are walked in natural order.

    Args:
        arguments: Files, folders and ``-``.
        output: The file that will be written; left out of folders, refused as an argument.

    Raises:
        UsageError: `output` is itself an argument.
    """
    written = _identity(output) if output else None
    found: list[Input] = []
    for argument in arguments:
        if argument == STDIN:
            found.append(Input(argument))
        elif Path(argument).is_dir():
            inside = list(_walk(argument, written, ()))
            found += inside or [Input(argument, EmptyDocumentError("empty_folder"))]
        elif written is not None and _identity(argument) == written:
            raise UsageError("usage_output_is_input", path=argument)
        else:
            found.append(Input(argument))
    return found


def names_one_file(arguments: Sequence[str]) -> bool:
    """Return whether the arguments are a single file, or ``-``."""
    return len(arguments) == 1 and not Path(arguments[0]).is_dir()


def _walk(
    folder: str, written: tuple[int, int] | None, above: tuple[tuple[int, int] | None, ...]
) -> Iterator[Input]:
    """Yield the files under `folder`; `above` are the folders on the way to it."""
    from textsafe.readers.members import is_litter, natural_key, not_a_document

    here = _identity(folder)
    if here in above:  # a link that leads back to where we came from
        return
    try:
        names = sorted(os.listdir(folder), key=natural_key)  # noqa: PTH208 - keeps path as given
    except PermissionError:
        yield Input(folder, UnreadableFileError("folder_permission"))
        return
    except OSError as error:
        reason = error.strerror or str(error)
        yield Input(folder, UnreadableFileError("unreadable_io", reason=reason))
        return
    for name in names:
        if is_litter(name):
            continue
        path = os.path.join(folder, name)  # noqa: PTH118 - keeps the path as given
        if Path(path).is_dir():
            yield from _walk(path, written, (*above, here))
        elif written is None or _identity(path) != written:
            yield Input(path, not_a_document(name))


def _identity(path: str) -> tuple[int, int] | None:
    """Return what is the same for all names of one file, or None where there is no file."""
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
