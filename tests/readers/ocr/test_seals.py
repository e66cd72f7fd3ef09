from __future__ import annotations

import numpy as np
import pytest

from textsafe.readers.ocr.engine import Pixels
from textsafe.readers.ocr.seals import grey

cv2 = pytest.importorskip("cv2", reason="needs the extra ocr")

SCALE = 150 / 72
MM = 150 / 25.4
RED = (215, 35, 30)


def sheet() -> Pixels:
    """A page of 100 by 100 mm with a black line of text, 3 mm high, in the middle."""
    page: Pixels = np.full((round(100 * MM), round(100 * MM), 3), 250, np.uint8)
    page[round(50 * MM) : round(53 * MM) : 4, round(10 * MM) : round(90 * MM)] = 20
    return page


def stamp(page: Pixels, color: tuple[int, int, int], *, x: float = 60, y: float = 50) -> Pixels:
    """Lay a ring with a bar over the page; ink darkens, and leaves black as it is."""
    seal = np.full_like(page, 255)
    centre = round(x * MM), round(y * MM)
    cv2.circle(seal, centre, round(20 * MM), color, round(1.2 * MM))
    cv2.circle(seal, centre, round(5 * MM), color, -1)
    return np.minimum(page, seal)


@pytest.mark.parametrize("color", [RED, (230, 90, 95), (110, 110, 110)])
@pytest.mark.parametrize("x", [60, 92], ids=["whole", "cut by the edge"])
def test_a_seal_becomes_paper_and_the_text_below_it_stays(
    color: tuple[int, int, int], x: float
) -> None:
    plain = grey(sheet(), SCALE)
    freed = grey(stamp(sheet(), color, x=x), SCALE)
    assert (np.abs(freed.astype(int) - plain) > 60).mean() < 0.0005


def test_a_red_letterhead_stays() -> None:
    page = sheet()
    for left in range(10, 80, 14):
        box = (
            slice(round(15 * MM), round(25 * MM), 6),
            slice(*(round(v * MM) for v in (left, left + 10))),
        )
        page[box] = RED
    dark = grey(page, SCALE) < 120
    assert dark[: round(30 * MM)].sum() == (page[: round(30 * MM), :, 1] == RED[1]).sum()


def test_a_red_paragraph_stays() -> None:
    page = sheet()
    page[round(60 * MM) : round(95 * MM) : 5, round(10 * MM) : round(90 * MM)] = RED
    assert (grey(page, SCALE)[round(60 * MM) :] < 120).sum() == (
        page[round(60 * MM) :, :, 1] < 99
    ).sum()


def test_an_oval_stamp_becomes_paper() -> None:
    page = sheet()
    cv2.ellipse(
        page, (round(50 * MM), round(30 * MM)), (round(22 * MM), round(14 * MM)), 0, 0, 360, RED, 8
    )
    cv2.circle(page, (round(50 * MM), round(30 * MM)), round(9 * MM), RED, 8)
    assert grey(page, SCALE)[: round(48 * MM)].min() > 200


def test_white_on_black_is_turned_round() -> None:
    assert np.median(grey(255 - sheet(), SCALE)) > 200


@pytest.mark.parametrize("color", [(30, 30, 30), RED], ids=["black", "red"])
@pytest.mark.parametrize("blur", [1, 7])
def test_a_page_full_of_text_has_no_seal(color: tuple[int, int, int], blur: int) -> None:
    page: Pixels = np.full((round(250 * MM), round(180 * MM), 3), 250, np.uint8)
    strokes = np.random.default_rng(7)
    for top in np.arange(10, 240, 8.5):
        for left in np.arange(10, 165, 5.6):
            x, y = round(left * MM), round(top * MM)
            for _ in range(9):
                ends = strokes.integers(0, round(5 * MM), 4)
                cv2.line(page, (x + ends[0], y + ends[1]), (x + ends[2], y + ends[3]), color, 2)
    page = cv2.blur(page, (blur, blur))
    expected = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    assert (grey(page, SCALE) == expected).all()
