"""Whatever happens to an OFD file: its text or a DocumentError comes back, in bounded time."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import zipped
from tests.ofd_builder import (
    Parts,
    Sheet,
    build_ofd,
    build_package,
    members,
    path_object,
    sheet_of,
    text_object,
)
from tests.pdf_builder import LEFT, Page, Text, grid, page_of, wrap
from textsafe.document import Document
from textsafe.errors import (
    CorruptDocumentError,
    DocumentError,
    EmptyDocumentError,
    EncryptedDocumentError,
    LimitExceededError,
)
from textsafe.readers import ofd, read_bytes
from textsafe.readers.options import DEFAULT_OPTIONS, Options

BODY = "各镇人民政府要加强组织领导，每月底前将进展情况报送县安全生产委员会办公室备案。"
SHEET = Sheet(text_object(Text("各镇要抓紧落实。", LEFT, 200)))


def read(data: bytes, options: Options = DEFAULT_OPTIONS) -> Document:
    return read_bytes(data, source="通知.ofd", options=options)


def limited(**limits: int) -> Options:
    return Options(limits=replace(DEFAULT_OPTIONS.limits, **limits))


@cache
def intact(compression: int = ZIP_DEFLATED) -> bytes:
    table = Page([*grid((74, 274, 522), (200, 230, 260)), Text("县住建局", 80, 220, 12)])
    pages = [page_of(wrap(BODY), number="— 1 —"), table, page_of(wrap(BODY))]
    parts = Parts(templates={"7": Sheet(text_object(Text("安全生产", LEFT, 60)))})
    package = members(*(sheet_of(page, templates=["7"]) for page in pages), parts=parts)
    return zipped(package, compression=compression)


def read_or_refuse(data: bytes) -> None:
    try:
        content = ofd.read(data, DEFAULT_OPTIONS)
    except DocumentError:
        return
    content.text.encode("utf-8")
    end = 0
    for block in content.blocks:
        quoted = block.span.of(content.text)
        assert quoted == quoted.strip() != ""
        assert block.span.start >= end
        end = block.span.end


@settings(deadline=None, max_examples=100)
@given(st.integers(min_value=0, max_value=len(intact())))
def test_cut_off(length: int) -> None:
    read_or_refuse(intact()[:length])


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from([ZIP_DEFLATED, ZIP_STORED]),
    st.lists(st.tuples(st.integers(0, 100_000), st.binary(max_size=8)), max_size=40),
)
def test_overwritten(compression: int, changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(intact(compression))
    for place, new in changes:
        start = place % len(data)
        data[start : start + len(new)] = new
    read_or_refuse(bytes(data))


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_odd_values(data: st.DataObject) -> None:
    """Attributes and texts of the XML are replaced, so that zip and XML stay in order."""
    package = members(SHEET, sheet_of(page_of(wrap(BODY))))
    odd = st.sampled_from(["", "nan", "inf", "-1e308", "1e999", "g", "g g g", "0 0 0 0", "一", "0"])
    name = data.draw(st.sampled_from(sorted(package)))
    text = package[name]
    assert isinstance(text, str)
    values = [match.span(1) for match in re.finditer(r'="([^"]*)"|(?<=>)([^<]+)(?=<)', text)]
    for start, end in sorted(data.draw(st.sets(st.sampled_from(values), max_size=4)), reverse=True):
        if start >= 0 and "ofdspec" not in text[start:end]:
            text = text[:start] + data.draw(odd) + text[end:]
    read_or_refuse(zipped(package | {name: text}))


@pytest.mark.parametrize(
    "location",
    [
        "/Doc_0/Pages/Page_0/Content.xml",
        "Doc_0/Pages/Page_0/Content.xml",
        "./Pages/../Pages/Page_0/Content.xml",
        "Pages\\Page_0\\Content.xml",
        "pages/page_0/CONTENT.XML",
        " Pages/Page_0/Content.xml\n",
    ],
)
def test_locations_however_they_are_written(location: str) -> None:
    assert read(build_package(SHEET, parts=Parts(locations=[location]))).text == "各镇要抓紧落实。"


@pytest.mark.parametrize(
    "location",
    [
        "../../../etc/passwd",
        "/etc/passwd",
        "file:///etc/passwd",
        "",
        ".",
        "..",
        "C:\\a.xml",
        "\0",
        "Pages",
    ],
)
def test_nothing_outside_of_the_container_is_read(location: str) -> None:
    locations = ["Pages/Page_0/Content.xml", location]
    if location == "\0":
        locations[1] = "&#9;"
    document = read(build_package(SHEET, parts=Parts(locations=locations)))
    assert document.text == "各镇要抓紧落实。"
    assert document.warnings == ("第 2 页已损坏，未读取",)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_names_in_undeclared_encodings(encoding: str) -> None:
    parts = members(SHEET, parts=Parts(locations=["页面/第一页.xml"]))
    parts["Doc_0/PAGE.xml"] = parts.pop("Doc_0/Pages/Page_0/Content.xml")
    name = "Doc_0/页面/第一页.xml".encode(encoding)
    # The name is patched into the finished file, as zipfile would declare its encoding.
    stand_in = "Doc_0/" + "x" * (len(name) - len("Doc_0/"))
    parts[stand_in] = parts.pop("Doc_0/PAGE.xml")
    assert read(zipped(parts).replace(stand_in.encode(), name)).text == "各镇要抓紧落实。"


def test_a_page_that_is_damaged_does_not_cost_the_others() -> None:
    package = members(SHEET, SHEET, SHEET)
    package["Doc_0/Pages/Page_1/Content.xml"] = "<ofd:Page"
    del package["Doc_0/Pages/Page_2/Content.xml"]
    document = read(zipped(package))
    assert document.text == "各镇要抓紧落实。"
    assert document.metadata.pages == 3
    assert document.warnings == ("第 2—3 页已损坏，未读取",)


@pytest.mark.parametrize("lost", ["Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml"])
def test_what_cannot_be_done_without(lost: str) -> None:
    package = members(SHEET)
    del package[lost]
    with pytest.raises(CorruptDocumentError):
        read(zipped(package))


@pytest.mark.parametrize("lost", ["Doc_0/PublicRes.xml", "Doc_0/Tpls/7.xml"])
def test_what_can_be_done_without(lost: str) -> None:
    package = members(replace(SHEET, templates=["7"]), parts=Parts(templates={"7": Sheet()}))
    package[lost] = "damaged"
    assert read(zipped(package)).text == "各镇要抓紧落实。"


def test_enciphered_files_are_named() -> None:
    package = members(SHEET)
    hidden = {"Encryptions.xml": "<Encryptions/>", "Doc_0/a.dat": b"\x01\x02"}
    for lost in ("OFD.xml", "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml"):
        with pytest.raises(EncryptedDocumentError):
            read(zipped({name: part for name, part in package.items() if name != lost} | hidden))


def test_enciphered_pages_are_named() -> None:
    package = members(SHEET, SHEET) | {"Encryptions.xml": "<Encryptions/>"}
    del package["Doc_0/Pages/Page_1/Content.xml"]
    assert read(zipped(package)).warnings == ("第 2 页已加密，未读取",)


def test_several_documents_in_one_file() -> None:
    package = members(SHEET)
    second = {
        name.replace("Doc_0", "Doc_1"): part
        for name, part in members(sheet_of(page_of(wrap(BODY)))).items()
        if name != "OFD.xml"
    }
    root = str(package["OFD.xml"])
    body = root[root.index("<ofd:DocBody>") : root.index("</ofd:OFD>")]
    package["OFD.xml"] = root.replace(body, body + body.replace("Doc_0", "Doc_1"))
    document = read(zipped(package | second))
    assert [block.page for block in document.blocks] == [1, 2]
    assert document.text == f"各镇要抓紧落实。\n{BODY}"


def test_the_current_version_is_read() -> None:
    versions = (
        '<ofd:Versions><ofd:Version ID="1" Index="1" BaseLoc="Doc_0/V1.xml"/>'
        '<ofd:Version ID="2" Index="2" Current="true" BaseLoc="Doc_0/V2.xml"/></ofd:Versions>'
    )
    version = '<ofd:DocVersion xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocRoot>/Doc_0/{}</ofd:DocRoot></ofd:DocVersion>'
    package = members(SHEET, sheet_of(page_of(wrap(BODY))), parts=Parts(body=versions))
    document = str(package["Doc_0/Document.xml"])
    first = '<ofd:Page ID="1000" BaseLoc="Pages/Page_0/Content.xml"/>'
    package["Doc_0/Second.xml"] = document.replace(first, "")
    package["Doc_0/V1.xml"] = version.format("Document.xml")
    package["Doc_0/V2.xml"] = version.format("Second.xml")
    assert read(zipped(package)).text == BODY


@pytest.mark.parametrize("namespace", ["http://www.ofdspec.org", "urn:other"])
def test_other_namespaces(namespace: str) -> None:
    package = {
        name: str(part).replace("http://www.ofdspec.org/2016", namespace)
        for name, part in members(SHEET).items()
    }
    assert read(zipped(package)).text == "各镇要抓紧落实。"


def test_xml_that_declares_gb2312() -> None:
    package: dict[str, str | bytes] = {
        name: str(part).replace("UTF-8", "GB2312").encode("gb18030")
        for name, part in members(Sheet(text_object(Text("镕垚㙍", LEFT, 200)))).items()
    }
    assert read(zipped(package)).text == "镕垚㙍"


BOMB = '<!DOCTYPE a [<!ENTITY a "各镇"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "part", ["OFD.xml", "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml"]
)
def test_entities_are_refused(part: str) -> None:
    package = members(SHEET)
    text = str(package[part])
    package[part] = text.replace("?>\n", f"?>\n{BOMB}", 1)
    with pytest.raises(CorruptDocumentError):
        read(zipped(package))


def test_external_entities_are_not_fetched() -> None:
    package = members(SHEET)
    name = "Doc_0/Pages/Page_0/Content.xml"
    attack = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    text = str(package[name]).replace("各镇", "&x;")
    package[name] = text.replace("?>\n", f"?>\n{attack}", 1)
    with pytest.raises(CorruptDocumentError):
        read(zipped(package))


def test_deep_blocks_are_refused() -> None:
    body = "<ofd:PageBlock>" * 200 + SHEET.body + "</ofd:PageBlock>" * 200
    with pytest.raises(LimitExceededError, match="depth"):
        read(build_package(Sheet(body)))


@pytest.mark.parametrize("fan", [1, 2, 10])
def test_units_that_draw_themselves_end(fan: int) -> None:
    again = '<ofd:CompositeObject ResourceID="70"/>' * fan
    content = f"<ofd:Content>{again}</ofd:Content>"
    unit = f'<ofd:CompositeGraphicUnit ID="70">{content}</ofd:CompositeGraphicUnit>'
    parts = Parts(resources=f"<ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits>")
    with pytest.raises(LimitExceededError):
        read(build_package(Sheet('<ofd:CompositeObject ResourceID="70"/>'), parts=parts))


def test_units_that_multiply_are_counted() -> None:
    units = "".join(
        f'<ofd:CompositeGraphicUnit ID="{level}"><ofd:Content>'
        + f'<ofd:CompositeObject ResourceID="{level + 1}"/>' * 10
        + "</ofd:Content></ofd:CompositeGraphicUnit>"
        for level in range(20)
    )
    parts = Parts(resources=f"<ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits>")
    data = build_package(Sheet('<ofd:CompositeObject ResourceID="0"/>'), parts=parts)
    with pytest.raises(LimitExceededError, match="blocks"):
        read(data, limited(blocks=20_000))


def test_templates_that_use_themselves_end() -> None:
    template = replace(SHEET, templates=["7"])
    document = read(
        build_package(replace(SHEET, body="", templates=["7"]), parts=Parts({"7": template}))
    )
    assert document.text == "各镇要抓紧落实。"


def test_one_page_listed_again_and_again_is_counted() -> None:
    locations = ["Pages/Page_0/Content.xml"] * 30
    data = build_package(SHEET, parts=Parts(locations=locations))
    with pytest.raises(LimitExceededError, match="pages"):
        read(data, limited(pages=29))
    with pytest.raises(LimitExceededError, match="parts"):
        read(data, limited(parts=20))


def test_resources_listed_again_and_again_are_counted() -> None:
    package = members(SHEET)
    name = "Doc_0/Document.xml"
    resource = "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
    package[name] = str(package[name]).replace(resource, resource * 100)
    with pytest.raises(LimitExceededError, match="parts"):
        read(zipped(package), limited(parts=50))


def test_what_is_inflated_is_counted() -> None:
    data = build_package(Sheet(SHEET.body + " " * 2_000_000))
    with pytest.raises(LimitExceededError, match="inflated"):
        read(data, limited(inflated_bytes=1_000_000))


def test_characters_are_counted() -> None:
    data = build_package(*[sheet_of(page_of(wrap(BODY)))] * 3)
    with pytest.raises(LimitExceededError, match="characters"):
        read(data, limited(characters=100))


def test_a_drawing_is_no_table() -> None:
    many = path_object("M 0 0 L 1 1 " * 12_000)
    document = read(build_package(Sheet(SHEET.body + many)))
    assert document.text == "各镇要抓紧落实。"
    assert document.warnings == ("第 1 页线条或文字过多（可能是图纸），未查找表格，全部按正文读取",)


def test_more_crossings_than_a_table_has() -> None:
    lines = "".join(f"M {x} 0 L {x} 297 M 0 {x} L 210 {x} " for x in range(5, 205))
    document = read(build_package(Sheet(SHEET.body + path_object(lines))))
    assert document.text == "各镇要抓紧落实。"
    assert not document.tables
    assert len(document.warnings) == 1


@pytest.mark.slow
def test_many_objects_cost_no_more_each() -> None:
    body = "".join(
        text_object(Text(f"第{number % 10}项", 60 + number % 7 * 70, 60 + number % 90 * 8, 6))
        for number in range(100_000)
    )
    assert "第1项" in read(build_package(Sheet(body))).text


def test_members_that_are_links_or_folders() -> None:
    package = members(SHEET)
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, part in package.items():
            archive.writestr(ZipInfo(name), part)
        link = ZipInfo("Doc_0/Pages/Page_1/Content.xml")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr(ZipInfo("Doc_0/Pages/"), b"")
    assert read(file.getvalue()).text == "各镇要抓紧落实。"


def test_a_file_without_text_is_empty() -> None:
    with pytest.raises(EmptyDocumentError):
        read(build_package(Sheet()))


def test_reading_twice_gives_the_same() -> None:
    assert read(intact()) == read(intact())


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text("各镇要落实，。12Aa ", min_size=1, max_size=60), min_size=1, max_size=20))
def test_blocks_are_ordered_and_true(lines: list[str]) -> None:
    read_or_refuse(build_ofd(page_of(lines)))
