"""Events that limit (汛期前, 全国“两会”期间, 复工前, 春节前), and what the calendar gives."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from textsafe.mentions.deadlines.calendar import festival
from textsafe.mentions.deadlines.lexicon import any_of, festivals, lexicon
from textsafe.mentions.deadlines.numerals import YEAR, compiled
from textsafe.mentions.deadlines.phrases import Phrase, before

_NOT_BEFORE = (
    r"前(?:[期提置端沿列往述款来移瞻科身进方面线哨后任景缀站台]"
    r"|[一二三四五六七八九十\d]{1,3}(?:个(?!月)|名|位|项|季))"
)
_YEAR_OF = rf"(?:(?:{YEAR}年|[今明来本]年|每年)的?)?"
_COME = r"(?:来临|到来|开始|结束|放假|假期|长假|假日|节日|小长假)?"
# The doer before an event is not part of it: 各学校|开学前.
_DOER = (
    r"^.*(?:各.{1,3}$|员工|职工|工人|学生|师生|教师|驾驶员|船员|司机|业主|企业|单位|部门|学校|公司|机构|医院|商场|景区|乡镇|街道|各地|人民政府|局|厅|委|办|们|人员"
    r"|力争|争取|确保|务必|完成|开展|组织|进行|做好|抓好|加强|强化|落实|严格|规范|对照|按照|根据|督促|要求"
    r"|(?<![响供反适相])应(?![急用])|[在于须要请将对各并和与由前后是])"
)


# “五一”假期，… and 汛期实行… name a period without 期间.
_AS_ADVERB = r"期(?:(?<=假期)[，,、]|(?:每|应|必须|须|实行|执行|严禁|不得|严格执行|坚持))"
# 没有解除之前 is a condition.
_NO_EVENT = r"没有?|未"

# 隐患整改完成后，…: the end of something opens a clause of its own.
_DONE = (
    r"(?<![^，。；：）)、.．\s])(?P<object>[^，。；：、（）“”《》\s]{1,12}?)"
    r"(?:(?<!作业)(?<!检查)(?<!培训)(?<!会议)(?:完成|结束)|解除|竣工|销号|到位)[之以]?$"
)


@lru_cache(maxsize=8)
def _named(local: tuple[str, ...]) -> str:
    names = [name for entry in festivals().values() for name in entry.names]
    words = [*names, *lexicon().seasons.words, *map(re.escape, local)]
    one = rf"[“\"]?{any_of(words)}[”\"]?"
    rank = "(?:全国|省市?|市县?|全省|全市|重大|重要)?"
    return rf"{_YEAR_OF}{rank}{one}(?:[、和及至到]?{one}){{0,4}}{_COME}"


@lru_cache(maxsize=8)
def _before(local: tuple[str, ...]) -> re.Pattern[str]:
    verbs = any_of(lexicon().acts.words)
    plain = r"[^，。；：、（）“”《》【】年月日号\s\d!-/:-@\[-`]{0,14}?"
    return compiled(rf"(?:(?P<named>{_named(local)})|(?P<object>{plain}){verbs})[之以]?$")


@lru_cache(maxsize=8)
def _during(local: tuple[str, ...]) -> re.Pattern[str]:
    periods = any_of(lexicon().periods.words)
    return compiled(rf"(?:{_named(local)}|{periods})$")


@lru_cache(maxsize=8)
def _later(local: tuple[str, ...]) -> re.Pattern[str]:
    return compiled(rf"{_named(local)}[之以]?$")


def event_at(sentence: str, position: int, local: tuple[str, ...] = ()) -> Phrase | None:
    """Return the event that ends with the 前, 期间 or 后 at `position`, or None.

    Args:
        sentence: The sentence.
        position: Where 前, 期间, 内 or 后 begins.
        local: Names of local events besides those of ``data/deadlines.toml``.

    >>> event_at("各镇要在汛期前完成", 6).event
    '汛期前'
    """
    mark = sentence[position]
    left = before(sentence, position, 22)
    if mark == "前" and not compiled(_NOT_BEFORE).match(sentence, position):
        end = position + (2 if sentence.startswith("前夕", position) else 1)
        return _event(_before(local).search(left), position - len(left), end, sentence, firm=True)
    if mark == "期" and sentence.startswith("期间", position):
        found = _during(local).search(left)
        return _event(found, position - len(left), position + 2, sentence, firm=False)
    if mark == "期" and compiled(_AS_ADVERB).match(sentence, position):
        found = _later(local).search(left + mark)
        return _event(found, position - len(left), position + 1, sentence, firm=False)
    if mark == "内" and left[-1:] in "期季" and left:
        found = _later(local).search(left)
        return _event(found, position - len(left), position + 1, sentence, firm=False)
    if mark == "后" and not compiled("后[勤续方期]").match(sentence, position):
        return _after(left, position, sentence, local)
    return None


def _after(left: str, position: int, sentence: str, local: tuple[str, ...]) -> Phrase | None:
    found = _later(local).search(left)
    if found and left[: found.start()].endswith("进入"):
        return None
    if not found and compiled("后[，,]").match(sentence, position):
        found = compiled(_DONE).search(left)
    return _event(found, position - len(left), position + 1, sentence, firm=False)


def _event(
    match: re.Match[str] | None, offset: int, end: int, sentence: str, *, firm: bool
) -> Phrase | None:
    if match is None or re.search(_NO_EVENT, match.groupdict().get("object") or ""):
        return None
    begin = match.start()
    doer = re.match(_DOER, match.groupdict().get("object") or "")
    if doer:
        begin += doer.end()
    start = offset + begin
    event = sentence[start:end]
    return Phrase(start, end, "event", firm=firm, event=event)


def festival_of(event: str) -> str | None:
    """Return the festival that an event is about, or None where it is none or more than one.

    >>> festival_of("国庆节前")
    '国庆节'
    """
    found = {name for name, entry in festivals().items() if re.search(any_of(entry.names), event)}
    return found.pop() if len(found) == 1 else None


def next_festival(name: str, date: dt.date) -> dt.date | None:
    """Return the first day of a festival after `date`, or None where the table ends.

    >>> next_festival("元旦", dt.date(2023, 12, 14))
    datetime.date(2024, 1, 1)
    """
    days = (festival(name, year) for year in (date.year, date.year + 1))
    return next((day for day in days if day is not None and day > date), None)
