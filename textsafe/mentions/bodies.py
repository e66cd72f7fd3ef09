"""Names of bodies and persons: where they end, how lists of them are cut, their level."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from textsafe.records import Level
from textsafe.taxonomies import NameWords, organisations

Range = tuple[int, int]

_SEPARATORS = "、，,；;/\t"
_TRAILING = re.compile(
    r"(?:等[一二三四五六七八九十\d]{0,2}个?(?:有关|相关|各)?(?:部门|单位|机构|企业|地区)?|[两二三四五六七八九十]个?(?:部门|单位)|[两二三四五六七八九十]家)$"
)
_BARE_PLACE = re.compile(r"各?(?:省|自治区|直辖市|市|县|区|州|旗|镇|乡|街道)")


def alternation(words: Iterable[str]) -> str:
    """Return a regular expression that matches any of `words`, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w)))


def _any_word(entries: Iterable[NameWords]) -> str:
    return alternation(word for entry in entries for word in entry.words)


@cache
def _ends_in_head(*, public: bool = False) -> re.Pattern[str]:
    entries = [entry for entry in organisations().head if entry.public or not public]
    return re.compile(rf"(?:{_any_word(entries)})(?:[（(][^（）()]{{1,30}}[)）])?$")


def ends_in_head(name: str) -> bool:
    """Return whether `name` ends as names of bodies and persons do.

    >>> ends_in_head("县住房和城乡建设局"), ends_in_head("各镇（街道）"), ends_in_head("隐患")
    (True, True, False)
    """
    return bool(_ends_in_head().search(name[-40:]))


@cache
def _short() -> re.Pattern[str]:
    words = _any_word(organisations().short)
    return re.compile(rf"(?:[省市县区镇]级?)?(?:{words})(?:[两二三四五六七八九十]家)?")


@cache
def candidate_end_pattern() -> re.Pattern[str]:
    """Return the pattern of all words that a name may end in, short names of departments too."""
    words = _any_word((*organisations().head, *organisations().short))
    # 监护人 is a head, and so is 监护人员.
    return re.compile(
        rf"(?:{words})(?:(?<=人)员|[两二三四五六七八九十]家)?(?:[（(][^（）()]{{1,30}}[)）])?"
    )


def is_name(name: str) -> bool:
    """Return whether `name` is that of a body or person, or the short name of a department.

    >>> is_name("县住建局"), is_name("县财政"), is_name("消防设施")
    (True, True, False)
    """
    return ends_in_head(name) or bool(_short().fullmatch(name))


def is_body(name: str) -> bool:
    """Return whether `name` ends as names of party, government and public bodies do.

    >>> is_body("县供销社"), is_body("省级平台")
    (True, False)
    """
    return bool(_ends_in_head(public=True).search(name[-40:]))


@cache
def _joined() -> re.Pattern[str]:
    return re.compile(_any_word(organisations().joined))


@cache
def _joined_tail() -> re.Pattern[str]:
    words = _any_word(organisations().joined_tail)
    return re.compile(rf"(?:{words})(?=$|[、，,；;。\s])")


def level_of(name: str) -> Level | None:
    """Return the administrative level of the body called `name`, where the name tells it.

    >>> level_of("县应急管理局"), level_of("国务院安委会"), level_of("各有关部门")
    ('county', 'state', None)
    """
    levels = organisations().level
    return next((level.id for level in levels if level.pattern.search(name)), None)


def split_names(text: str, start: int, end: int) -> list[Range]:
    """Cut an enumeration of bodies into the single names.

    ``A、B`` and ``A和B`` are two names; 住房和城乡建设局, 各有关部门和单位 and
    各省、自治区、直辖市人民政府 are one each; a closing 等, 等部门 is left out.

    >>> text = "县住房和城乡建设局、县公安局及各镇（街道）等"
    >>> [text[a:b] for a, b in split_names(text, 0, len(text))]
    ['县住房和城乡建设局', '县公安局', '各镇（街道）']
    """
    pieces = _join_places(text, _cut(text, start, end))
    names: list[Range] = []
    for piece_start, piece_end in pieces:
        a, b = _trim(text, piece_start, piece_end)
        if a < b:
            names.append((a, b))
    return names


def _cut(text: str, start: int, end: int) -> list[Range]:
    masked = [m.span() for m in _joined().finditer(text, start, end)]
    pieces: list[Range] = []
    begin, depth, position = start, 0, start
    while position < end:
        char = text[position]
        if char in "（(":
            depth += 1
        elif char in "）)":
            depth = max(depth - 1, 0)
        elif depth == 0:
            width = _separator_width(text, begin, position, end, masked)
            if width:
                pieces.append((begin, position))
                begin = position + width
                position = begin
                continue
        position += 1
    pieces.append((begin, end))
    return [(a, b) for a, b in pieces if a < b]


def _separator_width(text: str, begin: int, position: int, end: int, masked: list[Range]) -> int:
    """Return how many characters at `position` separate two names; 0 when none do."""
    char = text[position]
    if char in _SEPARATORS:
        return 1
    if char not in "和及与以或" or any(a <= position < b for a, b in masked):
        return 0
    width = 2 if text.startswith(("以及", "或者"), position) else 1
    if char == "以" and width == 1:
        return 0
    if not ends_in_head(text[begin:position]):
        return 0
    return 0 if _joined_tail().match(text, position + width, end) else width


def _join_places(text: str, pieces: list[Range]) -> list[Range]:
    """Keep 各省、自治区、直辖市人民政府 together: bare places up to a place with its body."""
    joined: list[Range] = []
    run: list[Range] = []
    for a, b in pieces:
        listed = bool(run) and text[run[-1][1] : a] == "、"
        if listed and _BARE_PLACE.match(text, a, b) and not _BARE_PLACE.fullmatch(text, a, b):
            joined.append((run[0][0], b))
            run = []
            continue
        if run and not listed:
            joined.extend(_provinces(text, run))
            run = []
        if _BARE_PLACE.fullmatch(text, a, b):
            run.append((a, b))
        else:
            joined.extend([*_provinces(text, run), (a, b)])
            run = []
    return joined + _provinces(text, run)


def _provinces(text: str, run: list[Range]) -> list[Range]:
    """各省、自治区、直辖市 is one name even without a body behind it."""
    if len(run) > 1 and text.startswith("、自治区", run[0][1]):
        return [(run[0][0], run[-1][1])]
    return run


def _trim(text: str, start: int, end: int) -> Range:
    while start < end and (text[start].isspace() or text[start] in "和及与由请“”"):
        start += 1
    match = _TRAILING.search(text, start, end)
    if match and match.start() > start and match.end() == end:
        end = match.start()
    while end > start and (text[end - 1].isspace() or text[end - 1] in "等“”。"):
        end -= 1
    return start, end
