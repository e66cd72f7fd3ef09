"""``textsafe deadlines``: the deadlines of single sentences, line by line."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from textsafe.cli.common import events_options, output_option
from textsafe.cli.group import Command
from textsafe.cli.inputs import STDIN, find_inputs
from textsafe.cli.output import opened
from textsafe.cli.processing import Run
from textsafe.errors import CorruptDocumentError, TextsafeError, UsageError
from textsafe.messages import Language

if TYPE_CHECKING:
    from textsafe.records import Deadline
    from textsafe.taxonomies.local_event import LocalEvents

Find = Callable[[str, dt.date | None], list["Deadline"]]


def command(lang: Language) -> Command:
    """Return the command with its help in `lang`."""

    def deadlines(
        file: str, output: str | None, events: LocalEvents | None, region: str | None
    ) -> int:
        from textsafe.mentions.deadlines import find_deadlines

        find = partial(find_deadlines, events=events, region=region)
        find_inputs([file], output=output)
        run = Run(lang)
        with _lines(file) as lines, opened(output) as write:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    write(_answer(line, f"{file}:{number}", run, find) + "\n")
        return run.report(listed=False)

    return Command(
        "deadlines",
        lang=lang,
        params=[
            click.Argument(["file"], default=STDIN, metavar="[FILE.jsonl]"),
            *events_options(lang),
            output_option(lang),
        ],
        callback=deadlines,
    )


@contextmanager
def _lines(file: str) -> Iterator[IO[bytes]]:
    if file == STDIN:
        yield sys.stdin.buffer
        return
    try:
        stream = Path(file).open("rb")  # noqa: SIM115 - closed below; only opening is guarded
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError("usage_input", path=file, reason=reason) from error
    with stream:
        yield stream


def _answer(line: bytes, source: str, run: Run, find: Find) -> str:
    run.total += 1
    try:
        question = _question(line)
        found = find(_text(question), _date(question))
    except TextsafeError as error:
        return run.fail(source, error).model_dump_json()
    answer = {
        "id": question.get("id"),
        "deadlines": [deadline.model_dump(mode="json") for deadline in found],
    }
    return json.dumps(answer, ensure_ascii=False)


def _question(line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except ValueError as error:
        raise CorruptDocumentError("line_not_json", reason=error) from error
    if not isinstance(value, dict):
        raise CorruptDocumentError("line_not_json", reason=type(value).__name__)
    return value


def _text(question: dict[str, Any]) -> str:
    text = question.get("text")
    if not isinstance(text, str):
        raise CorruptDocumentError("line_field", field="text")
    return text


def _date(question: dict[str, Any]) -> dt.date | None:
    date = question.get("date")
    if date is None:
        return None
    try:
        return dt.date.fromisoformat(date)
    except (TypeError, ValueError) as error:
        raise CorruptDocumentError("line_field", field="date") from error
