"""Names in force of bodies written in short or by former names: ``data/bodies.toml``."""

from __future__ import annotations

import pytest

from textsafe.mentions.assignments import find_assignments
from textsafe.mentions.canonical import canonical_name
from textsafe.taxonomies import Body, Department, bodies

ENTRIES = (*bodies().department, *bodies().body)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_an_entry_names_its_examples_and_no_others(entry: Department | Body) -> None:
    expected = dict(example.split("|") for example in entry.yes)
    found = {name: canonical_name(name) for name in expected}
    assert {name: full and full.name for name, full in found.items()} == expected
    assert [name for name in entry.no if canonical_name(name)] == []


@pytest.mark.parametrize(
    ("written", "full"),
    [
        ("各县（市、区）安委会", None),  # places in brackets are not taken apart
        ("石坪县安监局", "石坪县应急管理局"),
        ("各级安监部门", "各级应急管理部门"),
        ("市场监管局", "市场监督管理局"),
        ("市市场监管局", "市市场监督管理局"),
        ("县住建局局长", None),
        ("县教育局", None),
    ],
)
def test_the_place_stays_as_written(written: str, full: str | None) -> None:
    found = canonical_name(written)
    assert (found.name if found else None) == full


def test_a_reason_is_given_for_a_rename_and_not_for_a_short_form() -> None:
    renamed, short = canonical_name("县环保局"), canonical_name("县住建局")
    assert renamed
    assert renamed.reason
    assert "2018年" in renamed.reason
    assert short
    assert short.reason is None


def test_full_names_are_full() -> None:
    full = [canonical_name(f"县{department.name}局") for department in bodies().department]
    assert [name for name in full if name] == []


def test_a_party_carries_its_canonical_name() -> None:
    (assignment,) = find_assignments("（县安监局牵头，县公安局配合）")
    lead, support = assignment.parties
    assert (lead.name, lead.canonical) == ("县安监局", "县应急管理局")
    assert lead.renamed
    assert (support.canonical, support.renamed) == (None, None)
