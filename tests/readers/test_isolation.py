"""What becomes of a caller when the process that reads for it hangs, crashes or grows."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import docx, paragraph, row, table, zipped
from textsafe.document import Document
from textsafe.errors import (
    DocumentError,
    LimitExceededError,
    ReaderCrashedError,
    UnreadableFileError,
)
from textsafe.messages import explain
from textsafe.readers import Limits, Options, read
from textsafe.readers.isolation import Isolation, read_each_isolated, read_isolated

# Python imports a module of this name when it starts, and so does the process that reads.
SABOTAGE = """
import ctypes, os, signal, subprocess, sys, tempfile, time
from textsafe.readers import text

intact = text.read
kept = []

def start_program():
    program = subprocess.Popen(["sleep", "600"], start_new_session=True)
    with open(os.path.join(os.path.dirname(__file__), "program"), "w") as file:
        file.write(str(program.pid))
    return program

def read(data, options):
    order = data.decode(errors="replace").strip()
    if order == "hang":
        time.sleep(600)
    elif order == "hang without a break":
        sum(range(10**15))
    elif order == "hang with a program":
        start_program().wait()
    elif order == "leave a program, then crash":
        start_program()
        os.kill(os.getpid(), signal.SIGSEGV)
    elif order == "crash":
        ctypes.string_at(0)
    elif order == "exit":
        os._exit(7)
    elif order == "leave":
        sys.exit(0)
    elif order == "bug":
        raise KeyError("no such style")
    elif order == "grow":
        while True:
            kept.append(bytearray(8 << 20))
    elif order == "grow at once":
        bytearray(1 << 40)
    elif order == "keep":
        kept.append(bytearray(250 << 20))
    elif order == "need":
        bytearray(250 << 20)
    elif order == "print":
        print("x" * 100_000)
        os.write(1, b"x" * 100_000)
    elif order == "ask":
        assert sys.stdin.read() == ""
        assert os.read(0, 10) == b""
    elif order == "litter":
        open(os.path.join(tempfile.gettempdir(), "litter"), "w").close()
        tempfile.mkdtemp()
    elif order == "pages":
        for page in range(3):
            options.on_page(page + 1, 3)
    return intact(f"{order}: {os.getpid()}".encode(), options)

text.read = read
"""

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux caps the memory in use")


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, which is empty after each test."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def orders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for files whose text tells the sabotaged reader what to do."""
    (tmp_path / "sabotage").mkdir()
    (tmp_path / "sabotage" / "sitecustomize.py").write_text(SABOTAGE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path / "sabotage")
    return tmp_path


def given(folder: Path, order: str) -> Path:
    path = folder / f"{order}.txt"
    path.write_text(order, encoding="utf-8")
    return path


def failure(path: Path, limits: Limits | None = None) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        read_isolated(path, options=Options(limits or Limits()))
    assert explain(caught.value).text
    return caught.value


def process_of(document: Document) -> int:
    return int(document.text.rpartition(" ")[2])


def is_gone(process: int) -> bool:
    """Tell whether a process ends soon; what was killed is listed until its parent looks."""
    for _ in range(100):
        listed = subprocess.run(
            ["ps", "-o", "stat=", str(process)], capture_output=True, text=True, check=False
        )
        if listed.stdout.strip()[:1] in {"", "Z"}:
            return True
        time.sleep(0.05)
    return False


def program_of(orders: Path) -> int:
    return int((orders / "sabotage" / "program").read_text(encoding="ascii"))


def test_same_documents_as_without(tmp_path: Path) -> None:
    (tmp_path / "通知.txt").write_text("关于检查的通知\n各镇要落实。", encoding="utf-8")
    content = table(row("单位", "期限"), row("县教育局", "")) + paragraph("县住建局要排查。")
    (tmp_path / "通知.docx").write_bytes(docx(content))
    (tmp_path / "损坏.docx").write_bytes(docx(content)[:-40])
    with Isolation() as isolation:
        for name in ("通知.txt", "通知.docx"):
            path = tmp_path / name
            assert isolation.read(path) == read(path)
            assert list(isolation.read_each(path)) == [(str(path), read(path))]
        for name in ("损坏.docx", "没有.txt"):
            with pytest.raises(DocumentError) as alone:
                read(tmp_path / name)
            ((source, error),) = isolation.read_each(tmp_path / name)
            assert source == str(tmp_path / name)
            assert type(error) is alone.type
            assert str(error) == str(alone.value)


