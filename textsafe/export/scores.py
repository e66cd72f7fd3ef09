"""The figures of an evaluation as tables that a person reads in a terminal."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence

from rich import box
from rich.console import Console, JustifyMethod
from rich.table import Table
from rich.text import Text

from textsafe.export.table import DEFAULT_WIDTH
from textsafe.export.wording import label, printable
from textsafe.messages import Language, message
from textsafe.taxonomies import sectors
from textsafe.training.figures import Bin, Figures, Group, Score, Share, WrongMention, WrongUnit

NOTHING = "–"
_ERROR_LENGTH = 160  # characters of a unit; the page of scores shows all of them


def to_score_tables(
    figures: Figures,
    *,
    width: int = DEFAULT_WIDTH,
    colour: bool = False,
    lang: Language = "zh",
) -> str:
    """Return the figures as tables: by field, group, rule, class of error and confidence.

    Args:
        figures: What was evaluated.
        width: Cells of the terminal; a Chinese character takes two.
        colour: Whether to write the control codes of a colour terminal.
        lang: Language of the labels.

    >>> scores = {"party": Score(right=3, wrong=1, missed=1)}
    >>> figures = Figures(subject="parties", gold=("a.jsonl",), split=None, count=4, units=4,
    ...                   fields=scores, groups={})
    >>> print(to_score_tables(figures).splitlines()[0])
    责任主体识别评测：a.jsonl（4 个句子）
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
        markup=False,
    )
    colon = "：" if lang == "zh" else ": "
    title = label(f"evaluation_{figures.subject}", lang)
    console.print(Text(f"{title}{colon}{about(figures, lang)}", style="bold"), soft_wrap=True)
    for table in _tables(figures, lang):
        console.print(table)
    for line in (*remarks(figures, lang), claim(figures, lang)):
        if line:
            console.print(line, soft_wrap=True)
    for line in _errors(figures.errors, lang):
        console.print(line, soft_wrap=True)
    return buffer.getvalue()


def about(figures: Figures, lang: Language) -> str:
    """Return in one line which annotation was used, and how much it is."""
    counted = "documents" if figures.subject == "tasks" else "sentences"
    parts = [message("evaluation_part", lang, split=figures.split).text] if figures.split else []
    size = message(f"label_amount_{counted}", lang, count=figures.count, units=figures.units)
    parts.append(size.text)
    comma, opening, closing = "，（）" if lang == "zh" else (", ", " (", ")")
    return printable(" ".join(figures.gold)) + opening + comma.join(parts) + closing


def remarks(figures: Figures, lang: Language) -> Iterator[str]:
    """Yield what a reader must know to understand the figures."""
    if any(isinstance(score, Share) for score in figures.fields.values()):
        yield message("evaluation_shares", lang).text
    if any(row.following for row in figures.classes):
        yield message("evaluation_following", lang).text


def claim(figures: Figures, lang: Language) -> str | None:
    """Return what a high confidence is worth, in a sentence; None where nothing tells."""
    if not figures.confident or figures.confident.tasks.is_empty:
        return None
    tasks = figures.confident.tasks
    shares = {"total": tasks.total, "right": tasks.right, "share": percent(tasks)}
    return message("evaluation_claim", lang, **shares).text


def percent(share: Share) -> str:
    """Return a share in percent.

    >>> percent(Share(right=1, total=8))
    '12.5%'
    """
    return NOTHING if share.is_empty else f"{share.share:.1%}"


def figure(score: Score | Share) -> str:
    """Return the one figure that stands for a score.

    >>> figure(Score(right=1, wrong=1)), figure(Score())
    ('0.667', '–')
    """
    return NOTHING if score.is_empty else f"{score.value:.3f}"


def field_label(field: str, lang: Language) -> str:
    """Return what a field of scores is called."""
    return label(f"field_{field.replace('+', '_')}", lang)


def group_name(grouping: str, group: Group, lang: Language) -> str:
    """Return what a group is called in a table."""
    match grouping:
        case "kind":
            return label(f"kind_{group.name}", lang)
        case "deadline_kind":
            return label(f"deadline_{group.name}", lang)
    return printable(f"{group.name} {group.title or ''}".rstrip())


def words(field: str, text: str, value: str, lang: Language) -> str:
    """Return a party with its role, a deadline with what it means, a sector or a modality.

    >>> words("deadline", "6月底前", "by 2024-06-30", "zh")
    '6月底前（截止日 2024-06-30）'
    """
    if field == "modality":
        return label(text, lang)
    if field == "sector":
        names = {sector.id: sector.name for sector in sectors()}
        return names.get(text, printable(text)) if lang == "zh" else printable(text)
    meaning = meaning_of(field, value, lang)
    opening, closing = "（）" if lang == "zh" else (" (", ")")
    return printable(text) + (f"{opening}{meaning}{closing}" if meaning else "")


