from __future__ import annotations

import pytest

from tests.mails import mail, multipart, part
from textsafe.errors import CorruptDocumentError
from textsafe.readers import read_bytes

PAGE = "<html><head><title>通知</title></head><body><h1>通知</h1><p>各镇要落实。</p></body></html>"
STYLE = part("p { color: red }", "text/css")


def text_of(data: bytes, source: str = "通知.mht") -> str:
    return read_bytes(data, source=source).text


def test_page_with_what_it_shows():
    data = mail(multipart("related", [part(PAGE, "text/html"), STYLE], more='; type="text/html"'))
    document = read_bytes(data, source="通知.mht")
    assert document.text == "通知\n各镇要落实。"
    assert [block.kind for block in document.blocks] == ["heading", "paragraph"]
    assert document.metadata.format == "mht"


def test_saved_page_is_known_without_its_suffix():
    assert text_of(mail(multipart("related", [part(PAGE, "text/html"), STYLE])), "a").endswith("。")


def test_start_names_the_page():
    other = part("<p>广告</p>", "text/html")
    page = part(PAGE, "text/html", headers="Content-ID: <main>\r\n")
    data = mail(multipart("related", [other, page], more='; start="<main>"'))
    assert text_of(data) == "通知\n各镇要落实。"


def test_first_page_where_the_start_is_something_else():
    assert text_of(mail(multipart("related", [STYLE, part(PAGE, "text/html")]))).startswith("通知")


@pytest.mark.parametrize("charset", ["gb2312", "utf-16", "utf-8"])
def test_charset_of_the_part_goes_before_that_of_the_page(charset):
    page = PAGE.replace("<head>", "<head><meta charset=iso-8859-1>")
    assert text_of(mail(part(page, "text/html", charset=charset))) == "通知\n各镇要落实。"


def test_page_in_raw_bytes():
    head = b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n"
    assert text_of(head + PAGE.encode("gb18030")) == "通知\n各镇要落实。"


def test_frames_are_read_one_after_the_other():
    frame = "<html><frameset><frame src='a.htm'><frame src='b.htm'></frameset></html>"
    pages = [frame, "<p>表一</p>", "<p>表二</p>"]
    data = mail(multipart("related", [part(page, "text/html") for page in pages]))
    assert text_of(data) == "表一\n表二"


def test_nothing_but_pictures():
    with pytest.raises(CorruptDocumentError):
        text_of(mail(multipart("related", [STYLE])))
