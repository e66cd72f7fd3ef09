"""The documentation says what the program does: its commands are run, its references compared.

A block that opens with ```console is run line by line in a shell, from the checkout, with the
folder of each page's temporary files as ``$TMP``; what it prints must be what the page shows.
Python examples are doctests. ``make golden`` writes the outputs anew.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import BaseModel

from textsafe import errors
from textsafe.cli.group import COMMANDS
from textsafe.document import Document
from textsafe.records import Failure, TaskRecord

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
CONSOLE = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
COMMANDS_HEAD = """\
# 命令 · Commands

<!-- Written by `make golden` from `textsafe --help`. -->

| 退出码 exit code | |
|---|---|
| `0` | 全部成功 all good |
| `1` | 有文档失败，或检查未通过 some documents failed, or a check said no |
| `2` | 用法错误或程序出错 wrong usage or configuration, or a crash |
| `130` | 被中断 interrupted |
"""
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def page_name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def transcript(block: str, folder: Path) -> str:
    """Return `block` with the output that its commands really give."""
    environment = {**os.environ, "TMP": str(folder), "TERM": "dumb"}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    environment.pop("TEXTSAFE_LANG", None)
    said = []
    for line in block.splitlines():
        if line.startswith("$ "):
            done = subprocess.run(
                ["bash", "-c", line.removeprefix("$ ")], cwd=ROOT, env=environment, check=False,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
            )  # fmt: skip
            assert done.returncode in (0, 1), done.stdout
            said.append(f"{line}\n{done.stdout.replace(str(folder), '$TMP')}")
    return "".join(said)


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_commands_give_what_the_page_shows(page, tmp_path, golden):
    text = page.read_text(encoding="utf-8")
    golden(page, CONSOLE.sub(lambda block: transcript(block[0], tmp_path), text))


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_links_lead_somewhere(page):
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_command_reference_is_the_help(run, golden):
    pieces = [COMMANDS_HEAD]
    for command in ("", *COMMANDS):
        pieces.append(f"\n## textsafe {command}".rstrip() + "\n")
        for lang in ("zh", "en"):
            out = run(*filter(None, [command]), "--help", "--lang", lang).out
            pieces.append(f"\n```text\n{out.rstrip()}\n```\n")
    golden(ROOT / "docs" / "reference" / "commands.md", "".join(pieces))


def models(model: type[BaseModel]) -> dict[str, type[BaseModel]]:
    """Return `model` and all models inside it, by name."""
    found = {model.__name__: model}
    for field in model.model_fields.values():
        for part in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if isinstance(part, type) and issubclass(part, BaseModel):
                found |= models(part)
    return found


MODELS = models(TaskRecord) | models(Failure) | models(Document)


@pytest.mark.parametrize("name", MODELS)
def test_every_field_of_a_record_is_explained(name):
    page = (ROOT / "docs" / "reference" / "records.md").read_text(encoding="utf-8")
    (section,) = re.findall(rf"^## {name}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    explained = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    assert explained == list(MODELS[name].model_fields)


def test_every_error_is_explained():
    page = (ROOT / "docs" / "reference" / "errors.md").read_text(encoding="utf-8")
    for name, value in vars(errors).items():
        if isinstance(value, type):
            assert f"| `{name}` |" in page


def test_changelog_knows_the_version():
    import textsafe

    assert f"## [{textsafe.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
