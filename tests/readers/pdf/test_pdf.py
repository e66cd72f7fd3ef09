from __future__ import annotations

import io
import tomllib
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pypdfium2
import pytest

from tests.pdf_builder import (
    A4,
    LEFT,
    LINE,
    RIGHT,
    SIZE,
    Drawn,
    Page,
    Rule,
    Shade,
    Text,
    build_pdf,
    grid,
    page_of,
    wrap,
)
from textsafe.document import Cell
from textsafe.errors import (
    CorruptDocumentError,
    EncryptedDocumentError,
    LimitExceededError,
    ScannedDocumentError,
)
from textsafe.readers import pdf
from textsafe.readers.content import Content
from textsafe.readers.limits import Limits
from textsafe.readers.options import Options

CASES = Path(__file__).parents[2] / "cases" / "pdf_paragraphs.toml"
BODY = (
    "县应急管理局要会同有关部门开展专项检查，对发现的问题逐一登记造册，"
    "限期整改到位，整改情况及时向社会公布。"
)


def read(*pages: Page, limits: Limits | None = None) -> Content:
    return pdf.read(build_pdf(*pages), Options(limits or Limits()))


def blocks(content: Content) -> list[str]:
    return [block.span.of(content.text) for block in content.blocks]


def body_pages(count: int, *extra: Drawn) -> list[Page]:
    return [Page([*page_of(wrap(BODY)).drawn, *extra]) for _ in range(count)]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["name"])
        for case in tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]
    ],
)
def test_lines_become_paragraphs(case: dict[str, Any]) -> None:
    content = read(*(page_of(page.splitlines()) for page in case["pages"]))
    assert blocks(content) == case["paragraphs"]
    assert content.pages == len(case["pages"])


def test_block_has_page_and_place_from_the_top_left() -> None:
    content = read(Page(), page_of(["　　一、全面排查"]))
    (block,) = content.blocks
    assert block.page == 2
    assert block.bbox == (LEFT + 2 * SIZE, 105.0, LEFT + 8 * SIZE, 121.0)


def test_paragraph_over_two_pages_has_the_place_of_its_beginning() -> None:
    lines = wrap(BODY)
    content = read(page_of(lines[:1], first=21), page_of(lines[1:]))
    (block,) = content.blocks
    assert block.page == 1
    assert block.bbox is not None
    assert block.bbox[3] - block.bbox[1] == pytest.approx(SIZE, abs=0.1)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_page_rotation_is_undone(rotation: int) -> None:
    table = [*grid((74, 274, 522), (200, 230)), *cells(("单位", 74, 200), ("任务", 274, 200))]
    content = read(Page([Text("各镇要抓紧整改", 100, 100), *table], rotation=rotation))
    assert blocks(content) == ["各镇要抓紧整改", "单位\t任务"]
    assert content.blocks[0].bbox == (100, 85.9, 212, 101.9)
    assert content.tables[0].bbox == (74, 200, 522, 230)
    assert not content.warnings


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        pytest.param([Text("治 本 攻 坚", 100, 100)], "治本攻坚", id="stray spaces"),
        pytest.param([Text("姓名", 100, 100), Text("张三", 180, 100)], "姓名 张三", id="wide gap"),
        pytest.param(
            [Text("安全生产委员会", 100, 100, spacing=12)], "安全生产委员会", id="letterspaced"
        ),
        pytest.param(
            [Text("按 GB 6441 分类", 100, 100)], "按 GB 6441 分类", id="words keep their spaces"
        ),
        pytest.param(
            [Text("于", 100, 100), Text("2024", 120, 100, 16), Text("年", 156, 100)],
            "于2024年",
            id="a quarter em beside digits is no space",
        ),
        pytest.param(
            [Text("严禁动火", 100, 100), Text("严禁动火", 100.4, 100)],
            "严禁动火",
            id="imitated bold",
        ),
        pytest.param(
            [Text("存量500m", 100, 100), Text("3", 170, 94, 8)], "存量500m3", id="superscript"
        ),
        pytest.param(
            [Text("事故", 132, 100), Text("防范", 100, 100)], "防范事故", id="drawn out of order"
        ),
    ],
)
def test_characters_of_a_line(drawn: list[Text], expected: str) -> None:
    assert blocks(read(Page(drawn))) == [expected]


