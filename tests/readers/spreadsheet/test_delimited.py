"""Tables as text: what parts the cells, and what stands around the table."""

from __future__ import annotations

import pytest

from textsafe.document import Document
from textsafe.errors import CorruptDocumentError, LimitExceededError, UnsupportedFormatError
from textsafe.readers import Limits, Options, read_bytes


def read(text: str, *, encoding: str = "utf-8", source: str = "台账.csv") -> Document:
    return read_bytes(text.encode(encoding), source=source)


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_cells_are_told_by_their_mark_in_any_encoding(mark: str, encoding: str) -> None:
    text = f"隐患内容{mark}责任人{mark}整改期限\r\n灭火器压力不足{mark}周立新{mark}立即\r\n"
    document = read(text, encoding=encoding)
    assert document.text == "隐患内容\t责任人\t整改期限\n灭火器压力不足\t周立新\t立即"
    assert document.metadata.format == "csv"


def test_quoted_cells_hold_marks_and_line_breaks() -> None:
    document = read('要求,单位\n"1.断电，挂牌;\n2.说""好""",甲\n')
    assert document.text == '要求\t单位\n1.断电，挂牌; 2.说"好"\t甲'


def test_titles_blank_columns_and_numbers_kept_as_text() -> None:
    document = read(
        "一车间隐患台账,,,,\n填报单位：一车间,,,填报日期：2024/5/6,\n"
        '隐患编号,隐患内容,,责任人,\n="007",护栏缺失,,何志远,\n'
    )
    assert document.text.split("\n") == [
        "一车间隐患台账",
        "填报单位：一车间",
        "填报日期：2024/5/6",
        "隐患编号\t隐患内容\t责任人",
        "007\t护栏缺失\t何志远",
    ]
    (table,) = document.tables
    assert len(table.cells) == 6


def test_blank_lines_part_tables() -> None:
    document = read("单位,人数\n甲,1\n\n地点,电话\n乙,119\n")
    assert len(document.tables) == 2


def test_one_column_is_running_text() -> None:
    document = read("各镇要立即排查。\n严禁瞒报。\n")
    assert [block.kind for block in document.blocks] == ["paragraph", "paragraph"]


def test_a_cell_without_end_is_damage() -> None:
    with pytest.raises(CorruptDocumentError):
        read('内容,单位\n"' + "安全" * 100_000)


def test_cells_are_limited() -> None:
    with pytest.raises(LimitExceededError):
        read_bytes(b"a,b\n" * 9, source="a.csv", options=Options(limits=Limits(blocks=10)))


def test_bytes_are_no_table() -> None:
    with pytest.raises(UnsupportedFormatError):
        read_bytes(bytes(range(256)), source="a.csv")
