"""A file that another program wrote: ``tests/files/word_features.fodt`` by LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from textsafe.readers import Options, read
from textsafe.readers.options import Tracked

SOFFICE = shutil.which("soffice")
SOURCE = Path(__file__).parents[2] / "files" / "word_features.fodt"

pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")

BEFORE = """\
关于排查隐患的通知
一、总体要求
各镇要排查隐患。
[1] 含街道办事处。
[i] 见附件。
（一）燃气
"""
AFTER = """\
后一段。
1.逐户检查
①餐饮
②居民
2.建立台账
任务分解表
县局\t6月底
7月底
甲\t乙
丙\t丁
[2] 县应急管理局。
正文结束。
框中文字"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("libreoffice")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "docx", "--outdir", str(folder)]
    subprocess.run([*command, str(SOURCE)], check=True, capture_output=True, timeout=300)
    return folder / "word_features.docx"


@pytest.mark.parametrize(
    ("tracked", "changed"),
    [("accepted", "各镇要新的检查。\n"), ("original", "各镇要旧的检查。\n删去一段\n")],
)
def test_text_of_each_view(written: Path, tracked: Tracked, changed: str) -> None:
    assert read(written, options=Options(tracked=tracked)).text == BEFORE + changed + AFTER


def test_structure(written: Path) -> None:
    found = read(written)
    assert [block.level for block in found.blocks if block.kind == "heading"] == [1, 2]
    assert [block.kind for block in found.blocks].count("note") == 3
    assert [(item.kind, item.text) for item in found.furniture] == [
        ("header", "青石县安委会"),
        ("page_number", "— 1 —"),
    ]
    places = [
        (cell.row, cell.column, cell.row_span, cell.column_span) for cell in found.tables[0].cells
    ]
    assert places == [(0, 0, 1, 2), (1, 0, 2, 1), (1, 1, 1, 1), (2, 1, 1, 1)]
