"""What recurs: 每月5日前, 每半年至少一次, 逐月, 按季度, 周调度、月通报."""

from __future__ import annotations

import re
from functools import cache

from textsafe.mentions.deadlines.durations import iso_duration
from textsafe.mentions.deadlines.lexicon import any_of, festivals, lexicon
from textsafe.mentions.deadlines.moments import CLOCK, moment_at
from textsafe.mentions.deadlines.numerals import SMALL, compiled
from textsafe.mentions.deadlines.phrases import Phrase

_EVERY = (
    rf"每(?:间?隔|逢(?=周|星期))?(?: (?P<count>\d{{1,3}}|{SMALL}|半))? 个? "
    r"(?P<unit>工作日|小时(?=[^，。；\d]{0,12}(?:[一1两2]次|报|巡|测|检|调度))|星期|学期|季度|季(?!节)"
    r"|周(?![边围岁年密])|月|旬|年(?![级龄])|天(?!然)|日(?!常)|[晚晨夜])(?:份|度)?"
)
# 逢周五; 三天一次; 隔日
_ON_WEEKDAY = (
    r"逢(?P<weekday>(?:周|星期|礼拜)[一二三四五六日天末]"
    r"(?:[、和及](?:周|星期)?[一二三四五六日天]){0,5})"
)
_ONCE_IN = (
    rf"(?P<many>\d{{1,2}}|{SMALL}|半)个?(?P<long>天|日|周|星期|月|季度|年)"
    r"(?=一(?:次(?!性)|遍|轮|检|查|报|评|调度|通报|会商|小结))"
)
_EVERY_OTHER = r"隔(?P<other>[日天周月年])(?![离热])"
_WEEKDAYS = (
    r"(?:[一二三四五六日天末](?:[、和及](?:周|星期)?[一二三四五六日天]){0,5})"
    r"(?![一二两三四五]?[次轮遍回场])"
)
_COUNTED = rf"(?:不得?少于|至少|不低于|最少)[^，。；、\d]{{0,8}}?(?:\d{{1,3}}|{SMALL}) [次场轮遍]"
_SELDOM = f"{_ON_WEEKDAY}|{_ONCE_IN}|{_EVERY_OTHER}"
_UNITS = {
    "日": "P1D", "天": "P1D", "周": "P1W", "旬": "P10D", "月": "P1M", "季": "P3M",
    "半年": "P6M", "年": "P1Y",
}  # fmt: skip
_UNIT = r"(?:半年|[日天周旬月季年])"
_REPORTS = (
    r"(?:调度|通报|报告|汇总|会商|研判|分析|考核|评估|点评|督查|检查|讲评|排名|例会|碰头|总结|更新|巡查"
    r"|报送|上报|公示|公布|抽查|自查|排查|汇报|晾晒|评比|督导|报)"
)
_PACED = (
    r"(?:逐|按)(?P<unit>半年|[日天周旬月季年])度?"
    r"(?![期程份龄节级计步]|连续处罚|度?(?:计划|预算))"
)
_EACH_ONE = rf"(?:一(?P<each>[日天周旬月季年])度?|(?P<half>半年))一(?={_REPORTS})"
_CYCLE = rf"(?P<unit>{_UNIT})度?(?P<noun>{_REPORTS})"
# One of them alone needs its frame: 实行日报告制度.
_FRAME_BEFORE = r"(?:实行|执行|坚持|落实|推行|实施|建立|健全|完善)$"
_FRAME_AFTER = r"(?:、[^，。；、]{1,6})?(?:工作)?(?:制度|机制|制)"
_CYCLES = (
    rf"(?:{_CYCLE.replace('?P<unit>', '?:').replace('?P<noun>', '?:')}"
    rf"(?:[、，和及]?{_UNIT}度?{_REPORTS}){{1,4}}"
    rf"|(?:{_UNIT}[检查巡报评考会]){{2,4}}(?![一-龥]{{0,2}}[院站所])"
    rf"|(?:{_UNIT}度[、和及]){{1,3}}{_UNIT}度{_REPORTS})"
)
_NUMBERED = (
    rf"(?P<count>一|1|半|每)个? (?P<unit>年|月|季度|周|天|日)内?"
    rf"(?:不得?少于|至少|不低于)[^，。；、\d]{{0,8}}?(?:\d{{1,3}}|{SMALL}) [次场轮遍]"
    rf"|(?P<count2>一|半)(?P<unit2>年|季度|月|周|天|日)(?:一|两|二|三)[次]"
)


