"""Scores of single sentences, by kind of deadline and by class of wording."""

from __future__ import annotations

import datetime as dt

from textsafe.training.corpus import GoldDeadline, GoldParty, GoldUnit
from textsafe.training.evaluate import Compared
from textsafe.training.figures import Score, Share
from textsafe.training.sentences import (
    compare_deadlines,
    compare_parties,
    deadline_figures,
    party_figures,
)


def sentence(text, *, parties=(), deadlines=(), group=None):
    return GoldUnit(
        name="1", text=text, label="task", group=group, date=dt.date(2024, 3, 1),
        parties=[GoldParty(name=name, role=role) for name, role in parties],
        deadlines=[GoldDeadline(text="x", **one) for one in deadlines],
    )  # fmt: skip


def test_parties():
    sentences = [
        sentence("各镇要排查。", parties=[("各镇", "owner")], group="modal"),
        sentence("各镇要整改。", parties=[("各镇", "lead")], group="modal"),
        sentence("完成整改。（县住建局牵头）", parties=[("县住建局", "lead")], group="bracket"),
        sentence("完成整改。（县住建局牵头）", parties=[("县城管局", "lead")], group="bracket"),
    ]
    figures = party_figures([Compared("a", tuple(map(compare_parties, sentences)))])
    assert figures.fields == {
        "sentence": Share(right=2, total=4),
        "party": Score(right=3, wrong=1, missed=1),
        "party+role": Score(right=2, wrong=2, missed=2),
    }
    groups = {one.name: one.fields["sentence"] for one in figures.groups["why"]}
    assert groups == {"modal": Share(right=1, total=2), "bracket": Share(right=1, total=2)}


def test_deadlines():
    sentences = [
        sentence("6月底前完成。", deadlines=[{"kind": "by", "due": "2024-06-30"}]),
        sentence("每月5日前报送。", deadlines=[{"kind": "recurring", "every": "P1W"}]),
        sentence("加强领导。"),
    ]
    figures = deadline_figures([Compared("a", tuple(map(compare_deadlines, sentences)))])
    assert figures.fields == {
        "sentence": Share(right=2, total=3),
        "deadline": Score(right=1, wrong=1, missed=1),
    }
    kinds = {one.name: one.fields["deadline"] for one in figures.groups["deadline_kind"]}
    assert kinds == {"by": Score(right=1), "recurring": Score(wrong=1, missed=1)}


def test_a_remark_on_each_sentence_is_no_class():
    sentences = [sentence(f"各镇要做{n}件事。", group=f"remark {n}") for n in range(3)]
    figures = party_figures([Compared("a", tuple(map(compare_parties, sentences)))])
    assert figures.groups["why"] == ()
