"""What a reader meets when files are damaged, hostile, or not there."""

from __future__ import annotations

import os
import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.builders import (
    CONTENT_TYPES,
    abstract_list,
    docx,
    numbered_list,
    paragraph,
    row,
    style,
    table,
    zipped,
)
from textsafe.errors import (
    CorruptDocumentError,
    DocumentError,
    EmptyDocumentError,
    EncryptedDocumentError,
    LimitExceededError,
    UnreadableFileError,
)
from textsafe.messages import explain
from textsafe.readers import read, read_bytes

WORD = docx(
    paragraph("总则", style="heading1")
    + paragraph("县住建局要在6月底前完成排查。", numbered=(1, 0))
    + table(row("单位", "期限"), row("县教育局", "7月底前")),
    numbering=abstract_list(0, ("chineseCountingThousand", "%1、")) + numbered_list(1, 0),
    styles=style("heading 1"),
    headers={"footer1": paragraph("第 1 页")},
)
PAGE = (
    "<html><head><meta charset='gb2312'></head><body><h1>通知</h1><p>各镇要落实。</p>"
    "<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table></body></html>"
).encode("gb18030")
TEXT = "关于检查的通知\r\n各镇要落实责任，6月底前完成。\r\n".encode("gb18030")
SAMPLES = {"通知.docx": WORD, "通知.html": PAGE, "通知.txt": TEXT}


def outcome(data: bytes, name: str) -> str:
    """Return the text of a file, or the sentence that says why there is none."""
    try:
        return read_bytes(data, source=name).text
    except DocumentError as error:
        return explain(error).text


@pytest.mark.parametrize("name", SAMPLES)
def test_cut_off_anywhere(name: str) -> None:
    data = SAMPLES[name]
    for length in range(len(data)):
        outcome(data[:length], name)


@pytest.mark.parametrize("name", SAMPLES)
@given(st.data())
@settings(max_examples=300, deadline=None)
def test_bytes_changed_anywhere(name: str, data: st.DataObject) -> None:
    damaged = bytearray(SAMPLES[name])
    positions = st.integers(0, len(damaged) - 1)
    changes = data.draw(st.lists(st.tuples(positions, st.integers(0, 255)), min_size=1, max_size=4))
    for position, value in changes:
        damaged[position] = value
    outcome(bytes(damaged), name)


XML_PARTS = [
    "word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footer1.xml",
    "_rels/.rels", "word/_rels/document.xml.rels", "[Content_Types].xml",
]  # fmt: skip


@settings(deadline=None)
@given(st.sampled_from(XML_PARTS), st.binary(max_size=200) | st.text().map(str.encode))
@example("word/document.xml", b"")
@example("_rels/.rels", b"<Relationships/>")
@example("[Content_Types].xml", b"<a/>")
@example("[Content_Types].xml", f"<Types xmlns='{CONTENT_TYPES}'><Override/></Types>".encode())
def test_rubbish_in_a_part(name: str, content: bytes) -> None:
    outcome(zipped(_members(WORD) | {name: content}), "通知.docx")


def _members(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


WORDS = re.compile(rb"[A-Za-z0-9/:.]{2,}")
ODD_WORDS = [
    b"",
    b"/",
    b"//",
    b"../..",
    b"word/",
    b"document.xml",
    b"/_rels/.rels",
    b"-1",
    b"9" * 9,
]


@given(st.sampled_from(XML_PARTS), st.data())
@settings(max_examples=300, deadline=None)
def test_words_changed_in_a_part(name: str, data: st.DataObject) -> None:
    """XML that may well be well-formed but says something else."""
    members = _members(WORD)
    content = members[name]
    words = list(WORDS.finditer(content))
    place = data.draw(st.sampled_from(words))
    others = ODD_WORDS + [word[0] for word in words]
    word = data.draw(st.sampled_from(others))
    members[name] = content[: place.start()] + word + content[place.end() :]
    outcome(zipped(members), "通知.docx")


@settings(deadline=None)
@given(st.binary(max_size=2000), st.sampled_from([".docx", ".html", ".txt", ".md", ""]))
def test_any_bytes(data: bytes, suffix: str) -> None:
    outcome(data, "通知" + suffix)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyDocumentError),
        (b" \r\n\t", EmptyDocumentError),
        ("\ufeff".encode(), EmptyDocumentError),
        (docx(""), EmptyDocumentError),
        (docx(paragraph()), EmptyDocumentError),
        (b"<html><body></body></html>", EmptyDocumentError),
        (zipped({"word/other.xml": b""}), CorruptDocumentError),
        (zipped({"word/document.xml": b"<a/>"}), CorruptDocumentError),
        (zipped({"word/document.xml": b"<a><b></a>"}), CorruptDocumentError),
    ],
)
def test_nothing_to_read(data: bytes, error: type[DocumentError]) -> None:
    with pytest.raises(error):
        read_bytes(data, source="通知.docx")


def test_zip_under_a_password() -> None:
    # The flag that tells of encryption stands in the entry and again in the list at the end.
    data = bytearray(docx(paragraph("甲")))
    for header, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(header) + offset] |= 1
    with pytest.raises(EncryptedDocumentError):
        read_bytes(bytes(data), source="通知.docx")


