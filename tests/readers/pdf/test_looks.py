"""Text that is turned, pale, bold or hidden."""

from __future__ import annotations

import math

import pytest

from tests.pdf_builder import A4, LEFT, LINE, SIZE, Page, Rule, Text, build_pdf, page_of, wrap
from textsafe.readers import pdf
from textsafe.readers.content import Content
from textsafe.readers.options import Options

BODY = (
    "县应急管理局要会同有关部门开展专项检查，对发现的问题逐一登记造册，"
    "限期整改到位，整改情况及时向社会公布。"
)
ROWS = (("单位", "任务"), ("县住建局", "排查燃气管网"), ("县水利局", "巡查病险水库"))
WIDTH, HEIGHT = A4


def read(*pages: Page) -> Content:
    return pdf.read(build_pdf(*pages), Options())


def blocks(content: Content) -> list[str]:
    return [block.span.of(content.text) for block in content.blocks]


def sideways_table(quarter: int) -> Page:
    """A table with its paragraph, drawn turned clockwise on a page that is not."""

    def place(x: float, y: float) -> tuple[float, float]:
        return {1: (WIDTH - y, x), 2: (WIDTH - x, HEIGHT - y), 3: (y, HEIGHT - x)}[quarter]

    def text(string: str, x: float, y: float) -> Text:
        return Text(string, *place(x, y), 12, angle=-90 * quarter)

    def rule(x0: float, y0: float, x1: float, y1: float) -> Rule:
        (left, top), (right, bottom) = place(x0, y0), place(x1, y1)
        return Rule(min(left, right), min(top, bottom), max(left, right), max(top, bottom))

    xs, ys = (80, 280, 560), (120, 150, 180, 210)
    return Page(
        [
            text("各单位任务分工及工作要求如下：", 80, 100),
            *(rule(x, ys[0], x, ys[-1]) for x in xs),
            *(rule(xs[0], y, xs[-1], y) for y in ys),
            *(
                text(cell, x + 5, y + 20)
                for row, y in zip(ROWS, ys[:-1], strict=True)
                for cell, x in zip(row, xs[:-1], strict=True)
            ),
        ]
    )


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_page_set_sideways_is_read_upright(quarter: int) -> None:
    content = read(sideways_table(quarter))
    assert blocks(content) == ["各单位任务分工及工作要求如下：", *("\t".join(row) for row in ROWS)]
    assert not content.warnings


@pytest.mark.parametrize("quarter", [1, 3])
def test_places_on_a_page_set_sideways_are_those_that_people_see(quarter: int) -> None:
    x0, top, x1, bottom = read(sideways_table(quarter)).tables[0].bbox or (0, 0, 0, 0)
    assert (x1 - x0, bottom - top) == pytest.approx((90, 480), abs=1)
    left = WIDTH - 210 if quarter == 1 else 120
    assert x0 == pytest.approx(left, abs=1)
    assert top == pytest.approx(80 if quarter == 1 else HEIGHT - 560, abs=1)


def test_a_few_words_at_the_side_do_not_turn_a_page() -> None:
    side = Text("装订线", 30, 500, 12, angle=90)
    content = read(Page([*page_of(wrap(BODY)).drawn, side]))
    assert blocks(content) == [BODY]
    assert len(content.warnings) == 1


def test_seal_as_text_along_a_circle_leaves_the_text_alone() -> None:
    words = "青石县安全生产委员会办公室"
    turns = [-120 + 240 * place / (len(words) - 1) for place in range(len(words))]
    seal = [
        Text(
            char,
            400 + 50 * math.sin(math.radians(turn)),
            200 - 50 * math.cos(math.radians(turn)),
            12,
            angle=-turn,
        )
        for char, turn in zip(words, turns, strict=True)
    ]
    assert any(item.angle == 0 for item in seal)
    content = read(Page([*page_of(wrap(BODY)).drawn, *seal]))
    assert blocks(content) == [BODY]


def test_pale_words_on_every_page_are_a_watermark() -> None:
    mark = Text("内部资料", 180, 170, 60, grey=0.8)
    content = read(*[Page([mark, *page_of(wrap(BODY)).drawn])] * 3)
    assert blocks(content) == [BODY] * 3
    assert content.warnings == ("第 1—3 页有重复出现的浅色大字（可能是水印），未读取",)


def test_pale_words_on_one_page_are_text() -> None:
    title = Text("安全生产简报", 180, 80, 40, grey=0.8)
    content = read(Page([title, *page_of(wrap(BODY)).drawn]), page_of(wrap(BODY)))
    assert blocks(content) == ["安全生产简报", BODY, BODY]


def test_text_under_the_picture_of_a_scan_is_read() -> None:
    lines = [
        Text(text, LEFT, 120 + 28 * place, SIZE, hidden=True)
        for place, text in enumerate(wrap(BODY, indent=0))
    ]
    assert blocks(read(Page(lines))) == [BODY]


def test_numbered_line_printed_bold_is_a_heading() -> None:
    lines = page_of([*wrap(BODY), "", *wrap(BODY)]).drawn
    heading = Text("一、开展排查", LEFT + 2 * SIZE, 105 + 28 * 3 - 14, SIZE, bold=True)
    assert heading.x < LINE * SIZE
    content = read(Page([*lines, heading]))
    assert [(block.kind, block.level) for block in content.blocks] == [
        ("paragraph", None),
        ("heading", 1),
        ("paragraph", None),
    ]
