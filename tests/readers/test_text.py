from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textsafe.errors import DocumentError, UnsupportedFormatError
from textsafe.readers import read_bytes
from textsafe.readers.text import decode

NOTICE = (
    "关于开展燃气安全检查的通知\n各镇人民政府：\n一、县住建局要在6月底前完成排查（含餐饮场所）。\n"
)
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16-le", "utf-16-be", "utf-16"]

# What officials write: common characters, digits and punctuation.
CHINESE = st.text(
    st.sampled_from("安全生产检查落实责任单位县市镇村各部门要完成整改隐患排查治理年月日0123456789，。、；：（）\n"),
    min_size=2,
    max_size=80,
)  # fmt: skip


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encoding_is_told_by_content(encoding: str) -> None:
    assert decode(NOTICE.encode(encoding)) == (NOTICE, ())


@pytest.mark.parametrize(
    "text",
    [
        "通知",
        "各单位要立即整改",
        "第１条　总则",
        "Notice of 2024\nno Chinese at all\n",
        "①②③㈠",
        "“三管三必须”——责任到人",
        "负责人：赵堃、王喆，单位：新丰县应急管理局（联系电话：0751-2250000）",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_short_and_unusual_texts(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, ())


@given(CHINESE.filter(lambda text: any("\u4e00" <= c <= "\u9fff" for c in text)))
def test_chinese_survives_each_encoding(text: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        assert decode(text.encode(encoding)) == (text, ())


@given(CHINESE.map(lambda text: text + NOTICE))
def test_utf_16_needs_no_mark(text: str) -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        assert decode(text.encode(encoding)) == (text, ())


@given(st.text(min_size=1).map(lambda text: text.replace("\0", "") + "县"))
def test_any_utf_8_text_is_read_unchanged_or_refused(text: str) -> None:
    try:
        decoded, _ = decode(text.encode())
    except UnsupportedFormatError:  # too many control characters
        return
    assert decoded == text.removeprefix("\ufeff")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_stray_bad_byte_is_replaced_and_reported(encoding: str) -> None:
    data = (NOTICE * 20).encode(encoding)
    text, warnings = decode(data + data[:1])
    assert text == NOTICE * 20 + "\ufffd"
    assert warnings == ("有 1 处字节无法识别，已用“\ufffd”代替",)


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 4,
        b"\x00\x01\x02\x03",
        b"MZ\x90\x00\x03\x00\x00\x00\x04\x00",
        b"\xff" * 100,
        bytes(range(128, 256)) * 10,
    ],
)
def test_rubbish_is_refused(data: bytes) -> None:
    with pytest.raises(UnsupportedFormatError) as caught:
        read_bytes(data, source="通知.txt")
    assert caught.value.key == "not_text"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_become_newlines_and_nothing_else_changes(end: str) -> None:
    text = f"　　各镇：{end}{end}  要落实。 {end}"
    found = read_bytes(text.encode("utf-8-sig"), source="a.txt")
    assert found.text == "　　各镇：\n\n  要落实。 \n"
    assert [block.span.of(found.text) for block in found.blocks] == ["各镇：", "要落实。"]
    assert found.metadata.format == "txt"


def test_markdown_headings_have_a_level_and_leave_the_marks_out() -> None:
    text = "# 总则\n正文\n### 范围 \n#不是标题\n####### 也不是\n#\n"
    found = read_bytes(text.encode(), source="预案.md")
    assert found.text == text
    assert [(b.level, b.span.of(text)) for b in found.blocks] == [
        (1, "总则"),
        (None, "正文"),
        (3, "范围"),
        (None, "#不是标题"),
        (None, "####### 也不是"),
        (None, "#"),
    ]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_blocks_are_stripped_ordered_and_disjoint(text: str) -> None:
    try:
        found = read_bytes(text.encode(), source="a.txt")
    except DocumentError:
        return
    position = 0
    for block in found.blocks:
        piece = block.span.of(found.text)
        assert piece
        assert piece == piece.strip()
        assert "\n" not in piece
        assert not found.text[position : block.span.start].strip()
        position = block.span.end
    assert not found.text[position:].strip()
