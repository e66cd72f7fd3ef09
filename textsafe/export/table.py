"""The table of tasks that a person reads in a terminal or pastes into a mail."""

from __future__ import annotations

import io

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from textsafe.export.wording import (
    deadline_lines,
    label,
    new_headings,
    party_lines,
    printable,
    sector_names,
)
from textsafe.export.wrapping import wrap
from textsafe.messages import Language, message
from textsafe.records import RecordMetadata, TaskRecord

DEFAULT_WIDTH = 120
INDEX_WIDTH = 4
SECTORS_WIDTH = 10  # five characters
CELL_LENGTH = 2000  # characters; more than that nobody reads in a table
MIN_WIDTH = 8  # of a column, in cells; narrower terminals break the lines of the table
COLUMN_STYLES = {"index": "", "action": "", "parties": "", "deadlines": "cyan", "sectors": ""}


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
        console.print(_tasks(record, lang, width))
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
    console.print(Text("\n".join(wrap("  ".join(facts), console.width)), style="dim"))


def _tasks(record: TaskRecord, lang: Language, width: int) -> Table:
    table = Table(box=box.SQUARE, show_lines=True, header_style="bold")
    widths = _column_widths(width)
    for name, style in COLUMN_STYLES.items():
        table.add_column(label(name, lang), width=widths[name], style=style, no_wrap=True)
    above: tuple[str, ...] = ()
    for index, task in enumerate(record.tasks, start=1):
        headings = new_headings(task.section, above)
        above = task.section
        if headings:
            table.add_row("", _lines(headings, widths["action"], style="bold"))
        table.add_row(
            Text(str(index), justify="right"),
            _lines([task.action], widths["action"]),
            _lines(party_lines(task, lang), widths["parties"]),
            _lines(deadline_lines(task, lang), widths["deadlines"]),
            _lines([sector_names(task)], widths["sectors"]),
        )
    return table


def _column_widths(width: int) -> dict[str, int]:
    """Share `width` cells among the columns; half of what is not fixed goes to the task."""
    frame = 3 * len(COLUMN_STYLES) + 1
    free = max(width - frame - INDEX_WIDTH - SECTORS_WIDTH, 4 * MIN_WIDTH)
    side = free // 4
    return {
        "index": INDEX_WIDTH,
        "action": free - 2 * side,
        "parties": side,
        "deadlines": side,
        "sectors": SECTORS_WIDTH,
    }


def _lines(lines: list[str], width: int, style: str = "") -> Text:
    wrapped = [part for line in lines for part in wrap(_shortened(printable(line)), width)]
    return Text("\n".join(wrapped), style=style)


def _shortened(text: str) -> str:
    return text if len(text) <= CELL_LENGTH else text[: CELL_LENGTH - 1] + "…"