@pytest.mark.parametrize(
    "number",
    ["— {} —", "- {} -", "{}", "第{}页", "第 {} 页 共 9 页", "{}/9"],
)
def test_page_numbers_are_furniture(number: str) -> None:
    pages = [page_of(wrap(BODY), number=number.format(page)) for page in (3, 4, 5)]
    content = read(*pages)
    assert blocks(content) == [BODY] * 3
    assert [(piece.kind, piece.page) for piece in content.furniture] == [
        ("page_number", 1),
        ("page_number", 2),
        ("page_number", 3),
    ]


def test_page_numbers_in_a_font_that_does_not_decode_are_furniture() -> None:
    content = read(*(page_of(wrap(BODY), number=shapes) for shapes in ("─ж", "─з", "─и")))
    assert blocks(content) == [BODY] * 3
    assert [piece.kind for piece in content.furniture] == ["page_number"] * 3


def test_running_header_and_footer_are_furniture() -> None:
    header, footer = Text("青石化工安全管理制度 第1页", 200, 60, 10), Text("内部资料", 250, 800, 10)
    content = read(*body_pages(4, header, footer))
    assert blocks(content) == [BODY] * 4
    assert [piece.kind for piece in content.furniture] == ["header", "footer"] * 4


def test_headings_at_the_top_of_pages_stay() -> None:
    pages = [
        Page([*page_of(wrap(BODY)).drawn, Text(f"附件{number}", LEFT, 80)]) for number in (1, 2, 3)
    ]
    content = read(*pages)
    assert not content.furniture
    assert blocks(content) == ["附件1", BODY, "附件2", BODY, "附件3", BODY]


def cells(*texts: tuple[str, float, float]) -> list[Drawn]:
    return [Text(text, x + 5, y + 20, 12) for text, x, y in texts]


@pytest.mark.parametrize("bar", [False, True])
def test_ruled_table_with_merged_cells(bar: bool) -> None:
    rules = [
        *grid((74, 274, 522), (200, 230, 290), bar=bar),
        Rule(274, 260, 522, 260, bar),
        *cells(("单位", 74, 200), ("任务", 274, 200), ("县住建局", 74, 230)),
        *cells(("排查燃气管网", 274, 230), ("建立台账", 274, 260)),
    ]
    page = Page([Text("分工如下：", 106, 180), *rules, Text("请抓好落实。", 106, 330)])
    content = read(page)
    assert blocks(content) == [
        "分工如下：",
        "单位\t任务",
        "县住建局\t排查燃气管网",
        "建立台账",
        "请抓好落实。",
    ]
    (table,) = content.tables
    assert table.page == 1
    assert table.bbox == pytest.approx((74, 200, 522, 290), abs=0.5)
    assert [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells] == [
        (0, 0, 1, 1),
        (0, 1, 1, 1),
        (1, 0, 2, 1),
        (1, 1, 1, 1),
        (2, 1, 1, 1),
    ]


def test_cell_text_over_lines_is_joined_and_empty_cells_have_no_span() -> None:
    table = grid((100, 200, 300), (100, 170, 200))
    text = cells(("开展燃气安全排", 100, 100), ("查整治", 100, 120), ("6月底", 200, 100))
    content = read(Page([*table, *text]))
    assert blocks(content) == ["开展燃气安全排查整治\t6月底"]
    assert content.tables[0].cells[2:] == (Cell(row=1, column=0), Cell(row=1, column=1))


@pytest.mark.parametrize(
    "drawn",
    [
        pytest.param(grid((90, 500), (95, 800)), id="a frame around the page"),
        pytest.param([Rule(74, 100, 522, 100), Rule(74, 180, 522, 180)], id="a letterhead"),
        pytest.param([Shade(74, 100, 200, 40), Shade(274, 100, 248, 40)], id="backgrounds"),
    ],
)
def test_lines_that_are_no_table(drawn: list[Drawn]) -> None:
    content = read(Page([*drawn, *page_of(wrap(BODY)).drawn]))
    assert not content.tables
    assert blocks(content) == [BODY]


