"""The annotated sentences are valid: names and times stand in them, and no two are nearly alike."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import Any, get_args

import pytest

from textsafe.records import DeadlineKind, Role

CORPORA = Path(__file__).parent.parent / "corpora"
SENTENCES = CORPORA / "sentences"
README = (CORPORA / "README.md").read_text("utf-8")


def read(name: str) -> list[dict[str, Any]]:
    lines = (SENTENCES / name).read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


PARTIES = read("parties.jsonl")
DEADLINES = read("deadlines.jsonl")
LEVELS = {"state", "province", "city", "county", "township", "enterprise"}
DURATION = re.compile(r"P(\d+[DWMY]|T\d+[HM])")
STOP = re.compile(r"[。！？；](?!$)|\n")
BRACKETED = re.compile(r"（[^（）]*(?:（[^（）]*）[^（）]*)*）")
DEADLINE_KEYS: dict[str, tuple[set[str], set[str]]] = {  # kind: keys it must have, keys it may have
    "by": ({"due"}, {"event"}),
    "span": ({"start"}, {"due"}),
    "recurring": ({"every"}, {"due"}),
    "relative": ({"duration"}, {"after", "due", "working_days"}),
    "event": ({"event"}, {"due", "start"}),
    "immediate": (set(), set()),
    "ongoing": (set(), set()),
}
ALIKE = 0.7  # share of common trigrams of two sentences


def identifier(row: dict[str, Any]) -> str:
    return str(row["id"])


def test_there_are_enough_of_either_kind() -> None:
    assert len(PARTIES) >= 400
    assert sum(row["id"].startswith("B") for row in DEADLINES) >= 130


def test_identifiers_are_unique() -> None:
    counted = Counter(map(identifier, chain(PARTIES, DEADLINES)))
    assert max(counted.values()) == 1


def test_splits() -> None:
    for row in PARTIES:
        assert row["split"] == ("test" if int(row["id"][1:]) % 2 else "train"), row["id"]
    for row in DEADLINES:
        assert row["split"] == {"B": "test", "D": "train"}[row["id"][0]], row["id"]


def test_classes_of_sentences_with_parties_are_listed() -> None:
    assert all(f"`{row['why']}`" in README for row in PARTIES)


@pytest.mark.parametrize("row", PARTIES, ids=identifier)
def test_parties(row: dict[str, Any]) -> None:
    assert set(row) == {"id", "split", "text", "parties", "why"}
    assert 12 <= len(row["text"]) <= 120
    assert not STOP.search(BRACKETED.sub("", row["text"])), "more than one unit"
    names = [party["name"] for party in row["parties"]]
    assert len(set(names)) == len(names)
    for party in row["parties"]:
        assert {"name", "role"} <= set(party)
        assert set(party) <= {"name", "role", "level", "canonical", "optional"}
        assert party["name"] in row["text"]
        assert party["role"] in get_args(Role)
        assert party.get("level", "state") in LEVELS
        assert party.get("optional", True) is True
        assert party.get("canonical") != party["name"]


@pytest.mark.parametrize("row", DEADLINES, ids=identifier)
def test_deadlines(row: dict[str, Any]) -> None:
    assert set(row) == {"id", "split", "text", "date", "deadlines", "why"}
    assert row["date"] is None or dt.date.fromisoformat(row["date"])
    for deadline in row["deadlines"]:
        assert deadline["text"] in row["text"]
        assert deadline["kind"] in get_args(DeadlineKind)
        needed, allowed = DEADLINE_KEYS[deadline["kind"]]
        keys = set(deadline) - {"text", "kind", "optional"}
        assert needed <= keys <= needed | allowed, deadline
        if deadline["kind"] != "recurring":
            for key in {"start", "due"} & keys:  # null where it must stay open
                assert deadline[key] is None or dt.date.fromisoformat(deadline[key])
        for key in {"every", "duration"} & keys:
            assert DURATION.fullmatch(deadline[key]), deadline
        if deadline["kind"] == "span" and deadline["start"] and deadline.get("due"):
            assert deadline["start"] <= deadline["due"]


@pytest.mark.parametrize("rows", [PARTIES, DEADLINES], ids=["parties", "deadlines"])
def test_no_two_sentences_are_nearly_alike(rows: list[dict[str, Any]]) -> None:
    texts = [row["text"] for row in rows]
    grams = [{text[i : i + 3] for i in range(len(text) - 2)} for text in texts]
    for i, first in enumerate(grams):
        for j, second in enumerate(grams[:i]):
            if rows[i]["id"][0] == rows[j]["id"][0] == "D":
                continue  # pairs that differ in one point are meant to
            common = len(first & second)
            assert common < ALIKE * (len(first) + len(second) - common), (texts[i], texts[j])
