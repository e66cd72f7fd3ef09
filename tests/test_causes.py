"""The single cause statements are valid, and no two are nearly alike."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

CAUSES = Path(__file__).parent.parent / "corpora" / "causes"
COLUMNS = ["id", "split", "text", "level", "actor", "factors", "gb6442", "model24"]
SPLITS = {"3": "test", "7": "dev"}  # by the last digit of the number; all others train
FACTOR = re.compile(r"[1-3]\d{3}|4\d(\d\d)?")
ACTORS = {
    "worker", "equipment", "environment", "enterprise", "third_party", "regulator",
    "local_government", "public",
}  # fmt: skip
GB6442 = {
    "design", "training", "organisation", "supervision", "rules", "hazard_control", "other",
    "responsibility", "illegal", "emergency", "intermediary", "regulator", "local_government",
}  # fmt: skip
MODEL24 = {"unsafe_act", "unsafe_state", "habit", "system", "culture", "external"}
ALIKE = 0.5  # share of common trigrams of two statements


def statements() -> list[dict[str, str]]:
    with (CAUSES / "statements.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


ROWS = statements()


def test_columns() -> None:
    assert all(list(row) == COLUMNS and None not in row.values() for row in ROWS)


def test_there_are_enough_and_identifiers_are_unique() -> None:
    counted = Counter(row["id"] for row in ROWS)
    assert len(counted) >= 750
    assert max(counted.values()) == 1


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_statement(row: dict[str, str]) -> None:
    assert re.fullmatch(r"S\d{4}", row["id"])
    assert row["split"] == SPLITS.get(row["id"][-1], "train")
    assert 8 <= len(row["text"]) <= 60
    assert row["text"] == row["text"].strip("。；，、 ")
    assert row["level"] in {"direct", "indirect"}
    assert row["actor"] in ACTORS
    assert row["model24"] in MODEL24
    factors = row["factors"].split(" ")
    assert len(set(factors)) == len(factors) <= 2
    assert all(FACTOR.fullmatch(factor) for factor in factors)
    assert set(row["gb6442"].split()) <= GB6442
    assert bool(row["gb6442"]) == (row["level"] == "indirect")


def test_things_and_surroundings_are_states() -> None:
    for row in ROWS:
        if row["actor"] in {"equipment", "environment"}:
            assert row["model24"] == "unsafe_state", row["id"]


def test_no_two_are_nearly_alike() -> None:
    shingles: list[set[str]] = []
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(ROWS):
        letters = re.sub(r"\W", "", row["text"])
        own = {letters[at : at + 3] for at in range(len(letters) - 2)}
        common = Counter(other for shingle in own for other in holders[shingle])
        for other, shared in common.items():
            share = shared / len(own | shingles[other])
            assert share < ALIKE, (ROWS[other]["id"], row["id"])
        shingles.append(own)
        for shingle in own:
            holders[shingle].append(number)
