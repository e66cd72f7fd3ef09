from __future__ import annotations

from zipfile import ZIP_STORED

import pytest

from tests.builders import docx, ole, paragraph, zipped
from textsafe.errors import CorruptDocumentError, EncryptedDocumentError, UnsupportedFormatError
from textsafe.readers import read_bytes
from textsafe.readers.detect import detect

WORD = docx(paragraph("通知"))
OPEN_TEXT = b"application/vnd.oasis.opendocument.text"


@pytest.mark.parametrize("suffix", ["", ".txt", ".docx", ".pdf", ".html", ".doc", ".随便"])
@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (WORD, "docx"),
        (b"%PDF-1.4\n", "pdf"),
        (b"Received: by mail\r\n" * 20 + b"%PDF-1.4\n", "pdf"),
        (b"<!DOCTYPE html>\n<html>", "html"),
        (b"\xef\xbb\xbf  <HTML><body>", "html"),
        ("<html><body>通知".encode("utf-16"), "html"),
        (b'<?xml version="1.0"?><html xmlns="x">', "html"),
    ],
)
def test_content_decides(data: bytes, suffix: str, expected: str) -> None:
    assert detect(data, suffix) == expected


@pytest.mark.parametrize(
    ("suffix", "expected"),
    [
        ("", "txt"),
        (".txt", "txt"),
        (".md", "md"),
        (".MARKDOWN", "md"),
        (".htm", "html"),
        (".docx", "txt"),
        (".bmp", "txt"),
        (".pdf", "txt"),
    ],
)
def test_suffix_decides_between_kinds_of_text(suffix: str, expected: str) -> None:
    assert detect("BMS系统检修通知：各车间要停机。".encode(), suffix) == expected
    assert detect("关于检查的通知".encode(), suffix) == expected


@pytest.mark.parametrize(
    ("data", "suffix", "expected"),
    [
        (zipped({"xl/workbook.xml": b""}), ".docx", "xlsx"),
        (zipped({"OFD.xml": b"", "Doc_0/Document.xml": b""}), "", "ofd"),
        (zipped({"readme": b""}), "", "zip"),
        (zipped({"通知.pdf": b"%PDF-1.7"}, compression=ZIP_STORED), ".pdf", "zip"),
        (zipped({"xl/workbook.xml": b"x" * 99})[:60], "", "xlsx"),
        (zipped({"mimetype": OPEN_TEXT}, compression=ZIP_STORED), "", "odt"),
        (ole("Root Entry", "WordDocument"), ".docx", "doc"),
        (ole("Root Entry", "WordDocument"), ".wps", "wps"),
        (ole("Workbook"), "", "xls"),
        (ole("Workbook"), ".et", "et"),
        (ole("__properties_version1.0"), "", "msg"),
        (b"\x89PNG\r\n\x1a\n", ".docx", "png"),
        (b"\xff\xd8\xff\xe0", "", "jpg"),
        (b"{\\rtf1\\ansi", ".doc", "rtf"),
        (b"From: a@b.cn\r\nMIME-Version: 1.0\r\n", "", "eml"),
        (b"From: a@b.cn\r\nSubject: x\r\n", ".eml", "eml"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related;\n", "", "mht"),
    ],
)
def test_office_formats_are_told_apart(data: bytes, suffix: str, expected: str) -> None:
    assert detect(data, suffix) == expected


@pytest.mark.parametrize(
    ("data", "suffix", "expected"),
    [
        (zipped({"ppt/presentation.xml": b""}), "", "pptx"),
        (ole("PowerPoint Document"), "", "ppt"),
        (ole(), "", "ole"),
        (b"Rar!\x1a\x07\x00", "", "rar"),
        (b'<?xml version="1.0"?><w:wordDocument/>', ".doc", "xml"),
    ],
)
def test_other_formats_are_named(data: bytes, suffix: str, expected: str) -> None:
    with pytest.raises(UnsupportedFormatError) as caught:
        detect(data, suffix)
    assert caught.value.params == {"format": expected}


@pytest.mark.parametrize(
    ("suffix", "expected"), [(".docx", "docx"), (".xlsx", "xlsx"), ("", "docx"), (".x", "docx")]
)
def test_office_file_under_a_password(suffix: str, expected: str) -> None:
    with pytest.raises(EncryptedDocumentError) as caught:
        detect(ole("EncryptionInfo", "EncryptedPackage"), suffix)
    assert caught.value.params == {"format": expected}


@pytest.mark.parametrize("name", ["通知.docx", "通知.txt"])
def test_truncated_word_file_is_corrupt(name: str) -> None:
    with pytest.raises(CorruptDocumentError):
        read_bytes(WORD[: len(WORD) // 2], source=name)
