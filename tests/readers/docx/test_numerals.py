from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textsafe.readers.docx.numerals import format_number
from textsafe.text import chinese_number

CASES = Path(__file__).parent.parent.parent / "cases" / "numerals.toml"


def _cases() -> list[tuple[str, int, str]]:
    with CASES.open("rb") as file:
        cases = tomllib.load(file)["case"]
    return [
        (case["format"], int(number), shown)
        for case in cases
        for number, shown in case["shown"].items()
    ]


@pytest.mark.parametrize(("name", "number", "shown"), _cases())
def test_number_is_shown_as_word_shows_it(name: str, number: int, shown: str) -> None:
    assert format_number(number, name) == shown


@given(st.integers(1, 9999))
def test_chinese_numbers_are_read_back(number: int) -> None:
    assert chinese_number(format_number(number, "chineseCountingThousand")) == number
