from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from textsafe.readers.ocr import rules
from textsafe.readers.ocr.engine import Pixels

cv2 = pytest.importorskip("cv2", reason="needs the extra ocr")

SCALE = 2.0
XS, YS = (100, 300, 500, 700), (100, 160, 240, 300)


def ruled() -> Pixels:
    page: Pixels = np.full((500, 900), 250, np.uint8)
    for x in XS:
        page[YS[0] : YS[-1] + 2, x : x + 2] = 30
    for y in YS:
        page[y : y + 2, XS[0] : XS[-1] + 2] = 30
    return page


def near(cells: list[rules.Box], expected: list[rules.Box]) -> bool:
    return len(cells) == len(expected) and all(
        max(abs(a - b) for a, b in zip(one, other, strict=True)) <= 6
        for one, other in zip(sorted(cells), sorted(expected), strict=True)
    )


def grid() -> list[rules.Box]:
    return [(x0, y0, x1, y1) for x0, x1 in pairwise(XS) for y0, y1 in pairwise(YS)]


def test_cells_of_a_grid_share_their_edges() -> None:
    (cells,) = rules.find_rules(ruled(), SCALE, 24).cells
    assert near(cells, grid())
    assert len({x for cell in cells for x in (cell[0], cell[2])}) == 4


def test_merged_cells_are_one() -> None:
    page = ruled()
    page[104:158, 300:302] = 250
    (cells,) = rules.find_rules(page, SCALE, 24).cells
    merged = [cell for cell in grid() if cell not in [(100, 100, 300, 160), (300, 100, 500, 160)]]
    assert near(cells, [*merged, (100, 100, 500, 160)])


def test_a_break_does_not_open_a_cell() -> None:
    page = ruled()
    page[260:268, 300:302] = 250
    page[160:162, 400:409] = 250
    (cells,) = rules.find_rules(page, SCALE, 24).cells
    assert near(cells, grid())


@pytest.mark.parametrize("height", [24, 90])
def test_strokes_of_characters_are_no_rules(height: int) -> None:
    page: Pixels = np.full((500, 900), 250, np.uint8)
    for x in range(100, 800, height):
        inside = round(0.8 * height)
        cv2.rectangle(page, (x, 100), (x + inside, 100 + inside), 30, max(2, height // 12))
    found = rules.find_rules(page, SCALE, height)
    assert not found.all.any()
    assert found.cells == []


def test_a_rule_alone_is_no_table() -> None:
    page: Pixels = np.full((500, 900), 250, np.uint8)
    page[200:203, 100:800] = 90
    found = rules.find_rules(page, SCALE, 24)
    assert found.all[201, 110:790].all()
    assert found.cells == []


def test_text_is_cut_at_vertical_rules() -> None:
    found = rules.find_rules(ruled(), SCALE, 24)
    parts = rules.split_at_rules((120, 115, 480, 145), found.vertical)
    assert near(parts, [(120, 115, 300, 145), (302, 115, 480, 145)])
    assert rules.split_at_rules((120, 20, 480, 50), found.vertical) == [(120, 20, 480, 50)]


def test_ink_in_a_cell_without_text_is_found() -> None:
    page: Pixels = np.full((500, 900), 250, np.uint8)
    page[190:214, 190:200] = 30
    page[262:264, 600:602] = 30  # a speck
    cells = [(100, 160, 300, 240), (300, 160, 500, 240), (500, 240, 700, 300)]
    (box,) = rules.unread_ink(page, [cells], [(310, 170, 480, 200)], SCALE)
    assert near([box], [(186, 186, 204, 218)])
    assert rules.unread_ink(page, [cells], [(180, 180, 210, 220)], SCALE) == []
