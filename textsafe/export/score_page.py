"""An evaluation as a web page: the figures, then gold and prediction side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files
from string import Template

from textsafe.export.scores import (
    NOTHING,
    about,
    claim,
    field_label,
    figure,
    group_name,
    remarks,
    score_tables,
    words,
)
from textsafe.export.wording import label, printable
from textsafe.messages import Language, message
from textsafe.training.comparison import Comparison, Difference, Field, Mention
from textsafe.training.evaluate import Compared
from textsafe.training.figures import Figures, Group

_PLACE = "<!--documents-->"
_FIELDS: tuple[Field, ...] = ("task", "modality", "party", "deadline", "sector")
# The lines of a cell, each with the fields that it shows.
_LINES: dict[Field, tuple[Field, ...]] = {
    "task": ("task", "modality"),
    "party": ("party",),
    "deadline": ("deadline",),
    "sector": ("sector",),
}
# Long tables are folded away; who wants them opens them.
_FOLDED = frozenset({"group_document", "group_rules", "group_why"})


def to_score_page(
    figures: Figures, documents: Sequence[Compared], lang: Language = "zh"
) -> Iterator[str]:
    """Yield the pieces of a web page that needs nothing else, neither network nor other files.

    Args:
        figures: The figures that stand on top.
        documents: What was compared, unit by unit.
        lang: Language of the labels.
    """
    template = (files("textsafe.export") / "score_page.html").read_text(encoding="utf-8")
    whole = Template(template).substitute(
        lang=lang,
        title=_label(f"evaluation_{figures.subject}", lang),
        headline=escape(about(figures, lang)),
        figures="".join(_tables(figures, lang, folded=False)),
        folded="".join(_tables(figures, lang, folded=True)),
        claim=escape(claim(figures, lang) or ""),
        remarks="".join(f"<p>{escape(line)}</p>" for line in remarks(figures, lang)),
        filters=_filters(figures, documents, lang),
        side_by_side=_label("side_by_side", lang),
        key=_key(lang),
        documents=_PLACE,
    )
    head, _, foot = whole.partition(_PLACE)
    yield head
    for document in documents:
        yield _article(document, _scores_of(figures, document.name), lang)
    yield foot


def _label(name: str, lang: Language) -> str:
    return escape(label(name, lang))


def _tables(figures: Figures, lang: Language, *, folded: bool) -> Iterator[str]:
    for name, columns, rows in score_tables(figures, lang):
        if (name in _FOLDED) != folded:
            continue
        head = "".join(f"<th>{_label(column, lang)}</th>" for column in columns)
        body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
        title = _label(name, lang)
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        if folded:
            yield f"<details><summary>{title}</summary>{table}</details>"
        else:
            yield f"<section><h2>{title}</h2>{table}</section>"


def _cell(text: str) -> str:
    return f"<td>{escape(text)}</td>"


def _filters(figures: Figures, documents: Sequence[Compared], lang: Language) -> str:
    names = [(document.name, document.name) for document in documents]
    classes = [(row.kind, label(f"error_{row.kind}", lang)) for row in figures.classes]
    fields = [(field, field_label(field, lang)) for field in _FIELDS]
    made = {row.field for row in figures.classes}
    return (
        _select("document", label("filter_document", lang), names, lang)
        + _select("field", label("field", lang), [one for one in fields if one[0] in made], lang)
        + _select("error", label("class", lang), classes, lang)
        + f'<label><input type="checkbox" id="wrong"> {_label("filter_wrong", lang)}</label>'
        + f'<output>{_label("filter_shown", lang)} <b id="shown"></b></output>'
    )


def _select(name: str, title: str, options: Iterable[tuple[str, str]], lang: Language) -> str:
    listed = "".join(
        f'<option value="{escape(value)}">{escape(text)}</option>' for value, text in options
    )
    return (
        f'<label>{escape(title)} <select id="{name}"><option value="">'
        f"{_label('filter_all', lang)}</option>{listed}</select></label>"
    )


def _key(lang: Language) -> str:
    states = ("right", "missed", "wrong", "differs", "unscored")
    return "".join(f'<span class="mention {state}">{_mark(state, lang)}</span>' for state in states)


def _mark(state: str, lang: Language) -> str:
    return f"<b>{_label(f'mark_{state}', lang)}</b>"


def _scores_of(figures: Figures, document: str) -> Group | None:
    groups = figures.groups.get("document", ())
    return next((group for group in groups if group.name == document), None)


def _article(document: Compared, scores: Group | None, lang: Language) -> str:
    name = escape(document.name)
    facts = [label(f"kind_{document.kind}", lang)] if document.kind else []
    facts += [message("evaluation_part", lang, split=document.split).text] * bool(document.split)
    if scores:
        facts += [
            f"{field_label(field, lang)} {figure(score)}" for field, score in scores.fields.items()
        ]
    title = escape(group_name("document", scores, lang)) if scores else name
    told = "".join(f"<span>{escape(printable(fact))}</span>" for fact in facts)
    columns = ("unit", "text", "gold", "found", "differences")
    head = "".join(f"<th>{_label(column, lang)}</th>" for column in columns)
    rows = "".join(_row(unit, lang) for unit in document.units)
    return (
        f'<article data-document="{name}"><h3>{title}</h3><p class="facts">{told}</p>'
        f'<table class="units"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
        "</article>\n"
    )


def _row(one: Comparison, lang: Language) -> str:
    errors = " ".join(dict.fromkeys(error.kind for error in one.differences))
    fields = " ".join(dict.fromkeys(error.field for error in one.differences))
    state = "unscored" if not one.unit.is_scored else "wrong" if one.differences else "same"
    cells = (
        escape(printable(one.unit.name)),
        escape(printable(one.unit.text)),
        _gold_cell(one, lang),
        _found_cell(one, lang),
        "".join(_difference(error, lang) for error in one.differences),
    )
    return (
        f'<tr class="{state}" data-errors="{errors}" data-fields="{fields}">'
        + "".join(f"<td>{cell}</td>" for cell in cells)
        + "</tr>\n"
    )


def _gold_cell(one: Comparison, lang: Language) -> str:
    if not one.unit.is_scored:
        return f"<i>{_label(f'unit_{one.unit.label}', lang)}</i>"
    return _mentions(one.gold, lang)


def _found_cell(one: Comparison, lang: Language) -> str:
    reasons = "".join(
        f'<p class="reason">{_label("confidence", lang)} {task.confidence:.2f}　'
        f"{escape(' · '.join(task.rules))}</p>"
        for task in one.tasks
    )
    if not one.unit.is_scored and not one.found:
        return ""
    return _mentions(one.found, lang) + reasons


def _mentions(mentions: Sequence[Mention], lang: Language) -> str:
    if not mentions:
        return f"<i>{NOTHING}</i>"
    lines = []
    for name, fields in _LINES.items():
        said = [mention for mention in mentions if mention.field in fields]
        # That it is a task goes without saying where both sides agree: the modality says it.
        shown = [one for one in said if one.field != "task" or one.state != "right"] or said
        if shown:
            marked = "".join(_mention(mention, lang) for mention in shown)
            lines.append(f"<dt>{escape(field_label(name, lang))}</dt><dd>{marked}</dd>")
    return f"<dl>{''.join(lines)}</dl>"


def _mention(mention: Mention, lang: Language) -> str:
    said = escape(_words(mention, lang))
    return f'<span class="mention {mention.state}">{_mark(mention.state, lang)}{said}</span>'


def _words(mention: Mention, lang: Language) -> str:
    if mention.field == "task":
        return label("is_task", lang)
    return words(mention.field, mention.text, mention.value, lang)


def _difference(error: Difference, lang: Language) -> str:
    said = _label(f"error_{error.kind}", lang)
    if error.follows:
        said += f"<small>{_label('following', lang)}</small>"
    return f'<span class="error">{said}</span>'
