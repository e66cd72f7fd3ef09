"""A task is charged to the units of which it covers more than half, or which hold it."""

from __future__ import annotations

import pytest

from tests.training.gold import task
from textsafe.training.charging import charge
from textsafe.training.corpus import GoldUnit

UNITS = [GoldUnit(name="1", text="一二三四五六七八"), GoldUnit(name="2", text="甲乙丙丁")]
TEXT = "一二三四五六七八甲乙丙丁"


@pytest.mark.parametrize(
    ("words", "charged"),
    [
        ("一二三四五六七八", "1"),
        ("一二三四五", "1"),
        ("三", "1"),
        ("一二三四五六七八甲乙丙丁", "12"),
        ("一二三四五六七八甲乙", "1"),
        ("五六七八甲乙丙丁", "2"),
        ("八甲乙", "2"),
        ("八甲", ""),
    ],
)
def test_shares(words, charged):
    found = charge(UNITS, [task(words, text=TEXT)], TEXT)
    names = [unit.name for unit, tasks in zip(UNITS, found, strict=True) if tasks]
    assert "".join(names) == charged


def test_white_space_and_order_do_not_count():
    text = "甲 乙丙\n丁\n\n一二三四 五六\t七八"
    found = charge(UNITS, [task("一二三四 五六\t七八", text=text)], text)
    assert [len(tasks) for tasks in found] == [1, 0]


def test_a_unit_that_was_not_read_is_charged_with_nothing():
    assert charge([GoldUnit(name="1", text="没有")], [task("三", text=TEXT)], TEXT) == [()]
