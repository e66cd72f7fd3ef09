"""Headings that name a post or body: what stands under them is its task."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from textsafe.document import Document
from textsafe.extract.drafts import Draft
from textsafe.extract.scopes.adding import add_carried
from textsafe.extract.scopes.doers import names_subject, urges
from textsafe.mentions.assignments import party
from textsafe.mentions.bodies import is_body, is_name, split_names
from textsafe.mentions.names import may_be_name
from textsafe.records import Party
from textsafe.structure.numbering import label_at

# 现场救援组, 工作专班: made for the plan at hand, and so in no list of bodies.
_GROUP = re.compile(r"[\u4e00-\u9fff]{2,10}(?:组|专班|指挥部|领导小组|工作组)")
_DUTY = re.compile(r"职责|责任|分工|组织机构|组织体系|组织领导机构")
_NAME = re.compile(
    r"(?P<name>[^：:。，；\s（(]{2,30}?(?:[（(][^）)：:]{1,14}[）)][^：:。，；\s（(]{0,12}?)?)"
    r"(?:(?P<duty>的?(?:安全(?:生产)?)?(?:工作|管理)?(?:岗位)?(?:主要)?(?:职责|责任)(?:如下|是|为)?)?"
    r"(?:[：:。]|$)|(?:要|应当|须)[：:]|(?:主要|牵头)?负责(?!人|同志)|牵头(?!单位)|承担)"
)
_NOTE = re.compile(r"[（(][^）)]*[）)]$")
_OF_PLACES = re.compile(r"[（(][^）)]*[市区县镇乡街道村社、/][）)]$")


def hand_on_headings(drafts: Sequence[Draft], document: Document) -> None:
    """（二）总务主任职责: what stands under the name of a post or body is its task.

    A body, or a post with its duties (职责), is believed by itself; the bare name of a post or
    group only where the headings beside it name such too, or one around it speaks of duties:
    （三）特种作业人员 may as well be what a section is about.
    """
    named: dict[int, list[Party]] = {}
    used = {draft.place.section for draft in drafts} - {None}
    charged = _charged(document, {index for index in used if index is not None}, named)
    for draft in drafts:
        index = draft.place.section
        if index not in charged or not draft.reading.is_task or _has_doer(draft):
            continue
        known = {one.name for one in draft.parties}
        role = "supervisor" if urges(draft) else "owner"
        fresh = [one for one in named[index] if one.name not in known]
        add_carried(draft, [one.model_copy(update={"role": role}) for one in fresh])


def _has_doer(draft: Draft) -> bool:
    """Return whether a unit says who does it, or what it begins with: …，异常情况由门卫登记."""
    if names_subject(draft) or any(one.origin == "inherited" for one in draft.parties):
        return True
    begins = draft.reading.judgement.imperative
    first = min((one.span.start for one in draft.parties), default=None)
    if first is None or urges(draft):
        return False
    return begins is None or first - draft.span.start < begins


def _charged(
    document: Document, sections: Iterable[int], named: dict[int, list[Party]]
) -> set[int]:
    """Return the sections whose heading charges somebody, and put whom into `named`."""
    sure: set[int] = set()
    maybe: dict[int | None, list[int]] = {}
    for index in sections:
        parties, certain = _parties_in(document, index)
        if not parties:
            continue
        named[index] = parties
        if certain or _about_duties(document, index):
            sure.add(index)
        maybe.setdefault(document.sections[index].parent, []).append(index)
    for beside in maybe.values():
        if len(beside) > 1:
            sure.update(beside)
    return sure


def _about_duties(document: Document, section: int) -> bool:
    if document.metadata.title and _DUTY.search(document.metadata.title):
        return True
    index = document.sections[section].parent
    while index is not None:
        if _DUTY.search(document.sections[index].title):
            return True
        index = document.sections[index].parent
    return False


def _parties_in(document: Document, section: int) -> tuple[list[Party], bool]:
    """Return the parties that a heading names, and whether it certainly charges them."""
    text = document.text
    span = document.sections[section].title_span
    title = span.of(text)
    label = label_at(title, 0, len(title))
    start = label.length if label else 0
    match = _NAME.match(title, start)
    if match is None:
        return [], False
    name = match["name"]
    if (note := _NOTE.search(name)) and not _OF_PLACES.search(name):
        name = name[: note.start()]
    names = split_names(title, start, start + len(name))
    if not names or not all(_may_act(title[a:b]) for a, b in names):
        return [], False
    parties = [party(text, span.start + a, span.start + b, "owner") for a, b in names]
    certain = bool(match["duty"]) or all(is_body(one.name) for one in parties)
    return parties, certain


def _may_act(name: str) -> bool:
    if _GROUP.fullmatch(name):
        return True
    return 2 <= len(name) <= 20 and is_name(name) and may_be_name(name, 0, len(name))
