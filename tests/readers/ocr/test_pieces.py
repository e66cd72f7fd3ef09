from __future__ import annotations

import numpy as np
import pytest

from textsafe.readers.layout.lines import build_lines
from textsafe.readers.ocr.engine import Pixels, ReadChar
from textsafe.readers.ocr.pieces import (
    Piece,
    font_sizes,
    glyphs_of,
    ink_box,
    mean_confidence,
    with_confidence,
)


def piece(text: str, left: int, top: int, size: int, *, ink: int = 0, sure: float = 0.99) -> Piece:
    """A piece whose characters stand side by side, each `size` pixels wide, digits half."""
    widths = [size if char > "\u2e80" else size // 2 for char in text]
    width = sum(widths)
    middles = [sum(widths[:index]) + own / 2 for index, own in enumerate(widths)]
    chars = tuple(
        ReadChar(char, None if char == " " else middle / width, sure)
        for char, middle in zip(text, middles, strict=True)
    )
    height = ink or round(0.93 * size)
    box = (left, top - size // 8, left + width, top + size + size // 8)
    return Piece(chars, box, (left, top, left + width, top + height))


def lines_of(*pieces: Piece) -> list[str]:
    sizes = font_sizes(pieces)
    glyphs = [
        glyph
        for own, size in zip(pieces, sizes, strict=True)
        for glyph in glyphs_of(own, size, 2.0)
    ]
    return [line.text for line in build_lines(glyphs, 1)]


def test_pieces_of_a_row_become_one_line() -> None:
    left, right = piece("责任单位：", 100, 200, 32), piece("县应急局", 330, 202, 32)
    assert lines_of(right, left) == ["责任单位： 县应急局"]


def test_digits_and_words_keep_together() -> None:
    assert lines_of(piece("定于4月15日至GB T 33190执行", 100, 200, 32)) == [
        "定于4月15日至GB T 33190执行"
    ]


def test_sizes_that_are_meant_to_be_the_same_become_the_same() -> None:
    body = [
        piece("对全县充装站开展拉网式检查", 0, 60 * row, 32, ink=height)
        for row, height in enumerate((29, 30, 31, 30))
    ]
    title = piece("关于开展燃气整治的通知", 0, 400, 44)
    number = piece("12", 0, 500, 32, ink=23)
    sizes = font_sizes([*body, title, number])
    assert len(set(sizes[:4])) == 1
    assert sizes[0] == pytest.approx(32, rel=0.03)
    assert sizes[4] == pytest.approx(44, rel=0.03)
    assert sizes[5] == sizes[0]
    assert font_sizes([]) == []


def test_a_stroke_through_a_line_does_not_make_its_font_larger() -> None:
    (size,) = font_sizes([piece("自建房安全鉴定实现全覆盖", 0, 0, 32, ink=40)])
    assert size == pytest.approx(32, rel=0.06)


def test_a_line_is_as_sure_as_its_pieces() -> None:
    pieces = [piece("责任单位", 0, 0, 32, sure=0.9), piece("县应急局", 200, 0, 32, sure=0.8)]
    glyphs = [glyph for own in pieces for glyph in glyphs_of(own, 32, 2.0)]
    (line,) = with_confidence(build_lines(glyphs, 1), pieces, 2.0)
    assert line.confidence == pytest.approx(0.85)
    assert mean_confidence([]) is None


def test_ink_of_the_neighbouring_line_does_not_count() -> None:
    page: Pixels = np.full((60, 400), 250, np.uint8)
    page[15:45, 20:380:3] = 20
    page[55:60, 20:380] = 20
    assert ink_box(page, (0, 0, 400, 60)) == (20, 15, 378, 45)


def test_a_box_without_ink_is_its_own_ink() -> None:
    page: Pixels = np.full((60, 400), 250, np.uint8)
    assert ink_box(page, (10, 10, 200, 50)) == (10, 10, 200, 50)
