"""``textsafe doctor``."""

from __future__ import annotations

import subprocess
import sys

import pytest

import textsafe
from textsafe.readers.detect import FORMATS


def test_sound_installation(run):
    result = run("doctor")
    assert (result.code, result.err) == (0, "")
    for expected in (".docx", ".pdf", sys.executable, textsafe.__version__):
        assert expected in result.out


def test_missing_library_is_named_with_the_command_that_adds_it(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    result = run("doctor", "--lang", "en")
    assert result.code == 1
    assert "broken" in result.out
    assert f'"{sys.executable}" -m pip install --force-reinstall "pypdfium2' in result.out


def test_every_format_is_listed(run):
    listed = run("doctor").out
    assert not [name for name in FORMATS if f".{name} " not in listed]


def test_missing_programs_are_no_failure(run, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("textsafe.readers.office.programs._usual_places", list)
    (tmp_path / "apt-get").touch(mode=0o755)
    result = run("doctor", "--lang", "en")
    assert (result.code, result.err) == (0, "")
    assert "– .doc .wps .rtf .odt  LibreOffice Writer is not installed" in result.out
    assert "run: sudo apt-get install" in result.out
    (tmp_path / "antiword").touch(mode=0o755)
    assert str(tmp_path / "antiword") in run("doctor").out


def test_program_that_does_not_start_is_broken(run, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "soffice").write_text("#!/bin/sh\nexit 5\n")
    (tmp_path / "soffice").chmod(0o755)
    result = run("doctor", "--lang", "en")
    assert result.code == 1
    assert "✗ .xls .et .ods" in result.out
    (tmp_path / "soffice").write_text("#!/bin/sh\necho LibreOffice 24.8.1.2\n")
    result = run("doctor", "--lang", "en")
    assert result.code == 0
    assert f"LibreOffice Calc 24.8.1.2  {tmp_path / 'soffice'}  ok" in result.out


def test_missing_extra_is_no_failure(run, monkeypatch):
    monkeypatch.setattr("textsafe.cli.doctor.OCR", (("rapidocr", "no_such_module"),))
    result = run("doctor", "--lang", "en")
    assert result.code == 0
    assert "rapidocr is not installed" in result.out
    assert '-m pip install "textsafe[ocr]"' in result.out


@pytest.mark.parametrize("module", ["lxml.etree", "docx", "olefile"])
def test_no_library_is_needed_to_say_that_it_is_missing(module):
    broken = f"import sys; sys.modules[{module!r}] = None; from textsafe.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", broken, "doctor"], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1
    assert "✗" in done.stdout
    assert "Traceback" not in done.stderr


def test_wrong_answer_is_noticed(run, monkeypatch):
    monkeypatch.setattr("textsafe.cli.doctor.TRIAL", "加强领导。")
    assert run("doctor").code == 1


def test_crash_of_the_trial_is_noticed(run, monkeypatch):
    def broken(*_arguments, **_options):
        raise RuntimeError("no data")

    monkeypatch.setattr(textsafe, "parse_text", broken, raising=False)
    result = run("doctor")
    assert result.code == 1
    assert "RuntimeError: no data" in result.out
