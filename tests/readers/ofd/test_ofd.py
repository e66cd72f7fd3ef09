"""Pages of OFD as people see them: the same pages as in the tests of PDF, and what only OFD has."""

from __future__ import annotations

import pytest

from tests.ofd_builder import (
    MM,
    Parts,
    Sheet,
    box_path,
    build_ofd,
    build_package,
    path_object,
    sheet_of,
    text_object,
)
from tests.pdf_builder import LEADING, LEFT, SIZE, TOP, Page, Shade, Text, grid, page_of, wrap
from textsafe.document import Document
from textsafe.readers import read_bytes

FIRST = "各镇要立即组织对辖区内加油站、烟花爆竹零售点开展全面排查，对查出的隐患逐项登记。"
SECOND = "县应急局牵头，县消防救援大队、县市场监管局配合，六月底前完成检查并报县安委办。"


def read(data: bytes) -> Document:
    return read_bytes(data, source="通知.ofd")


def texts(document: Document) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks]


def line(text: str, y: float = 200.0, *, attributes: str = "", **more: str) -> str:
    return text_object(Text(text, LEFT, y), attributes=attributes, **more)


def one_page(*objects: str) -> Document:
    return read(build_package(Sheet("".join(objects))))


def test_paragraphs_go_over_lines_and_pages() -> None:
    lines = [*wrap(FIRST * 3), *wrap(SECOND * 2)]
    document = read(build_ofd(page_of(lines[:4], number="1"), page_of(lines[4:], number="2")))
    assert texts(document) == [FIRST * 3, SECOND * 2]
    assert document.metadata.pages == 2
    assert document.metadata.format == "ofd"
    assert [piece.text for piece in document.furniture] == ["1", "2"]


def test_places_are_in_points_from_the_top_left() -> None:
    document = read(build_ofd(Page([Text("各镇要抓紧落实。", 100, 300, 16)])))
    (block,) = document.blocks
    assert block.page == 1
    assert block.bbox == pytest.approx((100, 300 - 0.88 * 16, 228, 300 + 0.12 * 16), abs=0.2)


def test_the_order_of_the_objects_does_not_matter() -> None:
    page = page_of([*wrap(FIRST * 2), *wrap(SECOND)])
    assert texts(read(build_ofd(Page(list(reversed(page.drawn)))))) == [FIRST * 2, SECOND]


def test_two_columns_are_read_one_after_the_other() -> None:
    columns = [(FIRST * 4, 60), (SECOND * 4, 310)]
    drawn = [
        Text(text[start : start + 18], x, 100 + start // 18 * 20, 12)
        for text, x in columns
        for start in range(0, len(text), 18)
    ]
    rows = sorted(drawn, key=lambda item: item.baseline)
    assert "".join(texts(read(build_ofd(Page(rows))))) == FIRST * 4 + SECOND * 4


@pytest.mark.parametrize("bar", [False, True])
def test_a_ruled_table_is_a_table(bar: bool) -> None:
    rows = [("任务", "牵头单位"), ("加油站排查", "县应急局"), ("校车检查", "县教育局")]
    drawn = [
        *grid([80, 240, 400], [100, 130, 160, 190], bar=bar),
        *(
            Text(text, 86 + 160 * column, 120 + 30 * row, 12)
            for row, cells in enumerate(rows)
            for column, text in enumerate(cells)
        ),
        Text("附注：以上任务每月报送进展。", LEFT, 240),
    ]
    document = read(build_ofd(Page(drawn)))
    assert texts(document) == [
        "任务\t牵头单位",
        "加油站排查\t县应急局",
        "校车检查\t县教育局",
        "附注：以上任务每月报送进展。",
    ]
    assert len(document.tables) == 1


def test_text_on_a_template_belongs_to_the_page() -> None:
    form = Sheet(line("检查单位：", 300) + line("— 1 —", 800))
    parts = Parts(templates={"7": form})
    sheet = Sheet(text_object(Text("县应急局", LEFT + 6 * SIZE, 300)), templates=["7"])
    document = read(build_package(sheet, parts=parts))
    assert texts(document) == ["检查单位： 县应急局"]
    assert [(piece.kind, piece.text) for piece in document.furniture] == [("page_number", "— 1 —")]


def test_running_text_of_a_template_is_furniture() -> None:
    head = Sheet(line("安全生产责任制汇编", 60))
    pages = [sheet_of(page_of(wrap(text)), templates=["7"]) for text in (FIRST, SECOND, FIRST)]
    document = read(build_package(*pages, parts=Parts(templates={"7": head})))
    assert texts(document) == [FIRST, SECOND, FIRST]
    assert {piece.text for piece in document.furniture} == {"安全生产责任制汇编"}


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ('DeltaX="g 3 5.6444"', "加油站甲"),
        ('DeltaX="5.6444 g 2 5.6444"', "加油站甲"),
        ('DeltaX="g 99999999999 5.6444"', "加油站甲"),
        ('DeltaX="5.6444"', "加油站甲"),
        ("", "加油站甲"),
        ('DeltaX="9 9 9"', "加油站甲"),
        ('DeltaX="20 5.6444 5.6444"', "加 油站甲"),
        ('DeltaX="x y z"', "甲加油站"),
    ],
)
def test_distances(code: str, text: str) -> None:
    found = one_page(line("加油站甲", code=code or 'Visible="true"'))
    if "x y z" not in code:  # all in one place: which comes first is anybody's guess
        assert texts(found) == [text]


