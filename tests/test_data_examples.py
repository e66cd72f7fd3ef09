"""Every entry of the data files finds its own examples and keeps out its counterexamples.

The sectors and the deadlines run theirs in ``tests/mentions``.
"""

from __future__ import annotations

import pytest

from textsafe.mentions.bodies import level_of, split_names
from textsafe.mentions.directives import judge, section_effect
from textsafe.mentions.doers import find_doers
from textsafe.structure.lines import line_kind
from textsafe.taxonomies import (
    CellWords,
    ColumnTitle,
    Cue,
    ElementLine,
    Evidence,
    LevelName,
    NameWords,
    RectificationLabel,
    RoleWording,
    SectionTitle,
    assignment_language,
    column_of,
    elements,
    forms,
    organisations,
    subject_language,
    task_language,
)

NAMES = organisations()
SUBJECTS = subject_language()
LANGUAGE = task_language()


def doers(sentence: str) -> list[str]:
    return [party.name for party in find_doers(sentence).parties]


def by_id(entry: NameWords | LevelName | ColumnTitle | RectificationLabel) -> str:
    return entry.id


# --- organisations.toml


@pytest.mark.parametrize(
    "entry", [*NAMES.head, *NAMES.short, *NAMES.joined, *NAMES.joined_tail], ids=by_id
)
def test_a_kind_of_name_is_found_in_its_sentences_and_in_no_others(entry: NameWords) -> None:
    expected = [example.split("|") for example in entry.yes]
    assert [sentence for sentence, name in expected if name not in doers(sentence)] == []
    assert {sentence: doers(sentence) for sentence in entry.no if doers(sentence)} == {}


@pytest.mark.parametrize("entry", NAMES.head, ids=by_id)
def test_no_ending_is_cut(entry: NameWords) -> None:
    words = entry.words
    assert [word for word in words if split_names(word, 0, len(word)) != [(0, len(word))]] == []


@pytest.mark.parametrize("name", [word for entry in NAMES.joined for word in entry.words])
def test_a_joined_name_is_not_cut(name: str) -> None:
    text = f"县{name}局、县公安局"
    assert [text[a:b] for a, b in split_names(text, 0, len(text))] == [f"县{name}局", "县公安局"]


@pytest.mark.parametrize("entry", NAMES.level, ids=by_id)
def test_a_level_is_told_by_its_names_and_by_no_others(entry: LevelName) -> None:
    assert [name for name in entry.yes if level_of(name) != entry.id] == []
    assert [name for name in entry.no if level_of(name) == entry.id] == []


# --- assignments.toml


@pytest.mark.parametrize("entry", assignment_language().keyword, ids=lambda entry: entry.role)
def test_a_keyword_stands_in_its_examples_and_in_no_others(entry: RoleWording) -> None:
    assert [text for text in entry.yes if not entry.pattern.search(text)] == []
    assert [text for text in entry.no if entry.pattern.search(text)] == []


@pytest.mark.parametrize("entry", assignment_language().slot, ids=lambda entry: entry.role)
def test_a_slot_is_labelled_so_and_not_otherwise(entry: RoleWording) -> None:
    assert [text for text in entry.yes if not entry.pattern.fullmatch(text)] == []
    assert [text for text in entry.no if entry.pattern.search(text)] == []


# --- task_language.toml


@pytest.mark.parametrize("cue", LANGUAGE.cue, ids=lambda cue: cue.id)
def test_a_cue_is_found_in_its_examples_and_in_no_others(cue: Cue) -> None:
    assert [text for text in cue.yes if cue.id not in judge(text).cues] == []
    assert [text for text in cue.no if cue.id in judge(text).cues] == []


@pytest.mark.parametrize("section", LANGUAGE.section, ids=lambda section: section.id)
def test_a_title_tells_its_kind_of_section(section: SectionTitle) -> None:
    assert [title for title in section.yes if section_effect(title) != section.effect] == []
    assert [title for title in section.no if section_effect(title) == section.effect] == []