def two_cells(x: float = 74, y: float = 200) -> list[Drawn]:
    return [*grid((x, x + 200, x + 448), (y, y + 30)), *cells(("单位", x, y), ("任务", x + 200, y))]


def test_lines_may_slant_by_a_hair() -> None:
    lines = [
        *(Rule(x, 200, x + 0.3, 230) for x in (74, 274, 522)),
        *(Rule(74, y, 522, y - 0.3) for y in (200, 230)),
    ]
    content = read(Page([*lines, *cells(("单位", 74, 200), ("任务", 274, 200))]))
    assert [len(table.cells) for table in content.tables] == [2]


def test_box_around_a_table_is_a_frame() -> None:
    frame = grid((50, 550), (60, 300))
    content = read(Page([*frame, Text("分工如下：", 106, 180), *two_cells()]))
    assert blocks(content) == ["分工如下：", "单位\t任务"]
    assert [len(table.cells) for table in content.tables] == [2]


def test_coloured_ground_adds_no_cells() -> None:
    ground = [Shade(74, 200, 200, 30), Shade(80, 200, 188, 30), Shade(274, 200, 248, 30)]
    content = read(Page([*ground, *two_cells()]))
    assert blocks(content) == ["单位\t任务"]
    assert [len(table.cells) for table in content.tables] == [2]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_places_count_from_what_a_crop_box_leaves(rotation: int) -> None:
    whole = build_pdf(Page([Text("各镇要抓紧整改", 100, 100), *two_cells()], rotation=rotation))
    document = pypdfium2.PdfDocument(whole)
    # Cut off 20, 30, 40 and 50 points on the left, at the bottom, on the right, at the top.
    width, height = A4
    left, bottom, right, top = {
        0: (20, 30, width - 40, height - 50),
        90: (50, 20, height - 30, width - 40),
        180: (40, 50, width - 20, height - 30),
        270: (30, 40, height - 50, width - 20),
    }[rotation]
    document[0].set_cropbox(left, bottom, right, top)
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    content = pdf.read(buffer.getvalue(), Options())
    assert blocks(content) == ["各镇要抓紧整改", "单位\t任务"]
    assert content.blocks[0].bbox == (80, 35.9, 192, 51.9)
    assert content.tables[0].bbox == (54, 150, 502, 180)


def test_pages_without_a_table_do_not_ask_pdfplumber(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "page_cells", Mock(side_effect=AssertionError))
    letterhead = [Rule(74, 100, 522, 100), Rule(74, 102, 522, 102, bar=True)]
    underlines = [Rule(100, y, 300, y, bar=True) for y in (200, 228, 256)]
    ground = Shade(74, 150, 200, 40)
    drawn = [*letterhead, *underlines, ground, *page_of(wrap(BODY)).drawn]
    assert blocks(read(Page(drawn))) == [BODY]


def test_drawing_is_read_as_text() -> None:
    paper = grid(range(50, 550, 5), range(50, 800, 5))
    content = read(Page([*paper, *cells(("单位", 74, 200), ("任务", 274, 200))]))
    assert blocks(content) == ["单位 任务"]
    assert content.warnings == ("第 1 页线条或文字过多（可能是图纸），未查找表格，全部按正文读取",)


