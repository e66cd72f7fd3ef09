"""Legacy office files converted many at a time, before they are read one by one.

LibreOffice takes a second to start and a twentieth of one for a file. A command over a folder
therefore lets each path go through :func:`converted_ahead`; the readers then find the converted
files in ``Options.conversions``, in whatever process they run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar
from zipfile import is_zipfile

from textsafe.errors import DocumentError
from textsafe.readers.office import checks, soffice
from textsafe.readers.options import Options

P = TypeVar("P", str, Path)

_CONVERTED_IN_A_CALL = 20
_FILES_IN_VIEW = 500
_HEAD = 200


def converted_ahead(paths: Iterable[P], options: Options) -> Iterator[P]:
    """Yield `paths` in their order, each after it was converted if it is a legacy office file.

    What cannot be converted here is tried again, and its error raised, when it is read.

    Args:
        paths: Files of any kind.
        options: ``conversions`` is the folder to put the converted files in.
    """
    remaining = iter(paths)
    while window := _window(remaining):
        if options.conversions is not None:
            _convert(window, Path(options.conversions), options)
        yield from window


def _window(paths: Iterator[P]) -> list[P]:
    """Take from `paths` as many as hold the legacy office files for one call."""
    window: list[P] = []
    legacy = 0
    for path in paths:
        window.append(path)
        legacy += _looks_legacy(Path(path))
        if legacy == _CONVERTED_IN_A_CALL or len(window) == _FILES_IN_VIEW:
            break
    return window


def take(data: bytes, to: soffice.Target, options: Options) -> bytes | None:
    """Return what `data` was converted to ahead, or None; it is given once."""
    if options.conversions is None:
        return None
    place = Path(options.conversions, f"{hashlib.sha256(data).hexdigest()}.{to}")
    try:
        converted = place.read_bytes()
        place.unlink()
    except OSError:
        return None
    return converted


def _convert(paths: Iterable[P], target: Path, options: Options) -> None:
    found: dict[soffice.Target, list[str]] = {"docx": [], "xlsx": []}
    with TemporaryDirectory(prefix="textsafe-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for path in paths:
            if _looks_legacy(Path(path)):
                with suppress(OSError, DocumentError):
                    to, file = _copy(Path(path), folder, options)
                    found[to].append(file)
        for to, names in found.items():
            if len(names) > 1:
                _convert_together(folder, names, to, options)
        for converted in (folder / soffice.OUTPUT).glob("*"):
            if is_zipfile(converted):  # not so where LibreOffice was stopped while writing
                converted.rename(target / converted.name)


def _convert_together(folder: Path, names: list[str], to: soffice.Target, options: Options) -> None:
    with suppress(DocumentError):  # met again by the one file that it comes from
        program = soffice.find(to, kind=to)
        soffice.convert(program, names, to, folder=folder, limits=options.limits)


def _looks_legacy(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return checks.looks_legacy(file.read(_HEAD))
    except (OSError, ValueError):  # ValueError: the path holds a NUL character
        return False


def _copy(path: Path, folder: Path, options: Options) -> tuple[soffice.Target, str]:
    """Copy a file to `folder`; return what to convert it to, and its name there.

    Raises:
        DocumentError: It is not to be converted.
        OSError: It cannot be read.
    """
    options.limits.check("file_bytes", path.stat().st_size)
    data = path.read_bytes()
    kind = checks.checked_kind(data, options.limits)
    name = f"{hashlib.sha256(data).hexdigest()}.{kind}"
    (folder / name).write_bytes(data)
    return "xlsx" if checks.is_workbook(kind) else "docx", name
