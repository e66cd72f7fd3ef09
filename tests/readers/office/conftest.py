"""Programs that stand in for LibreOffice and antiword, and files that the real ones write."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.office import ARTICLES, office_installed, write_docx
from tests.readers.office.samples import LEDGER, REGULATION

SOFFICE = shutil.which("soffice")
Install = Callable[[str, str], Path]


@pytest.fixture
def programs(tmp_path, monkeypatch) -> Path:
    """Return a folder that alone is searched for programs, and has none."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr("textsafe.readers.office.programs._usual_places", list)
    return folder


@pytest.fixture
def install(programs) -> Install:
    """Return a function that makes a program with this name of a Python script."""

    def install(name: str, script: str) -> Path:
        place = programs / name
        place.write_text(f"#!{sys.executable}\n{script}", encoding="utf-8")
        place.chmod(0o755)
        return place

    return install


@pytest.fixture
def temporary(tmp_path, monkeypatch) -> Path:
    """Return the folder in which temporary folders are made."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.fixture(scope="session")
def written(tmp_path_factory) -> Path:
    """Return a folder with one regulation and one ledger in every format LibreOffice writes."""
    import openpyxl

    if SOFFICE is None or not office_installed():
        pytest.skip("LibreOffice (Writer and Calc) is not installed")
    folder = tmp_path_factory.mktemp("written")
    write_docx(folder / "办法.docx", REGULATION, automatic=ARTICLES)
    book = openpyxl.Workbook()
    for row in LEDGER:
        book.active.append(row)
    book.active.merge_cells("B2:B3")
    book.save(folder / "台账.xlsx")
    for source, suffixes in (("办法.docx", ("doc", "odt")), ("台账.xlsx", ("xls", "ods"))):
        for suffix in suffixes:
            subprocess.run(
                [
                    SOFFICE,
                    f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                    "--headless",
                    "--convert-to",
                    suffix,
                    "--outdir",
                    str(folder),
                    str(folder / source),
                ],
                check=True,
                capture_output=True,
                env=os.environ | {"HOME": str(folder)},
            )
    for name, twin in (("办法.doc", "办法.wps"), ("台账.xls", "台账.et")):
        # A sector more, which nothing refers to: the same content, but not the same file.
        (folder / twin).write_bytes((folder / name).read_bytes() + bytes(512))
    return folder
