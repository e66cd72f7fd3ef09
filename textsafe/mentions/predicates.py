"""What follows the name of somebody who acts, and what is only said of somebody or something."""

from __future__ import annotations

import re
from functools import cache

from textsafe.mentions.bodies import opens_with
from textsafe.taxonomies import subject_language, task_language

_MANNER = (
    r"(?:有条件的)?(?:白天|夜间|晚上|平时|届时|近期|今后|汛期|节日期间|运行中|作业时|作业中|作业前|作业后|在[^，。；、]{1,10}(?:期间|时|前|后|中))?"
    r"(?:都|也|均|还|就|更|又|既|一定|务必|一律|必须|首先|仍|原则上|同时|特别|尤其|平时|同样|同步|分别|具体|共同|各自|按职责分工|按照职责分工)?"
)
_ORDER = (
    r"(?:要(?!求|素|害|点|件|么|道|职|有(?![序效力针]))|应当|应(?!急|用|对|届|收|变|答|付|酬|季)|应(?=对[^，。；]{2,24}(?:开展|进行|实施|组织|加强|予以|给予|落实|做到|负责))|须(?!知)|必须|务必|务须|不得|不准|不许|不能|严禁|"
    r"负责(?!人|同志|任)|牵头(?!单位|部门|科室|处室|的)|将(?!军)|可以?(?![能靠燃])|"
    r"是(?=[^，。]{0,40}(?:责任人|责任主体|责任单位|责任者)(?:$|[，；。]))|"
    r"对(?=[^，。；]{1,24}(?:应当|必须|要(?!求)|应予|不得)))"
)
_STRONG = re.compile(_MANNER + _ORDER)
# 党中央决策部署的各项工作: what follows the name only tells which work is meant.
_OF_SOMETHING = re.compile(
    r"[^，。；]{2,18}的(?:情况|各项|任务|工作|问题|行为|情形|要求|部署|决定|意见|通知|规定|[^，。；]{0,6}整治)"
)
# 驾驶员出车前应当检查, 企业动火作业须办票: an occasion or a work between the name and its order.
_OCCASION = re.compile(
    r"(?!离开|离岗|不在|缺席|下班|未)[^，。；、的：（]{2,9}?(?:之?前|以前|之?后|以后|期间|过程中|(?<![适及同临定按准随实小平暂])时)(?!间|限|段)(?<![提目当超]前)(?<![最先随然落]后)"
)
_WORK = re.compile(
    r"(?:动火|进场|入场|作业|施工|出车|出海|上岗|离岗|外出|停产|复产|复工|开工|转产|搬迁|装修|检修|用电|用气|用火|装卸|运输|驾驶|经营|生产)(?:作业)?"
)
_ON_CONDITION = re.compile(
    r"(?:[^，。；：、]{2,30}(?:的|时|后)|(?:未(?!来|成年)|无特殊)[^，。；：、]{2,24}|(?:发生|发现|出现|遇|接到|收到)[^，。；：、]{2,24})，(?:立即|马上|及时|不等|要(?!求)|应当|应(?!急)|必须|须|不得|不准|严禁)(?!由)"
)
# 农贸市场、超市等要…, 车站等公共场所要…: what closes a list before its order.
_AND_SO_ON = re.compile(
    r"等[^，。；、的（]{0,8}?(?=(?<![主重必首需只还])要(?!求)|应当|必须|须|不得|不准|严禁)"
)
# 师生在校园内应当…, 门卫在出入口登记…: where somebody acts.
_WHERE = re.compile(r"在[^，。；、的]{2,12}?(?:[内里上处外]|出入口|门口|场所|现场)(?=[^，。；、])")
# A与B保持联系: B is not told to.
_MUTUAL = re.compile(
    r"(?:与|同|和)[^，。；要应须]{2,20}?(?:保持|加强|建立|密切|签订|及时)[^，。；]{0,4}(?:联系|沟通|对接|衔接|联络|协商|协议|合同|责任书)"
)
# 各地在…的前提下，严格落实…: the circumstances fill the clause.
_CIRCUMSTANCES = re.compile(r"在[^，。；]{2,40}的(?:前提下|基础上|同时|情况下|过程中)，")
_IF = re.compile(r"[^，。；：]{1,60}的(?:[，。；]|$)")


