"""Whether an expression of time limits a task: traps, slots, orders.

An expression whose form states a limit (6月底前) is a deadline unless a trap speaks against it.
One that only names a time (6月, 今年, 春节期间) needs an order or an action beside it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from textsafe.mentions.deadlines.lexicon import Trap, any_of, lexicon
from textsafe.mentions.deadlines.moments import Moment
from textsafe.mentions.deadlines.numerals import compiled
from textsafe.mentions.deadlines.phrases import Phrase, before
from textsafe.mentions.deadlines.resolve import Period

_REACH = 120
_CELL_BEFORE = r"[|｜\t] $"
_CELL_AFTER = r" (?:[|｜\t]|$)"
_QUOTING = (("《", "》"), ("〈", "〉"), ("«", "»"))
# 〔2024〕12号 is a number; 〔责任单位：…；完成时限：6月底〕 assigns.
_NUMBERING = r"[〔\[][^〔〕\[\]]{0,4}$"
_VALIDITY_LABEL = r"(?:有效|营业|经营|合同|租赁|保修|使用|许可|聘用|质保)期限?[：:为是] $"
_OTHER_LABEL = r"(?:时 间|日 期)[：:]?[\t|｜]? $"
_STAGE = (
    r"(?:阶段|部署|动员|启动|宣传|培训|摸底|普查|排查|自查|自纠|整治|整改|治理|攻坚|提升|实施|开展|督查|检查|抽查"
    r"|复查|推进|巩固|验收|评估|考核|收尾|总结|回头看)(?:阶段)?[（(]$"
)
_BRACKET = r"[（(][^（）()]{0,4}$"
_REPORTED_AS_OF = r"^截[至止]"
_RECURS = r"每(?:年|季|月|旬|周|星期|日|天|半)"
_APPLICATIONS = r"报名|申报|提交|征集|征求|受理|投稿|投标|缴费|登记"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The text around an expression, bounded so that long sentences cost no more."""

    left: str
    text: str
    right: str

    @property
    def clause(self) -> str:
        """What stands between the last comma and the expression."""
        return re.split("[，。；：:,]", self.left)[-1]


def surroundings(sentence: str, phrase: Phrase) -> Surroundings:
    """Return the text around `phrase`."""
    return Surroundings(
        before(sentence, phrase.start, _REACH),
        sentence[phrase.start : phrase.end],
        sentence[phrase.end : phrase.end + _REACH],
    )


def is_deadline(sentence: str, phrase: Phrase, period: Period | None, date: dt.date | None) -> bool:
    """Return whether `phrase` limits when something has to be done.

    Args:
        sentence: The sentence.
        phrase: The expression.
        period: The days it names, where they are known.
        date: The document's date.
    """
    around = surroundings(sentence, phrase)
    if phrase.kind == "immediate":
        return not _trapped(phrase, around)
    if _quoted(around):
        return False
    if _in_slot(around):
        return True
    if phrase.kind == "ongoing" or _trapped(phrase, around) or _only_begins(phrase, around):
        return False
    if phrase.kind in ("by", "span") and _is_past(phrase, period, date, around):
        return False
    return (phrase.firm and not _has_begun(phrase, period, date)) or _is_ordered(
        phrase, around, period, date
    )


def _quoted(around: Surroundings) -> bool:
    """Whether the expression stands inside a title or the number of a document."""
    if any(around.left.rfind(left) > around.left.rfind(right) for left, right in _QUOTING):
        return True
    if re.search(_NUMBERING, around.left):
        return True
    return around.right[:1] in "》»" and bool(around.right)


def _in_slot(around: Surroundings) -> bool:
    """Whether the expression fills a slot of a form, a cell of a table or a stage's bracket."""
    if compiled(_VALIDITY_LABEL).search(around.left):
        return False
    if _slot().search(around.left):
        return True
    if compiled(_OTHER_LABEL).search(around.left):
        return False
    cell_before = compiled(_CELL_BEFORE).search(around.left)
    cell_after = compiled(_CELL_AFTER).match(around.right)
    if cell_after and (cell_before or (not around.left.strip() and around.right.strip())):
        return True
    return bool(compiled(_STAGE).search(around.left)) and around.right[:1] in "）)"