def test_glyph_numbers_take_the_place_of_characters() -> None:
    # Three characters are drawn as one shape: there is one distance fewer.
    inner = (
        '<ofd:CGTransform CodePosition="1" CodeCount="3" GlyphCount="1">'
        "<ofd:Glyphs>191</ofd:Glyphs></ofd:CGTransform>"
    )
    step = SIZE * MM / 2
    code = f'DeltaX="{step} {step * 2} {step} {step}"'
    document = one_page(line("oﬃce".replace("ﬃ", "ffi"), inner=inner, code=code))
    assert texts(document) == ["office"]


def test_words_apart_without_spaces_get_them() -> None:
    step = SIZE * MM / 2
    code = f'DeltaX="{step} {step} {2 * step} {step} {step}"'
    assert texts(one_page(line("GB6441", code=code))) == ["GB6 441"]


def test_shapes_without_characters_are_reported() -> None:
    inner = (
        '<ofd:CGTransform CodePosition="0" CodeCount="12" GlyphCount="12">'
        f"<ofd:Glyphs>{' '.join(map(str, range(40, 52)))}</ofd:Glyphs></ofd:CGTransform>"
    )
    document = one_page(line("各镇要抓紧落实。", 100), line(" " * 12, 300, inner=inner))
    assert document.text.startswith("各镇要抓紧落实。")
    assert document.warnings == ("第 1 页的字体缺少文字编码，部分文字无法读取",)


def test_private_codes_are_reported() -> None:
    document = one_page(line("\ue1a1\ue1a2\ue1a3" * 5))
    assert document.warnings == ("第 1 页的字体缺少文字编码，部分文字无法读取",)


def test_line_breaks_in_the_xml_are_no_text() -> None:
    data = build_package(Sheet(line("各镇落实。").replace("各镇", "\n        各镇")))
    assert texts(read(data)) == ["各镇落实。"]


WHITE = '<ofd:FillColor Value="255 255 255"/>'
HIDDEN = "第 1 页有看不见的文字（白色或透明），未读取"


