"""Lines break where Chinese lines may break."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from textsafe.export.wrapping import CLOSING, OPENING, wrap


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("排查", 4, ["排查"]),
        ("排查，整改。", 5, ["排", "查，", "整", "改。"]),
        ("县住建局（牵头）", 11, ["县住建局", "（牵头）"]),
        ("完成2024-06-30前", 12, ["完成", "2024-06-30前"]),
        ("第一行\n第二行", 20, ["第一行", "第二行"]),
    ],
)
def test_breaks(text, width, lines):
    assert wrap(text, width) == lines


@given(
    st.text(alphabet="排查整改，。（）“”12a \n→—", max_size=60),
    st.integers(min_value=8, max_value=40),
)
def test_nothing_is_lost_and_no_line_is_too_wide(text, width):
    lines = wrap(text, width)
    assert "".join(lines) == text.replace("\n", "")
    assert all(cell_len(line) <= width for line in lines)


def test_no_line_starts_with_a_closing_or_ends_with_an_opening_mark():
    lines = wrap("各镇（街道）要排查“三合一”场所，立即整改、逐一销号；严禁走过场。" * 5, 20)
    assert not [line for line in lines if line[0] in CLOSING or line[-1] in OPENING]