def test_verbs_open_imperatives() -> None:
    assert [text for text in LANGUAGE.verbs.yes if judge(text).imperative is None] == []
    assert [text for text in LANGUAGE.verbs.no if judge(text).imperative is not None] == []


def test_openers_follow_a_subject() -> None:
    assert [text for text in LANGUAGE.openers.yes if not doers(text)] == []
    assert [text for text in LANGUAGE.openers.no if doers(text)] == []


# --- subject_language.toml: stretches are tried as the subject of an order


def test_a_stretch_that_holds_such_a_word_is_no_name() -> None:
    rule = SUBJECTS.no_name
    assert [text for text in rule.yes if text in doers(f"{text}要排查。")] == []
    assert [text for text in rule.no if text not in doers(f"{text}要排查。")] == []


@pytest.mark.parametrize("entry", SUBJECTS.evidence, ids=lambda entry: entry.id)
def test_evidence_is_found_in_its_examples_and_in_no_others(entry: Evidence) -> None:
    find = entry.pattern.search if entry.of.endswith("end") else entry.pattern.match
    assert [text for text in entry.yes if not find(text)] == []
    assert [text for text in entry.no if find(text)] == []


def test_a_stretch_that_begins_with_such_a_word_is_no_name() -> None:
    rule = SUBJECTS.no_name_start
    assert [text for text in rule.yes if text in doers(f"{text}要排查。")] == []
    assert [text for text in rule.no if text not in doers(f"{text}要排查。")] == []


def test_the_name_follows_the_restrictive_clause() -> None:
    rule = SUBJECTS.clause_start
    for text in rule.yes:
        assert doers(f"{text}要排查。") == [text.partition("的")[2]]
    assert [text for text in rule.no if rule.pattern.match(text)] == []


def test_an_empty_head_keeps_its_clause() -> None:
    rule = SUBJECTS.empty_heads
    assert [text for text in rule.yes if doers(f"{text}要排查。") != [text]] == []
    assert [text for text in rule.no if doers(f"{text}要排查。") == [text]] == []


def test_some_names_begin_with_a_verb() -> None:
    rule = SUBJECTS.office_ends
    assert [text for text in rule.yes if doers(f"{text}要排查。") != [text]] == []
    assert [text for text in rule.no if doers(f"{text}要排查。")] == []


# --- forms.toml


@pytest.mark.parametrize("entry", forms().column, ids=by_id)
def test_a_column_is_told_by_its_title(entry: ColumnTitle) -> None:
    def column(title: str) -> str | None:
        found = column_of(title)
        return found.id if found else None

    assert [title for title in entry.yes if column(title) != entry.id] == []
    assert [title for title in entry.no if column(title) == entry.id] == []


@pytest.mark.parametrize("name", ["total", "nothing"])
def test_a_cell_says_that_it_counts_or_that_there_is_nothing(name: str) -> None:
    words: CellWords = getattr(forms(), name)
    assert [text for text in words.yes if not words.pattern.fullmatch("".join(text.split()))] == []
    assert [text for text in words.no if words.pattern.fullmatch("".join(text.split()))] == []


def test_a_field_of_a_form_asks_for_tasks() -> None:
    words = forms().form_task
    assert [label for label in words.yes if not words.pattern.search(label)] == []
    assert [label for label in words.no if words.pattern.search(label)] == []


@pytest.mark.parametrize("entry", forms().rectification, ids=by_id)
def test_a_thing_of_the_rectification_is_told_by_its_label(entry: RectificationLabel) -> None:
    assert [label for label in entry.yes if not entry.pattern.fullmatch(label)] == []
    assert [label for label in entry.no if entry.pattern.fullmatch(label)] == []


# --- elements.toml


@pytest.mark.parametrize("element", elements().element, ids=lambda element: element.id)
def test_a_line_shows_its_element(element: ElementLine) -> None:
    assert [line for line in element.yes if line_kind(line, element.place) != element.id] == []
    assert [line for line in element.no if line_kind(line, element.place) == element.id] == []
