"""The examples in ``data/deadlines.toml`` hold: every entry finds its `yes`, none of its `no`."""

import datetime as dt

import pytest

from textsafe.mentions.deadlines import find_deadlines
from textsafe.mentions.deadlines.lexicon import Festival, Trap, Words, lexicon

DATE = dt.date(2024, 3, 11)
SECTIONS = ("seasons", "acts", "periods", "immediate", "ongoing", "slots", "orders", "actions")


def _finders() -> list[tuple[str, Festival | Words]]:
    named = [(entry.id, entry) for entry in lexicon().festivals]
    return [*named, *((name, getattr(lexicon(), name)) for name in (*SECTIONS, "completions"))]


FOUND = [(name, sentence) for name, entry in _finders() for sentence in entry.yes]
NOT_FOUND = [(name, sentence) for name, entry in _finders() for sentence in entry.no]
TRAPPED = [(trap.id, sentence) for trap in lexicon().traps for sentence in trap.yes]
NOT_TRAPPED = [(trap.id, sentence) for trap in lexicon().traps for sentence in trap.no]


@pytest.mark.parametrize(("entry", "sentence"), FOUND + NOT_TRAPPED)
def test_sentence_holds_a_deadline(entry: str, sentence: str) -> None:
    assert find_deadlines(sentence, DATE), entry


@pytest.mark.parametrize(("entry", "sentence"), NOT_FOUND + TRAPPED)
def test_sentence_holds_no_deadline(entry: str, sentence: str) -> None:
    assert find_deadlines(sentence, DATE) == [], entry


def test_every_trap_says_something() -> None:
    for trap in lexicon().traps:
        assert isinstance(trap, Trap)
        assert trap.left or trap.right


def test_traps_have_names_of_their_own() -> None:
    names = [trap.id for trap in lexicon().traps]
    assert len(names) == len(set(names))
