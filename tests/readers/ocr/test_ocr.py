"""Scans of invented notices, from the picture to lines and tables; a page takes a second or two."""

from __future__ import annotations

import socket
import sys
from dataclasses import replace

import pytest
from PIL import Image

from tests.scans import Look, accuracy, fonts_installed, page_with_table, pages
from textsafe.errors import MissingToolError
from textsafe.readers import ocr
from textsafe.readers.layout import PageContent
from textsafe.readers.ocr import engine

NOTICE = """\
清源县安全生产委员会文件
清安委〔2024〕7号
各镇人民政府，县安委会各成员单位：
为吸取近期事故教训，现就做好汛期安全生产工作通知如下：
一、工作目标
到6月底，用气餐饮场所报警装置安装率达到100%，问题软管基本清零。
二、重点任务
（一）开展排查。县住建局要会同县城管局对9家充装站开展拉网式检查，严查超期气瓶，5月20日前完成。
（二）落实整改。对排查出的隐患逐一登记造册，明确责任人和完成时限，未整改到位的一律停业。
清源县安全生产委员会
2024年4月12日
"""

needs_engine = pytest.mark.skipif(not ocr.available(), reason="needs the extra ocr")
needs_fonts = pytest.mark.skipif(not fonts_installed(), reason="needs the fonts Noto CJK")


def texts(page: PageContent) -> str:
    return "".join(line.text for line in page.lines)


@needs_engine
@needs_fonts
@pytest.mark.parametrize(
    "look",
    [
        Look(letterhead=True, seal=True, skew=2.0),
        Look(letterhead=True, turn=180, skew=-1.0, noise=12, quality=40),
    ],
    ids=["crooked under a seal", "upside down, noisy"],
)
def test_nearly_all_characters_are_read(look: Look) -> None:
    ((image, lines),) = pages(NOTICE, look)
    page = ocr.read_page(image, page=3, scale=look.dpi / 72)
    assert accuracy("".join(lines), texts(page)) >= 0.99
    assert page.lines[0].text == lines[0]
    assert page.turn == pytest.approx(-look.skew + look.turn, abs=0.2)
    assert {line.page for line in page.lines} == {3}
    assert all(line.confidence and line.confidence > 0.5 for line in page.lines)
    assert page.confidence
    assert page.confidence > ocr.LEAST_CONFIDENCE
    body = [line for line in page.lines if line.text.startswith("（")]
    assert {round(line.size) for line in body} == {16}
    indents = {round(line.x0 - page.lines[-1].x0) for line in body}
    assert all(abs(indent) < 8 for indent in indents)


@needs_engine
@needs_fonts
def test_a_ruled_table_on_its_side_is_a_table() -> None:
    rows = [
        ["序号", "工作任务", "牵头单位", "完成时限"],
        ["1", "对用气餐饮场所逐户检查报警切断装置、连接软管和减压阀", "县商务局", "6月底前"],
        ["2", "更新改造老化管道", "县住建局", "年底前"],
    ]
    look = Look(turn=90, skew=-1.0)
    image = page_with_table("任务分解表", "填报单位：县安委办", rows, [0.1, 0.5, 0.2, 0.2], look)
    page = ocr.read_page(image, page=1, scale=look.dpi / 72)
    (table,) = page.tables
    assert [cell.text for cell in table.cells] == [text for row in rows for text in row]
    assert [line.text for line in page.lines] == ["任务分解表", "填报单位：县安委办"]
    assert page.size == pytest.approx((595, 842), abs=1)


@needs_engine
@pytest.mark.parametrize("size", [(1240, 1754), (1, 1), (6000, 3)])
def test_a_page_without_text_has_no_lines(size: tuple[int, int]) -> None:
    page = ocr.read_page(Image.new("RGB", size, "white"), page=1, scale=2.0)
    assert (page.lines, page.tables, page.confidence) == ([], [], None)


@needs_engine
def test_loading_needs_no_network_and_prints_nothing(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    engine._engine.cache_clear()
    ocr.read_page(Image.new("L", (200, 100), 255), page=1, scale=2.0)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("missing", ["rapidocr", "onnxruntime", "cv2"])
def test_what_is_missing_is_said(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    engine._engine.cache_clear()
    with pytest.raises(MissingToolError) as caught:
        ocr.read_page(Image.new("L", (200, 100), 255), page=1, scale=2.0)
    assert caught.value.params["tool"] == "rapidocr"
    assert not ocr.available()


def test_a_wheel_without_models_downloads_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "find_spec", lambda _: None)
    engine._engine.cache_clear()
    with pytest.raises(MissingToolError):
        ocr.require("pdf")


def test_doubtful_pages_are_named_with_their_confidence() -> None:
    sure = PageContent(1, (595, 842), [], [], confidence=0.97)
    pages = [
        sure,
        replace(sure, number=2, confidence=0.71),
        replace(sure, number=3, confidence=None),
    ]
    (warning,) = ocr.doubts(pages)
    assert "2（71%）" in warning
    assert "3" not in warning
    assert ocr.doubts([sure]) == []
