"""What a table is for."""

from __future__ import annotations

import pytest

from tests.extract.test_tables import document_of
from textsafe.structure.tables import find_header, form_fields, headers


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        ("重点任务|责任单位|完成时限\n巡查|甲镇|每日", "assignments"),
        ("重点任务|责任单位|完成情况\n巡查|甲镇|已完成", "ledger"),
        ("隐患内容|责任人|整改期限\n漏电|周立新|立即", "ledger"),
        ("单位|姓名|电话\n甲镇|周立新|119", None),
        ("事故起数|死亡人数|同比\n3|1|-20%", None),
        ("受检单位：||检查人员：|\n检查地点：|||\n整改要求：|||", "form"),
        (
            "受检单位|甲厂|检查人员|赵明\n整改责任人|钱芳|整改期限|6月底\n整改内容|补装护栏||",
            "form",
        ),
        ("甲|乙\n丙|丁", None),
    ],
)
def test_kinds(table: str, kind: str | None) -> None:
    document = document_of([line.split("|") for line in table.split("\n")], [])
    assert [table.kind for table in document.tables] == [kind]


def test_a_table_goes_on_after_the_end_of_a_page() -> None:
    rows = [["事项", "责任单位"], ["巡查", "甲镇"], ["排查", "乙镇"]]
    document = document_of(rows, [])
    (table,) = document.tables
    cells = [[cell for cell in table.cells if cell.row in rows] for rows in ((0, 1), (2,))]
    first, second = (
        table.model_copy(
            update={
                "cells": tuple(c.model_copy(update={"row": c.row - part[0].row}) for c in part),
                "span": part[0].span.model_copy(update={"end": part[-1].span.end}),  # type: ignore[union-attr]
            }
        )
        for part in cells
    )
    cut = document.model_copy(update={"tables": (first, second)})
    above, below = headers(cut)
    assert above is not None
    assert below is not None
    assert (above.end, below.end) == (1, 0)
    assert below.columns == above.columns


def test_beside_a_limit_a_time_tells_of_the_past() -> None:
    document = document_of([["隐患内容", "整改期限", "整改完成时间"], ["漏电", "立即", "当日"]], [])
    header = find_header(document.text, document.tables[0])
    assert header is not None
    assert header.having("deadline") == [1]


def test_fields_of_a_form() -> None:
    rows = [
        ["受检单位", "甲厂", "日期：", ""],
        ["整改要求：立即停产", "", "", ""],
        ["签字： 年 月 日"],
    ]
    document = document_of(rows, [])
    said = [
        (field.label.of(document.text), field.value.of(document.text) if field.value else None)
        for field in form_fields(document.text, document.tables[0])
    ]
    assert said == [("受检单位", "甲厂"), ("日期", None), ("整改要求", "立即停产"), ("签字", None)]
