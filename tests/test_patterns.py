"""No regular expression of the package takes more than linear time, whatever the text."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_no_pattern_suffers_from_its_worst_texts() -> None:
    run = subprocess.run(
        [sys.executable, Path(__file__).with_name("pattern_load.py")],
        capture_output=True,
        text=True,
        check=True,
        timeout=1800,  # only so that a pattern without end does not hang the tests
    )
    result = json.loads(run.stdout)
    assert result["suffer"] == []
    assert result["patterns"] > 150
