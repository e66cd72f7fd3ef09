"""When two writings name one party, and two deadlines mean one time."""

from __future__ import annotations

import pytest

from tests.training.gold import deadline
from textsafe.training.corpus import GoldDeadline
from textsafe.training.values import deadline_value, name_key


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("各县(市、区)", "各县（市、 区）", True),
        ("县“安委办”", "县安委办", True),
        ("各村等", "各村", True),
        ("县教育局", "县教体局", False),
    ],
)
def test_names(one, other, same):
    assert (name_key(one) == name_key(other)) is same


@pytest.mark.parametrize(
    ("found", "gold", "same"),
    [
        ({"kind": "by", "due": "2024-06-30"}, {"kind": "by", "due": "2024-06-30"}, True),
        ({"kind": "by", "due": "2024-06-30"}, {"kind": "by", "due": "2024-06-29"}, False),
        ({"kind": "relative", "due": "2024-06-30", "duration": "P30D"},
         {"kind": "by", "due": "2024-06-30"}, True),
        ({"kind": "relative", "due": "2024-06-30", "duration": "P30D", "after": "发现"},
         {"kind": "relative", "duration": "P30D"}, True),
        ({"kind": "relative", "duration": "P2W"}, {"kind": "relative", "duration": "P14D"}, True),
        ({"kind": "relative", "duration": "P5D", "working_days": True},
         {"kind": "relative", "duration": "P5D"}, False),
        ({"kind": "span", "start": "2024-01-01", "due": "2024-06-30"},
         {"kind": "span", "start": "2024-01-01", "due": "2024-06-30"}, True),
        ({"kind": "span", "due": "2024-06-30"},
         {"kind": "span", "start": "2024-01-01", "due": "2024-06-30"}, False),
        ({"kind": "recurring", "every": "P1M", "due": "5日前"},
         {"kind": "recurring", "every": "P1M"}, True),
        ({"kind": "event", "event": "汛期前"}, {"kind": "event", "event": "汛期"}, True),
        ({"kind": "event"}, {"kind": "event", "event": "复工"}, False),
    ],
)  # fmt: skip
def test_deadlines(found, gold, same):
    one = deadline_value(deadline("x", **found))
    other = deadline_value(GoldDeadline(text="x", **gold))
    assert (one == other) is same
