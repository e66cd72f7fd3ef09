"""CSV that a spreadsheet opens as it is, without running anything."""

from __future__ import annotations

import csv
import io

import pytest

from textsafe.export.spreadsheet import COLUMNS, to_csv


def read(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_round_trip(record):
    first, _ = read(to_csv([record]))
    assert len(first) == len(COLUMNS)
    assert first["任务"] == "完成燃气管网排查"
    assert (first["牵头"], first["配合"], first["督促"]) == ("县住建局", "县市场监管局", "县安委办")
    assert first["完成日期"] == "2024-06-30"
    assert first["章节"] == "一、全面排查隐患 / （一）燃气"
    assert first["文号"] == "青安办〔2024〕7号"


def test_tasks_are_numbered_within_their_document(record):
    assert [row["序号"] for row in read(to_csv([record, record]))] == ["1", "2", "1", "2"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " ="])
def test_no_cell_is_a_formula(record, start):
    task = record.tasks[0].model_copy(update={"action": f'{start}HYPERLINK("x")'})
    (row,) = read(to_csv([record.model_copy(update={"tasks": (task,)})]))
    assert row["任务"].startswith("'")


@pytest.mark.parametrize("text", ['他说“好”,"再查"', "第一行\n第二行", ""])
def test_quotes_commas_and_breaks_stay_in_their_cell(record, text):
    task = record.tasks[0].model_copy(update={"text": text})
    (row,) = read(to_csv([record.model_copy(update={"tasks": (task,)})], lang="en"))
    assert row["Original text"] == text.replace("\n", " ")