@pytest.mark.parametrize(
    ("attributes", "inner"),
    [
        ("", WHITE),
        ("", '<ofd:FillColor Value="#ff #ff #ff"/>'),
        ("", '<ofd:FillColor Value="255"/>'),
        ("", '<ofd:FillColor Value="0 0 0 0"/>'),
        ("", '<ofd:FillColor Value="0 0 0" Alpha="0"/>'),
        ('Alpha="0"', ""),
        ('Visible="false"', ""),
        ('Fill="false"', ""),
        ('DrawParam="9"', ""),
    ],
)
def test_text_that_cannot_be_seen_is_left_out(attributes: str, inner: str) -> None:
    hidden = line("此处加盖印章", 260, attributes=attributes, inner=inner)
    params = (
        '<ofd:DrawParam ID="8">' + WHITE + '</ofd:DrawParam><ofd:DrawParam ID="9" Relative="8"/>'
    )
    parts = Parts(resources=f"<ofd:DrawParams>{params}</ofd:DrawParams>")
    document = read(build_package(Sheet(line("各镇要抓紧落实。", 200) + hidden), parts=parts))
    assert texts(document) == ["各镇要抓紧落实。"]
    assert document.warnings == (HIDDEN,)


def test_white_text_on_a_coloured_ground_is_read() -> None:
    ground = path_object(
        box_path(60, 180, 400, 210),
        attributes='Stroke="false" Fill="true"',
        inner='<ofd:FillColor Value="192 0 0"/>',
    )
    document = one_page(ground, line("安全生产警示", 200, inner=WHITE))
    assert texts(document) == ["安全生产警示"]
    assert not document.warnings


def test_transparent_text_over_a_picture_is_its_text_layer() -> None:
    picture = '<ofd:ImageObject ResourceID="5" CTM="210 0 0 297 0 0" Boundary="0 0 210 297"/>'
    layer = "".join(
        line(text, TOP + LEADING * place, attributes='Alpha="0"')
        for place, text in enumerate(wrap(FIRST * 2))
    )
    document = one_page(picture, layer)
    assert texts(document) == [FIRST * 2]
    assert not document.warnings


def test_large_pale_text_is_a_watermark() -> None:
    mark = text_object(
        Text("县安委办内部资料", 120, 205, 40), inner='<ofd:FillColor Value="220 220 220"/>'
    )
    document = one_page(line(FIRST[:24], 200), mark)
    assert texts(document) == [FIRST[:24]]
    assert document.warnings == ("第 1 页有浅色大字（可能是水印），未读取",)


def test_slanted_text_is_left_out() -> None:
    document = read(
        build_ofd(
            Page([Text("各镇要抓紧落实。", LEFT, 200), Text("内部资料", 200, 400, 40, 0, 45)])
        )
    )
    assert texts(document) == ["各镇要抓紧落实。"]
    assert document.warnings == ("第 1 页有倾斜或竖转的文字（可能是水印），未读取",)


def test_a_page_set_sideways_is_read_upright() -> None:
    drawn = [
        Text(
            text.lstrip("\u3000"), 100 + LEADING * place, 780 - (32 if place == 0 else 0), angle=90
        )
        for place, text in enumerate(wrap(FIRST))
    ]
    document = read(build_ofd(Page(drawn)))
    assert texts(document) == [FIRST]
    box = document.blocks[0].bbox
    assert box is not None
    assert box[3] - box[1] > 200 > box[2] - box[0]


@pytest.mark.parametrize("kind", ["Background", "Body", "Foreground"])
def test_every_layer_is_read(kind: str) -> None:
    sheet = Sheet(line("各镇要抓紧落实。"), layer=f'Type="{kind}"')
    assert texts(read(build_package(sheet))) == ["各镇要抓紧落实。"]


def test_blocks_and_units_are_followed() -> None:
    drawn = f"<ofd:Content>{line('组合图元中的文字', 100)}</ofd:Content>"
    unit = f'<ofd:CompositeGraphicUnit ID="70">{drawn}</ofd:CompositeGraphicUnit>'
    parts = Parts(resources=f"<ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits>")
    body = (
        f"<ofd:PageBlock><ofd:PageBlock>{line('图块中的文字', 200)}</ofd:PageBlock></ofd:PageBlock>"
        '<ofd:CompositeObject ResourceID="70" Boundary="0 100 210 20"/>'
    )
    document = read(build_package(Sheet(body), parts=parts))
    assert texts(document) == ["图块中的文字", "组合图元中的文字"]
    assert document.blocks[1].bbox == pytest.approx((74, 369.4, 202, 385.4), abs=0.3)


