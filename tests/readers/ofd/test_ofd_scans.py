"""Pages of OFD that are pictures, and text drawn as shapes; recognition is played by a stand-in."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pytest
from PIL import Image as Picture
from PIL import ImageDraw

from tests.ofd_builder import (
    MM,
    Image,
    Parts,
    Sheet,
    build_ofd,
    build_package,
    path_object,
    sheet_of,
    text_object,
)
from tests.pdf_builder import A4, LEFT, Page, Text, page_of, wrap
from textsafe.errors import (
    CorruptDocumentError,
    LimitExceededError,
    MissingToolError,
    ScannedDocumentError,
)
from textsafe.readers import ocr, read_bytes
from textsafe.readers.layout import PageContent
from textsafe.readers.layout.lines import Line
from textsafe.readers.options import Options

BODY = "各镇人民政府要加强组织领导，每月底前将进展情况报送县安全生产委员会办公室备案。" * 3
LETTERHEAD = "第 1 页有以图形画出的文字（多为发文机关标志），没有文字编码，未能读取；请对照原件"


class StandIn:
    """Sees the box of what is dark and calls it 县应急管理局."""

    def __init__(self, confidence: float = 0.99) -> None:
        self.confidence = confidence
        self.pages: list[int] = []

    def __call__(self, image: Picture.Image, *, page: int, scale: float) -> PageContent:
        self.pages.append(page)
        grey = image.convert("L").point(lambda value: 255 * (value < 128))
        box = grey.getbbox()
        assert box is not None
        x0, top, x1, bottom = (value / scale for value in box)
        line = Line("县应急管理局", page, x0, top, x1, bottom, 16, 16, confidence=self.confidence)
        size = image.width / scale, image.height / scale
        return PageContent(page, size, [line], [], confidence=self.confidence)


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    stand_in = StandIn()
    monkeypatch.setattr(ocr, "read_page", stand_in)
    return stand_in


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise MissingToolError("missing_tool", format="png", tool="rapidocr", command="")

    monkeypatch.setattr(ocr, "read_page", missing)


def scan(suffix: str = "png") -> bytes:
    """A page of A4 at 50 dots to the inch with a black box at (100, 200) to (300, 220) points."""
    picture = Picture.new("RGB", (413, 585), "white")
    scale = 413 / A4[0]
    ImageDraw.Draw(picture).rectangle(
        [100 * scale, 200 * scale, 300 * scale, 220 * scale], fill="black"
    )
    file = BytesIO()
    picture.save(file, {"jpg": "JPEG", "tif": "TIFF"}.get(suffix, suffix))
    return file.getvalue()


def scanned(suffix: str = "png", data: bytes | None = None) -> Image:
    return Image(scan(suffix) if data is None else data, 0, 0, *A4, suffix)


@pytest.mark.parametrize("suffix", ["png", "jpg", "tif", "bmp"])
def test_a_page_that_is_a_picture_is_recognised(seen: StandIn, suffix: str) -> None:
    document = read_bytes(build_ofd(Page(), images={1: scanned(suffix)}), source="扫描.ofd")
    (block,) = document.blocks
    assert document.text == "县应急管理局"
    assert block.bbox == pytest.approx((100, 200, 300, 220), abs=2)
    assert block.confidence == 0.99
    assert seen.pages == [1]


def test_pages_of_both_kinds(seen: StandIn) -> None:
    reported: list[tuple[int, int]] = []
    options = Options(on_page=lambda done, of: reported.append((done, of)))
    data = build_ofd(page_of(wrap(BODY)), Page(), images={2: scanned()})
    document = read_bytes(data, source="混合.ofd", options=options)
    assert document.text == f"{BODY}\n县应急管理局"
    assert seen.pages == [2]
    assert reported == [(2, 2)]


def test_doubtful_pages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "read_page", StandIn(0.5))
    document = read_bytes(build_ofd(Page(), images={1: scanned()}), source="扫描.ofd")
    assert len(document.warnings) == 1
    assert "1（50%）" in document.warnings[0]


def test_seals_and_photographs_are_not_recognised(seen: StandIn) -> None:
    seal = Image(scan(), 300, 500, 120, 120)
    document = read_bytes(build_ofd(page_of(wrap(BODY)), images={1: seal}), source="通知.ofd")
    assert document.text == BODY
    assert not seen.pages


def test_a_picture_under_text_is_not_recognised(seen: StandIn) -> None:
    document = read_bytes(build_ofd(page_of(wrap(BODY)), images={1: scanned()}), source="双层.ofd")
    assert document.text == BODY
    assert not seen.pages


@pytest.mark.usefixtures("blind")
def test_without_recognition_scans_are_refused() -> None:
    with pytest.raises(ScannedDocumentError):
        read_bytes(build_ofd(Page(), images={1: scanned()}), source="扫描.ofd")


@pytest.mark.usefixtures("blind")
def test_without_recognition_scanned_pages_are_named() -> None:
    data = build_ofd(page_of(wrap(BODY)), Page(), images={2: scanned()})
    document = read_bytes(data, source="混合.ofd")
    assert document.text == BODY
    (warning,) = document.warnings
    assert warning.startswith("第 2 页没有文字层（可能是扫描页），未读取")


def test_formats_that_nothing_decodes_are_named(seen: StandIn) -> None:
    picture = scanned("jb2", b"\x97JB2\r\n\x1a\n\x01\0\0\0\x01")
    data = build_ofd(page_of(wrap(BODY)), Page(), images={2: picture})
    document = read_bytes(data, source="混合.ofd")
    assert document.warnings == (
        "第 2 页是图片，格式为 jb2，无法解码，未读取；请另存为 .pdf 后重新读取",
    )
    with pytest.raises(CorruptDocumentError, match="jb2"):
        read_bytes(build_ofd(Page(), images={1: picture}), source="扫描.ofd")
    assert not seen.pages


def test_a_picture_stretched_beyond_all_bounds_is_refused(seen: StandIn) -> None:
    picture = Image(scan(), 0, 0, A4[0], 2_000_000)
    with pytest.raises(LimitExceededError, match="pixels"):
        read_bytes(build_ofd(Page(), images={1: picture}), source="扫描.ofd")
    assert not seen.pages


def shapes(count: int = 6, y: float = 30.0) -> str:
    """Draw squares of 14 mm with a hole, side by side: outlines like those of 回."""
    pieces = []
    for index in range(count):
        x = 30 + 16 * index
        outer = f"M {x} {y} L {x + 14} {y} L {x + 14} {y + 14} L {x} {y + 14} C "
        inner = f"M {x + 4} {y + 4} L {x + 9} {y + 4} L {x + 9} {y + 9} L {x + 4} {y + 9} C"
        pieces.append(path_object(outer + inner, attributes='Stroke="false" Fill="true"'))
    return "".join(pieces)


def with_letterhead(*pages: Page, head: str) -> bytes:
    sheets: Sequence[Sheet] = [sheet_of(page, templates=["7"]) for page in pages]
    return build_package(*sheets, parts=Parts(templates={"7": Sheet(head)}))


def test_a_letterhead_drawn_as_shapes_is_recognised(seen: StandIn) -> None:
    data = with_letterhead(page_of(wrap(BODY), first=4), head=shapes())
    document = read_bytes(data, source="通知.ofd")
    assert document.text == f"县应急管理局\n{BODY}"
    box = document.blocks[0].bbox
    assert box is not None
    assert [value * MM for value in box] == pytest.approx((30, 30, 30 + 16 * 5 + 14, 44), abs=0.5)
    assert not document.warnings
    assert seen.pages == [1]


def test_shapes_on_every_page_are_looked_at_once(seen: StandIn) -> None:
    page = page_of(wrap(BODY), first=4)
    data = with_letterhead(page, page, page, head=shapes(y=15))
    document = read_bytes(data, source="通知.ofd")
    assert seen.pages == [1]
    assert document.text == "\n".join([BODY] * 3)
    assert [piece.page for piece in document.furniture] == [1, 2, 3]


def test_what_is_not_surely_text_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "read_page", StandIn(0.6))
    data = with_letterhead(page_of(wrap(BODY), first=4), head=shapes())
    document = read_bytes(data, source="通知.ofd")
    assert document.text == BODY
    assert document.warnings == (LETTERHEAD,)


@pytest.mark.usefixtures("blind")
def test_without_recognition_shapes_are_named() -> None:
    data = with_letterhead(page_of(wrap(BODY), first=4), head=shapes())
    assert read_bytes(data, source="通知.ofd").warnings == (LETTERHEAD,)


def test_a_page_of_nothing_but_shapes_is_a_scan(seen: StandIn) -> None:
    document = read_bytes(build_package(Sheet(shapes())), source="转曲.ofd")
    assert document.text == "县应急管理局"
    assert seen.pages == [1]


@pytest.mark.parametrize("count", [1, 3])
def test_a_few_shapes_are_no_text(seen: StandIn, count: int) -> None:
    body = text_object(Text(BODY[:20], LEFT, 300)) + shapes(count)
    document = read_bytes(build_package(Sheet(body)), source="通知.ofd")
    assert document.text == BODY[:20]
    assert not seen.pages
    assert not document.warnings
