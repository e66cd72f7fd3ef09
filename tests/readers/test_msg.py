"""Mails that Outlook saved: properties, attachments, mails inside mails, rich text."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import docx, paragraph
from tests.outlook import attachment, container, message
from textsafe.document import Document
from textsafe.errors import (
    CorruptDocumentError,
    DocumentError,
    EmptyDocumentError,
    EncryptedDocumentError,
    LimitExceededError,
)
from textsafe.readers import Limits, Options, read_bytes, read_each

CLASS, SUBJECT, SENT, SENDER, ADDRESS, TO, CC = 0x1A, 0x37, 0x39, 0xC1A, 0xC1F, 0xE04, 0xE03
BODY, RTF, HTML = 0x1000, 0x1009, 0x1013
CONTENT_ID, HIDDEN = 0x3712, 0x7FFE
TITLE = "关于排查隐患的通知"
TEXT = "各镇人民政府：\r\n请于2024年6月底前完成排查。\r\n"
SHOWN = "各镇人民政府：\n请于2024年6月底前完成排查。"
WORD = docx(paragraph("县住建局要在6月底前完成排查。" * 200))
LEDGER = "<table><tr><td>单位<td>隐患<tr><td>甲厂<td>漏电</table>"


def read(tree, **limits: int) -> Document:
    return read_bytes(container(tree), source="来文.msg", options=Options(Limits(**limits)))


def each(tmp_path: Path, tree, **limits: int) -> dict[str, str]:
    path = tmp_path / "来文.msg"
    path.write_bytes(container(tree))
    found = list(read_each(path, options=Options(Limits(**limits))))
    assert len({source for source, _ in found}) == len(found)
    for source, document in found:
        assert isinstance(document, DocumentError) or document.metadata.source == source
    return {
        source.removeprefix(str(tmp_path)): (
            document.key if isinstance(document, DocumentError) else document.text
        )
        for source, document in found
    }


def test_text_below_its_subject_and_fields_as_furniture():
    document = read(
        message(
            {
                SUBJECT: TITLE, BODY: TEXT, SENDER: "李枷", ADDRESS: "li@example.org",
                TO: "王五; 赵六", SENT: 133_594_308_000_000_000,
            }
        )
    )  # fmt: skip
    assert document.text == f"{TITLE}\n{SHOWN}"
    assert document.metadata.format == "msg"
    assert [item.text for item in document.furniture] == [
        "发件人：李枷 <li@example.org>",
        "收件人：王五; 赵六",
        "日期：2024-05-06 01:00 UTC",
    ]


@pytest.mark.parametrize(
    ("charset", "codepage"),
    [("gb18030", 936), ("gb18030", 54936), ("utf-8", 65001), ("gb18030", 0), ("gb18030", 1252)],
)
def test_text_that_is_not_kept_as_unicode(charset, codepage):
    tree = message({SUBJECT: TITLE, BODY: TEXT}, charset=charset, codepage=codepage)
    assert read(tree).text == f"{TITLE}\n{SHOWN}"


@pytest.mark.parametrize(
    "page",
    [f"<p>见下表。</p>{LEDGER}", f"<meta charset=gb2312><p>见下表。</p>{LEDGER}".encode("gb18030")],
)
def test_web_page_where_only_that_has_the_table(page):
    document = read(message({BODY: "见下表。单位 隐患", HTML: page}))
    assert document.text == "见下表。\n单位\t隐患\n甲厂\t漏电"
    assert len(document.tables) == 1


def test_plain_text_goes_before_the_web_page():
    assert read(message({BODY: TEXT, HTML: b"<p>other</p>"})).text == SHOWN


def test_attachments_are_documents_beside_the_mail(tmp_path):
    tree = message(
        {SUBJECT: TITLE, BODY: TEXT},
        attachment(WORD, "附件1 通知.docx"),
        attachment("甲".encode(), "说明.txt"),
        attachment("乙".encode(), "说明.txt"),
        attachment(b"{}", "a.json"),
        attachment(b"", "空.txt"),
    )
    assert each(tmp_path, tree) == {
        "/来文.msg": f"{TITLE}\n{SHOWN}",
        "/来文.msg/附件1 通知.docx": "县住建局要在6月底前完成排查。" * 200,
        "/来文.msg/说明.txt": "甲",
        "/来文.msg/说明 (2).txt": "乙",
        "/来文.msg/a.json": "unsupported_format",
        "/来文.msg/空.txt": "empty",
    }


def test_pictures_that_the_text_shows_are_left_out(tmp_path):
    tree = message(
        {HTML: "<p>请落实。</p><img src='cid:logo@1'>".encode()},
        attachment(b"GIF89a", "logo.gif", {CONTENT_ID: "logo@1"}),
        attachment(b"GIF89a", "line.gif", {HIDDEN: 1}),
    )
    assert each(tmp_path, tree) == {"/来文.msg": "请落实。"}


def test_mail_without_text_gives_only_the_attachments(tmp_path):
    tree = message({SUBJECT: TITLE, BODY: " \r\n"}, attachment("甲".encode(), "a.txt"))
    assert each(tmp_path, tree) == {"/来文.msg/a.txt": "甲"}
    with pytest.raises(EmptyDocumentError, match="mail_without_text"):
        read(tree)
    assert each(tmp_path, message({SUBJECT: TITLE})) == {"/来文.msg": TITLE}


def test_mail_inside_a_mail(tmp_path):
    deepest = message({BODY: " "}, attachment("丙".encode(), "c.txt"), inside=True)
    inner = message(
        {SUBJECT: "转发：方案", BODY: "请阅。"},
        attachment("乙".encode(), "b.txt"),
        attachment(deepest, "deepest"),
        inside=True,
    )
    tree = message({BODY: "甲"}, attachment(inner, "转发"))
    assert each(tmp_path, tree) == {
        "/来文.msg": "甲",
        "/来文.msg/转发.msg": "转发：方案\n请阅。",
        "/来文.msg/转发.msg/b.txt": "乙",
        "/来文.msg/转发.msg/deepest.msg/c.txt": "丙",
    }
    found = each(tmp_path, tree, nesting=1)
    assert found["/来文.msg/转发.msg"] == "limit_exceeded"
    assert set(found.values()) == {"甲", "limit_exceeded"}


def test_object_inside_the_text_is_a_failure(tmp_path):
    tree = message({BODY: TEXT}, attachment({"CONTENTS": b"x"}, "图表", {0x3705: 6}))
    assert each(tmp_path, tree)["/来文.msg/图表"] == "unsupported_format"


def test_encrypted_mail():
    with pytest.raises(EncryptedDocumentError):
        read(message({CLASS: "IPM.Note.SMIME", SUBJECT: TITLE}, attachment(b"0", "smime.p7m")))


def test_signed_mail_is_the_mail_that_was_signed(tmp_path):
    signed = b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + TEXT.encode()
    tree = message({CLASS: "IPM.Note.SMIME.MultipartSigned"}, attachment(signed, "smime.p7m"))
    assert each(tmp_path, tree) == {"/来文.msg/smime.p7m.eml": SHOWN}


def test_attachments_are_counted(tmp_path):
    made = [attachment(b"1", f"{number}.txt") for number in range(12)]
    assert each(tmp_path, message({BODY: TEXT}, *made), members=10)["/来文.msg"] == "limit_exceeded"


def test_size_is_counted_over_all_attachments(tmp_path):
    made = [attachment(b"1" * 5000, f"{number}.txt") for number in range(4)]
    found = each(tmp_path, message({BODY: TEXT}, *made), inflated_bytes=12_000)
    assert list(found.values()).count("limit_exceeded") == 2


def packed(text: bytes, kind: bytes = b"MELA") -> bytes:
    return struct.pack("<II4sI", len(text) + 12, len(text), kind, 0) + text


# The example of [MS-OXRTFCP] 3.1.1.
COMPRESSED = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232 0af32068656c09002062770".replace(
        " ", ""
    )
    + "5b06c647d0a800fa0"
)


def test_compressed_rich_text():
    document = read(message({RTF: COMPRESSED}))
    assert document.text == "hello world"
    assert "RTF" in document.warnings[0]


def test_rich_text_that_repeats_what_it_writes():
    # One letter, then a reference that reads what it is writing.
    data = bytes((0b10, ord("x"))) + struct.pack(">H", 207 << 4 | 6)
    header = struct.pack("<II4sI", len(data) + 12, 9, b"LZFu", 0)
    assert read(message({RTF: header + data})).text == "x" * 9


@pytest.mark.parametrize(
    ("rich", "expected"),
    [
        (rb"{\rtf1\ansicpg936{\fonttbl{\f0 x;}}\'cd\'a8\'d6\'aa\par \'bc\'d7}", "通知\n甲"),
        (rb"{\rtf1\ansi\uc1\u-28646?\u30693?{\*\generator x;}\tab\{a\}}", "通知\t{a}"),
        (rb"{\rtf1\uc2\u36890\'cd\'a8\u30693??!}", "通知!"),
        (rb"{\rtf1\u-10179?\u-8990?}", "\U0001f4e2"),
        (rb"{\rtf1\fromtext\ansicpg936 \'cd\'a8 {\pict 00ff}\'d6\'aa}", "通 知"),
        (rb"}}{\rtf1 a}}}b{{{", "ab"),
    ],
)  # fmt: skip
def test_rich_text(rich, expected):
    assert read(message({RTF: packed(rich)})).text == expected


def test_web_page_inside_rich_text():
    rich = (
        rb"{\rtf1\ansi\ansicpg936\fromhtml1 {\fonttbl{\f0 x;}}{\*\htmltag64 <table>}"
        rb"{\*\htmltag <tr><td>}\htmlrtf {\b \htmlrtf0 \'bc\'d7\htmlrtf \cell}\htmlrtf0 "
        rb"{\*\htmltag <td>}\'d2\'d2{\*\mhtmltag <x>}"
        rb"{\*\htmltag <tr><td>a\'26lt;<td>\{b\}</table>}}"
    )
    document = read(message({BODY: "甲 乙", RTF: packed(rich)}))
    assert document.text == "甲\t乙\na<\t{b}"
    assert document.warnings == ()


@pytest.mark.parametrize("data", [b"", b"x" * 10, packed(b"{}", b"ABCD")])
def test_rich_text_that_is_damaged(data):
    tree = message({SUBJECT: TITLE, RTF: data})
    if data:
        with pytest.raises(CorruptDocumentError):
            read(tree)
    else:
        assert read(tree).text == TITLE


def test_rich_text_that_claims_to_be_endless():
    header = struct.pack("<II4sI", 16, 2**32 - 1, b"LZFu", 0)
    with pytest.raises(LimitExceededError):
        read(message({RTF: header + b"\0" * 10}))


SAMPLE = container(
    message(
        {SUBJECT: TITLE, BODY: TEXT, RTF: COMPRESSED},
        attachment(WORD, "a.docx"),
        attachment(message({BODY: "甲"}, attachment(b"1", "b.txt"), inside=True), "c"),
    )
)


def test_cut_off_anywhere(tmp_path):
    path = tmp_path / "a.msg"
    for length in range(0, len(SAMPLE), 100):
        path.write_bytes(SAMPLE[:length])
        assert list(read_each(path))


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_bytes_changed_anywhere(tmp_path_factory, data):
    damaged = bytearray(SAMPLE)
    for _ in range(data.draw(st.integers(1, 6))):
        # The header and what describes the streams matter most.
        place = data.draw(st.integers(0, 511) | st.integers(0, len(damaged) - 1))
        damaged[place] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "a.msg"
    path.write_bytes(damaged)
    assert list(read_each(path))


@pytest.mark.parametrize("offset", [44, 64, 72], ids=["table", "mini table", "list of tables"])
def test_header_that_claims_endless_tables(offset):
    data = bytearray(SAMPLE)
    data[offset : offset + 4] = b"\xff\xff\xff\x7f"
    with pytest.raises(DocumentError):
        read_bytes(bytes(data), source="a.msg")
