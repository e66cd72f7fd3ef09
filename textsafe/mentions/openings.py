"""Where in a clause a name may begin: behind times, connectives, a title and an occasion."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from textsafe.mentions.bodies import Range, acts, is_name, name_ends
from textsafe.mentions.names import may_be_name
from textsafe.text import clauses

_LEAD_IN = re.compile(
    r"(?:同时|此外|另外|其中|特别是|尤其是|对此|为此|今后|下一步|下步|当前|近期|现阶段|期间|届时|[一二三四五六七八九十]{1,2}是|"
    r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百\d]{1,6}条\s?|\d{1,2}(?:[.．]\d{1,2}){1,4}(?=[^\d.．、年月日时%％\s])|\d{1,2}(?:[.．]\d{1,2}){0,4}(?:[.．、]|\s+)|[（(][一二三四五六七八九十\d]{1,3}[）)]|[①-⑳]|原则上|一方面|另一方面|首先|其次|再次|最后|还有|目前|请|希望|要求|由此|因此|在此基础上|[，,、：:\s])+"
)
# 五、纪律 全体学员要…: a short title runs into the text it opens.
_RUN_IN_TITLE = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、])"
    r"(?P<title>[^\s，。；：、（）()\d]{2,9})[ \u3000]+(?=\S)"
)
# 春融期间护路工要…: an occasion before the name, without a comma.
_OCCASION = re.compile(
    r"[^，。；、的：（由对]{2,12}?(?:之?前|之?后|期间|(?<![适及同临定按准随实小平暂])时)(?=[^，。；、的之内间限段])"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its time expressions, from the first character of each to its end."""

    text: str
    start: int
    end: int
    times: dict[int, int]
    clauses: list[Range]
    name_ends: list[Range]

    @classmethod
    def of(cls, text: str, times: Iterable[Range]) -> Unit:
        """Return `text` as a unit whose time expressions are `times`."""
        return cls(text, 0, len(text), dict(times), clauses(text), name_ends(text))

    def ends_between(self, start: int, stop: int) -> Iterator[int]:
        """Yield where words end that a name may end in, if they stand in ``[start, stop)``."""
        for begin, end in self.name_ends[bisect_left(self.name_ends, (start, 0)) :]:
            if end > stop:
                break
            if begin >= start:
                yield end

    def skip_time(self, position: int) -> int:
        """Return where the text goes on after white space and a time expression."""
        while position < self.end and (self.text[position].isspace() or position in self.times):
            position = self.times.get(position, position + 1)
        return position


def skip_lead_in(unit: Unit, start: int, end: int) -> int:
    """Skip time expressions and connectives before a subject."""
    title = _RUN_IN_TITLE.match(unit.text, start, end)
    position = title.end() if title and not is_name(title["title"]) else start
    while position < end:
        if position in unit.times and not _names_its_doer(unit, position):
            position = unit.times[position]
        elif match := _LEAD_IN.match(unit.text, position, end):
            position = match.end()
        elif unit.text[position] in "在于到" and position + 1 in unit.times:
            position += 1
        else:
            break
    return position


def _names_its_doer(unit: Unit, position: int) -> bool:
    """船长开航前: the occasion is told with the one who acts."""
    name_end = next(unit.ends_between(position, unit.times[position]), None)
    return bool(
        name_end
        and name_end + 1 < unit.times[position]
        and acts(unit.text[position:name_end])
        and may_be_name(unit.text, position, name_end)
    )


def after_opening_occasion(unit: Unit, start: int, end: int) -> int | None:
    """Return where the name may begin after an occasion that opens a clause."""
    if not any(unit.ends_between(start, end)):
        return None
    occasion = _OCCASION.match(unit.text, start, end)
    return occasion.end() if occasion else None
