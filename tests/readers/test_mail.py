"""Mails: their text, their attachments, and what mail programs get wrong."""

from __future__ import annotations

from base64 import b64encode
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import textsafe
from tests.builders import docx, paragraph, zipped
from tests.mails import mail, multipart, part
from textsafe.document import Document
from textsafe.errors import (
    DocumentError,
    EmptyDocumentError,
    EncryptedDocumentError,
    LimitExceededError,
    UnsupportedFormatError,
)
from textsafe.readers import Limits, Options, read_bytes, read_each

BODY = "各镇人民政府：\r\n请于2024年6月底前完成燃气隐患排查。\r\n"
TEXT = BODY.replace("\r\n", "\n").rstrip()
SUBJECT = "=?utf-8?B?5YWz5LqO5o6S5p+l6ZqQ5oKj55qE6YCa55+l?="
TITLE = "关于排查隐患的通知"
WORD = docx(paragraph("县住建局要在6月底前完成排查。"))
PAGE = "<html><body><p>请各镇<b>落实</b>。</p><img src='cid:logo@1'></body></html>"
LEDGER = "<table><tr><td>单位<td>隐患<tr><td>甲厂<td>漏电</table>"


def text_of(data: bytes, **limits: int) -> str:
    return read_bytes(data, source="来文.eml", options=Options(Limits(**limits))).text


def word(data: bytes, charset: str) -> bytes:
    return b"=?" + charset.encode() + b"?B?" + b64encode(data) + b"?="


def each(tmp_path: Path, data: bytes, **limits: int) -> dict[str, str]:
    """Return the text or the key of the error of every document in a mail."""
    path = tmp_path / "来文.eml"
    path.write_bytes(data)
    found = list(read_each(path, options=Options(Limits(**limits))))
    assert len({source for source, _ in found}) == len(found)
    return {source.removeprefix(str(tmp_path)): _said(document) for source, document in found}


def _said(found: Document | DocumentError) -> str:
    return found.key if isinstance(found, DocumentError) else found.text


def test_subject_is_the_first_paragraph_and_the_fields_are_furniture():
    data = mail(
        part(BODY),
        Subject=SUBJECT,
        From="=?gb2312?B?wO68zw==?= <li@example.org>",
        To="wang@example.org,\r\n zhao@example.org",
        Date="Mon, 6 May 2024 09:00:00 +0800",
    )
    document = read_bytes(data, source="来文.eml")
    assert document.text == f"{TITLE}\n{TEXT}"
    assert [item.text for item in document.furniture] == [
        "发件人：李枷 <li@example.org>",
        "收件人：wang@example.org, zhao@example.org",
        "日期：Mon, 6 May 2024 09:00:00 +0800",
    ]
    assert {item.kind for item in document.furniture} == {"header"}
    assert document.metadata.format == "eml"


def test_structure_sees_the_title_and_not_the_day_of_sending(tmp_path):
    path = tmp_path / "来文.eml"
    path.write_bytes(mail(part(BODY), Subject=SUBJECT, Date="Mon, 6 May 2024 09:00:00 +0800"))
    metadata = textsafe.parse(path).metadata
    assert metadata.title == TITLE
    assert metadata.date is None


@pytest.mark.parametrize(
    "subject",
    [
        TITLE.encode(),
        TITLE.encode("gb18030"),
        word(TITLE.encode("gb18030"), "gb2312"),
        # A character cut in half between two encoded words.
        word(TITLE.encode()[:10], "UTF-8") + b"\r\n " + word(TITLE.encode()[10:], "UTF-8"),
        "关于".encode() + word("排查隐患的通知".encode("gbk"), "GBK"),
    ],
    ids=["UTF-8", "GBK", "GB 2312", "cut character", "half encoded"],
)
def test_subject_as_programs_write_it(subject):
    title = text_of(b"Subject: " + subject + b"\r\n" + part("请落实。")).split("\n")[0]
    assert title == TITLE


def test_characters_beyond_the_declared_gb2312():
    body = "请赵堃、朱镕基镇落实。".encode("gb18030")
    data = b"Content-Type: text/plain; charset=gb2312\r\n\r\n" + body
    assert text_of(data) == body.decode("gb18030")


@pytest.mark.parametrize("charset", ["us-ascii", "iso-8859-1", "x-unknown", "zip", "idna", "\0"])
def test_declared_encoding_that_cannot_be_believed(charset):
    data = f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode() + BODY.encode("gb18030")
    assert text_of(data) == TEXT


