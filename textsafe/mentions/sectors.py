"""Sectors of work safety (行业领域) named in running text.

The words are data, in ``data/sectors.toml``. The longest word wins, so 石油天然气开采 is no 天然气,
and a word inside the name of a body (县交通运输局) is no mention.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import ahocorasick

from textsafe.document import Span
from textsafe.records import SectorMention
from textsafe.taxonomies import BodyName, Sector, sector_table

# How far an enumeration is followed to the word that says what it lists, in characters.
_REACH = 80


class _Named(NamedTuple):
    """What a word stands for: sectors wherever it stands, and those it needs a list for."""

    length: int
    always: tuple[Sector, ...]
    listed: tuple[Sector, ...]

    @property
    def names_any(self) -> bool:
        """Whether the word names a sector at all, and is not one to be excluded."""
        return bool(self.always or self.listed)


def find_sectors(text: str) -> list[SectorMention]:
    """Return the sectors named in `text`, by position.

    A word that names two sectors gives two mentions of one span. Words inside the names of bodies
    and words that mean no sector in their context are left out.

    >>> [(m.id, m.span.of("县交通运输局要查渡口")) for m in find_sectors("县交通运输局要查渡口")]
    [('water_traffic', '渡口')]
    """
    in_body = _body_pattern().match
    mentions: list[SectorMention] = []
    for end, word in _longest_words(text):
        if not word.names_any:
            continue
        listing = _listing(text, end)
        if listing == "部门" or in_body(text, end):
            continue
        found = (*word.always, *word.listed) if listing else word.always
        if found:
            span = Span(start=end - word.length, end=end)
            mentions += [SectorMention(id=s.id, name=s.name, span=span) for s in found]
    return mentions


def _longest_words(text: str) -> list[tuple[int, _Named]]:
    """Return the end and the meaning of each word that lies in no longer one.

    Of two words that overlap the first is kept, unless it means nothing: in 优化工贸行业 the
    excluded 化工贸 must hide 化工 but not 工贸行业. (pyahocorasick's own ``iter_long`` misses
    words next to longer ones that fail to match.)
    """
    kept: list[tuple[int, _Named]] = []
    for last, word in _automaton().iter(text):
        end = last + 1
        start = end - word.length
        while kept and kept[-1][0] - kept[-1][1].length >= start:
            kept.pop()
        if kept:
            end_before, before = kept[-1]
            if end_before == end or (end_before > start and before.names_any):
                continue
        kept.append((end, word))
    return kept


@cache
def _automaton() -> ahocorasick.Automaton:
    always: dict[str, list[Sector]] = {}
    listed: dict[str, list[Sector]] = {}
    words: dict[str, None] = {}
    for sector in sector_table().sector:
        words |= dict.fromkeys((*sector.aliases, *sector.listed, *sector.exclude))
        for word in sector.aliases:
            always.setdefault(word, []).append(sector)
        for word in sector.listed:
            listed.setdefault(word, []).append(sector)
    automaton = ahocorasick.Automaton()
    for word in words:
        named = _Named(len(word), tuple(always.get(word, ())), tuple(listed.get(word, ())))
        automaton.add_word(word, named)
    automaton.make_automaton()
    return automaton


@cache
def _body_pattern() -> re.Pattern[str]:
    bodies: BodyName = sector_table().bodies
    # Longest first and possessive: no text can make the match backtrack.
    fills = "|".join(map(re.escape, sorted(bodies.fills, key=len, reverse=True)))
    return re.compile(f"(?:{fills}){{0,40}}+(?:{'|'.join(bodies.tails)})")


_FIELD = re.compile(r"(?:安全生产|安全)?(?:行业|领域|系统)")
_LIST_END = re.compile(
    r"等(?:(?:有关|相关|重点|主要|高危|各|行业|主管|监管|管理|职能|执法)){0,4}?(部门|行业|领域)"
)
_LIST_STOP = re.compile(r"[，。；：！？\n]")


def _listing(text: str, end: int) -> str | None:
    """Return what the word that ends at `end` is listed as: 部门, 行业, 领域, 系统, or None."""
    following = text[end : end + 1]
    if following and following in "、等和及与":
        stop = _LIST_STOP.search(text, end, end + _REACH)
        listed = _LIST_END.search(text, end, stop.start() if stop else end + _REACH)
        return listed[1] if listed else None
    field = _FIELD.match(text, end)
    return field[0][-2:] if field else None
