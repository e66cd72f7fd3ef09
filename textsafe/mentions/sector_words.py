"""The words of ``data/sectors.toml`` in a text, each with what it may mean.

The longest word wins, so 石油天然气开采 is no 天然气.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import ahocorasick

from textsafe.taxonomies import ContextWords, Sector, sector_table


class SectorWord(NamedTuple):
    """A word and what it stands for, as :class:`textsafe.taxonomies.Sector` has it."""

    length: int
    always: tuple[Sector, ...]
    listed: tuple[Sector, ...]
    hints: tuple[Sector, ...]
    context: ContextWords | None

    @property
    def names_any(self) -> bool:
        """Whether the word names a sector at all, and is not one to be excluded."""
        return bool(self.always or self.listed or self.hints or self.context)


def longest_words(text: str) -> list[tuple[int, SectorWord]]:
    """Return the end and the meaning of each word that lies in no longer one.

    Of two words that overlap the first is kept, unless it means nothing: in 优化工贸行业 the
    excluded 化工贸 must hide 化工 but not 工贸行业. (pyahocorasick's own ``iter_long`` misses
    words next to longer ones that fail to match.)

    >>> [(end, word.length) for end, word in longest_words("石油天然气开采")]
    [(7, 7)]
    """
    kept: list[tuple[int, SectorWord]] = []
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
    table = sector_table()
    always: dict[str, list[Sector]] = {}
    listed: dict[str, list[Sector]] = {}
    hints: dict[str, list[Sector]] = {}
    context = {word: one for one in table.context for word in one.words}
    excluded: set[str] = set()
    for sector in table.sector:
        excluded.update(sector.exclude)
        for words, kind in (
            (sector.aliases, always),
            (sector.listed, listed),
            (sector.hints, hints),
        ):
            for word in words:
                kind.setdefault(word, []).append(sector)
    automaton = ahocorasick.Automaton()
    for word in {*always, *listed, *hints, *context, *excluded}:
        named, in_lists, hinted = (tuple(kind.get(word, ())) for kind in (always, listed, hints))
        meaning = SectorWord(len(word), named, in_lists, hinted, context.get(word))
        automaton.add_word(word, meaning)
    automaton.make_automaton()
    return automaton