@pytest.mark.parametrize(
    ("sound", "fault"),
    [(b"/MediaBox [ 0 0 595 842 ]", b"/MediaBox [ 0 0 595 (x) ]"), (b"/Rotate 0", b"/Rotate []")],
)
def test_damage_that_only_pdfplumber_minds(
    sound: bytes, fault: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    data = build_pdf(Page(two_cells())).replace(sound, fault)
    content = pdf.read(data, Options())
    assert blocks(content) == ["单位 任务"]
    assert content.warnings == ("第 1 页的表格线无法识别（页面可能已损坏），表格按正文读取",)
    assert not caplog.records


def test_form_around_running_text_is_furniture_and_the_text_is_paragraphs() -> None:
    lines = [*wrap(BODY), *wrap(BODY)]
    pages = [
        Page(
            [
                *grid((70, 300, 530), (40, 80)),
                *grid((70, 530), (80, 800)),
                *cells(("燃气安全管理制度", 70, 45), (f"第 {number} 页", 300, 45)),
                *page_of(lines).drawn,
            ]
        )
        for number in (1, 2, 3)
    ]
    content = read(*pages)
    assert blocks(content) == [BODY] * 6
    assert not content.tables
    assert [piece.text for piece in content.furniture] == [
        f"燃气安全管理制度 第 {number} 页" for number in (1, 2, 3)
    ]


def test_same_table_on_every_page_is_content() -> None:
    table = [*grid((74, 274, 522), (200, 400)), *cells(("单位", 74, 200), ("签收", 274, 200))]
    content = read(*[Page(table)] * 3)
    assert blocks(content) == ["单位\t签收"] * 3
    assert not content.furniture


def test_watermark_is_left_out_with_a_warning() -> None:
    watermark = Text("内部资料", 200, 300, 60, angle=45)
    content = read(Page([*page_of(wrap(BODY)).drawn, watermark]))
    assert blocks(content) == [BODY]
    assert content.warnings == ("第 1 页有倾斜或竖转的文字（可能是水印），未读取",)


@pytest.fixture
def without_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf.ocr, "available", lambda: False)


@pytest.mark.usefixtures("without_recognition")
def test_pages_without_text_are_named() -> None:
    picture = Page([Shade(50, 50, 400, 600)])
    content = read(page_of(wrap(BODY)), picture, picture, page_of(wrap(BODY)), Page(), picture)
    (warning,) = content.warnings
    assert warning.startswith("第 2—3、6 页没有文字层（可能是扫描页），未读取")


@pytest.mark.usefixtures("without_recognition")
def test_scan_is_refused_even_if_its_pages_are_numbered() -> None:
    data = build_pdf(*[Page([Shade(50, 50, 400, 600), Text("1", 280, 800)])] * 3)
    with pytest.raises(ScannedDocumentError) as error:
        pdf.read(data, Options())
    assert error.value.params == {"pages": 3}


def test_blank_document_has_no_blocks() -> None:
    content = read(Page(), Page())
    assert (content.text, content.pages, content.warnings) == ("", 2, ())


def test_password() -> None:
    page = page_of(wrap(BODY))
    with pytest.raises(EncryptedDocumentError):
        pdf.read(build_pdf(page, opened_by="geheim"), Options())
    assert blocks(pdf.read(build_pdf(page, changed_by="geheim"), Options())) == [BODY]
    table = build_pdf(Page(two_cells()), changed_by="geheim")
    assert blocks(pdf.read(table, Options())) == ["单位\t任务"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"not a pdf at all", b"\x00" * 4096])
def test_garbage_is_corrupt(data: bytes) -> None:
    with pytest.raises(CorruptDocumentError):
        pdf.read(data, Options())


def test_missing_end_of_file_is_named() -> None:
    data = build_pdf(page_of(wrap(BODY))).replace(b"%%EOF", b"")
    assert pdf.read(data, Options()).warnings == ("文件末尾不完整，可能缺页",)


@pytest.mark.parametrize("limits", [Limits(pages=1), Limits(characters=20)])
def test_limits(limits: Limits) -> None:
    with pytest.raises(LimitExceededError):
        read(*body_pages(2), limits=limits)


def test_microscopic_text_is_text() -> None:
    assert blocks(read(Page([Text("动火", 100, 100, 0.2)]))) == ["动火"]


def test_full_line_reaches_the_margin() -> None:
    """The builder's page: what the paragraph cases rely on."""
    (line,) = read(page_of(["各" * LINE])).blocks
    assert line.bbox is not None
    assert line.bbox[2] == pytest.approx(RIGHT, abs=0.1)
