"""One table of tasks in every format gives the same tasks."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from tests.formats import as_docx, as_html, as_ofd, as_pdf, as_xlsx
from textsafe import extract_tasks
from textsafe.readers import read_bytes
from textsafe.structure import structured

TITLE = "青石县危险化学品隐患排查治理台账"
FILLED_IN = "填报日期：2024年5月20日"
HEADER = ["序号", "隐患内容", "隐患级别", "整改措施", "责任单位", "责任人", "整改期限", "整改情况"]
ROWS = [
    ["1", "氨罐液位计失灵", "一般", "更换液位计", "恒丰化肥厂", "周立新", "2024.6.15", "已整改"],
    ["2", "卸料软管超期未检", "一般", "停用并送检", "宏达物流", "钱芳", "6月底前", "未整改"],
]
TEXT = "\n".join([TITLE, *("\t".join(row) for row in [HEADER, *ROWS]), FILLED_IN])


def as_csv(text: str) -> bytes:
    """Return the table as a spreadsheet program saves it in China."""
    rows = [line.split("\t") for line in text.split("\n")]
    width = max(map(len, rows))
    file = io.StringIO(newline="")
    csv.writer(file).writerows([row + [""] * (width - len(row)) for row in rows])
    return file.getvalue().encode("gb18030")


def as_two_sheets(text: str) -> bytes:
    """Return the table as a workbook whose second sheet is blank."""
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(text)))
    book.create_sheet("Sheet2")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("台账.txt", str.encode),
        ("台账.docx", as_docx),
        ("台账.html", as_html),
        ("台账.pdf", as_pdf),
        ("台账.ofd", as_ofd),
        ("台账.xlsx", as_xlsx),
        ("台账.xlsx", as_two_sheets),
        ("台账.csv", as_csv),
    ],
)
def test_a_ledger_gives_the_same_in_every_format(name: str, write: Callable[[str], Any]) -> None:
    document = structured(read_bytes(write(TEXT), source=name))
    assert document.metadata.title == TITLE
    assert str(document.metadata.date) == "2024-05-20"
    assert [table.kind for table in document.tables] == ["ledger"]
    found = [
        (
            task.text,
            task.action,
            [(party.name, party.role) for party in task.parties],
            [deadline.due for deadline in task.deadlines],
            task.ledger and (task.ledger.level, task.ledger.person, task.ledger.state),
        )
        for task in extract_tasks(document).tasks
    ]
    assert found == [
        (
            "氨罐液位计失灵",
            "更换液位计",
            [("恒丰化肥厂", "owner"), ("周立新", "owner")],
            ["2024-06-15"],
            ("一般", "周立新", "已整改"),
        ),
        (
            "卸料软管超期未检",
            "停用并送检",
            [("宏达物流", "owner"), ("钱芳", "owner")],
            ["2024-06-30"],
            ("一般", "钱芳", "未整改"),
        ),
    ]