def test_plain_text_goes_before_the_web_page():
    data = mail(multipart("alternative", [part("请各镇落实。"), part(PAGE, "text/html")]))
    assert text_of(data) == "请各镇落实。"


def test_web_page_where_the_plain_text_is_empty():
    data = mail(multipart("alternative", [part(" \r\n"), part(PAGE, "text/html")]))
    assert text_of(data) == "请各镇落实。"


def test_web_page_where_only_that_has_the_table():
    data = mail(multipart("alternative", [part("单位 隐患 甲厂 漏电"), part(LEDGER, "text/html")]))
    document = read_bytes(data, source="来文.eml")
    assert document.text == "单位\t隐患\n甲厂\t漏电"
    assert len(document.tables) == 1


def test_table_below_the_subject_stands_where_it_says():
    data = mail(part(f"<p>见下表。</p>{LEDGER}", "text/html"), Subject=SUBJECT)
    document = read_bytes(data, source="来文.eml")
    cells = [cell.span.of(document.text) for cell in document.tables[0].cells]
    assert cells == ["单位", "隐患", "甲厂", "漏电"]
    assert [block.span.of(document.text) for block in document.blocks] == [
        TITLE, "见下表。", "单位\t隐患", "甲厂\t漏电",
    ]  # fmt: skip


def test_web_page_without_a_charset_tells_its_own():
    page = "<html><meta charset=gbk><p>请各镇落实。</p></html>".encode("gb18030")
    assert text_of(b"Content-Type: text/html\r\n\r\n" + page) == "请各镇落实。"


def test_texts_between_attachments_are_all_read():
    pieces = [part("前文。"), part(WORD, "application/msword", name="a.docx"), part("后文。")]
    assert text_of(mail(multipart("mixed", pieces))) == "前文。\n后文。"


def test_quoted_mail_is_part_of_the_text():
    quoted = "收到。\n-----原始邮件-----\n> 请于6月底前报送。"
    assert text_of(mail(part(quoted))) == quoted


def test_flowed_lines_are_joined():
    data = (
        "Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\r\n\r\n"
        "请各镇落实 \r\n责任。\r\n\r\n-- \r\n李枷\r\n"
    ).encode()
    assert text_of(data) == "请各镇落实责任。\n\n-- \n李枷"


def test_quoted_printable():
    header = "Content-Type: text/plain; charset=gbk\r\nContent-Transfer-Encoding: Quoted-Printable"
    assert text_of(f"{header}\r\n\r\n=CD=A8=\r\n=D6=AA\r\n".encode()) == "通知"


def test_attachments_are_documents_beside_the_mail(tmp_path):
    data = mail(
        multipart(
            "mixed",
            [
                part(BODY),
                part(WORD, "application/octet-stream", name="附件1 通知.docx"),
                part("县教育局。", name="说明.txt"),
                part(zipped({"内/a.txt": b"a"}), "application/zip", name="资料.zip"),
            ],
        ),
        Subject=SUBJECT,
    )
    assert each(tmp_path, data) == {
        "/来文.eml": f"{TITLE}\n{TEXT}",
        "/来文.eml/附件1 通知.docx": "县住建局要在6月底前完成排查。",
        "/来文.eml/说明.txt": "县教育局。",
        "/来文.eml/资料.zip/内/a.txt": "a",
    }


def test_mail_without_text_gives_only_the_attachments(tmp_path):
    data = mail(multipart("mixed", [part(" "), part("甲", name="a.txt")]), Subject=SUBJECT)
    assert each(tmp_path, data) == {"/来文.eml/a.txt": "甲"}
    with pytest.raises(EmptyDocumentError, match="mail_without_text"):
        text_of(data)


def test_few_polite_words_are_a_text(tmp_path):
    data = mail(multipart("mixed", [part("请查收。"), part("甲", name="a.txt")]))
    assert each(tmp_path, data) == {"/来文.eml": "请查收。", "/来文.eml/a.txt": "甲"}


def test_mail_with_nothing_but_a_subject(tmp_path):
    assert each(tmp_path, mail(part(""), Subject=SUBJECT)) == {"/来文.eml": TITLE}
    assert each(tmp_path, mail(part(""))) == {"/来文.eml": "empty"}


