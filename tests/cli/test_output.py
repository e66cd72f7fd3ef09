"""Writing: whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from textsafe.cli.output import opened
from textsafe.errors import UsageError


def test_file_is_written_as_utf8_and_nothing_else_is_left(tmp_path):
    with opened(str(tmp_path / "out.txt")) as write:
        write("任务\n")
    assert (tmp_path / "out.txt").read_bytes() == "任务\n".encode()
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_error_leaves_the_old_file_as_it_was(tmp_path, error):
    target = tmp_path / "out.txt"
    target.write_text("old")

    def fail() -> None:
        with opened(str(target)) as write:
            write("new")
            raise error

    with pytest.raises(error):
        fail()
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]


def test_link_stays_a_link(tmp_path):
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    with opened(str(tmp_path / "link.txt")) as write:
        write("new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


def test_device_is_written_to_not_replaced():
    with opened(os.devnull) as write:
        write("gone")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("target", ["missing/out.txt", "."])
def test_place_that_cannot_be_written_is_refused(tmp_path, target):
    with pytest.raises(UsageError, match="usage_output_folder"), opened(str(tmp_path / target)):
        pass


def test_standard_output_gets_bytes_unchanged(capsysbinary):
    with opened("-") as write:
        write("任务\r\n")
    assert capsysbinary.readouterr().out == "任务\r\n".encode()
