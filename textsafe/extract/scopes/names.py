"""Names that are charged by standing alone: a heading 总务主任职责, a lead-in 县应急局：."""

from __future__ import annotations

import re

from textsafe.mentions.assignments import party
from textsafe.mentions.bodies import is_body, is_name, split_names
from textsafe.mentions.names import may_be_name
from textsafe.records import Party
from textsafe.structure.numbering import label_at

# 现场救援组, 工作专班: made for the plan at hand, and so in no list of bodies.
_GROUP = re.compile(r"[\u4e00-\u9fff]{2,10}(?:组|专班|指挥部|领导小组|工作组)")
_NAME = re.compile(
    r"(?P<name>[^：:。，；\s（(]{2,30}?(?:[（(][^）)：:]{1,14}[）)][^：:。，；\s（(]{0,12}?)?)"
    r"(?:(?P<duty>的?(?:安全(?:生产)?)?(?:工作|管理)?(?:岗位)?(?:主要)?(?:职责|责任)(?:如下|是|为)?)?"
    r"(?:[：:。]|$)|(?:要|应当|须)[：:]|(?:主要|牵头)?负责(?!人|同志)|牵头(?!单位)|承担)"
)
_NOTE = re.compile(r"[（(][^）)]*[）)]$")
_OF_PLACES = re.compile(r"[（(][^）)]*[市区县镇乡街道村社、/][）)]$")


def charged_by_name(text: str, offset: int = 0) -> tuple[list[Party], bool]:
    """Return whom a heading or lead-in names, and whether it certainly charges them.

    A body, or anybody with duties (职责), is charged for certain; the bare name of a post or of
    a group may as well be what a section is about.

    Args:
        text: A heading or unit.
        offset: Where it begins in the document.

    >>> [(p.name, p.role) for p in charged_by_name("（三）县应急局、县公安局职责")[0]]
    [('县应急局', 'owner'), ('县公安局', 'owner')]
    """
    label = label_at(text, 0, len(text))
    start = label.length if label else 0
    match = _NAME.match(text, start)
    if match is None:
        return [], False
    name = match["name"]
    if (note := _NOTE.search(name)) and not _OF_PLACES.search(name):
        name = name[: note.start()]
    names = split_names(text, start, start + len(name))
    if not names or not all(_may_act(text[a:b]) for a, b in names):
        return [], False
    parties = [_at(offset, party(text, a, b, "owner")) for a, b in names]
    return parties, bool(match["duty"]) or all(is_body(one.name) for one in parties)


def _at(offset: int, found: Party) -> Party:
    return found.model_copy(update={"span": found.span.shift(offset)})


def _may_act(name: str) -> bool:
    if _GROUP.fullmatch(name):
        return True
    return 2 <= len(name) <= 20 and is_name(name) and may_be_name(name, 0, len(name))