def test_pictures_that_the_text_shows_are_left_out(tmp_path):
    logo = part(b"GIF89a", "image/gif", headers="Content-ID: <logo@1>\r\n")
    other = part(b"GIF89a", "image/gif", headers="Content-ID: <other@1>\r\n")
    page = multipart("related", [part(PAGE, "text/html"), logo, other], boundary="=_r")
    data = mail(multipart("alternative", [part("请各镇落实。"), page]))
    assert each(tmp_path, data) == {
        "/来文.eml": "请各镇落实。",
        "/来文.eml/附件1": "unsupported_format",
    }


def test_what_programs_write_for_programs_is_left_out(tmp_path):
    pieces = [
        part("退信。"),
        part("Action: failed", "message/delivery-status"),
        part("BEGIN:VCALENDAR", "text/calendar"),
        part(b"0", "application/pkcs7-signature", name="smime.p7s"),
    ]
    assert each(tmp_path, mail(multipart("signed", pieces))) == {"/来文.eml": "退信。"}


def test_attachments_that_cannot_be_read_are_failures(tmp_path):
    pieces = [
        part(BODY),
        part(b"\x89PNG-no", "application/x-thing", name="a.exe"),
        part(b"x\x9f>\x22", "application/ms-tnef", name="winmail.dat"),
        part("{}", "application/json", name="a.json"),
        part(b"0", "application/pkcs7-mime", name="smime.p7m"),
        part("甲", name="a.txt").replace(b"55Sy", b"55S"),
        part("乙", name="b.txt"),
    ]
    found = each(tmp_path, mail(multipart("mixed", pieces)))
    assert found.pop("/来文.eml/a.exe") not in {"", "乙"}
    assert found == {
        "/来文.eml": TEXT,
        "/来文.eml/winmail.dat": "outlook_only",
        "/来文.eml/a.json": "unsupported_format",
        "/来文.eml/smime.p7m": "encrypted",
        "/来文.eml/a.txt": "corrupt",
        "/来文.eml/b.txt": "乙",
    }


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Content-Disposition: attachment; filename==?gb2312?B?zajWqg==?=.txt", "通知.txt"),
        ('Content-Disposition: attachment; filename="=?UTF-8?B?6YCa55+l?= 1.txt"', "通知 1.txt"),
        ("Content-Disposition: attachment; filename*=gb2312''%CD%A8%D6%AA.txt", "通知.txt"),
        ("Content-Disposition: attachment; filename*0*=utf-8''%E9;\r\n filename*1*=%80%9A", "通"),
        ('Content-Disposition: attachment; filename="C:\\\\Users\\\\li\\\\a.txt"', "a.txt"),
        ('Content-Disposition: attachment; filename="../../a.txt"', "a.txt"),
        ('Content-Disposition: attachment; filename=".."', "附件1.txt"),
        ("Content-Disposition: attachment", "附件1.txt"),
        ("Content-Disposition: inline; filename=a.txt", "a.txt"),
        ('X: y\r\nContent-Disposition: attachment; filename="通知.txt"', "通知.txt"),
    ],
)
def test_names_of_attachments(tmp_path, header, expected):
    attached = f"Content-Type: text/plain\r\n{header}\r\n\r\n".encode() + "甲厂".encode()
    data = mail(multipart("mixed", [part(BODY), attached]))
    assert list(each(tmp_path, data)) == ["/来文.eml", f"/来文.eml/{expected}"]


def test_names_that_come_twice_are_kept_apart(tmp_path):
    data = mail(multipart("mixed", [part("甲", name="a.txt"), part("乙", name="a.txt")]))
    assert each(tmp_path, data) == {"/来文.eml/a.txt": "甲", "/来文.eml/a (2).txt": "乙"}


def test_mail_inside_a_mail(tmp_path):
    inner = mail(multipart("mixed", [part("转来。"), part("甲", name="a.txt")]), Subject=SUBJECT)
    forwarded = b"Content-Type: message/rfc822\r\n\r\n" + inner
    data = mail(multipart("mixed", [part("请阅。"), forwarded], boundary="=_o"))
    assert each(tmp_path, data) == {
        "/来文.eml": "请阅。",
        f"/来文.eml/{TITLE}.eml": f"{TITLE}\n转来。",
        f"/来文.eml/{TITLE}.eml/a.txt": "甲",
    }
    assert each(tmp_path, data, nesting=1)[f"/来文.eml/{TITLE}.eml"] == "limit_exceeded"


