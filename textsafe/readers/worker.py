"""The process in which ``isolation`` has documents read: it may hang, crash, or be killed.

It is asked in lines of JSON on standard input, and answers in frames on standard output: a letter,
the length of what follows, and JSON. Nothing is pickled, for what comes out of a process that has
read a hostile file must not be able to run in the process that asked.
"""

from __future__ import annotations

import dataclasses
import faulthandler
import json
import os
import struct
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from textsafe.document import Document
from textsafe.errors import DocumentError, ReaderCrashedError
from textsafe.readers import read, read_each
from textsafe.readers.limits import Limits
from textsafe.readers.options import Options

HEADER = struct.Struct(">cQ")
READY, BEGUN, PAGE, DOCUMENT, ERROR = b"R", b"S", b"P", b"D", b"E"
BUG, OUT_OF_MEMORY, DONE = b"B", b"M", b"F"

# The process that asked ends a reading in time. Should it be gone, this one ends itself.
_ALONE_SECONDS = 30


def options_as_json(options: Options) -> dict[str, Any]:
    """Return `options` without the functions to be called, which stay with the caller."""
    named = {field.name: getattr(options, field.name) for field in dataclasses.fields(options)}
    return named | {
        "limits": dataclasses.asdict(options.limits),
        "on_page": None,
        "on_document": None,
    }


def main() -> None:
    """Read what standard input asks for until it ends."""
    asked, answers = _private_pipes()
    settings = json.loads(asked.readline())
    limits = Limits(**settings["limits"])
    options = Options(**(settings | {"limits": limits, "on_page": _page_sender(answers)}))
    _cap(limits.memory_bytes)
    _send(answers, READY, {})
    for line in asked:
        _serve(json.loads(line), options, answers)


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep both pipes from the programs started here, and from whatever prints."""
    pipes = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nowhere, standard)
    os.close(nowhere)
    return pipes


def _cap(memory_bytes: int) -> None:
    """Limit the memory of this process, where the system can, and leave no core dumps behind."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The address space (RLIMIT_AS) would be the wrong measure: onnxruntime and glibc reserve twice
    # of what they use.
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    if most != resource.RLIM_INFINITY:
        memory_bytes = min(memory_bytes, most)
    # Systems other than Linux may know this limit only by name.
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))


def _serve(request: dict[str, Any], options: Options, answers: BinaryIO) -> None:
    if request["folder"]:
        os.chdir(request["folder"])
    options = dataclasses.replace(options, on_document=_announcer(request["known"], answers))
    try:
        for source, outcome in _watched(_outcomes(request, options), options.limits.seconds):
            if isinstance(outcome, Document):
                _send_document(answers, source, outcome)
            else:
                _send(answers, ERROR, {"source": source, **_error_as_json(outcome)})
    except MemoryError:
        _send(answers, OUT_OF_MEMORY, {})
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - a bug met by one document must not cost the others
        reason = f"{type(error).__name__}: {error}"
        _send(answers, BUG, {"reason": reason, "traceback": traceback.format_exc()})
    _send(answers, DONE, {"resident_bytes": _resident_bytes()})


def _watched(
    outcomes: Iterator[tuple[str, Document | DocumentError]], seconds: int
) -> Iterator[tuple[str, Document | DocumentError]]:
    while True:
        faulthandler.dump_traceback_later(seconds + _ALONE_SECONDS, exit=True)
        try:
            outcome = next(outcomes, None)
        finally:
            faulthandler.cancel_dump_traceback_later()
        if outcome is None:
            return
        yield outcome


def _outcomes(
    request: dict[str, Any], options: Options
) -> Iterator[tuple[str, Document | DocumentError]]:
    path = request["path"]
    if request["each"]:
        yield from read_each(path, options=options)
        return
    try:
        if options.on_document is not None:
            options.on_document(path)
        yield path, read(path, options=options)
    except DocumentError as error:
        yield path, error


def _announcer(known: list[str], answers: BinaryIO) -> Callable[[str], None]:
    def on_document(source: str) -> None:
        if source in known:
            # Read before, by this process or by one that died of it: nobody waits for this.
            raise ReaderCrashedError("reader_crashed", reason="known")
        _send(answers, BEGUN, {"source": source})

    return on_document


def _page_sender(answers: BinaryIO) -> Callable[[int, int], None]:
    def on_page(done: int, total: int) -> None:
        _send(answers, PAGE, {"done": done, "total": total})

    return on_page


def _send_document(answers: BinaryIO, source: str, document: Document) -> None:
    # A path may hold bytes that are no UTF-8. The json module can write them, pydantic cannot.
    unnamed = document.metadata.model_copy(update={"source": ""})
    named = {"source": source, "name": document.metadata.source}
    body = document.model_copy(update={"metadata": unnamed}).model_dump_json()
    _send_bytes(answers, DOCUMENT, json.dumps(named).encode() + b"\n" + body.encode())


def _error_as_json(error: DocumentError) -> dict[str, Any]:
    params = {
        name: value if isinstance(value, int | float | None) else str(value)
        for name, value in error.params.items()
    }
    return {"type": type(error).__name__, "key": error.key, "params": params}


def _send(answers: BinaryIO, kind: bytes, said: dict[str, Any]) -> None:
    _send_bytes(answers, kind, json.dumps(said).encode())


def _send_bytes(answers: BinaryIO, kind: bytes, data: bytes) -> None:
    answers.write(HEADER.pack(kind, len(data)))
    answers.write(data)
    answers.flush()


def _resident_bytes() -> int:
    """Return how much memory this process holds; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
