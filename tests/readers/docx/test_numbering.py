from __future__ import annotations

import pytest

from tests.builders import (
    abstract_list,
    docx,
    level,
    numbered_list,
    paragraph,
    style,
)
from textsafe.readers import read_bytes

OUTLINE = abstract_list(
    1,
    ("chineseCountingThousand", "%1、"),
    ("chineseCountingThousand", "（%2）"),
    ("decimal", "%3."),
    ("decimalEnclosedCircle", "%4"),
)


def lines(body: str, numbering: str, styles: str | None = None) -> list[str]:
    data = docx(body, numbering=numbering, styles=styles)
    return read_bytes(data, source="办法.docx").text.split("\n")


def test_levels_count_on_their_own_and_restart_below_a_higher_one() -> None:
    depths = [0, 1, 1, 2, 3, 2, 0, 1, 2]
    body = "".join(paragraph("项", numbered=(1, depth)) for depth in depths)
    assert lines(body, OUTLINE + numbered_list(1, 1)) == [
        "一、项", "（一）项", "（二）项", "1.项", "①项", "2.项", "二、项", "（一）项", "1.项",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number_format", "pattern", "inside", "expected"),
    [
        ("chineseCountingThousand", "第%1条", "", "第一条 各科室"),
        ("chineseCountingThousand", "第%1条", '<w:suff w:val="nothing"/>', "第一条各科室"),
        ("chineseCountingThousand", "%1、", '<w:suff w:val="tab"/>', "一、各科室"),
        ("japaneseCounting", "（%1）", '<w:suff w:val="space"/>', "（一）各科室"),
        ("decimal", "%1.", "", "1.各科室"),
        ("decimal", "%1", "", "1 各科室"),
        ("decimalEnclosedCircle", "%1", "", "①各科室"),
        ("bullet", "\uf0b7", "", "各科室"),
        ("none", "", "", "各科室"),
        ("none", "附：", "", "附：各科室"),
        ("decimal", "", "", "各科室"),
    ],
)
def test_number_stands_in_front_of_the_text(
    number_format: str, pattern: str, inside: str, expected: str
) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        + level(0, number_format, pattern, inside=inside)
        + "</w:abstractNum>"
        + numbered_list(1, 0)
    )
    assert lines(paragraph("各科室", numbered=(1, 0)), numbering) == [expected]


def test_lists_on_the_same_abstract_list_count_on() -> None:
    body = paragraph("甲", numbered=(1, 0)) + paragraph("乙", numbered=(2, 0))
    assert lines(body, OUTLINE + numbered_list(1, 1) + numbered_list(2, 1)) == ["一、甲", "二、乙"]


def test_start_override_restarts_once() -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    body = (
        paragraph("甲", numbered=(1, 0))
        + paragraph("乙", numbered=(2, 0))
        + paragraph("丙", numbered=(2, 0))
    )
    numbering = OUTLINE + numbered_list(1, 1) + numbered_list(2, 1, inside=restart)
    assert lines(body, numbering) == ["一、甲", "五、乙", "六、丙"]


def test_level_override_changes_the_pattern() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1．")}</w:lvlOverride>'
    body = paragraph("甲", numbered=(1, 0))
    assert lines(body, OUTLINE + numbered_list(1, 1, inside=override)) == ["I．甲"]


@pytest.mark.parametrize(
    ("restart", "expected"),
    [
        ("", ["第一章 总", "第一条 甲", "第二章 分", "第一条 乙"]),
        ('<w:lvlRestart w:val="0"/>', ["第一章 总", "第一条 甲", "第二章 分", "第二条 乙"]),
    ],
)
def test_articles_may_run_through_the_chapters(restart: str, expected: list[str]) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        + level(0, "chineseCountingThousand", "第%1章")
        + level(1, "chineseCountingThousand", "第%2条", inside=restart)
        + "</w:abstractNum>"
        + numbered_list(1, 0)
    )
    body = "".join(
        paragraph(text, numbered=(1, depth))
        for text, depth in [("总", 0), ("甲", 1), ("分", 0), ("乙", 1)]
    )
    assert lines(body, numbering) == expected


def test_legal_level_shows_all_counts_in_digits() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        + level(0, "chineseCountingThousand", "%1、")
        + level(1, "decimal", "%1.%2", inside="<w:isLgl/>")
        + "</w:abstractNum>"
        + numbered_list(1, 0)
    )
    body = paragraph("甲", numbered=(1, 0)) + paragraph("乙", numbered=(1, 1))
    assert lines(body, numbering) == ["一、甲", "1.1 乙"]


def test_level_without_the_one_above_shows_its_start() -> None:
    numbering = abstract_list(0, ("decimal", "%1"), ("decimal", "%1.%2")) + numbered_list(1, 0)
    assert lines(paragraph("甲", numbered=(1, 1)), numbering) == ["1.1 甲"]


