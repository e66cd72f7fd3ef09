"""From paragraphs to the section tree: cases, and what holds for every tree."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.casefiles import Case, each_case
from textsafe.document import Block, Document, Metadata, Section, Span
from textsafe.structure import structured

LINES = [
    "一、总体要求", "二、重点任务", "三、保障措施", "（一）摸清底数",
    "（二）整改到位。各镇要销号。",
    "1.燃气安全", "2.用电安全。各社区要拆除飞线。", "（1）排查", "①登记造册；", "第一章 总则",
    "第一条 为加强管理，制定本制度。", "第二条 各车间应当建立台账。", "一要守住底线，扛起责任。",
    "要办好两件事。一要查清底数，逐户建档。二要备足物资。", "一是县局要牵头；二是各镇要配合。",
    "第一，思想要绷紧", "各镇要逐户检查。", "1\t检修闸门\t县水利局", "工作要求",
]  # fmt: skip


HEAD = ("关于做好安全生产工作的通知", "各镇：")


def sections(lines: list[str], styled: dict[str, int] | None = None) -> tuple[str, list[Section]]:
    """Return the text of a notice whose body is `lines`, and its sections."""
    blocks, position = [], 0
    for line in (*HEAD, *lines):
        span = Span(start=position, end=position + len(line))
        level = (styled or {}).get(line)
        kind = "row" if "\t" in line else "heading" if level else "paragraph"
        blocks.append(Block(kind=kind, span=span, level=level))
        position = span.end + 1
    text = "\n".join((*HEAD, *lines))
    metadata = Metadata(source="-", sha256="0" * 64, format="txt")
    document = structured(Document(metadata=metadata, text=text, blocks=tuple(blocks)))
    return text, list(document.sections)


def drawn(found: list[Section]) -> list[str]:
    return ["  " * (section.level - 1) + section.title for section in found]


@each_case("outline.toml")
def test_cases(case: Case) -> None:
    _, found = sections(case["text"].strip("\n").split("\n"), case.get("styled"))
    assert drawn(found) == case["outline"]


styled_lines = st.dictionaries(st.sampled_from(LINES), st.integers(1, 4), max_size=4)


@given(st.lists(st.sampled_from(LINES), max_size=14), styled_lines)
def test_sections_nest(lines: list[str], styled: dict[str, int]) -> None:
    text, found = sections(lines, styled)
    for index, section in enumerate(found):
        assert section.span.start == section.title_span.start
        assert section.title_span.end <= section.span.end <= len(text)
        if section.parent is None:
            assert section.level == 1
            continue
        parent = found[section.parent]
        assert section.parent < index
        assert section.level == parent.level + 1
        assert parent.title_span.end <= section.span.start
        assert section.span.end <= parent.span.end


@given(st.lists(st.sampled_from(LINES), max_size=14), styled_lines)
def test_sections_of_one_parent_follow_each_other(lines: list[str], styled: dict[str, int]) -> None:
    _, found = sections(lines, styled)
    last: dict[int | None, int] = {}
    for section in found:
        assert last.get(section.parent, 0) <= section.span.start
        last[section.parent] = section.span.end


@given(st.lists(st.sampled_from(LINES), max_size=14), styled_lines)
def test_titles_are_what_the_text_says(lines: list[str], styled: dict[str, int]) -> None:
    text, found = sections(lines, styled)
    for section in found:
        written = section.title_span.of(text)
        assert written.startswith(section.title)
        assert set(written[len(section.title) :]) <= set("。！？；：;:!?")
        assert section.label is None or section.title.startswith(section.label)
        covered = section.span.of(text)
        assert covered == covered.strip()


def test_a_heading_without_a_number_has_no_label() -> None:
    _, found = sections(["工作要求", "各镇要抓紧。"], {"工作要求": 1})
    assert [(section.title, section.label) for section in found] == [("工作要求", None)]


def test_a_heading_inside_a_paragraph_governs_no_more_than_the_paragraph() -> None:
    text, found = sections(
        ["要办好两件事。一要查清底数，逐户建档。各村要月底前完成。", "县里要督促检查。"]
    )
    assert [section.span.of(text) for section in found] == [
        "一要查清底数，逐户建档。各村要月底前完成。"
    ]


def test_the_last_section_reaches_to_the_end_of_the_body() -> None:
    text, found = sections(["一、抓排查", "各镇要逐户查。", "县局要抽查。"])
    assert found[0].span.of(text) == "一、抓排查\n各镇要逐户查。\n县局要抽查。"


def test_many_headings_are_read_in_linear_time() -> None:
    _, found = sections(["（一）压实责任", "各镇要落实。"] * 5_000)
    assert len(found) == 5_000
