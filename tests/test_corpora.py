"""The annotated corpora are valid, and their Word and PDF files say what their texts say."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import Any, get_args

import pytest

from textsafe.document import Kind
from textsafe.readers import read
from textsafe.records import DeadlineKind, Modality, Role

ROOT = Path(__file__).parent.parent
CORPORA = ROOT / "corpora"
TASKS = CORPORA / "tasks"
ACCIDENTS = CORPORA / "accidents"
TEXTS = sorted([*TASKS.glob("*.txt"), *ACCIDENTS.glob("*.txt")])
FILES = sorted(
    path for folder in (TASKS, ACCIDENTS) for pattern in ("*.docx", "*.pdf")
    for path in folder.glob(pattern)
)  # fmt: skip
TASK_IDS = [path.stem for path in sorted(TASKS.glob("*.txt"))]
ACCIDENT_IDS = [path.stem for path in sorted(ACCIDENTS.glob("*.txt"))]
LETTERHEADS = [
    json.loads(line) for line in (CORPORA / "letterhead.jsonl").read_text("utf-8").splitlines()
]

DURATION = re.compile(r"P(\d+[DWMY]|T\d+[HM])")
PHONE = re.compile(r"(?<!\d)(1[3-9]\d{9}|0\d{2,3}[-—]?\d{7,8}|[2-9]\d{6,7})(?!\d)")
OPTIONAL = {"optional"}
DEADLINE_KEYS: dict[str, tuple[set[str], set[str]]] = {  # kind: keys it must have, keys it may have
    "by": ({"due"}, {"event"}),
    "span": ({"start", "due"}, set()),
    "recurring": ({"every"}, {"due"}),
    "relative": ({"duration"}, {"after", "due", "working_days"}),
    "event": ({"event"}, {"due"}),
    "immediate": (set(), set()),
    "ongoing": (set(), set()),
}
GB6442 = {
    "design", "training", "organisation", "supervision", "rules", "hazard_control", "other",
    "responsibility", "illegal", "emergency", "intermediary", "regulator", "local_government",
}  # fmt: skip
ACTORS = {
    "worker", "equipment", "environment", "enterprise", "third_party", "regulator",
    "local_government", "public",
}  # fmt: skip
MODEL24 = {"unsafe_act", "unsafe_state", "habit", "system", "culture", "external"}
ACCIDENT_FIELDS = {
    "name", "occurred_at", "location", "units", "deaths", "missing", "serious_injuries",
    "minor_injuries", "injuries", "direct_loss_wan", "severity", "severity_by_rule", "nature",
    "type_2025", "type_1986", "sector",
}  # fmt: skip


def cut_units(text: str) -> list[tuple[int, int]]:
    """Cut a text at line breaks and at `。！？；` outside brackets."""
    units, start, depth = [], 0, 0
    for index, character in enumerate(text):
        if character in "（〔":
            depth += 1
        elif character in "）〕":
            depth -= 1
        if character == "\n":
            units.append((start, index))
            start, depth = index + 1, 0
        elif character in "。！？；" and depth == 0:
            units.append((start, index + 1))
            start = index + 1
    return [(start, end) for start, end in units if text[start:end].strip()]


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


def text_of(folder: Path, identifier: str) -> str:
    return (folder / f"{identifier}.txt").read_text("utf-8")


def gold_of(identifier: str) -> list[dict[str, Any]]:
    lines = (TASKS / f"{identifier}.gold.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def sector_ids() -> set[str]:
    data = tomllib.loads((ROOT / "textsafe/data/sectors.toml").read_text("utf-8"))
    return {sector["id"] for sector in data["sector"]}


@pytest.mark.parametrize("identifier", TASK_IDS)
def test_units_are_cut_by_the_rule_and_stand_where_they_say(identifier: str) -> None:
    text = text_of(TASKS, identifier)
    lines = (TASKS / f"{identifier}.units.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t", 3) for line in lines]
    assert [int(number) for number, *_ in rows] == list(range(1, len(rows) + 1))
    assert [(int(start), int(end)) for _, start, end, _ in rows] == cut_units(text)
    for _, start, end, unit in rows:
        assert text[int(start) : int(end)] == unit


@pytest.mark.parametrize("identifier", TASK_IDS)
def test_labels_of_units_are_known(identifier: str) -> None:
    units = len(cut_units(text_of(TASKS, identifier)))
    numbers = [row["u"] for row in gold_of(identifier)]
    assert numbers == sorted(set(numbers))
    assert all(1 <= number <= units for number in numbers)
    for row in gold_of(identifier):
        if row["label"] == "task":
            assert set(row) == {"u", "label", "modality", "parties", "deadlines", "sectors"}
            assert row["modality"] in get_args(Modality)
        else:
            assert set(row) == {"u", "label"}
            assert row["label"] in {"heading", "optional"}


@pytest.mark.parametrize("identifier", TASK_IDS)
def test_parties_stand_in_the_text(identifier: str) -> None:
    text = text_of(TASKS, identifier)
    for row in gold_of(identifier):
        parties = row.get("parties", [])
        assert max(Counter(party["name"] for party in parties).values(), default=1) == 1, row
        for party in parties:
            assert {"name", "role"} <= set(party) <= {"name", "role", "optional"}
            assert party["name"] in text
            assert party["role"] in get_args(Role)


@pytest.mark.parametrize("identifier", TASK_IDS)
def test_deadlines_stand_in_the_text_and_have_the_values_of_their_kind(identifier: str) -> None:
    text = text_of(TASKS, identifier)
    for row in gold_of(identifier):
        for deadline in row.get("deadlines", []):
            assert deadline["text"] in text
            kind = deadline["kind"]
            assert kind in get_args(DeadlineKind)
            needed, allowed = DEADLINE_KEYS[kind]
            keys = set(deadline) - {"text", "kind"}
            assert needed <= keys <= needed | allowed | OPTIONAL, deadline
            if kind != "recurring":
                for key in {"start", "due"} & keys:
                    assert dt.date.fromisoformat(deadline[key])
            for key in {"every", "duration"} & keys:
                assert DURATION.fullmatch(deadline[key])
            if kind == "span":
                assert deadline["start"] <= deadline["due"]


@pytest.mark.parametrize("identifier", TASK_IDS)
def test_sectors_of_tasks_are_known(identifier: str) -> None:
    known = sector_ids()
    for row in gold_of(identifier):
        assert set(row.get("sectors", [])) <= known


@pytest.mark.parametrize("identifier", ACCIDENT_IDS)
def test_accident_gold_is_valid(identifier: str) -> None:
    text = text_of(ACCIDENTS, identifier)
    gold = json.loads((ACCIDENTS / f"{identifier}.gold.json").read_text("utf-8"))
    fields = gold["fields"]
    assert set(fields) == ACCIDENT_FIELDS
    assert dt.datetime.fromisoformat(fields["occurred_at"])
    assert fields["sector"] in sector_ids()
    assert fields["name"] is None or fields["name"] in text
    assert all(value in text for value in [fields["location"], *fields["units"]])
    units = cut_units(text)
    for cause in gold["causes"]:
        start, end = units[cause["u"] - 1]
        assert cause["text"] in text[start:end]
        assert isinstance(cause["certain"], bool)
        assert cause["level"] in {"direct", "indirect"}
        assert cause["actor"] in ACTORS
        assert cause["factors"]
        assert all(re.fullmatch(r"[1-4]\d(\d\d)?", factor) for factor in cause["factors"])
        assert set(cause["gb6442"]) <= GB6442
        assert bool(cause["gb6442"]) == (cause["level"] == "indirect")
        assert cause["model24"] in MODEL24


def test_every_document_has_one_letterhead_and_one_split() -> None:
    assert sorted(row["id"] for row in LETTERHEADS) == sorted(TASK_IDS + ACCIDENT_IDS)
    splits = tomllib.loads((CORPORA / "splits.toml").read_text("utf-8"))
    for corpus, identifiers in (("tasks", TASK_IDS), ("accidents", ACCIDENT_IDS)):
        assert set(splits[corpus]) == {"train", "dev", "test"}
        assert sorted(chain.from_iterable(splits[corpus].values())) == identifiers


@pytest.mark.parametrize("row", LETTERHEADS, ids=lambda row: row["id"])
def test_letterheads_stand_in_the_text(row: dict[str, Any]) -> None:
    folder = TASKS if row["id"] in TASK_IDS else ACCIDENTS
    text = squeeze(text_of(folder, row["id"]))
    keys = {"id", "title", "issuer", "number", "date", "kind", "recipients"}
    assert set(row) == keys
    for value in (row["title"], row["issuer"], row["number"], *row["recipients"]):
        assert value is None or squeeze(value) in text
    day = dt.date.fromisoformat(row["date"])
    assert f"{day.year}年{day.month}月{day.day}日" in text
    assert row["kind"] in get_args(Kind)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_no_document_holds_a_telephone_number(path: Path) -> None:
    assert not PHONE.search(path.read_text("utf-8"))


def test_there_are_word_and_pdf_files() -> None:
    formats = Counter(path.suffix for path in FILES)
    assert formats[".docx"] >= 3
    assert formats[".pdf"] >= 2
    assert all(path.stat().st_size < 300_000 for path in FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_word_and_pdf_files_say_what_their_text_says(path: Path) -> None:
    assert squeeze(read(path).text) == squeeze(path.with_suffix(".txt").read_text("utf-8"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_plain_texts_are_read_as_they_are(path: Path) -> None:
    assert read(path).text == path.read_text("utf-8")
