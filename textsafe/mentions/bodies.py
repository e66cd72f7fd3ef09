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
    r"(?:等(?:有关|相关|各|行业|作业|主管|监管|成员|责任|专业){1,2}(?:部门|单位)|等[一二三四五六七八九十\d]{0,2}个?(?:有关|相关|各)?(?:部门|单位|机构|企业|地区|(?:[^、，]{0,4}领导))?|[两二三四五六七八九十]个?(?:部门|单位)|[两二三四五六七八九十]家)$"
)
_DEFINED = re.compile(r"[（(](?:以下|下)?(?:统称|简称|下称|含)[^（）()]{1,30}[)）]$")
# Without a word before them these are anybody: 人员分批撤离, 单位和个人.
_BARE = frozenset(
    {"人员", "群众", "单位", "部门", "机构", "地区", "城市", "个人", "成员", "机关", "领导", "队伍"}
)
# Words that begin with the last character of a head: 部|分, 处|于, 所|需.
_OTHER_WORD = (
    r"(?<=[^干]部)[分位署件]|(?<=[查惩好用深低高何远近到益坏害妙0-9一二三四五六七八九十百几多余]处)|(?<=基站)|(?<=[举承主兴创督查惩交开停试合经包协]办)|(?<=区)[划]|(?<=处)[于理置罚在所分]|(?<=所)[有属需在以辖列称涉承产]|(?<=社)[会区交]|"
    r"(?<=[网泵基]站)|(?<=站)[位岗立台]|(?<=办)[理法公案结好学事证]|(?<=科)[学技普]|(?<=委)[托员派]|(?<=署)[名]|"
    r"(?<=部署)|(?<=主体)[责结工建部功地框]|(?<=局)[部面]|(?<=厂)[房区]|(?<=镇)[安街区上]|(?<=区)[域间]|(?<=级)[别]|(?<=人)[数]|(?<=车)[辆间]|长(?![期久效年远时])"
)
# Trades and posts by their last character: 化验|员, 检修|工, 片|长; 维修|班, 综合|室.
_TRADE_ENDS = "员工长班组室"
_TRADES = (
    r"员(?<![动全定减增满超缺裁伤复人职官]员)(?!工|额|会)|"
    r"工(?<![施加开复停分手人完返赶竣化轻军动招用务打误上收重职员民高同]工)(?![作程业艺地人会厂具种期资伤贸商信序段况委区科])|"
    r"长(?<=[班组队段站所局厅部处科股院校园厂矿场馆楼栋路河湖林格片船机艇警乡镇县市区村车]长)(?![期久效年远时度大势江])|"
    r"班(?<![值带上交接领轮当每跟夜白早中训倒换下加全三两各一排同跟兼]班)(?![组次前后长子级车会主次中])|"
    r"组(?<![一二三四五六七八九十0-9重改成分编两多每]组)(?![织成建装团合长件网员稿])|"
    r"室(?<![教验浴温卧议诊病候衣档库机动居览读寝]室)(?![内外温])"
)
_OFFICE = (
    r"(?:部门|部(?![分位署件])|[大支总中]队|队伍|队(?!伍)|局(?!部)|厅|委(?!托|员)|委员会|办(?!理|好|结|案|法|学|公)|办公室|"
    r"站(?!好|稳|岗)|所(?!有|属|需|在)|科(?!学|技)|处(?!理|置|罚)|中心|机构|机关|干部|人员|企业|系统)"
)
_EACH_PLACE = re.compile(r"各(?:有关|相关)?(?:地区|地方|地|部门)")
_COLLECTIVE = re.compile(r"(?:部门)?[和及]?单位")
_OTHER_TOGETHER = re.compile(r"同[志时步级意样类行一心]")
_BARE_PLACE = re.compile(r"各?(?:省|自治区|直辖市|市|县|区|州|旗|镇|乡|街道)")


