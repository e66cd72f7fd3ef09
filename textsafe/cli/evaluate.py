"""``textsafe evaluate``: how good the answers are, measured on gold annotation."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from textsafe.cli.common import EXIT_FAILED, complain, output_option
from textsafe.cli.group import Command
from textsafe.cli.inputs import Input, find_inputs
from textsafe.cli.output import opened
from textsafe.cli.processing import Run
from textsafe.errors import UsageError
from textsafe.messages import Language, message

if TYPE_CHECKING:
    from textsafe.document import Document
    from textsafe.records import TaskRecord
    from textsafe.training.evaluate import Compared
    from textsafe.training.figures import Figures, Subject

SUBJECTS = ["tasks", "deadlines", "parties"]
FORMATS = ["table", "json", "html"]
SPLITS = ["train", "dev", "test"]
HELD_OUT = "test"
CONFIDENCE = "confidence"  # not a field: the share right among confident tasks


def command(lang: Language) -> Command:
    """Return the command with its help in `lang`."""

    def evaluate(
        *,
        subject: Subject,
        gold: tuple[str, ...],
        split: str | None,
        floors: dict[str, float],
        errors: int,
        output_format: str | None,
        output: str | None,
    ) -> int:
        _demand_known(subject, floors)
        find_inputs(_annotation(gold), output=output)  # refuses to write over it
        run = Run(lang)
        compared = _compared(subject, gold, split, run)
        figures = _figures(subject, compared, gold, split, errors)
        chosen = output_format or _format_of(output)
        if _shows_held_out(compared, figures, chosen):
            complain(message("evaluation_held_out", lang).text)
        with opened(output) as write:
            for piece in _rendered(figures, compared, chosen, lang, output):
                write(piece)
        return max(run.report(listed=True), _check(figures, floors, lang))

    return Command(
        "evaluate",
        lang=lang,
        params=[
            click.Argument(["subject"], type=click.Choice(SUBJECTS), metavar="|".join(SUBJECTS)),
            click.Argument(["gold"], nargs=-1, required=True, metavar="GOLD..."),
            click.Option(
                ["--split"], type=click.Choice(SPLITS), help=message("help_option_split", lang).text
            ),
            click.Option(
                ["--min", "floors"],
                metavar="FIELD=F",
                multiple=True,
                callback=_floors,
                help=message("help_option_min", lang).text,
            ),
            click.Option(
                ["--errors"],
                metavar="N",
                default="0",
                callback=_count,
                help=message("help_option_errors", lang).text,
            ),
            click.Option(
                ["--format", "output_format"],
                type=click.Choice(FORMATS),
                help=message("help_option_format_evaluate", lang).text,
            ),
            output_option(lang),
        ],
        callback=evaluate,
    )


def _floors(
    _context: click.Context, _param: click.Parameter, values: tuple[str, ...]
) -> dict[str, float]:
    floors = {}
    for value in values:
        name, _, number = value.partition("=")
        try:
            floors[name] = float(number)
        except ValueError:
            floors[name] = -1
        if not 0 <= floors[name] <= 1:
            raise UsageError("usage_min", value=value, names=_names())
    return floors


def _count(_context: click.Context, _param: click.Parameter, value: str) -> int:
    if not (value.isascii() and value.isdecimal()):
        raise UsageError("usage_errors", value=value)
    return int(value[:9])


def _names(subject: str | None = None) -> str:
    from textsafe.training.evaluate import TASK_FIELDS
    from textsafe.training.sentences import DEADLINE_FIELDS, PARTY_FIELDS

    fields = {
        "tasks": (*TASK_FIELDS, CONFIDENCE),
        "deadlines": DEADLINE_FIELDS,
        "parties": PARTY_FIELDS,
    }
    chosen = [subject] if subject else SUBJECTS
    return " ".join(dict.fromkeys(name for one in chosen for name in fields[one]))


def _demand_known(subject: Subject, floors: Iterable[str]) -> None:
    names = _names(subject)
    for name in floors:
        if name not in names.split():
            raise UsageError("usage_min", value=name, names=names)


def _format_of(output: str | None) -> str:
    suffix = Path(output).suffix.lower() if output else ""
    return {".html": "html", ".htm": "html", ".json": "json"}.get(suffix, "table")


def _annotation(gold: Iterable[str]) -> list[str]:
    """Return the files that are read, so that none of them is written over."""
    pages = {".html", ".htm", ".json"}
    found: list[str] = []
    for path in map(Path, gold):
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        found += [str(one) for one in inside if one.is_file() and one.suffix.lower() not in pages]
    return found


def _compared(subject: Subject, gold: Sequence[str], split: str | None, run: Run) -> list[Compared]:
    if subject == "tasks":
        return _documents(gold, split, run)
    return [_sentences(subject, path, split) for path in gold]


class _Read(NamedTuple):
    """What the program made of one document."""

    record: TaskRecord
    text: str


def _documents(gold: Sequence[str], split: str | None, run: Run) -> list[Compared]:
    import textsafe
    from textsafe.training.corpus import read_documents
    from textsafe.training.evaluate import compare_document

    def read(document: Document) -> _Read:
        return _Read(textsafe.extract_tasks(document), document.text)

    annotated = []
    for folder in gold:
        if not Path(folder).is_dir():
            raise UsageError("usage_gold_folder", path=folder)
        annotated += read_documents(Path(folder), split)
    inputs = [Input(str(document.path)) for document in annotated]
    compared = []
    for document, outcome in zip(annotated, run.process(inputs, read), strict=True):
        if isinstance(outcome, _Read):
            compared.append(compare_document(document, outcome.record, outcome.text))
        else:
            compared.append(compare_document(document, None))
    return compared


def _sentences(subject: Subject, path: str, split: str | None) -> Compared:
    from textsafe.training.corpus import read_sentences
    from textsafe.training.evaluate import Compared
    from textsafe.training.sentences import compare_deadlines, compare_parties

    compare = compare_deadlines if subject == "deadlines" else compare_parties
    units = tuple(compare(sentence) for sentence in read_sentences(Path(path), split))
    return Compared(name=Path(path).name, units=units, split=split)


def _figures(
    subject: Subject,
    compared: Sequence[Compared],
    gold: Sequence[str],
    split: str | None,
    errors: int,
) -> Figures:
    from textsafe.training.evaluate import task_figures
    from textsafe.training.sentences import deadline_figures, party_figures

    figures = {"tasks": task_figures, "deadlines": deadline_figures, "parties": party_figures}
    return figures[subject](compared, gold=gold, split=split, errors=errors)


def _shows_held_out(compared: Iterable[Compared], figures: Figures, chosen: str) -> bool:
    """Return whether texts are shown that nobody may look at who writes rules."""
    held_out = {document.name for document in compared if document.split == HELD_OUT}
    if chosen == "html":
        return bool(held_out)
    return any(unit.document in held_out for unit in figures.errors)


def _rendered(
    figures: Figures,
    compared: Sequence[Compared],
    chosen: str,
    lang: Language,
    output: str | None,
) -> Iterable[str]:
    if chosen == "json":
        return [figures.model_dump_json(indent=2) + "\n"]
    if chosen == "html":
        from textsafe.export.score_page import to_score_page

        return to_score_page(figures, compared, lang)
    from textsafe.export.scores import to_score_tables
    from textsafe.export.table import DEFAULT_WIDTH

    terminal = output in (None, "-") and sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if terminal else DEFAULT_WIDTH
    colour = terminal and not os.environ.get("NO_COLOR")
    return [to_score_tables(figures, width=width, colour=colour, lang=lang)]


def _check(figures: Figures, floors: dict[str, float], lang: Language) -> int:
    """Return the exit code, and name every score that lies below its floor."""
    reached = {name: score.value for name, score in figures.fields.items()}
    if figures.confident:
        reached[CONFIDENCE] = figures.confident.tasks.value
    below = [name for name, floor in floors.items() if reached[name] < floor]
    for name in below:
        value, wanted = f"{reached[name]:.4f}", f"{floors[name]:g}"
        complain(message("evaluation_below", lang, name=name, value=value, wanted=wanted).text)
    return EXIT_FAILED if below else 0