def order_at(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the match of an order (要, 应当, 不得) that begins at `start`."""
    return _STRONG.match(text, start, end)


@cache
def _verbs() -> dict[str, tuple[str, ...]]:
    return opens_with(task_language().verbs.words)


@cache
def _openers() -> dict[str, tuple[str, ...]]:
    return opens_with((*task_language().openers.words, *task_language().verbs.words))


def verb_at(text: str, start: int) -> bool:
    """Return whether a verb or adverb that opens imperatives begins at `start`.

    >>> verb_at("县局加强巡查", 2), verb_at("县局大楼", 2)
    (True, False)
    """
    words = _verbs().get(text[start : start + 1])
    return words is not None and text.startswith(words, start)


def opens_predicate(text: str, start: int) -> bool:
    """Return whether a word that may follow a subject begins at `start`.

    >>> opens_predicate("保卫科白天巡查", 3), opens_predicate("保卫科人员", 3)
    (True, False)
    """
    if start < len(text) and text[start].isspace():
        start += 1
    if text.startswith(("负责人", "负责同", "负责任"), start):
        return False
    words = _openers().get(text[start : start + 1])
    known = words is not None and text.startswith(words, start)
    if not known and not acts_at(text, start):
        return False
    return not subject_language().no_predicates.pattern.match(text, start)


def acts_at(text: str, start: int) -> bool:
    """Return whether what begins at `start` is one of the predicates of those who act."""
    return bool(subject_language().predicates.pattern.match(text, start))


def says_what_is(text: str, start: int, end: int) -> bool:
    """Return whether what begins at `start` describes: a rate, a state, work of a higher body."""
    return bool(
        _OF_SOMETHING.match(text, start, end)
        or subject_language().no_predicates.pattern.match(text, start)
    )


def undergoes(text: str, start: int) -> bool:
    """Return whether the subject of the order that begins at `start` undergoes it.

    >>> undergoes("外包人员必须纳入统一管理", 4), undergoes("企业必须停产", 2)
    (True, False)
    """
    return bool(subject_language().undergoes.pattern.match(text, start))


def is_condition(text: str, start: int, end: int) -> bool:
    """Return whether the clause from `start` on only says in which case: …未整改的，…."""
    return bool(_IF.match(text, start, min(end + 1, len(text))))


def after_occasion(text: str, start: int, end: int) -> int | None:
    """Return where the predicate begins behind an occasion or work that follows a name.

    >>> text = "驾驶员出车前应当检查制动"
    >>> text[after_occasion(text, 3, len(text)) :]
    '应当检查制动'
    """
    work = _WORK.match(text, start, end)
    if work and order_at(text, work.end(), end):
        return work.end()
    occasion = _OCCASION.match(text, start, end)
    if occasion and (order_at(text, occasion.end(), end) or opens_predicate(text, occasion.end())):
        return occasion.end()
    return None


def lists_more(text: str, start: int) -> int:
    """Return where the order follows that a list ending at `start` opens (等公共场所要…).

    >>> lists_more("商场、超市等公共场所要限流", 5)
    10
    """
    match = _AND_SO_ON.match(text, start)
    return match.end() if match else start


def is_mutual(text: str, start: int) -> bool:
    """Return whether what begins at `start` is done with another: 与家属保持联系."""
    return bool(_MUTUAL.match(text, start))


def after_place(text: str, start: int, end: int) -> int | None:
    """Return where the predicate begins behind the place where somebody acts (在门口登记)."""
    place = _WHERE.match(text, start, end)
    if place is None:
        return None
    after = place.end()
    return after if order_at(text, after, end) or verb_at(text, after) else None


def after_circumstances(text: str, start: int) -> int | None:
    """Return where the predicate begins behind a clause of circumstances: 在…的前提下，…."""
    match = _CIRCUMSTANCES.match(text, start)
    return match.end() if match and opens_predicate(text, match.end()) else None


def order_after_condition(text: str, start: int, end: int) -> int | None:
    """Return where the order begins in 企业(发生事故的，)应当立即报告; None where there is none."""
    condition = _ON_CONDITION.match(text, start, end)
    return text.index("，", start) + 1 if condition else None