@cache
def _slot() -> re.Pattern[str]:
    words = any_of(lexicon().slots.words)
    return compiled(rf"{words}[)）]?(?: [：:为是] |[|｜\t] | )$")


@cache
def _traps() -> tuple[tuple[Trap, re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (
            trap,
            re.compile(f"(?:{trap.left})$" if trap.left else ""),
            re.compile(f"(?:{trap.text})$" if trap.text else ""),
            re.compile(trap.right),
        )
        for trap in lexicon().traps
    )


def _trapped(phrase: Phrase, around: Surroundings) -> bool:
    return any(
        left.search(around.left[-40:].rstrip())
        and text.search(around.text)
        and right.match(around.right)
        for trap, left, text, right in _traps()
        if phrase.kind in trap.kinds and (trap.firm or not phrase.firm)
    )


def _is_past(
    phrase: Phrase, period: Period | None, date: dt.date | None, around: Surroundings
) -> bool:
    """Whether the time is over, or only says as of when something was counted."""
    if period and date and phrase.last and period.last < date:
        return True
    if re.match(_REPORTED_AS_OF, around.text):
        coming = period is not None and date is not None and period.last.year == date.year
        if coming and _orders().search(re.split("[；。]", around.right)[0]):
            return False
        return not re.search(_APPLICATIONS, around.left + around.right)
    return False


def _only_begins(phrase: Phrase, around: Surroundings) -> bool:
    """Whether a time only says from when on: 2024年开始, 自4月起 beside what recurs."""
    first = phrase.first
    if phrase.kind != "span" or first is None or phrase.last or phrase.event:
        return False
    if not phrase.firm and _only_a_year(first):
        return True
    is_near = not (first.names_year or first.month)
    return is_near or (first.day is None and bool(re.search(_RECURS, around.right)))


def _has_begun(phrase: Phrase, period: Period | None, date: dt.date | None) -> bool:
    """Whether an open span began before the document, as past facts do: 自2015年起已…."""
    opened = phrase.kind == "span" and phrase.last is None and phrase.first is not None
    return bool(opened and period and date and period.first < date)


def _is_ordered(
    phrase: Phrase, around: Surroundings, period: Period | None, date: dt.date | None
) -> bool:
    """Whether an order or an action stands beside an expression that only names a time."""
    if compiled(_BRACKET).search(around.left) and around.right[:1] in "）)":
        return False
    scope = re.split("[；。]", around.right)[0]
    ordered = bool(_orders().search(scope) or _orders().search(around.clause[-24:]))
    moment = phrase.last
    if moment and moment.year_shift == 0 and _only_a_year(moment):
        return bool(_completions().search(scope))
    if moment and moment.day and phrase.kind == "by":
        if _rolled(moment, period, date):
            return bool(_orders().search(around.clause))
        return ordered or (around.left[-1:] == "于" and bool(_actions().search(scope)))
    # 大年三十到初六 is said of the next winter only.
    to_come = phrase.kind == "span" and moment is not None and moment.lunar
    if moment and _rolled(moment, period, date) and not to_come:
        return ordered
    if phrase.kind == "event":
        scope += around.clause[-24:]
    return ordered or bool(_actions().search(scope))


def _only_a_year(moment: Moment) -> bool:
    return not any((moment.month, moment.quarter, moment.half, moment.part, moment.day))


def _rolled(moment: Moment, period: Period | None, date: dt.date | None) -> bool:
    """Whether the year was taken to be the next one, which a narrative never means."""
    if moment.names_year or period is None or date is None:
        return False
    return period.last.year > date.year


@cache
def _orders() -> re.Pattern[str]:
    return re.compile(any_of(lexicon().orders.words))


@cache
def _actions() -> re.Pattern[str]:
    return re.compile(any_of(lexicon().actions.words))


@cache
def _completions() -> re.Pattern[str]:
    return re.compile(any_of(lexicon().completions.words))
