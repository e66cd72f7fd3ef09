from __future__ import annotations

from zipfile import ZIP_STORED

import pytest

from tests.builders import docx, ole, paragraph, zipped
from textsafe.errors import CorruptDocumentError, EncryptedDocumentError, UnsupportedFormatError
from textsafe.readers import read_bytes
from textsafe.readers.detect import detect

WORD = docx(paragraph("通知"))


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
        (".pdf", "txt"),
    ],
)
def test_suffix_decides_between_kinds_of_text(suffix: str, expected: str) -> None:
    assert detect("关于检查的通知".encode(), suffix) == expected


@pytest.mark.parametrize(
    ("data", "suffix", "expected"),
    [
        (zipped({"xl/workbook.xml": b""}), ".docx", "xlsx"),
        (zipped({"ppt/presentation.xml": b""}), "", "pptx"),
        (zipped({"OFD.xml": b"", "Doc_0/Document.xml": b""}), "", "ofd"),
        (zipped({"readme": b""}), "", "zip"),
        (zipped({"xl/workbook.xml": b"x" * 99})[:60], "", "xlsx"),
        (ole("Root Entry", "WordDocument"), ".docx", "doc"),
        (ole("Root Entry", "WordDocument"), ".wps", "wps"),
        (ole("Workbook"), "", "xls"),
        (ole("PowerPoint Document"), "", "ppt"),
        (ole(), "", "ole"),
        (b"\x89PNG\r\n\x1a\n", ".docx", "png"),
        (b"\xff\xd8\xff\xe0", "", "jpg"),
        (b"Rar!\x1a\x07\x00", "", "rar"),
        (b"{\\rtf1\\ansi", ".doc", "rtf"),
        (b'<?xml version="1.0"?><w:wordDocument/>', ".doc", "xml"),
    ],
)
def test_other_formats_are_named(data: bytes, suffix: str, expected: str) -> None:
    with pytest.raises(UnsupportedFormatError) as caught:
        detect(data, suffix)
    assert caught.value.params == {"format": expected}


def test_open_document_is_named() -> None:
    data = zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}, compression=ZIP_STORED)
    with pytest.raises(UnsupportedFormatError) as caught:
        detect(data, "")
    assert caught.value.params == {"format": "odt"}


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
