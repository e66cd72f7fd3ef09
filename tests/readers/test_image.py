from __future__ import annotations

import re
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from textsafe.errors import CorruptDocumentError, DocumentError, LimitExceededError
from textsafe.readers import Limits, Options, ocr, read_bytes
from textsafe.readers.image import open_pages
from textsafe.readers.layout import PageContent
from textsafe.readers.layout.lines import Line


def file_of(image: Image.Image, kind: str, **options: Any) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def sheet(mode: str = "L", size: tuple[int, int] = (620, 877)) -> Image.Image:
    image = Image.new("L", size, 255)
    image.paste(0, (62, 88, 310, 100))
    return image.convert(mode)


@pytest.fixture
def read_as(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a line with the size of the page in the place of text recognition."""

    def read_page(image: Image.Image, *, page: int, scale: float) -> PageContent:
        size = image.width / scale, image.height / scale
        text = f"第{page}张：{round(size[0])}乘{round(size[1])}"
        line = Line(text, page, 90, 300, 300, 316, 12 + 4 * page, 16, None, 0.8)
        return PageContent(page, size, [line], [], confidence=0.8)

    monkeypatch.setattr(ocr, "read_page", read_page)
    monkeypatch.setattr(ocr, "require", lambda _: None)


@pytest.mark.usefixtures("read_as")
class TestPages:
    @pytest.mark.parametrize(
        ("data", "kind", "text"),
        [
            (file_of(sheet(size=(1240, 1754)), "PNG", dpi=(150, 150)), "png", "595乘842"),
            (file_of(sheet(), "PNG"), "png", "595乘842"),
            (file_of(sheet(size=(877, 620)), "BMP"), "bmp", "842乘595"),
            # A camera states 72 dots to the inch.
            (file_of(sheet(size=(3000, 4000)), "JPEG", dpi=(72, 72)), "jpg", "595乘794"),
            # A5 at 300 dpi; a stamp at 1200 dpi is taken for a page.
            (file_of(sheet(size=(1748, 2480)), "JPEG", dpi=(300, 300)), "jpg", "420乘595"),
            (file_of(sheet(size=(1240, 1754)), "PNG", dpi=(1200, 1200)), "png", "595乘842"),
            # A fax has fewer lines than dots to the inch.
            (file_of(sheet("1", (1686, 1146)), "TIFF", dpi=(204, 98)), "tif", "595乘842"),
        ],
    )
    def test_size_of_the_page(self, data: bytes, kind: str, text: str) -> None:
        document = read_bytes(data, source="扫描件")
        assert document.metadata.format == kind
        assert document.metadata.pages == 1
        assert document.text == f"第1张：{text}"
        assert document.blocks[0].confidence == 0.8
        assert re.search(r"1（80%）", document.warnings[0])

    def test_pages_of_a_tiff_one_by_one(self) -> None:
        seen: list[tuple[int, int]] = []
        data = file_of(sheet(), "TIFF", save_all=True, append_images=[sheet(), sheet()])
        options = Options(on_page=lambda done, count: seen.append((done, count)))
        document = read_bytes(data, source="扫描件.tif", options=options)
        assert [block.page for block in document.blocks] == [1, 2, 3]
        assert seen == [(1, 3), (2, 3), (3, 3)]

    def test_too_many_pages(self) -> None:
        data = file_of(sheet(), "TIFF", save_all=True, append_images=[sheet()])
        with pytest.raises(LimitExceededError, match="pages"):
            read_bytes(data, source="扫描件.tif", options=Options(limits=Limits(pages=1)))

    def test_too_many_pixels_are_refused_before_they_are_decoded(self) -> None:
        large = file_of(Image.new("1", (20_000, 20_000)), "PNG")
        assert len(large) < 1_000_000
        with pytest.raises(LimitExceededError, match="pixels"):
            read_bytes(large, source="扫描件.png")

    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP"])
    def test_truncated(self, kind: str) -> None:
        data = file_of(sheet(), kind)
        for length in (9, 40, len(data) // 2):
            with pytest.raises(DocumentError):
                read_bytes(data[:length], source="扫描件")

    @settings(
        max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(
        kind=st.sampled_from(["PNG", "JPEG", "TIFF", "BMP"]),
        changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=8),
    )
    def test_damaged(self, kind: str, changes: list[tuple[float, int]]) -> None:
        data = bytearray(file_of(sheet(size=(62, 88)), kind))
        for place, value in changes:
            data[8 + int(place * (len(data) - 9))] = value
        with suppress(DocumentError):
            read_bytes(bytes(data), source="扫描件", options=Options(limits=Limits(pixels=10**6)))


def test_a_photograph_is_shown_as_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    ((image, scale),) = open_pages(file_of(sheet(size=(877, 620)), "JPEG", exif=exif))
    assert image.size == (620, 877)
    assert scale == pytest.approx(620 / 595.3)


@pytest.mark.parametrize(
    "mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "I;16", "I", "F"]
)
def test_pictures_of_every_mode(mode: str) -> None:
    pytest.importorskip("cv2", reason="needs the extra ocr")
    from textsafe.readers.ocr.pictures import rgb

    image = sheet() if mode in {"I;16", "PA"} else sheet(mode)
    if mode == "I;16":
        image = image.convert("I").point(lambda value: value * 257).convert("I;16")
    if mode == "PA":
        image = image.convert("LA").convert("PA")
    pixels, scale = rgb(image, 2.0)
    assert pixels.shape == (877, 620, 3)
    assert scale == 2.0
    assert pixels[10, 10].tolist() == [255, 255, 255]
    assert pixels[95, 100].max() < 40


def test_transparent_paper_is_white_and_large_pictures_shrink() -> None:
    pytest.importorskip("cv2", reason="needs the extra ocr")
    from textsafe.readers.ocr.pictures import rgb

    image = Image.new("RGBA", (4960, 7016), (0, 0, 0, 0))
    pixels, scale = rgb(image, 600 / 72)
    assert scale == pytest.approx(200 / 72)
    assert pixels.shape == (2339, 1653, 3)
    assert pixels.min() == 255


def test_a_file_is_read_only_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "扫描件.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"%!PS-Adobe-3.0 EPSF-3.0\n" * 10)
    with pytest.raises(CorruptDocumentError):
        list(open_pages(path.read_bytes()))
