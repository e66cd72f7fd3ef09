from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.builders import cell, docx, paragraph, row, table
from textsafe.errors import LimitExceededError
from textsafe.readers import Limits, Options, read, read_bytes

LINES = "各镇要落实责任。\n" * 5


@pytest.mark.parametrize(
    ("limits", "limit"),
    [
        (Limits(file_bytes=10), "file_bytes"),
        (Limits(characters=10), "characters"),
        (Limits(blocks=4), "blocks"),
    ],
)
def test_text_beyond_a_limit(limits: Limits, limit: str, tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_text(LINES, encoding="utf-8")
    for attempt in (
        lambda: read(path, options=Options(limits)),
        lambda: read_bytes(LINES.encode(), source="a.txt", options=Options(limits)),
    ):
        with pytest.raises(LimitExceededError) as caught:
            attempt()
        assert caught.value.params["limit"] == limit


def test_inflated_size_is_counted_over_all_members() -> None:
    data = docx(paragraph("各镇" * 5000), styles=" " * 20_000)
    read_bytes(data, source="a.docx", options=Options(Limits(inflated_bytes=60_000)))
    with pytest.raises(LimitExceededError) as caught:
        read_bytes(data, source="a.docx", options=Options(Limits(inflated_bytes=40_000)))
    assert caught.value.params["limit"] == "inflated_bytes"


def test_bomb_is_refused_by_its_ratio() -> None:
    data = docx(" " * 36_000_000)
    with pytest.raises(LimitExceededError) as caught:
        read_bytes(data, source="a.docx")
    assert caught.value.params["limit"] == "compression_ratio"


def test_parts_are_counted() -> None:
    headers = {f"header{i}": paragraph("内部资料") for i in range(20)}
    data = docx(paragraph("甲"), headers=headers)
    read_bytes(data, source="a.docx", options=Options(Limits(parts=25)))
    with pytest.raises(LimitExceededError) as caught:
        read_bytes(data, source="a.docx", options=Options(Limits(parts=15)))
    assert caught.value.params["limit"] == "parts"


def test_small_member_may_compress_well() -> None:
    assert read_bytes(docx(paragraph("甲" * 100_000)), source="a.docx").text == "甲" * 100_000


def test_form_with_thousands_of_equal_cells_is_no_bomb() -> None:
    blank = cell(properties='<w:tcW w:w="2074" w:type="dxa"/><w:vAlign w:val="center"/>' * 5)
    data = docx(table(*[row("合格", blank, blank, blank)] * 8000))
    with ZipFile(BytesIO(data)) as archive:
        part = archive.getinfo("word/document.xml")
    assert part.file_size > max(100 * part.compress_size, 8_000_000)
    assert len(read_bytes(data, source="a.docx").blocks) == 8000


def test_depth_can_be_lowered_and_raised() -> None:
    body = "<w:sdt><w:sdtContent>" * 60 + paragraph("甲") + "</w:sdtContent></w:sdt>" * 60
    assert read_bytes(docx(body), source="a.docx", options=Options(Limits(depth=150))).text == "甲"
    for allowed in (20, 124):
        with pytest.raises(LimitExceededError) as caught:
            read_bytes(docx(body), source="a.docx", options=Options(Limits(depth=allowed)))
        assert caught.value.params["allowed"] == allowed
