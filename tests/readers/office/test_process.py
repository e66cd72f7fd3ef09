"""A program on a file nobody trusts: it ends in time, alone or not, and writes where it may."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from textsafe.errors import LimitExceededError
from textsafe.readers.limits import Limits
from textsafe.readers.office.process import run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")

PATIENCE_SECONDS = 20


def script(folder: Path, text: str) -> Path:
    path = folder / "program"
    path.write_text(f"#!/bin/sh\n{textwrap.dedent(text)}")
    path.chmod(0o755)
    return path


def ends(process: int) -> bool:
    """Whether the process with this number is gone, or goes before patience does."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            os.kill(process, 0)
            if Path(f"/proc/{process}/stat").read_text().split()[2] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.02)
    return False


def test_output_and_exit_code_come_back(tmp_path):
    output = tmp_path / "output"
    program = script(tmp_path, "echo $1; pwd; cat; exit 3")
    assert run([program, "通知"], folder=tmp_path, limits=Limits(), output=output) == 3
    assert output.read_text().splitlines() == ["通知", str(tmp_path.resolve())]


def test_surroundings_lead_neither_to_the_network_nor_to_the_home_of_the_user(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.invalid:3128")
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setenv("XDG_CONFIG_HOME", "/home/somebody/.config")
    output = tmp_path / "output"
    run([script(tmp_path, "env")], folder=tmp_path, limits=Limits(), output=output)
    seen = dict(line.split("=", 1) for line in output.read_text().splitlines() if "=" in line)
    assert {seen[name] for name in ("HOME", "TMPDIR")} == {str(tmp_path)}
    assert {seen[name] for name in ("http_proxy", "https_proxy")} == {"http://127.0.0.1:9"}
    assert not {"HTTPS_PROXY", "no_proxy", "XDG_CONFIG_HOME"} & set(seen)


def test_program_that_hangs_is_killed_with_its_children(tmp_path):
    program = script(tmp_path, "trap '' TERM HUP; /bin/sleep 600 & echo $! > child; wait")
    with pytest.raises(LimitExceededError) as raised:
        run([program], folder=tmp_path, limits=Limits(seconds=1))
    assert raised.value.params["limit"] == "seconds"
    assert ends(int((tmp_path / "child").read_text()))


def test_children_that_outlive_the_program_are_killed(tmp_path):
    program = script(tmp_path, "/bin/sleep 600 & echo $! > child")
    assert run([program], folder=tmp_path, limits=Limits()) == 0
    assert ends(int((tmp_path / "child").read_text()))


def test_program_does_not_outlive_a_caller_that_is_killed(tmp_path):
    program = script(tmp_path, "echo $$ > written; mv written own; exec /bin/sleep 600")
    calling = (
        "import sys; from pathlib import Path; from textsafe.readers.limits import Limits\n"
        "from textsafe.readers.office.process import run\n"
        "run([sys.argv[1]], folder=Path(sys.argv[2]), limits=Limits())"
    )
    caller = subprocess.Popen([sys.executable, "-c", calling, program, tmp_path])
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (tmp_path / "own").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    caller.send_signal(signal.SIGKILL)
    caller.wait()
    assert ends(int((tmp_path / "own").read_text()))


def test_flood_of_complaints_costs_nothing(tmp_path):
    flood = "/usr/bin/head -c 3000000 /dev/zero >&2; /usr/bin/head -c 3000000 /dev/zero"
    assert run([script(tmp_path, flood)], folder=tmp_path, limits=Limits()) == 0


def test_no_file_grows_beyond_the_limit(tmp_path):
    program = script(tmp_path, "/usr/bin/head -c 3000000 /dev/zero > large")
    assert run([program], folder=tmp_path, limits=Limits(file_bytes=1_000_000)) != 0
    assert (tmp_path / "large").stat().st_size <= 1_000_000


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not hold to it")
def test_no_process_takes_more_memory_than_the_limit(tmp_path):
    program = [sys.executable, "-c", "bytearray(1 << 30)"]
    assert run(program, folder=tmp_path, limits=Limits(memory_bytes=256 << 20)) != 0
    assert run(program, folder=tmp_path, limits=Limits()) == 0
