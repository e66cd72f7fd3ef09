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
_POST = re.compile(r"[\u4e00-\u9fff]{2,10}(?:[员师工长岗]|经理|主管|主任|负责人|司机|班组)[：:。]?")
_DUTIES_FOLLOW = re.compile(r"(?:职责|义务|责任|任务|工作)(?:如下|是|为|包括)?[：:]$")
_BEARS = re.compile(
    r"是|为|作为|履行|承担|负责|负有|应当|应(?!急)|必须|依法|要(?!求)|对|在|，"
    r"|的?(?:安全(?:生产)?)?(?:主要|工作|岗位)?职责"
)
_NAME = re.compile(
    r"(?P<name>[^：:。，；\s（(]{2,30}?(?:[（(][^）)：:]{1,14}[）)][^：:。，；\s（(]{0,12}?)?)"
    r"(?:(?P<duty>的?(?:安全(?:生产)?)?(?:工作|管理)?(?:岗位)?(?:主要)?(?:职责|责任)(?:如下|是|为)?)?"
    r"(?:[：:。]|$)|(?:要|应当|须)[：:]|(?:主要|牵头)?负责(?!人|同志)|牵头(?!单位)|承担)"
)
_NOTE = re.compile(r"[（(][^（(）)]{0,20}[）)]$")
_OF_PLACES = re.compile(r"[（(][^（(）)]{0,20}[市区县镇乡街道村社、/][）)]$")


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
    parties = _parties(text, start, start + len(name), offset)
    return parties, bool(match["duty"]) or all(is_body(one.name) for one in parties)


def charged_with_duties(text: str, offset: int = 0) -> list[Party]:
    """Return who bears the duties that a lead-in announces.

    Args:
        text: A unit that ends in a colon.
        offset: Where it begins in the document.

    >>> [p.name for p in charged_with_duties("第六条 安全科是归口部门，履行下列职责：")]
    ['安全科']
    """
    return bearer(text, offset) if _DUTIES_FOLLOW.search(text) else []


def bearer(text: str, offset: int = 0) -> list[Party]:
    """Return whom a sentence is about: the name that it opens with.

    >>> [p.name for p in bearer("第五条 县供水站是县水利局的直属单位。")]
    ['县供水站']
    """
    label = label_at(text, 0, len(text))
    start = label.length if label else 0
    for match in _BEARS.finditer(text, start):
        if parties := _parties(text, start, match.start(), offset):
            return parties
    return []


def is_post(text: str) -> bool:
    """Return whether a heading ends as the names of posts do, whatever it begins with.

    控制经理 and 化学实验员 begin like an action and a subject of school.
    """
    label = label_at(text, 0, len(text))
    return bool(_POST.fullmatch(text, label.length if label else 0))


def post(text: str, offset: int) -> Party:
    """Return the party of a heading that ``is_post``."""
    label = label_at(text, 0, len(text))
    start = label.length if label else 0
    return _at(offset, party(text, start, len(text.rstrip("：:。")), "owner"))


def _parties(text: str, start: int, end: int, offset: int) -> list[Party]:
    names = split_names(text, start, end)
    if not names or not all(_may_act(text[a:b]) for a, b in names):
        return []
    return [_at(offset, party(text, a, b, "owner")) for a, b in names]


def _at(offset: int, found: Party) -> Party:
    return found.model_copy(update={"span": found.span.shift(offset)})


def _may_act(name: str) -> bool:
    if _GROUP.fullmatch(name):
        return True
    return 2 <= len(name) <= 20 and is_name(name) and may_be_name(name, 0, len(name))
