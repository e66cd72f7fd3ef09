"""A small corpus of one invented document, and task records made by hand for it."""

from __future__ import annotations

import json
from pathlib import Path

from textsafe.document import Span
from textsafe.records import (
    Deadline,
    Modality,
    Party,
    RecordMetadata,
    SectorMention,
    Task,
    TaskRecord,
)

UNITS = (
    "关于秋收安全的通知",
    "各村要在9月底前检修脱粒机。",
    "全镇现有脱粒机三十台。",
    "严禁无证驾驶拖拉机。",
    "去年发生两起事故。",
    "希望大家再接再厉。",
)
TEXT = "\n".join(UNITS) + "\n"
GOLD = (
    {"u": 1, "label": "heading"},
    {"u": 2, "label": "task", "modality": "must", "sectors": ["agri_machinery"],
     "parties": [{"name": "各村", "role": "owner"},
                 {"name": "镇农机站", "role": "support", "optional": True}],
     "deadlines": [{"text": "9月底前", "kind": "by", "due": "2024-09-30"}]},
    {"u": 4, "label": "task", "modality": "prohibit", "parties": [], "deadlines": [],
     "sectors": ["agri_machinery"]},
    {"u": 6, "label": "optional"},
)  # fmt: skip


def write_corpus(folder: Path, *, identifier: str = "X01") -> Path:
    """Write the document with its annotation, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{identifier}.txt").write_text(TEXT, encoding="utf-8")
    rows, start = [], 0
    for number, unit in enumerate(UNITS, start=1):
        rows.append(f"{number}\t{start}\t{start + len(unit)}\t{unit}\n")
        start += len(unit) + 1
    (folder / f"{identifier}.units.tsv").write_text("".join(rows), encoding="utf-8")
    gold = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in GOLD)
    (folder / f"{identifier}.gold.jsonl").write_text(gold, encoding="utf-8")
    return folder


def place(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words))


def party(name: str, role: str = "owner", **more: str) -> Party:
    return Party(name=name, role=role, span=Span(start=0, end=1), **more)


def deadline(text: str, kind: str = "by", **more: object) -> Deadline:
    return Deadline(text=text, kind=kind, span=Span(start=0, end=1), **more)


def sector(identifier: str, **more: str) -> SectorMention:
    return SectorMention(id=identifier, name=identifier, span=Span(start=0, end=1), **more)


def task(words: str, modality: Modality = "must", *, text: str = TEXT, **more: object) -> Task:
    fields = {"confidence": 0.95, "section": (), "action": words} | more
    return Task(id=words, text=words, span=place(words, text), modality=modality, **fields)


def record(*tasks: Task) -> TaskRecord:
    head = RecordMetadata(source="X01.txt", sha256="", format="txt", kind="policy", title="通知")
    return TaskRecord(document=head, tasks=tasks)
