"""Wrong usage, languages, crashes, interruptions."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

import textsafe

COMMANDS = ["parse", "tasks", "deadlines", "schema", "doctor"]
WRONG_USAGE = {
    "unknown command": (["taks"], "tasks"),
    "unknown option": (["tasks", "--formt", "json", "a"], "--format"),
    "no file": (["tasks"], "FILE"),
    "no schema name": (["schema"], "tasks|document"),
    "wrong schema name": (["schema", "x"], "tasks | document"),
    "wrong format": (["tasks", "a", "--format", "xlsx"], "jsonl"),
    "format without a value": (["tasks", "a", "--format"], "--format"),
    "flag with a value": (["tasks", "a", "--with-text=1"], "--with-text"),
    "wrong date": (["tasks", "a", "--date", "2024年"], "2024年"),
    "impossible date": (["tasks", "a", "--date", "2024-02-30"], "2024-02-30"),
    "wrong name of a limit": (["tasks", "a", "--limit", "size=1"], "file_bytes"),
    "limit without a number": (["parse", "a", "--limit", "pages"], "pages"),
    "limit that is no number": (["tasks", "a", "--limit", "pages=1T"], "pages=1T"),
    "limit of nothing": (["tasks", "a", "--limit", "pages=0"], "pages=0"),
    "wrong kind of text": (["parse", "a", "--tracked", "all"], "accepted | original"),
    "left over": (["doctor", "zuviel"], "zuviel"),
    "missing input of deadlines": (["deadlines", "no-such.jsonl"], "no-such.jsonl"),
    "wrong language": (["--lang", "fr", "doctor"], "zh | en"),
}


def is_chinese(text: str) -> bool:
    return any("一" <= char <= "鿿" for char in text)


@pytest.mark.parametrize("name", WRONG_USAGE)
def test_wrong_usage_is_explained_in_chinese(run, name):
    arguments, expected = WRONG_USAGE[name]
    result = run(*arguments)
    assert (result.code, result.out) == (2, "")
    assert expected in result.err
    assert result.err.startswith("错误：")
    assert "Traceback" not in result.err


@pytest.mark.parametrize("name", [name for name in WRONG_USAGE if name != "wrong language"])
def test_wrong_usage_is_explained_in_english(run, name):
    arguments, expected = WRONG_USAGE[name]
    result = run("--lang", "en", *arguments)
    assert result.code == 2
    assert expected in result.err
    assert result.err.startswith("error: ")
    assert not is_chinese(result.err.replace("2024年", ""))


@pytest.mark.parametrize(
    "arguments",
    [["--lang", "en", "doctor", "--help"], ["doctor", "--help", "--lang=en"],
     ["doctor", "--lang", "en", "-h"]],
)  # fmt: skip
def test_language_may_stand_anywhere(run, arguments):
    assert not is_chinese(run(*arguments).out)


def test_language_of_the_environment_gives_way_to_the_option(run, monkeypatch):
    monkeypatch.setenv("TEXTSAFE_LANG", "en")
    assert run("--help").out.startswith("Usage: ")
    assert run("--help", "--lang", "zh").out.startswith("用法：")
    monkeypatch.setenv("TEXTSAFE_LANG", "fr")
    assert run("doctor").code == 2


def test_without_a_command_the_help_is_shown_as_an_error(run):
    result = run()
    assert (result.code, result.out) == (2, "")
    assert result.err == run("--help").out


def test_version(run):
    assert run("--version").out == f"textsafe {textsafe.__version__}\n"


@pytest.mark.parametrize("command", [None, *COMMANDS])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_fits_the_terminal_and_speaks_one_language(run, command, lang):
    from rich.cells import cell_len

    result = run(*filter(None, [command]), "--help", "--lang", lang)
    assert (result.code, result.err) == (0, "")
    assert is_chinese(result.out) == (lang == "zh")
    assert max(map(cell_len, result.out.splitlines())) <= 80


def test_help_loads_no_library_but_click(root):
    script = (
        "import sys\n"
        "from textsafe.cli import main\n"
        "try:\n    main(['--help'])\n"
        "except SystemExit:\n    print(sorted({name.split('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, cwd=root)
    heavy = {"docx", "jieba", "lxml", "numpy", "pdfplumber", "pydantic", "rich", "spacy"}
    loaded = done.stdout.decode().splitlines()[-1]
    assert not [name for name in heavy if f"'{name}'" in loaded]


def test_crash_is_one_line_and_code_2(run, monkeypatch):
    def broken(*_arguments, **_options):
        raise ZeroDivisionError("division by zero\nmore")

    monkeypatch.setattr("textsafe.cli.doctor._packages", broken)
    result = run("doctor", "--lang", "en")
    assert result.code == 2
    assert (
        result.err.splitlines()[0] == "error: internal error: ZeroDivisionError: division by zero"
    )
    assert "Traceback" not in result.err
    monkeypatch.setenv("TEXTSAFE_DEBUG", "1")
    assert "Traceback" in run("doctor").err


def test_interruption_is_code_130(run, monkeypatch, notice):
    def interrupted(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("textsafe.readers.read_each", interrupted)
    result = run("tasks", notice)
    assert (result.code, result.err.strip()) == (130, "已中断")


@pytest.mark.skipif(os.name == "nt", reason="POSIX pipes")
def test_reader_that_goes_away_is_no_error(root):
    process = subprocess.Popen(
        [sys.executable, "cli.py", "schema", "tasks"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=root,
    )  # fmt: skip
    process.stdout.close()
    error = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), error) == (141, b"")
