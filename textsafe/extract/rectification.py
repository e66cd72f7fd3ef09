"""The five things that a rectification must have in place (五到位), where the text names them."""

from __future__ import annotations

import re
from functools import cache

from textsafe.records import Rectification

# 国务院安委办 五落实: responsibility, measures, funds, time limit and plan (S56).
_SLOTS = {
    "responsibility": r"(?:整改|治理)?责任(?:单位|部门|人|领导)?(?:及责任人)?",
    "measures": r"(?:整改|治理|防治)?措施",
    "funds": r"(?:整改|治理)?(?:资金|经费)(?:来源|安排|保障|预算)?",
    "deadline": r"(?:整改|完成|治理|办结)?(?:时限|期限|时间)",
    "plan": r"(?:应急)?预案|(?:应急|防范|管控|临时)措施",
}


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(f"(?P<{field}>{pattern})" for field, pattern in _SLOTS.items())
    return re.compile(
        rf"(?:^|(?<=[，,；;。（(、\s\d.．）)]))(?:{names})\s?[：:]\s?(?P<value>[^；;。\n\t）)]{{1,120}})"
    )


def rectification_of(text: str) -> Rectification:
    """Return what `text` gives for responsibility, measures, funds, time limit and plan.

    A field is filled only from a slot of its own (整改资金：5万元); the bare demand that all five
    be in place fills nothing.

    >>> slots = rectification_of("整改责任人：李某；整改资金：5万元；整改时限：6月30日前。")
    >>> slots.responsibility, slots.funds, slots.plan
    ('李某', '5万元', None)
    """
    if "：" not in text and ":" not in text:
        return Rectification()
    found: dict[str, str] = {}
    for match in _pattern().finditer(text):
        field = next(name for name in _SLOTS if match[name])
        found.setdefault(field, match["value"].strip())
    return Rectification(**found)
