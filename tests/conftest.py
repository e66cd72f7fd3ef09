"""What all tests share: the command line in this process, sample texts, expected outputs."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from textsafe.cli import main
from textsafe.document import Span
from textsafe.records import Deadline, Party, RecordMetadata, SectorMention, Task, TaskRecord

ROOT = Path(__file__).parent.parent

NOTICE = """青石县安全生产委员会办公室文件
青安办〔2024〕7号
关于开展夏季燃气安全专项检查的通知
各镇人民政府，县直有关部门：
为做好夏季燃气安全工作，现将有关事项通知如下。
一、全面排查隐患
县住建局要在2024年6月底前完成老旧燃气管网排查。
各镇要每月5日前报送排查情况。
二、严格监管执法
严禁向无证餐饮场所配送瓶装液化气。
青石县安全生产委员会办公室
2024年5月10日
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write expected outputs anew")


@pytest.fixture
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with the file that holds what is expected, or write that file."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), f"{path.name} differs: see `make golden`"

    return compare


@dataclass(frozen=True)
class Outcome:
    """What a run of the program left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def run(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Outcome]:
    """Run ``textsafe`` with arguments, in this process."""
    monkeypatch.delenv("TEXTSAFE_LANG", raising=False)
    monkeypatch.delenv("TEXTSAFE_DEBUG", raising=False)

    def run(*arguments: str | Path, stdin: bytes = b"") -> Outcome:
        capsysbinary.readouterr()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as exit_info:
            main([str(argument) for argument in arguments])
        captured = capsysbinary.readouterr()
        return Outcome(int(exit_info.value.code or 0), captured.out.decode(), captured.err.decode())

    return run


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    """A notice with three tasks, as a text file."""
    path = tmp_path / "通知.txt"
    path.write_text(NOTICE, encoding="utf-8")
    return path


@pytest.fixture
def record() -> TaskRecord:
    """A record made by hand, with every kind of party and several kinds of deadline."""
    here = Span(start=0, end=4)
    task = Task(
        id="t1",
        text="由县住建局牵头，县市场监管局配合，6月底前完成燃气管网排查，县安委办督促落实。",
        span=Span(start=0, end=38),
        section=("一、全面排查隐患", "（一）燃气"),
        modality="must",
        action="完成燃气管网排查",
        parties=(
            Party(name="县住建局", role="lead", span=here),
            Party(name="县市场监管局", role="support", span=here),
            Party(name="县安委办", role="supervisor", span=here),
        ),
        deadlines=(Deadline(text="6月底前", kind="by", span=here, due="2024-06-30"),),
        sectors=(SectorMention(id="gas", name="城镇燃气", span=here),),
        confidence=0.93,
        rules=("party.lead",),
    )
    ban = Task(
        id="t2",
        text="-严禁[红色]区域动火，复工前书面报告。",
        span=Span(start=40, end=58),
        section=(),
        modality="prohibit",
        action="-严禁[红色]区域动火\x1b[2J",
        parties=(Party(name="各企业", role="owner", span=here),),
        deadlines=(
            Deadline(
                text="复工前", kind="event", span=here, event="复工", unresolved="文中没有复工日期"
            ),
        ),
        confidence=0.5,
    )
    metadata = RecordMetadata(
        source="通知.txt", sha256="0" * 64, format="text", title="关于燃气安全的通知",
        issuer="青石县安全生产委员会办公室", number="青安办〔2024〕7号",
    )  # fmt: skip
    return TaskRecord(document=metadata, tasks=(task, ban))