def rhythms_at(sentence: str, position: int) -> list[Phrase]:
    """Return the recurrences that begin at `position`; 周调度、月通报 are two.

    >>> [(p.every, p.due) for p in rhythms_at("每月5日前报送", 0)]
    [('P1M', '5日前')]
    """
    match = compiled(_EVERY).match(sentence, position)
    if match:
        return [_every(sentence, match)]
    match = compiled(f"{_PACED}|{_EACH_ONE}").match(sentence, position)
    if match:
        every = _UNITS[match["unit"] or match["each"] or match["half"]]
        return [Phrase(position, match.end(), "recurring", every=every)]
    once = _once_in(sentence, position)
    if once:
        return [once]
    match = compiled(_NUMBERED).match(sentence, position)
    if match:
        every = iso_duration(match["count"] or match["count2"], match["unit"] or match["unit2"])
        return [Phrase(position, match.end(), "recurring", every=every)]
    match = compiled(_CYCLES).match(sentence, position) or _framed(sentence, position)
    if not match or compiled(r"[\d一二三四五六七八九十]$").search(sentence[:position][-1:]):
        return []
    starts = [unit.start() for unit in re.finditer(_UNIT, match[0])]
    return [
        Phrase(
            position + start,
            position + len(match[0][:stop].rstrip("、，和及")),
            "recurring",
            every=_UNITS[re.match(_UNIT, match[0][start:])[0]],  # type: ignore[index]
        )
        for start, stop in zip(starts, [*starts[1:], len(match[0])], strict=True)
    ]


def _once_in(sentence: str, position: int) -> Phrase | None:
    """Return 逢周五, 三天 in 三天一次, or 隔日."""
    match = compiled(_SELDOM).match(sentence, position)
    if not match or (
        match["many"] and sentence[position - 1 : position] in tuple("第前近每后到至")
    ):
        return None
    if match["weekday"]:
        return Phrase(position, match.end(), "recurring", every="P1W", due=match["weekday"])
    if match["other"]:
        every = iso_duration("2", match["other"])
    else:
        every = iso_duration(match["many"], match["long"])
    return Phrase(position, match.end(), "recurring", every=every)


def _framed(sentence: str, position: int) -> re.Match[str] | None:
    match = compiled(f"{_UNIT}{_REPORTS}").match(sentence, position)
    if not match or not compiled(_FRAME_AFTER).match(sentence, match.end()):
        return None
    framed = compiled(_FRAME_BEFORE).search(sentence[max(0, position - 4) : position])
    return match if framed else None


def _every(sentence: str, match: re.Match[str]) -> Phrase:
    unit = match["unit"]
    if unit == "工作日" or unit in "晚晨夜":
        every = "P1D"
    elif unit == "学期":
        every = "P6M"
    elif unit == "旬":
        every = "P10D"
    else:
        every = iso_duration(match["count"] or "1", unit)
    end = _due_end(sentence, match.end())
    due = sentence[match.end() : end].strip("的 \t\u3000") or None
    if due and unit in ("周", "星期") and due[0] in "一二三四五六日天末":
        due = unit + due
    counted = compiled(_COUNTED).match(sentence, end)
    return Phrase(
        match.start(), counted.end() if counted else end, "recurring", every=every, due=due
    )


def _link() -> re.Pattern[str]:
    return compiled(" (?:的(?=[\\d一二三四五六七八九十])|) ")


@cache
def _due_pieces() -> re.Pattern[str]:
    """Return the pattern of what may name a day inside a period, beside moments."""
    words = [name for entry in festivals().values() for name in entry.names]
    words += lexicon().seasons.words
    return compiled(
        r"的? (?:(?:第[一二三四]|首|末|最后[一1]?|[上中下])个? "
        r"(?:工作日|月份?|(?:周|星期)[一二三四五六日天]?|旬|日|天)"
        rf"|{SMALL} [日号](?:{CLOCK})?|[次翌当]日(?={CLOCK})"
        r"|[年月]? [底末初](?![步级中期始])"
        rf"|{any_of(words)}(?:来临|到来|结束)?(?=[之以]?[前后]|期间)"
        rf"|(?:结束|终了)后 (?:\d{{1,2}}|{SMALL}) 个? (?:工作日|日|天) (?=[之以]?内))"
    )


def _due_end(sentence: str, position: int) -> int:
    """Return the end of what names the day inside the period, such as 首月10日前."""
    end = position
    weekday = compiled(_WEEKDAYS).match(sentence, position)
    if weekday and sentence[position - 1] in "周期":
        end = weekday.end()
    while True:
        begin = _link().match(sentence, end).end()  # type: ignore[union-attr]
        piece = _due_pieces().match(sentence, begin)
        moment = None if piece else moment_at(sentence, begin)
        if moment and moment.names_year and moment.year_shift != 1:
            moment = None
        if not piece and not moment:
            break
        end = piece.end() if piece else moment.end  # type: ignore[union-attr]
        limit = compiled(" (?:[之以]?前(?!后)|止|之?内|期间)?").match(sentence, end)
        end = limit.end() if limit else end
        join = compiled(r"(?:[、和及与至到—－-]|以及)+").match(sentence, end)
        if join and (_due_pieces().match(sentence, join.end()) or moment_at(sentence, join.end())):
            end = join.end()
    clock = compiled(rf"(?:{CLOCK})(?:(?:至|到|、)(?:次日|翌日)?(?:{CLOCK}))?(?:[之以]?前)?").match(
        sentence, end
    )
    return clock.end() if clock else end
