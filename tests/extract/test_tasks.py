"""Is it a task, of which modality, what is to be done and by whom: sentences in their documents."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.casefiles import Case, each_case, read_cases
from tests.frames import tasks_of
from textsafe import extract_tasks, parse, parse_text
from textsafe.document import Document
from textsafe.records import Task, TaskRecord

CORPORA = Path(__file__).parents[2] / "corpora"
DOCUMENTS = sorted(
    path
    for path in CORPORA.glob("*/*")
    if path.suffix in {".txt", ".docx", ".pdf"} and re.fullmatch(r"[A-Z]\d\d", path.stem)
)
SENTENCES = sorted(
    {
        line
        for name in ("parties.jsonl", "kinds.jsonl", "actions.jsonl", "scopes.toml")
        for case in read_cases(name)
        for line in case["text"].strip().split("\n")
    }
)
CHARACTERS = (
    "各镇县局企业要应由牵头配合负责严禁不得每月日前年底责任单位一二是第章条的了和"
    "、，。；：（）()《》“” 　\n\t0159①"
)


@each_case("kinds.jsonl")
def test_what_is_a_task(case: Case) -> None:
    found = tasks_of(case["text"], kind=case["in"], under=case["under"])
    assert bool(found) is case["task"]


@each_case("modality.jsonl")
def test_modality(case: Case) -> None:
    assert [task.modality for task in tasks_of(case["text"], under=case["under"])] == [
        case["modality"]
    ]


@each_case("actions.jsonl")
def test_action(case: Case) -> None:
    assert [task.action for task in tasks_of(case["text"])] == [case["action"]]


def says_all(case: Case) -> bool:
    """Return whether a case names every party of its sentence, not only those of its bracket."""
    return case["form"] != "slot" and (case["form"] != "bracket" or bool(case["parties"]))


@each_case("parties.jsonl", where=says_all)
def test_parties(case: Case) -> None:
    found = [party for task in tasks_of(case["text"]) for party in task.parties]
    assert {party.name: party.role for party in found} == case["parties"]


def reads_well(task: Task) -> bool:
    """Return whether an action is made of its sentence's characters and is trimmed as a cell is."""
    rest = iter(task.text)
    if not task.action or not all(char in rest for char in task.action):
        return False
    bare = not re.sub(r"[\W_]", "", task.text)
    return bare or not re.search(r"^[，。；、：！\s]|[，。；、：！\s]$", task.action)


def check(document: Document, record: TaskRecord) -> None:
    """Assert what holds for every record of every document."""
    text = document.text
    assert len({task.id for task in record.tasks}) == len(record.tasks)
    ends = [(task.span.start, task.span.end) for task in record.tasks]
    assert ends == sorted(ends)
    # Rows of a table may group those below them, as headings do.
    titles = {section.title for section in document.sections} | {
        cell.span.of(text) for table in document.tables for cell in table.cells if cell.span
    }
    for task in record.tasks:
        assert task.span.of(text) == task.text
        assert task.ledger is not None or reads_well(task)
        assert set(task.section) <= titles
        for party in task.parties:
            assert party.span.of(text) == party.name
        for deadline in task.deadlines:
            assert deadline.span.of(text) == deadline.text
        for mention in (*task.parties, *task.deadlines, *task.sectors, task):
            piece = mention.span.of(text)
            assert piece == piece.strip() != ""
            assert mention.span.end <= len(text)


@pytest.mark.parametrize(
    "path", DOCUMENTS, ids=[str(path.relative_to(CORPORA)) for path in DOCUMENTS]
)
def test_records_of_the_corpora(path: Path) -> None:
    document = parse(path)
    record = extract_tasks(document)
    check(document, record)
    assert extract_tasks(parse(path)) == record


any_text = st.text(alphabet=CHARACTERS, max_size=120) | st.lists(
    st.sampled_from(SENTENCES), max_size=8
).map("\n".join)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_text.filter(lambda text: text.strip()), st.none() | st.dates(dt.date(1990, 1, 1)))
@example("；镇，", None)  # a name before a comma that ends the text
def test_records_of_any_text(text: str, date: dt.date | None) -> None:
    document = parse_text(text)
    record = extract_tasks(document, date=date)
    check(document, record)
    assert extract_tasks(parse_text(text), date=date) == record


def only(text: str) -> Task:
    (task,) = tasks_of(text)
    return task


def test_a_task_says_where_it_stands() -> None:
    (task,) = tasks_of("（一）燃气安全\n各镇要逐户检查。")
    assert task.section == ("二、工作任务", "（一）燃气安全")


def test_the_date_given_by_the_caller_counts() -> None:
    document = parse_text("县住建局要在6月底前完成排查。")
    (task,) = extract_tasks(document, date=dt.date(2021, 4, 1)).tasks
    assert task.deadlines[0].due == "2021-06-30"
    (task,) = extract_tasks(document).tasks
    assert (task.deadlines[0].due, bool(task.deadlines[0].unresolved)) == (None, True)


def test_a_surer_order_has_a_higher_confidence() -> None:
    assert (
        only("县住建局必须在2024年6月底前完成排查。").confidence > only("排查燃气管网。").confidence
    )


def test_a_rule_is_named_for_what_was_found() -> None:
    task = only("各镇要在6月底前更换燃气软管（县住建局督促）。")
    assert {"party.subject", "party.assigned", "deadline.by", "sector.mention"} <= set(task.rules)


def test_an_identifier_depends_on_document_and_place() -> None:
    first, second = tasks_of("各镇要排查。\n各镇要排查。")
    assert first.text == second.text
    assert first.id != second.id
    assert only("各镇要排查。").id != only("各村要排查。").id