@pytest.mark.parametrize(
    "data",
    [
        mail(multipart("encrypted", [part("Version: 1", "application/pgp-encrypted")])),
        mail(part(b"0", "application/pkcs7-mime; smime-type=enveloped-data")),
    ],
)
def test_encrypted_mail(tmp_path, data):
    with pytest.raises(EncryptedDocumentError):
        text_of(data)
    assert each(tmp_path, data)["/来文.eml"] == "encrypted"


def test_signed_mail_that_only_mail_programs_open():
    with pytest.raises(UnsupportedFormatError):
        text_of(mail(part(b"0", "application/pkcs7-mime; smime-type=signed-data")))


def test_text_cut_off_in_base64_is_read_with_a_warning():
    data = mail(part("请各镇落实责任。"))
    document = read_bytes(data.rstrip()[:-3], source="来文.eml")
    assert document.text.startswith("请各镇落实")
    assert "不完整" in document.warnings[0]


def test_mail_cut_off_between_its_parts_gives_what_is_there(tmp_path):
    data = mail(multipart("mixed", [part(BODY), part("甲", name="a.txt")]))
    assert each(tmp_path, data[: data.rindex(b"--=_b--")])["/来文.eml/a.txt"] == "甲"


def test_boundary_that_is_never_seen():
    data = b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + BODY.encode()
    assert text_of(data) == TEXT
    assert text_of(data.replace(b"; boundary=x", b"")) == TEXT


def test_part_without_a_header():
    data = f"Content-Type: multipart/mixed; boundary=x\n\n--x\n{TEXT}\n--x--\n".encode()
    assert text_of(data) == TEXT


def test_boundary_that_begins_like_another():
    inner = multipart("alternative", [part("甲。")], boundary="b1")
    assert text_of(mail(multipart("mixed", [inner, part("乙。")], boundary="b"))) == "甲。\n乙。"


def test_parts_are_counted():
    data = mail(multipart("mixed", [part("甲")] * 30))
    with pytest.raises(LimitExceededError):
        text_of(data, members=20)


def test_parts_too_deep_inside_one_another():
    data = part("甲")
    for level in range(30):
        data = multipart("mixed", [data], boundary=f"b{level}")
    with pytest.raises(LimitExceededError):
        text_of(data)


@pytest.mark.parametrize(
    "data",
    [
        b"Subject: " + b"=?x?q?" * 200_000 + b"\r\n\r\n" + BODY.encode(),
        b"".join(b"X-%d: y\r\n" % n for n in range(100_000)) + b"\r\n" + BODY.encode(),
        b"Content-Type: text/plain; " + b'a="' * 100_000 + b"\r\n\r\n" + BODY.encode(),
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        + b"--b\n" * 9000
        + b"\n"
        + BODY.encode(),
        b"Subject: a\r\n\r\n" + b"\r\n" * 1_000_000 + BODY.encode(),
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b " * 900_000,
        b"Subject:" + b"\r\n " * 400_000 + b"\r\n\r\n" + BODY.encode(),
    ],
    ids=["words", "fields", "parameters", "parts", "lines", "no boundaries", "continued"],
)
def test_large_mail_is_read(data):
    # In quadratic time, none of these would come to an end.
    assert text_of(data)


SAMPLE = mail(
    multipart(
        "mixed",
        [
            multipart("alternative", [part(BODY), part(PAGE, "text/html")], boundary="=_a"),
            part(WORD, name="=?gb2312?B?zajWqg==?=.docx"),
            b"Content-Type: message/rfc822\r\n\r\n" + mail(part("甲"), Subject=SUBJECT),
        ],
    ),
    Subject=SUBJECT,
)


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_bytes_changed_anywhere(tmp_path_factory, data):
    damaged = bytearray(SAMPLE)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(damaged) - 1))
        damaged[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    path = tmp_path_factory.getbasetemp() / "来文.eml"
    path.write_bytes(damaged)
    for source, document in read_each(path):
        assert source.startswith(str(path))
        if isinstance(document, Document):
            assert all(block.span.of(document.text).strip() for block in document.blocks)


@given(st.binary(max_size=500))
@settings(deadline=None)
def test_any_bytes(data):
    for suffix in (".eml", ".mht"):
        with suppress(DocumentError):
            read_bytes(data, source="a" + suffix)
