"""Cells found from the straight lines of a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textsafe.document import BBox
from textsafe.readers.layout.ruling import MAX_FIELDS, Ruling, TooManyLinesError

Line = tuple[float, float, float, float]
XS, YS = (100.0, 200.0, 300.0), (50.0, 80.0, 110.0)
FRAME = [(100.0, 50.0, 300.0, 50.0), (100.0, 110.0, 300.0, 110.0)]
SIDES = [(100.0, 50.0, 100.0, 110.0), (300.0, 50.0, 300.0, 110.0)]
MIDDLE = (200.0, 50.0, 200.0, 110.0)
ACROSS = (100.0, 80.0, 300.0, 80.0)


def tables(*lines: Line) -> list[list[BBox]]:
    ruling = Ruling()
    for line in lines:
        ruling.add_line(*line)
    return ruling.tables()


@pytest.mark.parametrize(
    ("lines", "cells"),
    [
        pytest.param([*FRAME, *SIDES, MIDDLE, ACROSS], 4, id="two by two"),
        pytest.param([*FRAME, *SIDES, MIDDLE], 2, id="two cells"),
        pytest.param([*FRAME, *SIDES, ACROSS, (200, 80, 200, 110)], 3, id="merged above"),
        pytest.param([*FRAME, *SIDES, MIDDLE, (200, 80, 300, 80)], 3, id="merged at the left"),
        pytest.param([*FRAME, MIDDLE, ACROSS], 0, id="open at the sides"),
        pytest.param([*FRAME, *SIDES], 0, id="a frame"),
        pytest.param([*FRAME, *SIDES, MIDDLE, (100, 80, 180, 80)], 2, id="a line that ends inside"),
        pytest.param([*FRAME, *SIDES, (100, 50, 300, 110), MIDDLE], 2, id="a slanted line"),
        pytest.param([*FRAME, *SIDES, MIDDLE, (101, 81.5, 299, 81)], 4, id="nearly straight"),
        pytest.param([ACROSS, (120, 85, 280, 85), (120, 95, 280, 95)], 0, id="underlines"),
        pytest.param(
            [*FRAME, *SIDES, MIDDLE, *((x, 80, x + 20, 80) for x in range(100, 300, 20))],
            4,
            id="pieces",
        ),
        pytest.param(
            [*FRAME, *SIDES, MIDDLE, ACROSS, *((a, b + 2, c, d + 2) for a, b, c, d in FRAME)],
            4,
            id="double lines",
        ),
    ],
)
def test_cells(lines: list[Line], cells: int) -> None:
    assert sum(map(len, tables(*lines))) == cells


def test_an_l_shaped_field_is_no_cell() -> None:
    assert tables(*FRAME, *SIDES, (200, 80, 300, 80), (200, 50, 200, 80)) == [
        [(200.0, 50.0, 300.0, 80.0)]
    ]


def test_tables_apart_are_two() -> None:
    below = [(a, b + 200, c, d + 200) for a, b, c, d in [*FRAME, *SIDES, MIDDLE]]
    assert [len(table) for table in tables(*FRAME, *SIDES, MIDDLE, *below)] == [2, 2]


def test_a_table_in_a_frame_is_one_table() -> None:
    frame = [(50, 20, 350, 20), (50, 200, 350, 200), (50, 20, 50, 200), (350, 20, 350, 200)]
    assert [len(table) for table in tables(*FRAME, *SIDES, MIDDLE, ACROSS, *frame)] == [4]


def test_thin_bars_are_lines() -> None:
    ruling = Ruling()
    for x in XS:
        ruling.add_bar((x, 50, x + 0.5, 110))
    for y in YS:
        ruling.add_bar((100, y, 300, y + 0.5))
    ruling.add_bar((100, 50, 300, 110))  # a coloured ground
    assert [len(table) for table in ruling.tables()] == [4]


def test_a_drawing_is_refused() -> None:
    count = int(MAX_FIELDS**0.5) + 1
    ruling = Ruling()
    for place in range(count):
        ruling.add_line(place * 5, 0, place * 5, 5000)
        ruling.add_line(0, place * 5, 5000, place * 5)
    with pytest.raises(TooManyLinesError):
        ruling.tables()


@given(
    st.lists(st.tuples(*[st.floats(-1e4, 1e4) | st.integers(0, 300).map(float)] * 4), max_size=60)
)
def test_cells_never_overlap(lines: list[Line]) -> None:
    cells = [cell for table in tables(*lines) for cell in table]
    for index, (x0, top, x1, bottom) in enumerate(cells):
        assert x0 < x1
        assert top < bottom
        for other in cells[index + 1 :]:
            assert other[0] >= x1 or other[2] <= x0 or other[1] >= bottom or other[3] <= top
