"""Sectors of work safety (行业领域) named in running text.

The words are data, in ``data/sectors.toml``. A word inside the name of a body (县交通运输局), in a
list of departments (公安、消防、应急) or in a bracket that assigns the task is no mention.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from textsafe.document import Span
from textsafe.mentions.sector_words import SectorWord, longest_words
from textsafe.records import SectorMention
from textsafe.taxonomies import BodyName, Sector, sector_table

# How far an enumeration is followed to the word that says what it lists, in characters.
_REACH = 80


class Sectors(NamedTuple):
    """What a sentence says of its sectors.

    Attributes:
        named: The sectors that it names.
        hinted: Those that count only where neither it nor its headings name any.
    """

    named: list[SectorMention]
    hinted: list[SectorMention]


def find_sectors(text: str, headings: Sequence[Collection[str]] = ()) -> list[SectorMention]:
    """Return the sectors named in `text`, by position.

    A word that names two sectors gives two mentions of one span. Words inside the names of bodies
    and words that mean no sector in their context are left out.

    Args:
        text: A sentence or several.
        headings: Ids of the sectors that the headings above name, the nearest heading first. They
            decide what a word means that has several meanings, and are not mentioned themselves.

    >>> [(m.id, m.span.of("县交通运输局要查渡口")) for m in find_sectors("县交通运输局要查渡口")]
    [('water_traffic', '渡口')]
    >>> [m.id for m in find_sectors("检查煤气", [["gas"]])]
    ['gas']
    """
    found = read_sectors(text, headings)
    if not found.hinted:
        return found.named
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    taken = {bisect_right(ends, mention.span.start) for mention in found.named}
    hinted = [m for m in found.hinted if bisect_right(ends, m.span.start) not in taken]
    return sorted((*found.named, *hinted), key=lambda mention: mention.span.start)


def read_sectors(text: str, headings: Sequence[Collection[str]] = ()) -> Sectors:
    """Return the sectors that `text` names, and those that it hints at.

    Args:
        text: A sentence or several.
        headings: As for :func:`find_sectors`.

    >>> found = read_sectors("尾矿库汛期要有人值守")
    >>> [m.id for m in found.named], [m.id for m in found.hinted]
    (['noncoal_mine'], ['flood_season'])
    """
    words = [word for word in _words(text) if not word.is_body(text)]
    if not words:
        return Sectors([], [])
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    _enlist(words, text)
    _lessen(words, text)
    spoken_of: dict[int, set[str]] = {}
    for word in words:
        spoken_of.setdefault(bisect_right(ends, word.start), set()).update(
            sector.id for sector in word.named
        )
    sectors = _by_id()
    named: list[SectorMention] = []
    hinted: list[SectorMention] = []
    for word in words:
        around = spoken_of[bisect_right(ends, word.start)]
        meant = [sectors[one] for one in _by_context(word.word, around, headings)]
        named += word.mentions((*word.named, *meant))
        hinted += word.mentions(word.hinted)
    return Sectors(named, hinted)


@dataclass(slots=True)
class _Found:
    """A word in a text, and what it stands for there."""

    start: int
    end: int
    word: SectorWord
    named: tuple[Sector, ...]
    hinted: tuple[Sector, ...]
    listing: str | None

    def is_body(self, text: str) -> bool:
        """Whether the word is a body, or part of its name."""
        if self.listing in _FORCES or _COMPANY.match(text, self.end):
            return True
        if body := _body_pattern().match(text, self.end):
            return not (
                _CAMPAIGN.search(body[0])
                and _FOUNDED.search(text[max(0, self.start - 30) : self.start])
            )
        return self.listing is None and _is_department(text, self.start, self.end)

    def mentions(self, sectors: Iterable[Sector]) -> Iterator[SectorMention]:
        span = Span(start=self.start, end=self.end)
        for one in sectors:
            yield SectorMention(id=one.id, name=one.name, span=span, departments=one.departments)


def _words(text: str) -> Iterator[_Found]:
    found = longest_words(text)
    if not found:
        return
    assigned = [match.span() for match in _BRACKET.finditer(text) if _ASSIGNS.search(match[0])]
    for end, word in found:
        start = end - word.length
        if not word.names_any or _inside(assigned, start):
            continue
        listing = _listing(text, end)
        is_listed = listing is not None or bool(word.listed and _is_label(text, start, end))
        named = (*word.always, *word.listed) if is_listed else word.always
        yield _Found(start, end, word, named, word.hints, listing)


def _enlist(words: list[_Found], text: str) -> None:
    """Let an everyday word name its sector where it is enumerated with one that does."""
    for sequence in (words, words[::-1]):
        for i in range(1, len(sequence)):
            before, word = sequence[i - 1], sequence[i]
            if word.named or not word.word.listed or not before.named:
                continue
            left, right = (before, word) if before.start < word.start else (word, before)
            if _JOINT.fullmatch(text, left.end, right.start) and _ends_item(text, word.end):
                word.named = word.word.listed


def _ends_item(text: str, end: int) -> bool:
    return text[end : end + 1] in _AFTER_ITEM or text.startswith("安全", end)


def _lessen(words: list[_Found], text: str) -> None:
    """Take for a hint what stands in a lesson from an accident, or names a legal basis."""
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    for word in words:
        if _inside(quoted, word.start):
            word.named, word.hinted = (), (*word.named, *word.hinted)


def _inside(spans: Sequence[tuple[int, int]], place: int) -> bool:
    at = bisect_left(spans, (place + 1, 0)) - 1
    return at >= 0 and place < spans[at][1]


def _by_context(
    word: SectorWord, around: Collection[str], headings: Sequence[Collection[str]]
) -> tuple[str, ...]:
    """Return what a word with several meanings means: what is spoken of nearest to it."""
    rule = word.context
    if rule is None:
        return ()
    for spoken_of in (around, *headings) if rule.by_sentence else headings:
        meant = tuple(one for one in rule.sectors if one in spoken_of)
        if meant:
            return meant
    return rule.default


@cache
def _by_id() -> dict[str, Sector]:
    return {sector.id: sector for sector in sector_table().sector}


@cache
def _body_pattern() -> re.Pattern[str]:
    bodies: BodyName = sector_table().bodies
    # Longest first and possessive: no text can make the match backtrack.
    fills = "|".join(map(re.escape, sorted(bodies.fills, key=len, reverse=True)))
    return re.compile(f"(?:{fills}){{0,40}}+(?:{'|'.join(bodies.tails)})")


_SENTENCE_END = re.compile(r"[。！？；\n]")
_FIELD = re.compile(r"(?:安全生产|安全)?(?:行业|领域|系统|方面)")
_FORCES = frozenset({"部门", "队伍", "力量"})
_LIST_END = re.compile(
    r"(?:等(?:(?:有关|相关|重点|主要|高危|各|行业|主管|监管|管理|职能|执法|专业|应急|救援|抢险|人员)){0,4}?"
    r"|这?几[支个])(部门|行业|领域|队伍|力量)"
)
_LIST_STOP = re.compile(r"[，。；：！？\n]")
_AFTER_ITEM = frozenset(["", *"、，。；等和与及）)\n"])
_JOINT = re.compile(r"、|和|与|及|以及")
# 鑫源冷链物流有限公司: a name, which says little of the task.
_COMPANY = re.compile(r"[\u4e00-\u9fff（）()]{0,8}?(?:有限责任公司|有限公司|股份公司)")
# 成立有限空间作业专项整治领导小组: whoever founds it for a subject has that subject for his task.
_CAMPAIGN = re.compile(r"(?:小组|专班|指挥部)$")
_FOUNDED = re.compile(r"(?:成立|设立|组建)[^，。；！？\n]*$")
_BRACKET = re.compile(r"[（(〔【\[][^（）()〔〕【】\[\]\n]*[）)〕】\]]")
_ASSIGNS = re.compile(r"负责|牵头|配合|责任单位|责任部门|主办|协办|督办")
# 深刻汲取“3·2”煤矿事故教训; 按照《…管理办法》: not what the task is about, if it says that.
_QUOTED = re.compile(
    r"(?:吸取|汲取|接受)[^，。；！？\n《]{0,60}教训"
    r"|(?:按照|根据|依据|依照|参照|对照|遵照)[^，。；！？\n《》]{0,10}(?:《[^》\n]{1,80}》[、和]?){1,9}"
)
_LABEL_BEFORE = re.compile(r"(?:^|\n)[（(]?[一二三四五六七八九十\d]{0,3}[）)、.．是要]?[ \u3000]?$")
_LABEL_AFTER = re.compile(r"[：:]|[。]?(?:\n|$)")


def _is_label(text: str, start: int, end: int) -> bool:
    """Whether the word stands alone, as a heading (2.教育) or a label (交通：严查超员)."""
    if not _LABEL_AFTER.match(text, end):
        return False
    line = text.rfind("\n", max(0, start - 9), start)
    begin = line if line >= 0 else max(0, start - 9)
    return begin in (line, 0) and bool(_LABEL_BEFORE.search(text[begin:start]))


@cache
def _departments() -> tuple[frozenset[str], re.Pattern[str], re.Pattern[str]]:
    bodies = sector_table().bodies
    short = "|".join(map(re.escape, sorted(bodies.short, key=len, reverse=True)))
    joint = "(?:[、和与及]|会同)"
    opens = "(?:^|[^\u4e00-\u9fff]|[由会同请和与及县市区省州镇乡])"
    goes_on = "(?=[、，和与及等联组共要按牵会分三两四五六七多各部派查]|$)"
    before = re.compile(f"{opens}(?:{short}){joint}$")
    return frozenset(bodies.both), before, re.compile(f"{joint}(?:{short}){goes_on}")


def _is_department(text: str, start: int, end: int) -> bool:
    """Whether the word stands for a department: 由公安、交通、应急联合检查."""
    words, before, after = _departments()
    if text[start:end] not in words:
        return False
    return bool(after.match(text, end) or before.search(text[max(0, start - 8) : start]))


def _listing(text: str, end: int) -> str | None:
    """Return what the word that ends at `end` is listed as (部门, 队伍, 行业, …), or None."""
    following = text[end : end + 1]
    if following == "工":
        end += 2 * text.startswith("工作", end)
        following = text[end : end + 1]
    if following and following in "、等和及与这":
        stop = _LIST_STOP.search(text, end, end + _REACH)
        listed = _LIST_END.search(text, end, stop.start() if stop else end + _REACH)
        return listed[1] if listed else None
    field = _FIELD.match(text, end)
    return field[0][-2:] if field else None
