from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textsafe.readers.ocr.characters import as_written


@pytest.mark.parametrize(
    ("read", "written"),
    [
        ("各镇,各部门:要严查!", "各镇，各部门：要严查！"),
        ("(一)整治气源", "（一）整治气源"),
        ("（责任部门:县应急局)", "（责任部门：县应急局）"),
        ("(1)对全县充装站开展检查", "（1）对全县充装站开展检查"),
        ("云安委[2024]7号", "云安委〔2024〕7号"),
        ("云安委【2024】第12号", "云安委〔2024〕第12号"),
        ("二O二四年四月十二日", "二〇二四年四月十二日"),
        ("一 3 一", "— 3 —"),
        ("-12-", "—12—"),
        ("安装率达到100%,", "安装率达到100%，"),
        # What must stay.
        ("GB/T 9704,", "GB/T 9704,"),
        ("GB/T 9704(2012)", "GB/T 9704(2012)"),
        ("9:30", "9:30"),
        ("1,200人", "1,200人"),
        ("一是抓培训", "一是抓培训"),
        ("会议(线上", "会议（线上"),
        ("COD", "COD"),
    ],
)
def test_punctuation_follows_its_neighbours(read: str, written: str) -> None:
    assert as_written(read) == written


@given(st.text("一二〇0O年号安,.;:()（）[]〔2024〕-—9 ab", max_size=40))
def test_every_character_keeps_its_place(text: str) -> None:
    written = as_written(text)
    assert len(written) == len(text)
    assert as_written(written) == written
