"""``textsafe doctor``."""

from __future__ import annotations

import sys

import textsafe


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