def meaning_of(field: str, value: str, lang: Language) -> str:
    """Return a role, or the kind and the values of a deadline, in the words of `lang`."""
    if field != "deadline":
        return label(value, lang) if value else ""
    kind, *values = value.split(" ")
    said = [label("working", lang) if one == "working" else printable(one) for one in values]
    return " ".join([label(f"deadline_{kind}", lang), *said])


def score_row(name: str, score: Score | Share) -> list[str]:
    """Return precision, recall, figure and counts of a field, blank where there are none."""
    if isinstance(score, Share):
        wrong = score.total - score.right
        return [name, NOTHING, NOTHING, figure(score), str(score.right), str(wrong), NOTHING]
    shares = [NOTHING] * 2 if score.is_empty else [f"{score.precision:.3f}", f"{score.recall:.3f}"]
    return [name, *shares, figure(score), str(score.right), str(score.wrong), str(score.missed)]


def bin_range(one: Bin) -> str:
    """Return the bounds of a bin of confidence."""
    return f"{one.lowest:.1f}–{one.highest:.1f}"


Rows = Iterable[Sequence[str]]


def score_tables(figures: Figures, lang: Language) -> Iterator[tuple[str, list[str], Rows]]:
    """Yield names of title and columns, and the rows, of each table that has rows."""
    for title, columns, rows in _all_tables(figures, lang):
        filled = list(rows)
        if filled:
            yield title, columns, filled


def _all_tables(figures: Figures, lang: Language) -> Iterator[tuple[str, list[str], Rows]]:
    yield (
        "scores",
        ["field", "precision", "recall", "f1", "right", "wrong", "missed"],
        (score_row(field_label(name, lang), score) for name, score in figures.fields.items()),
    )
    yield (
        "group_reliability",
        ["confidence", "tasks", "right", "share", "wholly"],
        (
            [bin_range(one), str(one.tasks.total), str(one.tasks.right), percent(one.tasks),
             str(one.wholly)]
            for one in figures.reliability
        ),
    )  # fmt: skip
    for grouping, groups in figures.groups.items():
        if groups:
            columns = [f"field_{name.replace('+', '_')}" for name in groups[0].fields]
            yield (
                f"group_{grouping}",
                ["name", "count", *columns],
                (
                    [group_name(grouping, group, lang), str(group.count),
                     *map(figure, group.fields.values())]
                    for group in groups
                ),
            )  # fmt: skip
    yield (
        "group_classes",
        ["class", "count", "following"],
        (
            [label(f"error_{row.kind}", lang), str(row.count), str(row.following)]
            for row in figures.classes
        ),
    )
    yield (
        "group_confusions",
        ["gold", "found", "count"],
        (
            [label(row.gold, lang), label(row.found, lang), str(row.count)]
            for row in figures.confusions
        ),
    )
    yield (
        "group_rules",
        ["rule", "tasks", "right", "share", "mentions", "right", "share"],
        (
            [row.rule, str(row.tasks.total), str(row.tasks.right), percent(row.tasks),
             *_share_cells(row.mentions)]
            for row in figures.rules
        ),
    )  # fmt: skip


def _share_cells(share: Share | None) -> list[str]:
    return [str(share.total), str(share.right), percent(share)] if share else [""] * 3


def _tables(figures: Figures, lang: Language) -> Iterator[Text | Table]:
    for title, columns, rows in score_tables(figures, lang):
        yield Text(label(title, lang), style="bold")
        table = Table(box=box.SQUARE, header_style="bold")
        for number, column in enumerate(columns):
            justify: JustifyMethod = "right" if number else "left"
            table.add_column(label(column, lang), justify=justify, overflow="fold")
        for row in rows:
            table.add_row(*row)
        yield table


def _errors(errors: Iterable[WrongUnit], lang: Language) -> Iterator[str]:
    for number, unit in enumerate(errors):
        if not number:
            yield label("group_errors", lang)
        text = printable(unit.text)
        shown = text if len(text) <= _ERROR_LENGTH else text[: _ERROR_LENGTH - 1] + "…"
        yield f"{unit.document}:{unit.unit} {shown}"
        for error in unit.errors:
            yield f"    {_error(error, lang)}"


def _error(error: WrongMention, lang: Language) -> str:
    colon = "：" if lang == "zh" else ": "
    sides = [
        f"{label(side, lang)} {words(error.field, said.text, said.value, lang)}"
        for side, said in (("gold", error.gold), ("found", error.found))
        if said and error.field != "task"
    ]
    told = label(f"error_{error.kind}", lang)
    return told + colon + ("；" if lang == "zh" else "; ").join(sides) if sides else told
