"""What documents say about themselves: number, title, addressees, signature, date, parts."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.casefiles import Case, each_case, read_cases
from textsafe import parse_text
from textsafe.document import Document
from textsafe.structure.letterhead import issuer_of_title, parse_date

FIELDS = ("kind", "title", "issuer", "number", "date", "urgency", "recipients")
LINES = sorted({line for c in read_cases("letterhead.toml") for line in c["text"].split("\n")})


def said(document: Document, field: str) -> object:
    value = getattr(document.metadata, field)
    if isinstance(value, tuple):
        return list(value)
    return str(value or "")


@each_case("letterhead.toml")
def test_cases(case: Case) -> None:
    document = parse_text(case["text"].strip("\n"))
    expected = {field: case[field] for field in FIELDS if field in case}
    assert {field: said(document, field) for field in expected} == expected
    if "body" in case:
        lines = document.parts[0].body.of(document.text).split("\n")
        assert [lines[0], lines[-1]] == case["body"]
    if "parts" in case:
        assert [[part.kind, part.title] for part in document.parts] == case["parts"]
    if "elements" in case:
        found = [[e.kind, e.span.of(document.text)] for e in document.elements]
        assert found == case["elements"]


@given(st.lists(st.sampled_from(LINES), max_size=12).map("\n".join))
@example("各企业：\n附件")  # nothing between addressee and attachment
@example("青石镇人民政府\n特急\n云陵县交通局")  # the urgency is no line of the title
def test_parts_lie_in_order_and_hold_their_titles_and_bodies(text: str) -> None:
    if not text.strip():
        return
    document = parse_text(text)
    assert document.parts[0].kind == "main"
    end = 0
    for part in document.parts:
        assert end <= part.span.start <= part.span.end <= len(document.text)
        assert part.span.start <= part.body.start
        assert part.body.end <= part.span.end
        end = part.span.end
        if part.title_span and part.title:
            written = "".join(part.title_span.of(document.text).split())
            assert written == "".join(part.title.split())
    for section in document.sections:
        assert any(
            part.body.start <= section.span.start and section.span.end <= part.body.end
            for part in document.parts
        )


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024年3月5日", dt.date(2024, 3, 5)),
        ("2024 年 3 月 5 日", dt.date(2024, 3, 5)),
        ("（2024年12月31日）", dt.date(2024, 12, 31)),
        ("二〇二四年三月五日", dt.date(2024, 3, 5)),
        ("二○一○年十月三十一日", dt.date(2010, 10, 31)),
        ("一九九八年十二月二十日", dt.date(1998, 12, 20)),
        ("印发于2024年3月5日，2025年1月1日起施行", dt.date(2024, 3, 5)),
        ("2024年2月29日", dt.date(2024, 2, 29)),
        ("2023年2月29日", None),
        ("2024年13月1日", None),
        ("2024年3月", None),
        ("3月5日", None),
        ("", None),
    ],
)
def test_dates(text: str, date: dt.date | None) -> None:
    assert parse_date(text) == date


@pytest.mark.parametrize(
    ("title", "issuer"),
    [
        ("云陵县安委会关于开展排查的通知", "云陵县安委会"),
        ("青石镇人民政府印发防火方案的通知", "青石镇人民政府"),
        ("关于开展排查的通知", None),
        ("防火方案", None),
        (None, None),
    ],
)
def test_the_issuer_that_a_title_names(title: str | None, issuer: str | None) -> None:
    assert issuer_of_title(title) == issuer
