"""Durations: 自印发之日起30日内, 收到通知后7个工作日内, 三年内, 限期5日整改."""

from __future__ import annotations

import datetime as dt
import re

from textsafe.mentions.deadlines.calendar import add_months, add_working_days
from textsafe.mentions.deadlines.numerals import SMALL, compiled, number
from textsafe.mentions.deadlines.phrases import Phrase, before

_UNIT = (
    r"(?P<unit>工作日|自然日|日历日|小时|分钟|季度|星期|周(?![岁年边围期])|(?<=个)月"
    r"|年(?!龄|满)|天(?!然)|日(?!常)|(?:min|h)(?![a-zA-Z]))"
)
_COUNT = rf"(?P<count>\d{{1,3}}|{SMALL}|半)"
_DURATION = (
    rf"(?:{_COUNT} (?:至|到|[—－–~～-]))? (?P<most>\d{{1,3}}|{SMALL}|半) 个? {_UNIT}"
    r"(?:左右)?(?:的?时间)?"
)
_WITHIN = rf"{_DURATION} (?:之|以)? 内"
# Without 内 a duration limits only after one of these.
_LIMITED = (
    r"(?:限期?|(?:期限|时限)[：:为是]?|(?:期限|时限|时间|整改|办理|办结)[^，。；]{0,8}不得?超过"
    r"|最[长迟](?:为|不超过)?|(?:^|[^作使运引采应利适])用)$"
)
_AIMED = r"(?:力争|争取|计划|确保|[利使]用)$"
_AHEAD = r"(?:今后|未来|接下来)的?$"
_LIMITED_NOT = r"(?:工期|有效期|任期|年龄|间隔|间距|保质期|使用年限|年限)[^，。；]{0,8}$"
_STARTED = (
    r"(?P<lead>自|从)?(?P<after>[^，。；：:（）()、\s]{1,30}?)"
    r"(?P<mark>之日 起 (?:计?算?)?|之日 |[当次]日起|[，,]?起|之?后|以后)的?"
    r"[，,]?(?:最迟|最长)?[在于]?$"
)
_SUBJECT = r"^.*(?:应当|必须|应|须|[^主重首只需]要|请|并|[在于将需由])(?=.)"
_OCCASIONS = r"(?:收到|接到|接报|获悉|得知|发现)"
# The start may stand in a clause of its own: 发现险情后，应当在2小时内……
_STARTED_CLAUSE = (
    r"(?P<after>^会|[^，。；：:（）()\s]{2,30}?)(?P<mark>之日起|之?后|以后|时|的)[，,]"
    r"[^，。；的]{0,24}$"
)
# What the duration counts from may be said of a thing: 查到的隐患三天内录入.
_THING = (
    r"(?P<after>(?:查到|查出|查实|新增|交办|受理|移交)的?[^，。；：、的内起\s]{0,12}?"
    r"|(?:收到|接到)[^，。；：、的内起\s]{1,12}(?=的(?:单位|企业|部门|场所|人员|个人)))"
    r"(?:的(?:单位|企业|部门|场所|人员|个人))?[，,]?[^，。；的]{0,8}?(?:应当?|要|须|必须|务必|一律)?[在于]?$"
)
_HAPPENING = r"(?:接到|收到|接报|获悉|发现|发生|出现|遇有)"
_OCCASION_CLAUSE = (
    rf"(?:(?P<after>[^，。；：:（）()\s]{{0,8}}?{_HAPPENING}[^，。；：:（）()\s的]{{0,16}}?)(?:之?后|时)"
    rf"[^，。；的]{{0,16}}|(?P<whole>{_HAPPENING}[^，。；：:（）()\s的]{{1,20}}))"
    r"[，,、](?:[^，。；的]{0,12}[，,])?[^，。；的]{0,16}$"
)
_JUST_DONE = r"(?P<after>开学|入学|入职|上岗|任职|投产|开工|竣工|签约|立案|受理|变更|离任|出院)$"
_CONDITION = r"(?:发生|发现|接到|收到|出现|遇有?|变更|逾期|造成|合格|认为|不服|异议)"

_ABOUT = r"[对将把]|针对|关于"

_UNITS = {
    "工作日": "P{}D", "自然日": "P{}D", "日历日": "P{}D", "天": "P{}D", "日": "P{}D",
    "星期": "P{}W", "周": "P{}W", "月": "P{}M", "年": "P{}Y",
    "小时": "PT{}H", "分钟": "PT{}M", "h": "PT{}H", "min": "PT{}M",
}  # fmt: skip
_HALVES = {"年": "P6M", "月": "P15D", "小时": "PT30M", "天": "PT12H"}


