from __future__ import annotations

from dataclasses import replace

import pytest

from tests.page_builder import Put, blocks, laid_out, page
from textsafe.readers.content import Content, RawCell
from textsafe.readers.layout.tables import PageTable

EDGES = (74.0, 130.0, 350.0, 450.0, 522.0)
HEAD = ("序号", "任务", "责任单位", "时限")
Rows = tuple[tuple[str, ...], ...]

FIRST: Rows = (
    HEAD,
    ("1", "排查燃气管网", "县住建局", "6月底"),
    ("2", "更新应急预案", "县应急局", "7月底"),
)
SECOND: Rows = (("3", "检修排涝泵站", "县水利局", "5月底"),)


def table(
    number: int, rows: Rows, top: float, bottom: float, edges: tuple[float, ...] = EDGES
) -> PageTable:
    height = (bottom - top) / len(rows)
    boxes = [
        (edges[0], top + place * height, edges[-1], top + (place + 1) * height)
        for place in range(len(rows))
    ]
    cells = tuple(
        RawCell(text, row, column)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    return PageTable(
        number,
        (edges[0], top, edges[-1], bottom),
        cells,
        edges,
        tuple((number, box) for box in boxes),
    )


def two_pages(
    second: Rows,
    *,
    bottom: float = 760,
    top: float = 80,
    edges: tuple[float, ...] = EDGES,
    between: tuple[Put, ...] = (),
) -> Content:
    return laid_out(
        page(1, [], [table(1, FIRST, 400, bottom)]),
        page(2, between, [table(2, second, top, top + 200, edges)]),
    )


@pytest.mark.parametrize("second", [SECOND, (HEAD, *SECOND)], ids=["goes on", "head repeated"])
def test_table_that_goes_on_is_one(second: Rows) -> None:
    content = two_pages(second)
    assert blocks(content) == ["\t".join(row) for row in (*FIRST, *SECOND)]
    assert [block.page for block in content.blocks] == [1, 1, 1, 2]
    (found,) = content.tables
    assert (found.page, max(cell.row for cell in found.cells)) == (1, 3)
    last = content.blocks[-1].bbox
    assert last is not None
    assert last[1] >= 80
    assert last[3] == 280


def test_row_that_the_page_cuts_is_one() -> None:
    first = (*FIRST[:2], ("2", "更新应急预案，组织", "县应急局", "7月底"))
    content = laid_out(
        page(1, [], [table(1, first, 400, 760)]),
        page(2, [], [table(2, (("", "全员演练。", "", ""), *SECOND), 80, 200)]),
    )
    assert blocks(content)[2:] == [
        "2\t更新应急预案，组织全员演练。\t县应急局\t7月底",
        "\t".join(SECOND[0]),
    ]


def test_row_of_which_every_cell_is_cut_is_one() -> None:
    first = replace(
        table(1, (*FIRST[:2], ("2", "更新应", "县应", "7月")), 400, 760), full=frozenset({1, 2, 3})
    )
    rest = table(2, (("", "急预案", "急局", "底"), *SECOND), 80, 200)
    content = laid_out(page(1, [], [first]), page(2, [], [rest]))
    assert blocks(content)[2:] == ["\t".join(FIRST[2]), "\t".join(SECOND[0])]


def test_row_without_a_number_but_complete_is_a_row() -> None:
    content = two_pages((("", "检修排涝泵站", "县水利局", "5月底"),))
    assert len(content.blocks) == 4


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(two_pages(SECOND, bottom=480), id="room left on the page"),
        pytest.param(two_pages(SECOND, top=400), id="not at the top"),
        pytest.param(two_pages(SECOND, edges=(74, 200, 300, 400, 500)), id="other columns"),
        pytest.param(
            two_pages(SECOND, top=150, between=(Put("附件2", 74, 130),)), id="text between"
        ),
    ],
)
def test_two_tables_stay_two(content: Content) -> None:
    assert len(content.tables) == 2
