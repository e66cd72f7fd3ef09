"""What a zip archive holds, and what it may not do."""

from __future__ import annotations

import stat
import struct
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from tests.builders import docx, paragraph, zipped
from textsafe.document import Document
from textsafe.errors import DocumentError, UnsupportedFormatError
from textsafe.readers import Limits, Options, read, read_each
from textsafe.readers.limits import Budget
from textsafe.readers.members import Names, natural_key, zip_members

NOTICE = "关于开展隐患排查的通知\n各镇要落实责任。\n".encode()
WORD = docx(paragraph("各镇要在6月底前完成排查。"))


def each(tmp_path, data: bytes, **limits: int) -> dict[str, str]:
    """Return the text or the key of the error of every document in an archive."""
    path = tmp_path / "资料.zip"
    path.write_bytes(data)
    found = list(read_each(path, options=Options(Limits(**limits))))
    sources = [source for source, _ in found]
    assert len(set(sources)) == len(sources)
    for source, document in found:
        assert isinstance(document, DocumentError) or document.metadata.source == source
    return {source.removeprefix(f"{path}"): _said(document) for source, document in found}


def _said(found: Document | DocumentError) -> str:
    return found.key if isinstance(found, DocumentError) else found.text


def archive(*members: tuple[ZipInfo | str, bytes]) -> bytes:
    """Return an archive; unlike with `zipped`, a name may come twice."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as made:
        for name, data in members:
            made.writestr(name if isinstance(name, ZipInfo) else ZipInfo(name), data)
    return buffer.getvalue()


def renamed(data: bytes, old: bytes, new: bytes) -> bytes:
    """Return an archive with other bytes in the names of its members."""
    assert len(old) == len(new)
    return data.replace(old, new)


def test_one_document_for_each_member_in_the_order_of_a_folder(tmp_path):
    data = zipped({"通知/文件10.txt": b"10", "通知/文件2.docx": WORD, "a.txt": NOTICE})
    assert each(tmp_path, data) == {
        "/a.txt": NOTICE.decode(),
        "/通知/文件2.docx": "各镇要在6月底前完成排查。",
        "/通知/文件10.txt": "10",
    }


def test_archive_itself_is_no_document(tmp_path):
    path = tmp_path / "资料.zip"
    path.write_bytes(zipped({"a.txt": NOTICE}))
    with pytest.raises(UnsupportedFormatError, match="archive_is_no_document"):
        read(path)


def test_litter_is_left_out_and_data_is_a_failure(tmp_path):
    data = zipped(
        {
            "__MACOSX/._a.txt": b"x",
            "通知/.DS_Store": b"x",
            "通知/Thumbs.db": b"x",
            "通知/~$通知.docx": b"x",
            "设置.json": b"{}",
            "台账.csv": "单位,隐患\n甲厂,漏电\n".encode(),
        }
    )
    found = each(tmp_path, data)
    assert set(found) == {"/设置.json", "/台账.csv"}
    assert found["/设置.json"] == "unsupported_format"
    assert "漏电" in found["/台账.csv"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_without_the_flag_for_utf_8(tmp_path, encoding):
    name = "整改通知.txt".encode(encoding)
    data = renamed(zipped({"x" * len(name): NOTICE}), b"x" * len(name), name)
    assert list(each(tmp_path, data)) == ["/整改通知.txt"]


def test_windows_separators(tmp_path):
    data = renamed(zipped({"a/b.txt": NOTICE}), b"a/b.txt", b"a\\b.txt")
    assert list(each(tmp_path, data)) == ["/a/b.txt"]


def test_names_that_come_twice_are_kept_apart(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = archive(("a.txt", b"1"), ("a.txt", b"2"), ("a (2).txt", b"3"))
    assert list(each(tmp_path, data).values()) == ["3", "1", "2"]


def test_names_stay_apart_when_the_next_one_is_taken():
    names = Names()
    given = [names.apart(name) for name in ("a.b/c", "a.b/c", "a.b/c (2)", "a.b/c", "")]
    assert given == ["a.b/c", "a.b/c (2)", "a.b/c (2) (2)", "a.b/c (3)", ""]


@pytest.mark.parametrize(
    "name",
    ["../a.txt", "a/../../b.txt", "/etc/a.txt", "C:/a.txt", "C:a.txt", "NUL.txt", "b/com1",
     "a\0.txt", "长" * 2000 + ".txt"],
)  # fmt: skip
def test_unsafe_name_is_a_failure_of_that_member(tmp_path, name):
    stand_in = "x" * len(name.encode())
    data = zipped({stand_in: NOTICE, "通知.txt": NOTICE})
    found = each(tmp_path, renamed(data, stand_in.encode(), name.encode()))
    assert sorted(found.values()) == ["unsafe_name", NOTICE.decode()]
    assert not any(ord(character) < 32 for source in found for character in source)


def test_link_is_a_failure(tmp_path):
    link = ZipInfo("链接.txt")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert each(tmp_path, archive((link, b"/etc/passwd"), ("a.txt", NOTICE))) == {
        "/a.txt": NOTICE.decode(),
        "/链接.txt": "not_a_file",
    }


def test_member_under_a_password_is_a_failure(tmp_path):
    data = bytearray(zipped({"a.txt": NOTICE, "b.txt": NOTICE}))
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert each(tmp_path, bytes(data)) == {"/a.txt": "encrypted", "/b.txt": NOTICE.decode()}


def test_damaged_member_is_a_failure(tmp_path):
    data = zipped({"a.txt": NOTICE, "b.txt": b"abc"}, compression=ZIP_STORED)
    data = data.replace(NOTICE, NOTICE[:-2] + b"x\n")
    assert each(tmp_path, data) == {"/a.txt": "corrupt", "/b.txt": "abc"}


def test_archive_cut_off_is_a_failure(tmp_path):
    assert each(tmp_path, zipped({"a.txt": NOTICE})[:-30]) == {"": "corrupt"}


@pytest.mark.parametrize("data", [zipped({}), zipped({"通知/": b""}), zipped({".DS_Store": b"x"})])
def test_empty_archive_is_a_failure(tmp_path, data):
    assert each(tmp_path, data) == {"": "empty_archive"}


def test_empty_member_is_a_failure(tmp_path):
    assert each(tmp_path, zipped({"a.txt": b""})) == {"/a.txt": "empty"}


def test_members_are_counted_over_all_levels(tmp_path):
    inner = zipped({f"{number}.txt": b"1" for number in range(6)})
    found = each(tmp_path, zipped({"a.zip": inner, "b.zip": inner}), members=10)
    assert found.pop("/b.zip") == "limit_exceeded"
    assert set(found.values()) == {"1"}
    assert each(tmp_path, inner, members=5) == {"": "limit_exceeded"}


def test_inflated_size_is_counted_over_all_levels(tmp_path):
    inner = zipped({"a.txt": b"1" * 4000})
    data = zipped({f"{number}.zip": inner for number in range(4)}, compression=ZIP_STORED)
    found = each(tmp_path, data, inflated_bytes=2 * 4000 + 3 * len(inner))
    assert list(found.values()).count("limit_exceeded") == 2


def test_nothing_is_inflated_once_the_budget_is_spent():
    members = zip_members(
        zipped({f"{number}.txt": b"1" * 3000 for number in range(9)}),
        budget := Budget(Limits(inflated_bytes=5000)),
    )
    assert [isinstance(member.data, bytes) for member in members] == [True] + [False] * 8
    assert budget.inflated_bytes == 6000


def test_bomb_is_refused_by_its_ratio(tmp_path):
    data = zipped({"a.txt": b"0" * 12_000_000, "b.txt": NOTICE})
    assert each(tmp_path, data) == {"/a.txt": "limit_exceeded", "/b.txt": NOTICE.decode()}


def test_archives_inside_one_another(tmp_path):
    data = zipped({"通知.txt": NOTICE})
    for level in range(3):
        data = zipped({f"{level}.zip": data})
    assert each(tmp_path, data) == {"/2.zip/1.zip/0.zip/通知.txt": NOTICE.decode()}
    assert each(tmp_path, data, nesting=3) == {"/2.zip/1.zip/0.zip": "limit_exceeded"}


def test_members_that_share_their_data_are_refused(tmp_path):
    data = bytearray(zipped({"a.txt": b"1" * 5000, "b.txt": b"2" * 5000}, compression=ZIP_STORED))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    offset = data.index(b"PK\x03\x04", 10)
    # The second member now begins inside the first.
    data[second + 42 : second + 46] = struct.pack("<I", offset - 100)
    found = each(tmp_path, bytes(data))
    assert set(found.values()) == {"corrupt"}


def test_too_many_members_to_list_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("textsafe.readers.archive._MAX_LISTED", 3)
    assert each(tmp_path, zipped({f"{n}.txt": b"1" for n in range(4)})) == {"": "corrupt"}


def test_natural_order_copes_with_all_digits():
    assert sorted(["２", "10", "1", "²", ""], key=natural_key) == ["", "1", "２", "10", "²"]
