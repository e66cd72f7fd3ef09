"""``textsafe parse``: the document as the program sees it."""

from __future__ import annotations

from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from textsafe.cli.common import files_argument, format_option, output_option, reading_options
from textsafe.cli.group import Command
from textsafe.cli.inputs import find_inputs
from textsafe.cli.output import Write, opened
from textsafe.cli.processing import Run
from textsafe.messages import Language, message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textsafe.document import Document
    from textsafe.readers.limits import Limits
    from textsafe.readers.options import Tracked
    from textsafe.readers.pictures import PagePicture
    from textsafe.records import Failure

FORMATS = ["json", "text", "markdown"]


def command(lang: Language) -> Command:
    """Return the command with its help in `lang`."""

    def parse(
        *,
        files: tuple[str, ...],
        output_format: str,
        output: str | None,
        show: str | None,
        tracked: Tracked,
        limits: Limits,
        isolated: bool,
    ) -> int:
        from textsafe.readers import Options

        inputs = find_inputs(files, output=output)
        run = Run(lang, Options(limits=limits, tracked=tracked), isolated)
        if show:
            with opened(show) as write:
                _write_pages(run.process(inputs, lambda document: document), write, lang)
            return run.report(listed=True)
        with opened(output) as write:
            outcomes = run.process(inputs, lambda document: document)
            if output_format == "json":
                _write_json(list(outcomes), write, single=run.gave_one_document(files))
            else:
                _write_readable(outcomes, write, output_format, titled=len(inputs) > 1)
        return run.report(listed=output_format != "json")

    return Command(
        "parse",
        lang=lang,
        params=[
            files_argument(),
            format_option("parse", FORMATS, lang),
            *reading_options(lang),
            output_option(lang),
            _show_option(lang),
        ],
        callback=parse,
    )


def _show_option(lang: Language) -> click.Option:
    """Return ``--show FILE``."""
    return click.Option(["--show"], metavar="FILE", help=message("help_option_show", lang).text)


def _write_pages(outcomes: Iterator[Document | Failure], write: Write, lang: Language) -> None:
    from textsafe.document import Document
    from textsafe.export.page_view import to_page_view

    documents = (outcome for outcome in outcomes if isinstance(outcome, Document))
    for piece in to_page_view(((found, _pictures(found)) for found in documents), lang):
        write(piece)


def _pictures(document: Document) -> Iterator[PagePicture]:
    """Yield the pages of a document that is a file of its own, not inside an archive."""
    from textsafe.readers.pictures import page_pictures

    path = Path(document.metadata.source)
    if path.is_file():
        yield from page_pictures(path.read_bytes(), document)


def _write_json(outcomes: list[Document | Failure], write: Write, *, single: bool) -> None:
    from textsafe.export.structured import to_json

    write(to_json(outcomes, single=single) + "\n")


def _write_readable(
    outcomes: Iterator[Document | Failure], write: Write, output_format: str, *, titled: bool
) -> None:
    from textsafe.document import Document
    from textsafe.export.reading import to_markdown, to_text

    render = to_text if output_format == "text" else to_markdown
    first = list(islice(outcomes, 2))
    titled = titled or len(first) > 1
    for outcome in chain(first, outcomes):
        if isinstance(outcome, Document):
            if titled:
                write(f"==> {outcome.metadata.source} <==\n")
            write(render(outcome))