# Each of nine entities stands for ten of the one before it.
ENTITIES = [f'<!ENTITY e{i + 1} "{f"&e{i};" * 10}">' for i in range(9)]
BOMB = '<!DOCTYPE a [<!ENTITY e0 "嘭">' + "".join(ENTITIES) + "]>"


@pytest.mark.parametrize(
    "data",
    [
        docx(paragraph("甲&e9;").replace("&amp;", "&"), prolog=BOMB),
        docx(paragraph("甲"), prolog='<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">'),
    ],
    ids=["entities", "outside DTD"],
)
def test_hostile_xml_is_refused(data: bytes) -> None:
    with pytest.raises(CorruptDocumentError):
        read_bytes(data, source="通知.docx")


DEEP = {
    "controls": ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    "frames": ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
    "tables": ("<w:tbl><w:tr><w:tc/><w:tc>", "</w:tc></w:tr></w:tbl>"),
    "text boxes": ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
}


@pytest.mark.parametrize(("opening", "closing"), DEEP.values(), ids=DEEP)
def test_deepest_xml_that_is_accepted(opening: str, closing: str) -> None:
    # Around and inside them: the document and its body, a paragraph, its run and the text in it.
    depth = (100 - 5) // closing.count("</")
    assert outcome(docx(opening * depth + paragraph("甲") + closing * depth), "a.docx") == "甲"


@pytest.mark.parametrize("depth", [101, 250, 1000, 100_000])
def test_xml_that_is_too_deep(depth: int) -> None:
    body = "<w:sdt>" * (depth - 2) + "</w:sdt>" * (depth - 2)
    with pytest.raises(LimitExceededError) as caught:
        read_bytes(docx(body), source="通知.docx")
    assert caught.value.params == {"limit": "depth", "value": 101, "allowed": 100}


def test_wrong_suffix_is_no_problem() -> None:
    assert outcome(WORD, "通知.txt").startswith("总则\n一、县住建局")
    assert outcome(TEXT, "通知.docx").startswith("关于检查的通知\n")


@pytest.mark.parametrize(
    "data",
    [
        ("（" * 100_000 + "）" * 100_000).encode(),
        ("各镇要落实责任，" * 220_000).encode(),
        ("各镇" * 800_000).encode("gb18030"),
        b"\n" * 1_000_000 + "通知".encode(),
        ("<html><p>" + "落实 \n" * 500_000).encode(),
        ("<html>甲" + "<!--" * 1_000_000).encode(),
        ("<html>" + "<div>" * 900 + "</b>" * 200_000 + "甲").encode(),
        docx(paragraph("（" * 100_000)),
        docx("<w:p/>" * 100_000 + paragraph("甲")),
    ],
    ids=[
        "brackets", "5 MB line", "GB 18030 line", "blank lines", "web page", "comments",
        "end tags", "brackets in Word", "empty paragraphs",
    ],
)  # fmt: skip
def test_large_input_is_read(data: bytes) -> None:
    # In quadratic time, none of these would come to an end.
    assert read_bytes(data, source="a").blocks


class TestPaths:
    def key(self, path: str | Path) -> str:
        with pytest.raises(UnreadableFileError) as caught:
            read(path)
        return caught.value.key

    def test_file_that_is_not_there(self, tmp_path: Path) -> None:
        assert self.key(tmp_path / "没有.txt") == "unreadable_missing"
        assert self.key("a\0b") == "unreadable_missing"
        assert self.key("很长" * 5000) == "unreadable_missing"

    def test_path_through_a_file(self, tmp_path: Path) -> None:
        path = tmp_path / "通知.txt"
        path.write_text("通知", encoding="utf-8")
        assert self.key(path / "附件.txt") == "unreadable_missing"

    def test_folder_pipe_and_broken_link(self, tmp_path: Path) -> None:
        pipe = tmp_path / "管道"
        os.mkfifo(pipe)
        link = tmp_path / "链接"
        link.symlink_to(tmp_path / "没有")
        assert {self.key(path) for path in (tmp_path, pipe, link)} == {"not_a_file"}

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_file_without_permission(self, tmp_path: Path) -> None:
        path = tmp_path / "通知.txt"
        path.write_text("通知", encoding="utf-8")
        path.chmod(0)
        assert self.key(path) == "unreadable_permission"

    def test_file_that_vanishes_between_two_looks(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "通知.txt"
        path.write_text("通知", encoding="utf-8")

        def vanished(*_: object) -> object:
            raise FileNotFoundError(2, "No such file or directory")

        monkeypatch.setattr(Path, "open", vanished)
        assert self.key(path) == "unreadable_missing"

    @pytest.mark.parametrize(
        ("number", "key"), [(5, "unreadable_io"), (13, "unreadable_permission")]
    )
    def test_error_while_reading(
        self, number: int, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "通知.txt"
        path.write_text("通知", encoding="utf-8")

        def failing(*_: object) -> object:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(Path, "open", failing)
        assert self.key(path) == key

    def test_source_is_kept_as_given(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "通知.txt").write_text("通知", encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        found = read("./通知.txt").metadata
        assert found.source == "./通知.txt"
        assert len(found.sha256) == 64
