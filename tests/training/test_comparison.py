"""Each error has a class that says what kind of rule would mend it."""

from __future__ import annotations

import pytest

from tests.training.gold import deadline, party, sector, task
from textsafe.training.comparison import compare
from textsafe.training.corpus import GoldDeadline, GoldParty, GoldUnit

SENTENCE = "县教育局要在6月底前排查食堂燃气。"
DUE = GoldDeadline(text="6月底前", kind="by", due="2024-06-30")


def unit(**fields):
    fields = {"label": "task", "modality": "must"} | fields
    return GoldUnit(name="1", text=SENTENCE, **fields)


def gold_party(name, role="owner", **more):
    return GoldParty(name=name, role=role, **more)


def found(modality="must", **fields):
    return [task(SENTENCE, modality, text=SENTENCE, **fields)]


@pytest.mark.parametrize(
    ("gold", "tasks", "kinds"),
    [
        (unit(), [], ["task_missed"]),
        (unit(label="other", modality=None), found(), ["task_invented"]),
        (unit(label="optional", modality=None), found(), []),
        (unit(), found("target"), ["modality_differs"]),
        (unit(parties=[gold_party("县教育局")]), found(), ["party_missed"]),
        (unit(parties=[gold_party("各镇")]), found(), ["party_not_inherited"]),
        (unit(), found(parties=(party("食堂"),)), ["party_wrong"]),
        (unit(), found(parties=(party("各镇", origin="inherited"),)), ["party_inherited_too_far"]),
        (unit(parties=[gold_party("县教育局", "lead")]), found(parties=(party("县教育局"),)),
         ["party_role"]),
        (unit(parties=[gold_party("县教育局")]),
         found(parties=(party("县教育局"), party("县教育局", "lead"))), ["party_role"]),
        (unit(parties=[gold_party("县教育局")]), found(parties=(party("教育局"),)),
         ["party_bounds"]),
        (unit(parties=[gold_party("县教育局", optional=True)]), found(), []),
        (unit(parties=[gold_party("县教育局", optional=True)]),
         found(parties=(party("县教育局"),)), []),
        (unit(deadlines=[DUE]), found(), ["deadline_missed"]),
        (unit(), found(deadlines=(deadline("6月底前", due="2024-06-30"),)), ["deadline_invented"]),
        (unit(deadlines=[DUE]), found(deadlines=(deadline("6月底前", due="2025-06-30"),)),
         ["deadline_value"]),
        (unit(deadlines=[DUE]), found(deadlines=(deadline("6月", due="2024-06-01"),)),
         ["deadline_span"]),
        (unit(deadlines=[DUE]), found(deadlines=(deadline("6月30日", due="2024-06-30"),)), []),
        (unit(deadlines=[GoldDeadline(text="年内", kind="by", due="2024-12-31")]), found(),
         ["deadline_not_inherited"]),
        (unit(), found(deadlines=(deadline("年内", due="2024-12-31", origin="inherited"),)),
         ["deadline_inherited_too_far"]),
        (unit(), found(deadlines=(deadline("立即", "immediate"),)), []),
        (unit(sectors=["gas"]), found(sectors=(sector("gas"),)), []),
        (unit(sectors=["gas"]), found(), ["sector_missed"]),
        (unit(), found(sectors=(sector("gas"),)), ["sector_invented"]),
        (unit(), found(sectors=(sector("gas", origin="inherited"),)),
         ["sector_inherited_too_far"]),
    ],
)  # fmt: skip
def test_classes(gold, tasks, kinds):
    assert [error.kind for error in compare(gold, tasks).differences] == kinds


def test_what_comes_with_a_missed_task_follows_from_it():
    missed = compare(unit(parties=[gold_party("县教育局")]), [])
    assert [(e.kind, e.follows) for e in missed.differences] == [
        ("task_missed", False),
        ("party_missed", True),
    ]


def test_both_sides_are_marked():
    gold = unit(parties=[gold_party("县教育局", "lead"), gold_party("各镇")], sectors=["gas"])
    made = found(parties=(party("县教育局"), party("食堂")), sectors=(sector("gas"),))
    compared = compare(gold, made)
    assert [(one.text, one.state) for one in compared.gold if one.text] == [
        ("must", "right"), ("县教育局", "differs"), ("各镇", "missed"), ("gas", "right"),
    ]  # fmt: skip
    assert [(one.text, one.state) for one in compared.found if one.text] == [
        ("must", "right"), ("县教育局", "differs"), ("食堂", "wrong"), ("gas", "right"),
    ]  # fmt: skip
