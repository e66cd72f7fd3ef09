"""``textsafe tasks``: who must do what by when, in which sector."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from textsafe.cli.common import (
    date_option,
    events_options,
    files_argument,
    format_option,
    output_option,
    reading_options,
)
from textsafe.cli.group import Command
from textsafe.cli.inputs import find_inputs
from textsafe.cli.output import Write, opened
from textsafe.cli.processing import Run
from textsafe.errors import UsageError
from textsafe.messages import Language, message

if TYPE_CHECKING:
    import datetime as dt

    from textsafe.document import Document
    from textsafe.readers.limits import Limits
    from textsafe.readers.options import Tracked
    from textsafe.records import Failure, TaskRecord
    from textsafe.taxonomies.local_event import LocalEvents

FORMATS = ["table", "json", "jsonl", "csv", "docx"]


def command(lang: Language) -> Command:
    """Return the command with its help in `lang`."""

    def tasks(
        *,
        files: tuple[str, ...],
        date: dt.date | None,
        events: LocalEvents | None,
        region: str | None,
        output_format: str,
        with_text: bool,
        output: str | None,
        tracked: Tracked,
        limits: Limits,
        isolated: bool,
    ) -> int:
        import textsafe
        from textsafe.readers import Options

        if output_format == "docx" and output in (None, "-") and sys.stdout.isatty():
            raise UsageError("usage_binary", format=output_format)
        inputs = find_inputs(files, output=output)
        run = Run(lang, Options(limits=limits, tracked=tracked), isolated)

        def work(document: Document) -> TaskRecord:
            record = textsafe.extract_tasks(document, date=date, events=events, region=region)
            return _with_text(record, document) if with_text else record

        with opened(output) as write:
            outcomes = run.process(inputs, work)
            match output_format:
                case "json":
                    _write_json(list(outcomes), write, single=run.gave_one_document(files))
                case "jsonl":
                    _write_jsonl(outcomes, write)
                case "csv":
                    _write_csv(outcomes, write, lang)
                case "docx":
                    _write_docx(outcomes, write, lang)
                case _:
                    _write_tables(outcomes, write, lang, terminal=output in (None, "-"))
        return run.report(listed=output_format in ("table", "csv"))

    return Command(
        "tasks",
        lang=lang,
        params=[
            files_argument(),
            date_option(lang),
            *events_options(lang),
            format_option("tasks", FORMATS, lang),
            click.Option(
                ["--with-text"], is_flag=True, help=message("help_option_with_text", lang).text
            ),
            *reading_options(lang),
            output_option(lang),
        ],
        callback=tasks,
    )


def _with_text(record: TaskRecord, document: Document) -> TaskRecord:
    metadata = record.document.model_copy(update={"text": document.text})
    return record.model_copy(update={"document": metadata})


def _write_json(outcomes: list[TaskRecord | Failure], write: Write, *, single: bool) -> None:
    from textsafe.export.structured import to_json

    write(to_json(outcomes, single=single) + "\n")


def _write_jsonl(outcomes: Iterable[TaskRecord | Failure], write: Write) -> None:
    from textsafe.export.structured import to_jsonl

    for outcome in outcomes:
        write(to_jsonl([outcome]))


def _write_csv(outcomes: Iterable[TaskRecord | Failure], write: Write, lang: Language) -> None:
    from textsafe.export.spreadsheet import to_csv

    write(to_csv(_records(outcomes), lang=lang))


def _write_docx(outcomes: Iterable[TaskRecord | Failure], write: Write, lang: Language) -> None:
    from textsafe.export.word import to_docx

    write(to_docx(list(outcomes), lang=lang))


def _write_tables(
    outcomes: Iterable[TaskRecord | Failure], write: Write, lang: Language, *, terminal: bool
) -> None:
    from textsafe.export.table import DEFAULT_WIDTH, to_table
    from textsafe.records import TaskRecord

    terminal = terminal and sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if terminal else DEFAULT_WIDTH
    colour = terminal and not os.environ.get("NO_COLOR")
    separator = ""
    for outcome in outcomes:
        if isinstance(outcome, TaskRecord):
            write(separator + to_table(outcome, width=width, colour=colour, lang=lang))
            separator = "\n"


def _records(outcomes: Iterable[TaskRecord | Failure]) -> list[TaskRecord]:
    from textsafe.records import TaskRecord

    return [outcome for outcome in outcomes if isinstance(outcome, TaskRecord)]