def iso_duration(count: str, unit: str) -> str:
    """Return the ISO 8601 duration of a count and a unit as written.

    >>> iso_duration("两", "月"), iso_duration("半", "年"), iso_duration("24", "小时")
    ('P2M', 'P6M', 'PT24H')
    """
    if count == "半":
        return _HALVES.get(unit, "P1D")
    if unit.startswith("季"):
        return f"P{3 * number(count)}M"
    return _UNITS[unit].format(number(count))


def duration_at(sentence: str, position: int, floor: int) -> Phrase | None:
    """Return the duration that begins at `position`, with what it counts from, or None.

    Args:
        sentence: The sentence.
        position: Where the count begins.
        floor: End of the expression before; the start of the duration is not sought before it.

    >>> phrase = duration_at("自印发之日起30日内上报", 6, 0)
    >>> (phrase.after, phrase.duration, phrase.start, phrase.end)
    ('印发之日', 'P30D', 0, 10)
    """
    match = compiled(_WITHIN).match(sentence, position)
    if not match:
        match = compiled(_DURATION).match(sentence, position)
        left = before(sentence, position, 12)
        if not match or not _is_limit(sentence, match, left):
            return None
        if compiled(_LIMITED_NOT).search(left):
            return None
    start, after = _started(sentence, position, floor)
    return Phrase(
        start,
        match.end(),
        "relative",
        after=after,
        duration=iso_duration(match["most"], match["unit"]),
        working_days=match["unit"] == "工作日",
    )


def _is_limit(sentence: str, match: re.Match[str], left: str) -> bool:
    """Whether a duration without 内 is meant as a limit: 限期15天, 今后三年, a cell of a table."""
    if compiled(_LIMITED).search(left):
        return True
    if compiled(_AIMED).search(left):
        return match[0].endswith("时间")
    if compiled(_AHEAD).search(left):
        return match["unit"] in ("年", "月", "周")
    return bool(compiled(r"[|｜\t] $").search(left)) and bool(
        compiled(r" (?:[|｜\t]|$)").match(sentence, match.end())
    )


def _started(sentence: str, position: int, floor: int) -> tuple[int, str | None]:
    """Return where the expression begins, and what its duration counts from."""
    left = before(sentence, position, 44, floor)
    width = len(left)
    left = left.rstrip()
    if compiled(_AHEAD).search(left):
        return position, None
    match = compiled(_STARTED).search(left)
    if not match:
        return position, _started_by_clause(before(sentence, position, 60))
    after, lead = match["after"], match["lead"]
    inner = re.search(r"(?:自|从)(?=[^自从]+$)", after)
    begin = match.start("after")
    if lead:
        cut, begin = 0, match.start()
    elif inner:
        cut, begin = inner.end(), match.start("after") + inner.start()
    else:
        cut, _ = _event_of(after)
        begin += cut
    after = after[cut:]
    if match["mark"].startswith("之日"):
        after += "之日"
    return position - width + begin, after or None


def _started_by_clause(left: str) -> str | None:
    """Return what a duration counts from where that stands in a clause of its own."""
    clause = compiled(_STARTED_CLAUSE).search(left)
    if clause and (clause["mark"] != "的" or _is_condition(clause["after"])):
        return _event_of(clause["after"])[1]
    occasion = compiled(_OCCASION_CLAUSE).search(left)
    if occasion:
        return occasion["after"] or occasion["whole"]
    thing = compiled(_THING).search(left[-40:]) or compiled(_JUST_DONE).search(left)
    return thing["after"] if thing else None


def _is_condition(words: str) -> bool:
    """Whether a clause in 的 says when, and not about what: 驾驶证满分的, not 对无证经营的."""
    return bool(re.search(_CONDITION, words)) or not re.match(_ABOUT, words)


def _event_of(words: str) -> tuple[int, str]:
    """Return where the event begins in `words`, without who acts, and the event."""
    subject = re.match(_SUBJECT, words)
    cut = subject.end() if subject else 0
    occasion = re.search(_OCCASIONS, words[cut:])
    if occasion:
        cut += occasion.start()
    return cut, words[cut:]


def end_of(day: dt.date, duration: str, *, working_days: bool) -> tuple[dt.date, bool]:
    """Return the last day of a duration that begins on `day`, and whether that is certain.

    The first day is not counted (民法典 第二百零一条); months end on the same day or the last.

    >>> end_of(dt.date(2024, 5, 8), "P30D", working_days=False)[0].isoformat()
    '2024-06-07'
    """
    match = re.fullmatch(r"P(T?)(\d+)([DWMYH])", duration)
    if not match:
        raise ValueError(duration)
    time, count, unit = match[1], int(match[2]), match[3]
    if working_days:
        return add_working_days(day, count)
    if time:
        hours = count if unit == "H" else count / 60
        return day + dt.timedelta(days=int(hours // 24)), True
    if unit in "MY":
        return add_months(day, count * (12 if unit == "Y" else 1)), True
    return day + dt.timedelta(days=count * (7 if unit == "W" else 1)), True
