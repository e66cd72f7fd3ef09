"""The progress bar is there for people only."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator

import pytest

from textsafe.cli.inputs import Input
from textsafe.cli.progress import OnPage, with_progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def seen_on_terminal(monkeypatch: pytest.MonkeyPatch, *sources: str) -> tuple[list[str], str]:
    # Not in a fixture: pytest puts its own stderr back between set-up and test.
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    results = list(with_progress([Input(source) for source in sources], work, "zh"))
    return results, terminal.getvalue()


def work(item: Input, on_page: OnPage | None) -> Iterator[str]:
    if on_page and item.source == "scan":
        on_page(3, 10)
    yield item.source.upper()


def test_results_come_in_order_with_a_bar_on_a_terminal(monkeypatch):
    results, seen = seen_on_terminal(monkeypatch, "a", "[b]")
    assert results == ["A", "[B]"]
    assert "处理中" in seen


def test_bar_leaves_before_results_are_shown_on_the_same_terminal(monkeypatch):
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert seen_on_terminal(monkeypatch, "a", "b")[1].endswith("\x1b[1A\x1b[2K")


def test_one_small_document_has_no_bar(monkeypatch):
    assert seen_on_terminal(monkeypatch, "a") == (["A"], "")


def test_pages_of_a_small_scan_are_shown(monkeypatch):
    results, seen = seen_on_terminal(monkeypatch, "scan")
    assert results == ["SCAN"]
    assert "第 3/10 页" in seen


def test_bar_counts_files_not_what_they_hold(monkeypatch):
    def three(_item: Input, _on_page: OnPage | None) -> Iterator[int]:
        yield from range(3)

    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    monkeypatch.setenv("TERM", "xterm")
    assert list(with_progress([Input("a"), Input("b")], three, "zh")) == [0, 1, 2] * 2
    assert "2/2" in terminal.getvalue()
    assert "3/2" not in terminal.getvalue()


def test_no_bar_without_a_terminal(capsys):
    assert list(with_progress([Input("a"), Input("b")], work, "zh")) == ["A", "B"]
    assert capsys.readouterr().err == ""
