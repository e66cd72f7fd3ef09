"""What holds for the Document of every reader: spans, order, and the same again."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.formats import WRITERS
from tests.fuzz.seeds import SEEDS
from tests.soundness import assert_sound
from textsafe.errors import EmptyDocumentError, ScannedDocumentError
from textsafe.readers import read_bytes

BY_OFFICE = {"doc", "rtf", "odt"}
PICTURES = {"png", "tif", "jpg", "bmp"}

LINES = st.text(
    "一二三（）、。，：第条章 \u3000abc1234.-—“”《》〔〕年月日县局镇要完成落实", max_size=60
)
ROWS = st.lists(LINES, min_size=2, max_size=4).map("\t".join)


@pytest.mark.parametrize("kind", sorted(SEEDS.keys() - PICTURES - {"zip"}))
def test_seed_is_sound_and_the_same_twice(kind: str) -> None:
    if kind in BY_OFFICE and shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    for data in SEEDS[kind]():
        document = read_bytes(data, source=f"a.{kind}")
        assert_sound(document)
        assert read_bytes(data, source=f"a.{kind}") == document


@pytest.mark.parametrize("name", WRITERS)
@settings(deadline=None, max_examples=20)
@given(st.lists(LINES | ROWS, max_size=12).map("\n".join))
@example("\t ")  # cells of white space alone
def test_any_text_in_every_format(name: str, text: str) -> None:
    source = f"a.{name.partition(' ')[0]}"
    try:
        data = WRITERS[name](text)
        document = read_bytes(data, source=source)
    except (EmptyDocumentError, ScannedDocumentError):
        return  # a table without a word, or nothing but a page number
    assert_sound(document)
    assert read_bytes(data, source=source) == document
