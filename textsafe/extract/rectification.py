"""The five things that a rectification must have in place (五到位), where the text names them."""

from __future__ import annotations

import re
from functools import cache

from textsafe.records import Rectification
from textsafe.taxonomies import forms


@cache
def _pattern() -> re.Pattern[str]:
    labels = forms().rectification
    names = "|".join(f"(?P<{label.id}>{label.pattern.pattern})" for label in labels)
    another = "|".join(label.pattern.pattern for label in labels)
    return re.compile(
        rf"(?:^|(?<=[，,；;。（(、\s\d.．）)]))(?:{names})\s?[：:]\s?"
        rf"(?P<value>[^；;。\n\t）)]{{1,120}}?)(?=[；;。\n\t）)]|$|[，,]\s?(?:{another})\s?[：:])"
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
        field = next(label.id for label in forms().rectification if match[label.id])
        found.setdefault(field, match["value"].strip())
    return Rectification(**found)