def test_size_and_place_follow_the_matrix() -> None:
    twice = line("加油站", 100, attributes='CTM="2 0 0 2 0 0"')
    (block,) = one_page(twice).blocks
    assert block.bbox is not None
    assert block.bbox[2] - block.bbox[0] == pytest.approx(3 * 2 * SIZE, abs=0.2)


def test_text_off_the_page_is_not_read() -> None:
    document = one_page(line("各镇要抓紧落实。"), line("页外的文字", 2000), line("页外", -50))
    assert texts(document) == ["各镇要抓紧落实。"]


def test_annotations_are_named_and_not_read() -> None:
    look = f"<ofd:Appearance>{line('收文专用章')}</ofd:Appearance>"
    place = '<ofd:Page PageID="1000"><ofd:FileLoc>A/0.xml</ofd:FileLoc></ofd:Page>'
    extra = {
        "Doc_0/Annots.xml": _xml("Annotations", place),
        "Doc_0/A/0.xml": _xml("PageAnnot", f'<ofd:Annot Type="Stamp">{look}</ofd:Annot>'),
    }
    parts = Parts(document="<ofd:Annotations>Annots.xml</ofd:Annotations>", extra=extra)
    document = read(build_package(Sheet(line("各镇要抓紧落实。")), parts=parts))
    assert texts(document) == ["各镇要抓紧落实。"]
    assert document.warnings == ("第 1 页的注释（印章、水印或批注）含有文字，未作正文读取",)


def test_attachments_are_named() -> None:
    place = "<ofd:FileLoc>Att/a.xlsx</ofd:FileLoc>"
    listed = f'<ofd:Attachment ID="1" Name="任务分解表.xlsx">{place}</ofd:Attachment>'
    parts = Parts(
        document="<ofd:Attachments>Att.xml</ofd:Attachments>",
        extra={"Doc_0/Att.xml": _xml("Attachments", listed)},
    )
    document = read(build_package(Sheet(line("各镇要抓紧落实。")), parts=parts))
    assert document.warnings == ("文件内嵌 1 个附件（任务分解表.xlsx），未读取；请另存后单独读取",)


def test_seals_and_metadata_are_no_text() -> None:
    stamp = '<ofd:StampAnnot ID="1" PageRef="1000" Boundary="0 0 33 33"/>'
    signature = _xml("Signature", f"<ofd:SignedInfo>{stamp}</ofd:SignedInfo>")
    title = "<ofd:DocInfo><ofd:Title>元数据中的标题</ofd:Title></ofd:DocInfo>"
    parts = Parts(
        body=f"{title}<ofd:Signatures>Doc_0/S.xml</ofd:Signatures>",
        extra={
            "Doc_0/S.xml": _xml("Signatures", '<ofd:Signature ID="1" BaseLoc="S/0.xml"/>'),
            "Doc_0/S/0.xml": signature,
            "Doc_0/S/Seal.esl": "某某县应急管理局".encode("gb18030"),
        },
    )
    document = read(build_package(Sheet(line("各镇要抓紧落实。")), parts=parts))
    assert document.text == "各镇要抓紧落实。"
    assert not document.warnings


def _xml(name: str, content: str) -> bytes:
    return f'<ofd:{name} xmlns:ofd="http://www.ofdspec.org/2016">{content}</ofd:{name}>'.encode()


def test_a_shade_behind_text_is_no_table() -> None:
    page = page_of(wrap(FIRST))
    document = read(build_ofd(Page([Shade(60, 90, 480, 200), *page.drawn])))
    assert texts(document) == [FIRST]
    assert not document.tables


def test_a_sheet_of_a_pdf_page_is_the_same_page() -> None:
    page = page_of(wrap(FIRST))
    assert build_package(sheet_of(page)) == build_ofd(page)