def test_style_brings_list_and_level() -> None:
    in_list = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    deeper = '<w:numPr><w:ilvl w:val="1"/></w:numPr>'
    styles = (
        style("heading 1", properties=in_list)
        + style("heading 2", based_on="heading1", properties=deeper)
        + style("款", based_on="heading1")
    )
    body = (
        paragraph("甲", style="heading1")
        + paragraph("乙", style="heading2")
        + paragraph("丙", style="款")
        + paragraph("丁", style="heading1", numbered=(0, 0))
    )
    numbering = OUTLINE + numbered_list(1, 1)
    assert lines(body, numbering, styles) == ["一、甲", "（一）乙", "二、丙", "丁"]


def test_level_bound_to_the_style_is_used() -> None:
    styles = style("条", properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        + level(0, "decimal", "第%1章")
        + level(1, "decimal", "第%2条", inside='<w:pStyle w:val="条"/>')
        + "</w:abstractNum>"
        + numbered_list(1, 0)
    )
    assert lines(paragraph("甲", style="条"), numbering, styles) == ["第1条 甲"]


def test_list_defined_by_a_numbering_style() -> None:
    styles = style("条款", kind="numbering", properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
    numbering = (
        OUTLINE
        + '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="条款"/></w:abstractNum>'
        + numbered_list(1, 1)
        + numbered_list(2, 2)
    )
    assert lines(paragraph("甲", numbered=(2, 0)), numbering, styles) == ["一、甲"]


def test_list_of_a_numbering_style_is_found_by_the_style_it_defines() -> None:
    defining = abstract_list(5, ("decimal", "第%1条"), inside='<w:styleLink w:val="条款"/>')
    numbering = (
        defining
        + '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="条款"/></w:abstractNum>'
        + numbered_list(2, 2)
    )
    assert lines(paragraph("甲", numbered=(2, 0)), numbering) == ["第1条 甲"]


def test_override_with_a_level_of_its_own_and_a_start() -> None:
    override = (
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/>'
        f"{level(0, 'chineseLegalSimplified', '%1、')}</w:lvlOverride>"
    )
    body = "".join(paragraph(text, numbered=(2, 0)) for text in "甲乙")
    assert lines(body, OUTLINE + numbered_list(2, 1, inside=override)) == ["叁、甲", "肆、乙"]


def test_level_restarts_only_after_the_level_that_it_names() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        + level(0, "decimal", "第%1章")
        + level(1, "decimal", "第%2节")
        + level(2, "decimal", "第%3条", inside='<w:lvlRestart w:val="1"/>')
        + "</w:abstractNum>"
        + numbered_list(1, 0)
    )
    body = "".join(paragraph("项", numbered=(1, depth)) for depth in (0, 1, 2, 1, 2, 0, 1, 2))
    found = [line for line in lines(body, numbering) if "条" in line]
    assert found == ["第1条 项", "第2条 项", "第1条 项"]


def test_format_that_only_newer_versions_know() -> None:
    newer = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" '
        'w:format="01, 02, 03, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/>'
        "</mc:Fallback></mc:AlternateContent>"
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="7"/>{newer}'
        '<w:lvlText w:val="AQ-%1"/></w:lvl></w:abstractNum>' + numbered_list(1, 0)
    )
    assert lines(paragraph("甲", numbered=(1, 0)), numbering) == ["AQ-07 甲"]


def test_picture_bullet_shows_no_number() -> None:
    bullet = level(0, "bullet", "\uf0b7", inside='<w:lvlPicBulletId w:val="0"/>')
    numbering = f'<w:numPicBullet w:numPicBulletId="0"/><w:abstractNum w:abstractNumId="0">{bullet}'
    numbering += "</w:abstractNum>" + numbered_list(1, 0)
    assert lines(paragraph("甲", numbered=(1, 0)), numbering) == ["甲"]


def test_nine_levels_with_all_counts() -> None:
    pattern = ".".join(f"%{depth}" for depth in range(1, 10))
    levels = [("decimal", pattern[: 3 * depth - 1]) for depth in range(1, 10)]
    body = "".join(paragraph("项", numbered=(1, depth)) for depth in range(9))
    numbering = abstract_list(0, *levels) + numbered_list(1, 0)
    assert lines(body, numbering)[-1] == "1.1.1.1.1.1.1.1.1 项"


def test_number_alone_in_a_cell_is_its_text() -> None:
    numbering = abstract_list(0, ("decimal", "%1")) + numbered_list(1, 0)
    serial = f"<w:tc>{paragraph(numbered=(1, 0))}</w:tc>"
    cells = "".join(
        f"<w:tr>{serial}<w:tc>{paragraph(name)}</w:tc></w:tr>" for name in ("教育局", "住建局")
    )
    assert lines(f"<w:tbl>{cells}</w:tbl>", numbering) == ["1\t教育局", "2\t住建局"]


@pytest.mark.parametrize(
    "numbering",
    [
        "",
        '<w:num w:numId="1"/>',
        '<w:num w:numId="1"><w:abstractNumId w:val="9"/></w:num>',
        abstract_list(0, ("decimal", "%9%1.")) + numbered_list(1, 0),
    ],
)
def test_damaged_lists_lose_no_text(numbering: str) -> None:
    (line,) = lines(paragraph("各科室", numbered=(1, 0)), numbering)
    assert line.endswith("各科室")
