from __future__ import annotations

import pytest

from tests.page_builder import LEFT, Put, blocks, laid_out, page, set_in, wrapped
from textsafe.readers.content import RawCell
from textsafe.readers.layout.tables import PageTable

FIRST = (
    "本月以来，青石县应急管理局组织开展工贸企业安全生产专项检查，共检查企业四十二家，"
    "发现一般隐患九十六项，已完成整改八十八项，其余隐患均已明确责任人和整改时限。"
)
SECOND = (
    "云岭镇人民政府联合消防救援大队对辖区内二十六家民宿逐户开展消防安全检查，"
    "重点查看疏散通道、灭火器材和电气线路，对发现的问题当场下达整改通知书。"
)
THIRD = (
    "县交通运输局针对汛期道路运输特点，组织客运企业开展驾驶员安全培训三期，"
    "培训驾驶员一百八十余人次，并对临水临崖路段的警示标志进行了补充完善。"
)
WIDE = (
    "为进一步做好全县汛期安全生产工作，现将近期各镇、各部门开展安全生产专项检查的情况"
    "编发如下，供各单位在工作中参考借鉴，并请及时报送本单位的好经验好做法。"
)


def columns(count: int, width: int, *texts: str, y: float = 200) -> list[Put]:
    """Set one text in each of `count` columns of `width` characters of 12 points."""
    gap = 24
    return [
        put
        for column, text in enumerate(texts[:count])
        for put in set_in(wrapped(text, width), LEFT + column * (12 * width + gap), y)
    ]


def test_two_columns_under_a_title_are_read_one_after_the_other() -> None:
    title = Put("安全生产工作简报", 200, 130, 24)
    content = laid_out(page(1, [title, *columns(2, 17, FIRST, SECOND)]))
    assert blocks(content) == ["安全生产工作简报", FIRST, SECOND]


def test_three_columns() -> None:
    content = laid_out(page(1, columns(3, 11, FIRST, SECOND, THIRD)))
    assert blocks(content) == [FIRST, SECOND, THIRD]


def test_text_over_the_whole_width_parts_the_columns_above_and_below() -> None:
    above, below = columns(2, 17, FIRST, SECOND, y=120), columns(2, 17, THIRD, FIRST, y=420)
    between = set_in(wrapped(WIDE, 36), LEFT, 320)
    content = laid_out(page(1, [*above, *between, *below]))
    assert blocks(content) == [FIRST, SECOND, WIDE, THIRD, FIRST]


def test_paragraph_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    lines = wrapped(FIRST + SECOND + THIRD, 17)
    first, second, third = lines[:5], lines[5:9], lines[9:]
    rest = wrapped(WIDE, 17)
    pages = [
        page(1, [*set_in(first, LEFT, 200), *set_in(second, LEFT + 228, 200)]),
        page(2, [*set_in(third, LEFT, 200), *set_in(rest, LEFT + 228, 200)]),
    ]
    assert blocks(laid_out(*pages)) == [FIRST + SECOND + THIRD, WIDE]


def test_box_beside_the_text_is_read_after_it() -> None:
    """The text stands beside the box, then runs over the whole width."""
    narrow, wide = wrapped(FIRST, 20), wrapped(WIDE, 36)
    box = wrapped(SECOND, 12)[:6]
    content = laid_out(
        page(
            1,
            [
                *set_in(wide, LEFT, 120),
                *set_in(narrow, LEFT, 200),
                *set_in(box, LEFT + 20 * 12 + 36, 200),
                *set_in(wrapped(THIRD, 36), LEFT, 340),
            ],
        )
    )
    found = blocks(content)
    assert found[:2] == [WIDE, FIRST]
    assert found[-1] == THIRD
    assert "".join(found[2:-1]) == SECOND[: 6 * 12 - 2]


def test_table_in_a_column_stays_in_it() -> None:
    cells = (RawCell("单位", 0, 0), RawCell("问题", 0, 1))
    table = PageTable(1, (LEFT, 330, LEFT + 200, 360), cells)
    content = laid_out(page(1, columns(2, 17, FIRST, SECOND + THIRD), [table]))
    assert blocks(content) == [FIRST, "单位\t问题", SECOND + THIRD]


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(set_in(wrapped(WIDE + FIRST + SECOND, 36), LEFT, 120), id="running text"),
        pytest.param(
            [
                *set_in(wrapped(WIDE, 36), LEFT, 120),
                Put("青石县应急管理局", 330, 240, 12),
                Put("2031年5月10日", 350, 260, 12),
            ],
            id="signature",
        ),
        pytest.param(
            [
                *set_in(["姓名  张三", "单位  县应急管理局"], LEFT, 120),
                *set_in(wrapped(WIDE, 36), LEFT, 200),
            ],
            id="a form",
        ),
    ],
)
def test_one_column_stays_as_it_is(texts: list[Put]) -> None:
    content = laid_out(page(1, texts))
    joined = "".join(blocks(content)).replace(" ", "")
    expected = "".join("".join(put.text.split()) for put in texts)
    assert joined == expected
