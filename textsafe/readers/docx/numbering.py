"""The automatic numbering of Word: what ``word/numbering.xml`` puts in front of a paragraph.

A paragraph names a list (``w:num``) and a level. Lists share the counters of the abstract list
they rest on; a list may override levels of it and restart them (ECMA-376 part 1, section 17.9).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml import etree

from textsafe.readers.docx.numerals import format_number
from textsafe.readers.docx.revisions import ALTERNATIVE, chosen
from textsafe.readers.docx.wordml import VAL, W, integer, is_on, value

LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
# Whoever types a number puts no space after these; after 第一条 or 1.1 a space is needed.
_CLOSING = re.compile(r"[、．.，,：:；;）)】〕〗」』》\]\u2460-\u249b\u3220-\u3229]$")


@dataclass(frozen=True)
class Level:
    """How one level of a list counts and what it shows.

    Attributes:
        text: The pattern, such as ``第%1条``; ``%1`` is the count of the first level.
        restart: Number (from 1) of the level that restarts this one; 0 for never, None for any
            level above.
        legal: All counts are shown in Arabic digits.
        style: The paragraph style that is bound to this level.
    """

    start: int = 1
    format: str = "decimal"
    text: str = ""
    glued: bool = False
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(frozen=True)
class _List:
    abstract: str
    levels: Mapping[int, Level]
    restarting: frozenset[int] = frozenset()


class Numbering:
    """The lists of one document and how far each has counted.

    Args:
        root: Root of ``word/numbering.xml``, or None when the document has no lists.
        style_lists: The list (``w:numId``) that each numbering style stands for.
    """

    def __init__(self, root: etree._Element | None, style_lists: Mapping[str, str]) -> None:
        self._lists = _lists(root, style_lists) if root is not None else {}
        self._counts: dict[str, dict[int, int]] = {}
        self._restarted: set[tuple[str, int]] = set()

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """Return the level of list `list_id` that is bound to the paragraph style `style`."""
        found = self._lists.get(list_id)
        if found is None:
            return None
        return next((i for i, level in found.levels.items() if level.style == style), None)

    def next_prefix(self, list_id: str, depth: int) -> str:
        """Count one paragraph of list `list_id` and return what stands in front of it.

        Args:
            list_id: The value of ``w:numId``.
            depth: The value of ``w:ilvl``, from 0.
        """
        found = self._lists.get(list_id)
        if found is None or depth not in found.levels:
            return ""
        self._count(list_id, found, depth)
        level = found.levels[depth]
        if level.format == "bullet":
            return ""
        counts = self._counts[found.abstract]

        def shown(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            other = found.levels.get(index, Level())
            number_format = "decimal" if level.legal else other.format
            return format_number(counts.get(index, other.start), number_format)

        label = _PLACEHOLDER.sub(shown, level.text).strip()
        if not label or level.glued or _CLOSING.search(label):
            return label
        return label + " "

    def _count(self, list_id: str, found: _List, depth: int) -> None:
        counts = self._counts.setdefault(found.abstract, {})
        first_of_restart = depth in found.restarting and (list_id, depth) not in self._restarted
        if first_of_restart:
            self._restarted.add((list_id, depth))
        if first_of_restart or depth not in counts:
            counts[depth] = found.levels[depth].start
        else:
            counts[depth] += 1
        for below in range(depth + 1, LEVELS):
            restart = found.levels.get(below, Level()).restart
            if restart is None or depth < restart:
                counts.pop(below, None)


def _lists(root: etree._Element, style_lists: Mapping[str, str]) -> dict[str, _List]:
    abstracts: dict[str, Mapping[int, Level]] = {}
    linked: dict[str, str] = {}
    defined: dict[str, str] = {}
    for element in root.iterchildren(W + "abstractNum"):
        abstract = element.get(W + "abstractNumId", "")
        abstracts[abstract] = _levels(element)
        link = value(element, "numStyleLink")
        if link is not None:
            linked[abstract] = link
        defined.setdefault(value(element, "styleLink") or "", abstract)
    nums = {element.get(W + "numId", ""): element for element in root.iterchildren(W + "num")}
    lists: dict[str, _List] = {}
    for list_id, element in nums.items():
        abstract = value(element, "abstractNumId") or ""
        # A list defined by a style: the style names a list, and that one the true definition.
        link = linked.get(abstract, "")
        target = nums.get(style_lists.get(link, ""))
        if target is not None:
            abstract = value(target, "abstractNumId") or abstract
        elif link:
            abstract = defined.get(link, abstract)
        lists[list_id] = _overridden(element, abstract, abstracts.get(abstract, {}))
    return lists


def _overridden(element: etree._Element, abstract: str, base: Mapping[int, Level]) -> _List:
    levels = dict(base)
    restarting: set[int] = set()
    for override in element.iterchildren(W + "lvlOverride"):
        depth = integer(override.get(W + "ilvl"), default=0)
        levels.update((d, lvl) for d, lvl in _levels(override).items() if d == depth)
        start = value(override, "startOverride")
        if start is not None:
            restarting.add(depth)
            levels[depth] = replace(levels.get(depth, Level()), start=integer(start, default=1))
    return _List(abstract, levels, frozenset(restarting))


def _levels(parent: etree._Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for element in parent.iterchildren(W + "lvl"):
        restart = value(element, "lvlRestart")
        levels[integer(element.get(W + "ilvl"), default=0)] = Level(
            start=integer(value(element, "start"), default=0),
            format=_format(element),
            text=value(element, "lvlText") or "",
            glued=value(element, "suff") == "nothing",
            restart=None if restart is None else integer(restart, default=0),
            legal=is_on(element.find(W + "isLgl")),
            style=value(element, "pStyle"),
        )
    return levels


def _format(level: etree._Element) -> str:
    """Return the number format of a level; of newer formats the digits that they show."""
    found = level.find(W + "numFmt")
    alternative = level.find(ALTERNATIVE)
    if found is None and alternative is not None:
        found = chosen(alternative).find(W + "numFmt")
    if found is None:
        return "decimal"
    name = found.get(VAL, "decimal")
    return found.get(W + "format", name) if name == "custom" else name
