"""What is refused before a program sees it, and of which kind the rest is."""

from __future__ import annotations

import struct
from io import BytesIO
from zipfile import ZipFile

import pytest

from tests.builders import zipped
from tests.outlook import container
from textsafe.errors import CorruptDocumentError, EncryptedDocumentError, LimitExceededError
from textsafe.readers.limits import Limits
from textsafe.readers.office.checks import checked_kind, looks_legacy, may_need_password

MIMETYPE = "application/vnd.oasis.opendocument"
BEGIN, FILE_PASS, END = 0x0809, 0x002F, 0x000A


def word(flags: int = 0) -> bytes:
    return container({"WordDocument": struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0x804, 0, flags)})


def workbook(*records: int) -> bytes:
    content = b"".join(struct.pack("<HH6x", kind, 6) for kind in records)
    return container({"Workbook": content})


def open_document(kind: str = "text", **members: str) -> bytes:
    named = {name.replace("_", "."): content for name, content in members.items()}
    return stored({"mimetype": f"{MIMETYPE}.{kind}"} | named)


def stored(members: dict[str, str]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (word(), "doc"),
        (workbook(BEGIN, END), "xls"),
        (container({"WordDocument": bytes(99), "Workbook": bytes(99)}), "doc"),
        (container({"Book": bytes(99)}), "xls"),
        (b"{\\rtf1 }", "rtf"),
        (open_document(content_xml="<a/>"), "odt"),
        (open_document("spreadsheet", content_xml="<a/>"), "ods"),
    ],
)
def test_kind_is_told(data, kind):
    assert looks_legacy(data[:200])
    assert checked_kind(data, Limits()) == kind


def test_others_are_left_alone():
    for data in (b"%PDF-1.7", zipped({"word/document.xml": "<a/>"}), "通知".encode()):
        assert not looks_legacy(data)


@pytest.mark.parametrize(
    "data",
    [
        word()[:700],
        word()[:512],
        container({"PowerPoint Document": bytes(99)}),
        container({}),
        open_document(content_xml="<a>")[:-30],
        open_document(content_xml="<a>"),
        open_document(content_xml='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    ],
)
def test_damaged_file_is_refused(data):
    with pytest.raises(CorruptDocumentError):
        checked_kind(data, Limits())


@pytest.mark.parametrize(
    ("limits", "limit"),
    [
        (Limits(inflated_bytes=20_000), "inflated_bytes"),
        (Limits(parts=2), "parts"),
        (Limits(depth=5), "depth"),
    ],
)
def test_open_document_is_held_to_the_limits(limits, limit):
    data = open_document(
        content_xml="<a>" * 9 + "</a>" * 9, picture=" " * 30_000, styles_xml="<a/>"
    )
    with pytest.raises(LimitExceededError) as raised:
        checked_kind(data, limits)
    assert raised.value.params["limit"] == limit


def test_password_is_noticed():
    manifest = {"META-INF/manifest.xml": "<manifest:encryption-data/>"}
    for data in (
        word(flags=0x0100),
        stored({"mimetype": f"{MIMETYPE}.text"} | manifest),
    ):
        with pytest.raises(EncryptedDocumentError):
            checked_kind(data, Limits())


@pytest.mark.parametrize(
    ("records", "encrypted"),
    [
        ((BEGIN, FILE_PASS, END), True),
        ((BEGIN, END, FILE_PASS), False),
        ((BEGIN,), False),
    ],
)
def test_encrypted_workbook(records, encrypted):
    assert may_need_password(workbook(*records), "xls") is encrypted


def test_only_workbooks_may_be_encrypted_and_open():
    assert not may_need_password(word(), "doc")
