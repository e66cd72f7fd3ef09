"""The table lines up, also with Chinese characters, and obeys nothing in the text."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from textsafe.export.table import to_table


def rows(text: str) -> list[str]:
    return [line for line in text.splitlines() if line[:1] in "┌│├└"]


@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_all_lines_are_equally_wide(record, width, lang):
    widths = {cell_len(line) for line in rows(to_table(record, width=width, lang=lang))}
    assert len(widths) == 1
    assert widths.pop() <= width


def test_columns_start_below_each_other(record):
    borders = {
        tuple(cell_len(line[:at]) for at, char in enumerate(line) if char == "│")
        for line in rows(to_table(record))
        if line.startswith("│")
    }
    assert len(borders) == 1


def test_table_says_who_does_what_by_when(record):
    out = to_table(record)
    for expected in (
        "关于燃气安全的通知", "青安办〔2024〕7号", "牵头：县住建局", "配合：县市场监管局",
        "督促：县安委办", "6月底前 → 2024-06-30", "城镇燃气", "（一）燃气", "未定：", "共 2 项任务",
    ):  # fmt: skip
        assert expected in out


def test_brackets_are_text_and_control_codes_are_gone(record):
    out = to_table(record)
    assert "[红色]" in out
    assert "\x1b" not in out


def test_colour_only_when_asked_for(record):
    assert "\x1b[" in to_table(record, colour=True)


def test_document_without_tasks(record):
    out = to_table(record.model_copy(update={"tasks": ()}), lang="en")
    assert out.endswith("No tasks found.\n")


def test_headings_stand_once_above_their_tasks(record):
    first, _ = record.tasks
    other = first.model_copy(update={"section": ("一、全面排查隐患", "（二）消防")})
    out = to_table(record.model_copy(update={"tasks": (first, first, other)}))
    assert [out.count(title) for title in ("一、全面", "（一）燃气", "（二）消防")] == [1, 1, 1]


def test_endless_cell_is_cut(record):
    task = record.tasks[0].model_copy(update={"action": "排查" * 1_000_000})
    assert len(to_table(record.model_copy(update={"tasks": (task,)}))) < 20_000


def test_recurring_deadline_shows_its_wording_only(record):
    monthly = (
        record.tasks[0]
        .deadlines[0]
        .model_copy(
            update={"text": "每月5日前", "kind": "recurring", "due": "5日前", "every": "P1M"}
        )
    )
    task = record.tasks[0].model_copy(update={"deadlines": (monthly,)})
    assert "→" not in to_table(record.model_copy(update={"tasks": (task,)}))