def test_path_is_kept_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("甲", "乙"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "通知.txt").write_text(folder, encoding="utf-8")
    with Isolation() as isolation:
        for folder in ("甲", "乙"):
            monkeypatch.chdir(tmp_path / folder)
            document = isolation.read("./通知.txt")
            assert (document.metadata.source, document.text) == ("./通知.txt", folder)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_name_that_is_no_utf8(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xcd\xa8\xd6\xaa.txt")
    Path(path).write_text("通知", encoding="utf-8")
    assert read_isolated(path).metadata.source == path


@pytest.mark.parametrize("order", ["hang", "hang without a break"])
def test_hang_ends_in_time(order: str, orders: Path) -> None:
    error = failure(given(orders, order), Limits(seconds=1))
    assert isinstance(error, LimitExceededError)
    assert error.params["limit"] == "seconds"
    assert "--limit seconds=" in explain(error).hint


@pytest.mark.parametrize(
    ("order", "reason"),
    [("crash", "SIGSEGV"), ("exit", "exit code 7"), ("leave", "exit code 0"),
     ("bug", "KeyError: 'no such style'")],
)  # fmt: skip
def test_crash_is_an_error_of_the_document(order: str, reason: str, orders: Path) -> None:
    error = failure(given(orders, order))
    assert isinstance(error, ReaderCrashedError)
    assert error.params["reason"] == reason


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a process was given")
@pytest.mark.parametrize("order", ["hang with a program", "leave a program, then crash"])
def test_programs_are_killed(order: str, orders: Path) -> None:
    failure(given(orders, order), Limits(seconds=2))
    assert is_gone(program_of(orders))


@LINUX
@pytest.mark.parametrize("order", ["grow", "grow at once"])
def test_memory_is_capped(order: str, orders: Path) -> None:
    error = failure(given(orders, order), Limits(memory_bytes=300 << 20))
    assert isinstance(error, LimitExceededError)
    assert error.params["limit"] == "memory_bytes"


@LINUX
def test_memory_kept_from_one_document_does_not_fail_another(orders: Path) -> None:
    paths = [given(orders, order) for order in ("keep", "need")]
    with Isolation(Options(Limits(memory_bytes=400 << 20))) as isolation:
        kept, needed = (isolation.read(path) for path in paths)
    assert process_of(kept) != process_of(needed)


def test_failure_does_not_stop_the_others(orders: Path) -> None:
    good = given(orders, "print")
    with Isolation(Options(Limits(seconds=2))) as isolation:
        for order in ("crash", "bug", "hang", "exit"):
            ((source, error),) = isolation.read_each(given(orders, order))
            assert source.endswith(f"{order}.txt")
            assert isinstance(error, DocumentError)
            assert isolation.read(good).text.startswith("print: ")


def test_failure_inside_an_archive_costs_one_member(orders: Path) -> None:
    told = ["print", "crash", "litter", "hang", "bug", "exit", "pages"]
    path = orders / "报送.zip"
    members = {f"{place} {order}.txt": order.encode() for place, order in enumerate(told)}
    path.write_bytes(zipped(members))
    seen: list[int] = []
    options = Options(Limits(seconds=2), on_page=lambda done, _: seen.append(done))
    outcomes = dict(read_each_isolated(path, options=options))
    assert list(outcomes) == [f"{path}/{name}" for name in members]
    failed = [isinstance(outcome, DocumentError) for outcome in outcomes.values()]
    assert failed == [False, True, False, True, True, True, False]
    assert seen == [1, 2, 3]


def test_archive_of_crashes_comes_to_an_end(orders: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textsafe.readers.isolation._DEATHS_FOR_ONE_FILE", 3)
    path = orders / "报送.zip"
    path.write_bytes(zipped({f"{place}.txt": b"exit" for place in range(10)}))
    sources = [source for source, _ in read_each_isolated(path)]
    assert sources == [f"{path}/{place}.txt" for place in range(3)] + [str(path)]


def test_one_process_for_many_documents(orders: Path) -> None:
    path = given(orders, "print")
    with Isolation() as isolation:
        processes = {process_of(isolation.read(path)) for _ in range(10)}
    assert len(processes) == 1


def test_process_is_replaced_after_many_documents(
    orders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textsafe.readers.worker_process._DOCUMENTS_FOR_ONE", 3)
    path = given(orders, "print")
    with Isolation() as isolation:
        processes = [process_of(isolation.read(path)) for _ in range(7)]
    assert len(set(processes)) == 3


def test_process_that_died_between_two_documents(orders: Path) -> None:
    path = given(orders, "print")
    with Isolation() as isolation:
        os.kill(process_of(isolation.read(path)), signal.SIGKILL)
        assert isolation.read(path).text


@pytest.mark.parametrize("order", ["print", "ask"])
def test_readers_do_not_reach_the_pipes(order: str, orders: Path) -> None:
    assert read_isolated(given(orders, order)).text.startswith(order)


def test_temporary_files_are_removed(orders: Path, temporary: Path) -> None:
    with Isolation(Options(Limits(seconds=2))) as isolation:
        isolation.read(given(orders, "litter"))
        assert len(list(temporary.glob("*/litter"))) == 1
        list(isolation.read_each(given(orders, "hang")))
        assert not list(temporary.glob("*/*"))
        isolation.read(given(orders, "litter"))
    assert not list(temporary.iterdir())


def test_progress_is_passed_on(orders: Path) -> None:
    seen: list[tuple[int, int]] = []
    options = Options(on_page=lambda done, total: seen.append((done, total)))
    read_isolated(given(orders, "pages"), options=options)
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_options_are_passed_on(tmp_path: Path) -> None:
    deleted = "<w:del><w:r><w:delText>原文</w:delText></w:r></w:del>"
    path = tmp_path / "修订.docx"
    path.write_bytes(docx(paragraph("现文", inside=deleted)))
    for options in (Options(), Options(tracked="original")):
        assert read_isolated(path, options=options) == read(path, options=options)
    assert failure(path, Limits(characters=1)).params["limit"] == "characters"


class Interrupted(BaseException):
    """Stands for KeyboardInterrupt, which would end the test run."""


def test_interrupt_ends_the_process(orders: Path, temporary: Path) -> None:
    def interrupt(*_: object) -> None:
        raise Interrupted

    processes: list[int] = []
    with Isolation(Options(on_page=interrupt)) as isolation:
        processes.append(process_of(isolation.read(given(orders, "print"))))
        with pytest.raises(Interrupted):
            isolation.read(given(orders, "pages"))
        assert is_gone(processes[0])
    assert not list(temporary.iterdir())


def test_interrupted_by_the_keyboard(orders: Path, temporary: Path) -> None:
    script = (
        "import sys, tempfile\n"
        f"sys.path.insert(0, {str(orders / 'sabotage')!r}); tempfile.tempdir = {str(temporary)!r}\n"
        "from textsafe.readers.isolation import Isolation\n"
        "isolation = Isolation()\n"
        "print(isolation.read(sys.argv[1]).text, flush=True)\n"
        "isolation.read(sys.argv[2])\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, given(orders, "print"), given(orders, "hang")],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=Path(__file__).parents[2],
    ) as program:  # fmt: skip
        assert program.stdout is not None
        process = int(program.stdout.readline().rpartition(" ")[2])
        time.sleep(0.2)
        program.send_signal(signal.SIGINT)
        assert program.wait(20) != 0
    assert is_gone(process)
    assert not list(temporary.iterdir())


def test_script_without_a_guard(tmp_path: Path) -> None:
    """What is imported by multiprocessing runs again in each process; here nothing does."""
    (tmp_path / "通知.txt").write_text("通知", encoding="utf-8")
    # A file in the current folder must not be taken for a module.
    (tmp_path / "json.py").write_text("raise SystemExit('hijacked')", encoding="utf-8")
    script = tmp_path / "folder" / "script.py"
    script.parent.mkdir()
    script.write_text(
        "from textsafe.readers.isolation import read_each_isolated\n"
        "print([document.text for _, document in read_each_isolated('通知.txt')])\n",
        encoding="utf-8",
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, script], cwd=tmp_path, env=environment, capture_output=True, text=True,
        check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout == "['通知']\n"


def test_rest_of_a_file_is_not_read_in_vain(orders: Path) -> None:
    outcomes: Iterator[object] = read_each_isolated(given(orders, "print"))
    assert next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]


def test_no_process_without_a_file(tmp_path: Path) -> None:
    assert isinstance(failure(tmp_path / "没有.txt"), UnreadableFileError)
