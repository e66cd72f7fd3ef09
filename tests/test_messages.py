"""Every sentence exists in both languages and is used."""

from __future__ import annotations

import dataclasses
import string
import tomllib
from pathlib import Path

import pytest

import textsafe
from textsafe.errors import LimitExceededError
from textsafe.messages import explain
from textsafe.readers.limits import Limits

PACKAGE = Path(textsafe.__file__).parent
CATALOGUE = tomllib.loads((PACKAGE / "data" / "messages.toml").read_text(encoding="utf-8"))
# Keys that the program puts together.
COMPOSED = ("label_", "help_", "limit_")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", CATALOGUE)
def test_entry_is_complete_in_both_languages(key):
    entry = CATALOGUE[key]
    assert set(entry) in ({"zh", "en"}, {"zh", "en", "hint_zh", "hint_en"})
    assert all(text.strip() for text in entry.values())
    assert placeholders(entry["zh"]) == placeholders(entry["en"])
    assert placeholders(entry.get("hint_zh", "")) == placeholders(entry.get("hint_en", ""))


@pytest.mark.parametrize("key", CATALOGUE)
def test_english_holds_no_chinese(key):
    entry = CATALOGUE[key]
    assert not [c for c in entry["en"] + entry.get("hint_en", "") if "一" <= c <= "鿿"]


@pytest.mark.parametrize("key", [key for key in CATALOGUE if not key.startswith(COMPOSED)])
def test_entry_is_used(key):
    sources = [path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")]
    assert any(f'"{key}"' in source.replace("'", '"') for source in sources)


@pytest.mark.parametrize("limit", [field.name for field in dataclasses.fields(Limits)])
def test_every_limit_has_a_name_that_people_read(limit):
    for lang in ("zh", "en"):
        error = LimitExceededError("limit_exceeded", limit=limit, value=2, allowed=1)
        assert CATALOGUE[f"limit_{limit}"][lang] in explain(error, lang).text
