"""The table of tasks that a person reads in a terminal or pastes into a mail."""

from __future__ import annotations

import io

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from textsafe.export.wording import deadline_lines, label, party_lines, printable, sector_names
from textsafe.messages import Language, message
from textsafe.records import RecordMetadata, TaskRecord

DEFAULT_WIDTH = 120
SECTION_LENGTH = 24  # characters of a heading that are enough to find it again


def to_table(
    record: TaskRecord,
    *,
    width: int = DEFAULT_WIDTH,
    colour: bool = False,
    lang: Language = "zh",
) -> str:
    """Return the document's letterhead and its tasks as a table.

    Args:
        record: The tasks of one document.
        width: Cells of the terminal; a Chinese character takes two.
        colour: Whether to write the control codes of a colour terminal.
        lang: Language of the labels.

    >>> from textsafe.document import Metadata
    >>> head = RecordMetadata(source="通知.txt", sha256="", format="text", title="汛期安全通知")
    >>> print(to_table(TaskRecord(document=head, tasks=())))
    汛期安全通知
    来源：通知.txt
    未发现任务。
    """
    buffer = io.StringIO()
    console = Console(
        file=buffer,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
        highlight=False,
        emoji=False,
    )
    _print_head(console, record.document, lang)
    if record.tasks:
        console.print(_tasks(record, lang))
        console.print(message("task_count", lang, count=len(record.tasks)).text)
    else:
        console.print(message("no_tasks", lang).text)
    return buffer.getvalue()


def _print_head(console: Console, document: RecordMetadata, lang: Language) -> None:
    console.print(Text(printable(document.title or document.source), style="bold"))
    colon = "：" if lang == "zh" else ": "
    facts = [
        f"{label(name, lang)}{colon}{printable(str(value))}"
        for name, value in (
            ("issuer", document.issuer),
            ("number", document.number),
            ("date", document.date),
            ("source", document.source),
        )
        if value
    ]
    console.print(Text("  ".join(facts), style="dim"))


def _tasks(record: TaskRecord, lang: Language) -> Table:
    table = Table(box=box.SQUARE, show_lines=True, header_style="bold")
    table.add_column(label("index", lang), justify="right", no_wrap=True)
    table.add_column(label("action", lang), ratio=5, overflow="fold")
    table.add_column(label("parties", lang), ratio=3, overflow="fold")
    table.add_column(label("deadlines", lang), ratio=3, overflow="fold", style="cyan")
    table.add_column(label("sectors", lang), max_width=12, overflow="fold")
    table.add_column(label("section", lang), ratio=2, overflow="fold", style="dim")
    for index, task in enumerate(record.tasks, start=1):
        table.add_row(
            str(index),
            Text(printable(task.action)),
            _lines(party_lines(task, lang)),
            _lines(deadline_lines(task, lang)),
            Text(sector_names(task)),
            Text(_shortened(printable(task.section[-1])) if task.section else ""),
        )
    return table


def _lines(lines: list[str]) -> Text:
    return Text("\n".join(map(printable, lines)))


def _shortened(heading: str) -> str:
    if len(heading) <= SECTION_LENGTH:
        return heading
    return heading[: SECTION_LENGTH - 1] + "…"