def opens_with(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return `words` by their first character, the longest first.

    >>> opens_with(["排查", "排", "巡查"])
    {'巡': ('巡查',), '排': ('排查', '排')}
    """
    found: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda w: (-len(w), w)):
        found.setdefault(word[0], []).append(word)
    return {first: tuple(found[first]) for first in found}


def alternation(words: Iterable[str]) -> str:
    """Return a regular expression that matches any of `words`, the longest first.

    Words that begin alike are grouped: a thousand verbs are then tried as their first characters.

    >>> alternation(["排查", "排", "巡查"])
    '巡(?:查)|排(?:查|)'
    """
    return "|".join(
        f"{re.escape(first)}(?:{'|'.join(re.escape(word[1:]) for word in group)})"
        for first, group in opens_with(words).items()
    )


def _any_word(entries: Iterable[NameWords]) -> str:
    return alternation(word for entry in entries for word in entry.words)


@cache
def _ends_in_head(*, public: bool = False) -> re.Pattern[str]:
    entries = [entry for entry in organisations().head if entry.public or not public]
    trades = "" if public else f"|{_TRADES}"
    return re.compile(rf"(?:{_any_word(entries)}{trades})(?:[（(][^（）()]{{1,30}}[)）])?$")


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


def name_ends(text: str) -> list[Range]:
    """Return the words of `text` that a name may end in, short names of departments too.

    >>> name_ends("县住建局会同各镇（街道）巡查")
    [(1, 4), (6, 12)]
    """
    return [match.span() for match in _name_end().finditer(text)]


@cache
def _name_end() -> re.Pattern[str]:
    names = organisations()
    short = _any_word(names.short)
    words = _any_word((*names.head, *names.short))
    # Most characters begin no such word: looking for that first is twice as fast.
    firsts = {word[0] for entry in (*names.head, *names.short) for word in entry.words}
    first = "".join(sorted(firsts | set(_TRADE_ENDS)))
    # 监护人 is a head, and so is 监护人员; 综合执法 is short, and 综合执法队 a head.
    return re.compile(
        rf"(?=[{first}])(?:(?:{short}){_OFFICE}|(?:{words}|{_TRADES})(?!{_OTHER_WORD})(?:(?<=人)员)?)"
        r"(?:[两二三四五六七八九十]家)?(?:[（(][^（）()]{1,30}[)）])?"
    )


def is_name(name: str) -> bool:
    """Return whether `name` is that of a body or person, or the short name of a department.

    >>> is_name("县住建局"), is_name("县财政"), is_name("消防设施")
    (True, True, False)
    """
    return ends_in_head(name) or bool(_short().fullmatch(name))


@cache
def _inert() -> re.Pattern[str]:
    words = _any_word(entry for entry in organisations().head if not entry.acts)
    return re.compile(rf"(?:{words})(?:[（(][^（）()]{{1,30}}[)）])?$")


def acts(name: str) -> bool:
    """Return whether a name is of somebody who acts; 场所 and 市场 are also where others act.

    >>> acts("保卫科"), acts("各市场"), acts("人员密集场所"), acts("人员")
    (True, True, False, False)
    """
    if name.startswith("各"):
        return True
    return ends_in_head(name) and name not in _BARE and not _inert().search(name[-40:])


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
    pieces = _join_collective(text, _join_places(text, _cut(text, start, end)))
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
    if char == "同" and _OTHER_TOGETHER.match(text, position):
        return 0
    if char not in "和及与以或同" or any(a <= position < b for a, b in masked):
        return 0
    width = 2 if text.startswith(("以及", "或者"), position) else 1
    if char == "以" and width == 1:
        return 0
    if not is_name(text[begin:position]):
        return 0
    return 0 if _joined_tail().match(text, position + width, end) else width


def _join_places(text: str, pieces: list[Range]) -> list[Range]:
    """Keep 各省、自治区、直辖市人民政府 together: bare places up to a place with its body."""
    joined: list[Range] = []
    run: list[Range] = []
    for a, b in pieces:
        listed = bool(run) and text[run[-1][1] : a] == "、"
        if (
            listed
            and text[a] != "各"
            and _BARE_PLACE.match(text, a, b)
            and not _BARE_PLACE.fullmatch(text, a, b)
        ):
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


def _join_collective(text: str, pieces: list[Range]) -> list[Range]:
    """各有关地区、部门和单位 is one name: the words after the first live on its 各."""
    joined: list[Range] = []
    for a, b in pieces:
        if (
            joined
            and _COLLECTIVE.fullmatch(text, a, b)
            and _EACH_PLACE.fullmatch(text, *joined[-1])
        ):
            joined[-1] = (joined[-1][0], b)
        else:
            joined.append((a, b))
    return joined


def _provinces(text: str, run: list[Range]) -> list[Range]:
    """各省、自治区、直辖市 is one name even without a body behind it."""
    if len(run) > 1 and text.startswith("、自治区", run[0][1]):
        return [(run[0][0], run[-1][1])]
    return run


def _trim(text: str, start: int, end: int) -> Range:
    while start < end and (
        text[start].isspace()
        or text[start] in "和及与由请”"
        or (text[start] == "“" and text.find("”", start, end) < 0)
    ):
        start += 1
    defined = _DEFINED.search(text, start, end)
    if defined and defined.start() > start:
        end = defined.start()
    match = _TRAILING.search(text, start, end)
    if match and match.start() > start and match.end() == end:
        end = match.start()
    while end > start and (text[end - 1].isspace() or text[end - 1] in "等“”。"):
        end -= 1
    return start, end
