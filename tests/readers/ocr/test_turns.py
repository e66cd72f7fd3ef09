from __future__ import annotations

import math

import numpy as np
import pytest

from textsafe.readers.ocr import turns
from textsafe.readers.ocr.engine import Pixels, Quad

cv2 = pytest.importorskip("cv2", reason="needs the extra ocr")


def box(left: float, top: float, width: float, height: float, degrees: float = 0) -> Quad:
    """A box that runs down to the right by `degrees` from its top left corner."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    corners = [(0, 0), (width, 0), (width, height), (0, height)]
    return np.array([(left + x * cos - y * sin, top + x * sin + y * cos) for x, y in corners])


@pytest.mark.parametrize("degrees", [-3.0, -0.5, 0.7, 2.2])
def test_most_lines_tell_the_skew(degrees: float) -> None:
    lines = [box(100, 50 * row, 800, 30, degrees) for row in range(10)]
    odd = [box(700, 900, 60, 40, 30), box(500, 900, 200, 40, -20)]
    assert turns.skew([*lines, *odd]) == pytest.approx(degrees, abs=0.01)


def test_short_pieces_and_hair_widths_do_not_turn_a_page() -> None:
    assert turns.skew([]) == 0
    assert turns.skew([box(0, 0, 60, 30, 5)]) == 0
    assert turns.skew([box(0, 0, 900, 30, 0.05)]) == 0


def test_text_that_runs_up_the_page_lies_on_its_side() -> None:
    assert turns.is_sideways([box(0, 0, 30, 800), box(50, 0, 30, 700), box(90, 0, 300, 30)])
    assert not turns.is_sideways([box(0, 0, 800, 30), box(0, 50, 30, 30)])
    assert not turns.is_sideways([])


@pytest.mark.parametrize("count", [1, 2, 3])
def test_boxes_turn_with_the_picture(count: int) -> None:
    picture: Pixels = np.full((200, 300), 255, np.uint8)
    picture[20:40, 50:250] = 0
    turned, (quad,) = turns.quarter_turns(picture, [box(50, 20, 200, 20)], count)
    (left, top), (right, bottom) = quad.min(axis=0).astype(int), quad.max(axis=0).astype(int)
    assert (turned[top:bottom, left:right] == 0).all()
    assert (turned == 0).sum() == (bottom - top) * (right - left)


def test_straightened_boxes_lie_on_the_straightened_ink() -> None:
    picture: Pixels = np.full((400, 600), 255, np.uint8)
    crooked = box(100, 150, 400, 30, 3)
    cv2.fillConvexPoly(picture, crooked.astype(np.int32), 0)
    straight, (quad,) = turns.straighten(picture, [crooked], turns.skew([crooked]))
    (left, top), (right, bottom) = quad.min(axis=0), quad.max(axis=0)
    assert bottom - top == pytest.approx(30, abs=1)
    assert (
        straight[round(top) + 3 : round(bottom) - 3, round(left) + 3 : round(right) - 3].max() < 9
    )
    assert straight[: round(top) - 3].min() > 250


def test_the_beginnings_of_the_longest_lines_vote() -> None:
    picture: Pixels = np.arange(100 * 300, dtype=np.uint8).reshape(100, 300)
    seen: list[tuple[int, ...]] = []

    def judge(piece: Pixels) -> bool:
        seen.append(piece.shape)
        return len(seen) > 1

    quads = [box(0, 20 * row, 100 + 10 * row, 10) for row in range(3)]
    assert turns.is_upside_down(picture, quads, judge)
    assert seen == [(10, 40)] * 3
    assert not turns.is_upside_down(picture, [], judge)
