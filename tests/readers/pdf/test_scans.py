"""Pages that are pictures, read by text recognition that is stood in for."""

from __future__ import annotations

from typing import Any

import pytest

from tests.page_builder import Put, page
from tests.pdf_builder import Page, Shade, Text, build_pdf, page_of, wrap
from textsafe.readers import pdf
from textsafe.readers.layout import PageContent
from textsafe.readers.options import Options

BODY = (
    "县应急管理局要会同有关部门开展专项检查，对发现的问题逐一登记造册，"
    "限期整改到位，整改情况及时向社会公布。"
)
PICTURE = Shade(20, 20, 550, 800)


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, tuple[int, int], float]]:
    """Stand in for the engine: page, size in pixels and scale of what it is given."""
    calls: list[tuple[int, tuple[int, int], float]] = []

    def read_page(image: Any, *, page: int, scale: float) -> PageContent:
        calls.append((page, image.size, scale))
        return scanned(page)

    monkeypatch.setattr(pdf.ocr, "available", lambda: True)
    monkeypatch.setattr(pdf.ocr, "read_page", read_page)
    return calls


def scanned(number: int) -> PageContent:
    return page(number, [Put("一、开展排查整治", 106, 120)])


def blocks(data: bytes, options: Options | None = None) -> list[tuple[int | None, str]]:
    content = pdf.read(data, options or Options())
    assert not content.warnings
    return [(block.page, block.span.of(content.text)) for block in content.blocks]


@pytest.mark.parametrize(
    "drawn",
    [
        pytest.param([PICTURE], id="a picture"),
        pytest.param([PICTURE, Text("— 3 —", 280, 800)], id="with a page number"),
        pytest.param([PICTURE, Text("仅供内部使用", 200, 400)], id="with a stamp"),
        pytest.param(
            [Shade(100 + 10 * (i % 20), 200 + 12 * (i // 20), 8, 8) for i in range(100)],
            id="text as shapes",
        ),
    ],
)
def test_page_that_is_a_picture_is_recognised(seen: list[Any], drawn: list[Any]) -> None:
    data = build_pdf(page_of(wrap(BODY)), Page(drawn))
    assert blocks(data) == [(1, BODY), (2, "一、开展排查整治")]
    ((number, size, scale),) = seen
    assert number == 2
    assert size == pytest.approx((595 * scale, 842 * scale), abs=2)


@pytest.mark.parametrize(
    "drawn",
    [
        pytest.param(page_of(wrap(BODY)).drawn, id="text"),
        pytest.param([PICTURE, *page_of(wrap(BODY)).drawn], id="text on a picture"),
        pytest.param([Shade(100, 100, 400, 500), Text("图1 现场", 250, 640)], id="a photograph"),
        pytest.param([Text("— 3 —", 280, 800)], id="an empty page with its number"),
    ],
)
def test_page_with_text_is_not(seen: list[Any], drawn: list[Any]) -> None:
    pdf.read(build_pdf(page_of(wrap(BODY)), Page(drawn)), Options())
    assert not seen


def test_page_that_takes_long_to_draw_is_not(
    seen: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textsafe.readers.pdf.scans._MAX_PIECES", 400)
    shapes = [Shade(100 + 10 * (i % 20), 200 + 12 * (i // 20), 8, 8) for i in range(100)]
    content = pdf.read(build_pdf(page_of(wrap(BODY)), Page(shapes)), Options())
    assert not seen
    assert len(content.warnings) == 1


def test_large_pages_are_drawn_smaller(seen: list[Any]) -> None:
    poster = Page([Shade(0, 0, 3000, 2000)], size=(3000, 2000))
    pdf.read(build_pdf(poster), Options())
    assert max(seen[0][1]) <= 4001


@pytest.mark.usefixtures("seen")
def test_progress_counts_the_pages_that_are_recognised() -> None:
    told: list[tuple[int, int]] = []
    options = Options(on_page=lambda done, total: told.append((done, total)))
    pdf.read(build_pdf(Page([PICTURE]), page_of(wrap(BODY)), Page([PICTURE])), options)
    assert told == [(1, 2), (2, 2)]


def test_pictures_without_text_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def read_page(_image: Any, *, page: int, **_options: float) -> PageContent:
        return PageContent(page, (595, 842), [], [])

    monkeypatch.setattr(pdf.ocr, "available", lambda: True)
    monkeypatch.setattr(pdf.ocr, "read_page", read_page)
    content = pdf.read(build_pdf(page_of(wrap(BODY)), Page([PICTURE])), Options())
    assert content.warnings == ("第 2 页只有图片，未识别出文字",)
