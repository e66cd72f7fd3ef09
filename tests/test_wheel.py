"""What strangers get: the wheel in an environment that holds nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def call(*command: str | Path, **options: object) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, check=False, text=True,
        encoding="utf-8", env=environment, **options,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by what developers have installed: no network."""
    root = Path(__file__).parent.parent
    folder = tmp_path_factory.mktemp("wheel")
    call(
        sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--quiet",
        "--wheel-dir", folder, root,
    )  # fmt: skip
    (built,) = folder.glob("*.whl")
    return built


def test_wheel_holds_the_package_and_nothing_else(wheel, root):
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"textsafe"}
    data = {f"textsafe/data/{path.name}" for path in (root / "textsafe" / "data").iterdir()}
    assert data <= set(names)
    assert "textsafe/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment with only the wheel and what it asks for."""
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = (sys.executable, "-m", "pip", "--python", programs / "python")
    answer = subprocess.run(
        [*map(str, pip), "install", "--quiet", str(wheel)],
        capture_output=True, check=False, text=True, encoding="utf-8",
    )  # fmt: skip
    if answer.returncode and "CI" not in os.environ and "Could not find a version" in answer.stderr:
        pytest.skip("no package index within reach")
    assert answer.returncode == 0, answer.stderr
    return programs


def test_help_without_developers_packages(installed):
    assert "textsafe" in call(installed / "textsafe", "--help", "--lang", "en")


def test_tasks_of_a_sample_without_developers_packages(installed, tmp_path, notice):
    out = call(installed / "textsafe", "tasks", notice, cwd=tmp_path)
    assert "县住建局" in out
    assert "2024-06-30" in out


def test_doctor_finds_the_installation_sound(installed, tmp_path):
    assert "pypdfium2" in call(installed / "textsafe", "doctor", cwd=tmp_path)
