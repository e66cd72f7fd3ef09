"""Reads the tables of cases in ``tests/cases``: what a text says, and why.

A case that is right by the guidelines but not yet met says so: ``"open": "what is missing"``. Its
test must fail; one that passes is an error until the mark is taken away.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Case = dict[str, Any]

CASES = Path(__file__).parent / "cases"


def read_cases(name: str) -> list[Case]:
    """Return the cases of a JSONL file, or those of the array ``case`` of a TOML file."""
    text = (CASES / name).read_text(encoding="utf-8")
    if name.endswith(".toml"):
        return list(tomllib.loads(text)["case"])
    return [json.loads(line) for line in text.splitlines()]


def each_case(name: str, *, where: Callable[[Case], bool] = lambda _: True) -> pytest.MarkDecorator:
    """Run a test with each case of a file that `where` accepts, as its argument ``case``."""
    return pytest.mark.parametrize(
        "case",
        [
            pytest.param(
                case,
                id=case.get("name") or case["text"],
                marks=[pytest.mark.xfail(reason=case["open"], strict=True)]
                if "open" in case
                else [],
            )
            for case in read_cases(name)
            if where(case)
        ],
    )
