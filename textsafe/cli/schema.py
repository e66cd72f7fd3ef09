"""``textsafe schema``: the JSON Schema of what the others print."""

from __future__ import annotations

import json

import click

from textsafe.cli.common import EXIT_GOOD, output_option
from textsafe.cli.group import Command
from textsafe.cli.output import opened
from textsafe.messages import Language


def command(lang: Language) -> Command:
    """Return the command with its help in `lang`."""

    def schema(record: str, output: str | None) -> int:
        from textsafe.export.schema import document_schema, task_schema

        made = task_schema() if record == "tasks" else document_schema()
        with opened(output) as write:
            write(json.dumps(made, ensure_ascii=False, indent=2) + "\n")
        return EXIT_GOOD

    return Command(
        "schema",
        lang=lang,
        params=[
            click.Argument(
                ["record"], type=click.Choice(["tasks", "document"]), metavar="tasks|document"
            ),
            output_option(lang),
        ],
        callback=schema,
    )
