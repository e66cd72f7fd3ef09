"""``textsafe parse``: the document as the program sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textsafe.cli.common import files_argument, format_option, output_option
from textsafe.cli.group import Command
from textsafe.cli.inputs import find_inputs, names_one_document
from textsafe.cli.output import Write, opened
from textsafe.cli.processing import Run
from textsafe.messages import Language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textsafe.document import Document
    from textsafe.records import Failure

FORMATS = ["json", "text", "markdown"]


def command(lang: Language) -> Command:
    """Return the command with its help in `lang`."""

    def parse(files: tuple[str, ...], output_format: str, output: str | None) -> int:
        inputs = find_inputs(files, output=output)
        run = Run(lang)
        with opened(output) as write:
            outcomes = run.process(inputs, lambda document: document)
            if output_format == "json":
                _write_json(outcomes, write, single=names_one_document(files))
            else:
                _write_readable(outcomes, write, output_format, titled=len(inputs) > 1)
        return run.report(listed=output_format != "json")

    return Command(
        "parse",
        lang=lang,
        params=[files_argument(), format_option("parse", FORMATS, lang), output_option(lang)],
        callback=parse,
    )


def _write_json(outcomes: Iterable[Document | Failure], write: Write, *, single: bool) -> None:
    from textsafe.export.structured import to_json

    write(to_json(list(outcomes), single=single) + "\n")


def _write_readable(
    outcomes: Iterable[Document | Failure], write: Write, output_format: str, *, titled: bool
) -> None:
    from textsafe.document import Document
    from textsafe.export.reading import to_markdown, to_text

    render = to_text if output_format == "text" else to_markdown
    for outcome in outcomes:
        if isinstance(outcome, Document):
            if titled:
                write(f"==> {outcome.metadata.source} <==\n")
            write(render(outcome))
