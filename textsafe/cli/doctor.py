"""``textsafe doctor``: what this installation can read, and what is missing."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module, metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from textsafe import __version__
from textsafe.cli.common import EXIT_FAILED, EXIT_GOOD, output_option, summary
from textsafe.cli.group import Command
from textsafe.cli.output import opened
from textsafe.errors import DocumentError
from textsafe.messages import Language, message

if TYPE_CHECKING:
    from textsafe.readers.office.programs import Component

Packages = tuple[tuple[str, str], ...]

# What each family of formats needs: the distribution to install and the module it gives.
FORMATS: dict[str, Packages] = {
    ".txt .md": (),
    ".html .mht .docx": (("lxml", "lxml.etree"), ("python-docx", "docx")),
    ".pdf": (("pypdfium2", "pypdfium2"), ("pdfplumber", "pdfplumber")),
    ".ofd": (("lxml", "lxml.etree"),),
    ".xlsx .csv": (("lxml", "lxml.etree"),),
    ".eml .msg .zip": (("olefile", "olefile"),),
}
# What can be added: parts of LibreOffice, and the packages of an extra.
OFFICE: dict[str, Component] = {".doc .wps .rtf .odt": "Writer", ".xls .et .ods": "Calc"}
PICTURES, EXTRA = ".png .jpg .tif .bmp", "ocr"
OCR: Packages = (("rapidocr", "rapidocr"), ("onnxruntime", "onnxruntime"))
MARKS = {"good": "✓", "missing": "–", "broken": "✗"}
TRIAL = "县住建局要在2024年6月底前完成燃气管网排查。"
TRIAL_DUE = "2024-06-30"


@dataclass(frozen=True)
class Finding:
    """One line of the report; `remedy` is the command that adds or mends what it is about."""

    subject: str
    state: Literal["good", "missing", "broken"] = "good"
    reason: str = ""
    remedy: str = ""


def command(lang: Language) -> Command:
    """Return the command with its help in `lang`."""

    def doctor(output: str | None) -> int:
        formats = [_packages(name, needs) for name, needs in FORMATS.items()]
        formats += [_office(name, component, lang) for name, component in OFFICE.items()]
        formats.append(_ocr(lang))
        trial = _trial(lang)
        with opened(output) as write:
            write("\n".join(_report(formats, trial, lang)) + "\n")
        broken = any(finding.state == "broken" for finding in (*formats, trial))
        return EXIT_FAILED if broken else EXIT_GOOD

    return Command("doctor", lang=lang, params=[output_option(lang)], callback=doctor)


def _packages(name: str, needs: Packages) -> Finding:
    """Return whether the modules that a family of formats needs can be imported."""
    versions = []
    for distribution, module in needs:
        try:
            import_module(module)
            versions.append(f"{distribution} {metadata.version(distribution)}")
        except (ImportError, OSError) as error:  # OSError: a shared library does not load
            return Finding(name, "broken", summary(error), _install(distribution))
    return Finding(f"{name}  {', '.join(versions)}".rstrip())


def _office(name: str, component: Component, lang: Language) -> Finding:
    """Return whether a part of LibreOffice is installed and starts."""
    try:
        from textsafe.readers.office import programs, soffice
    except (ImportError, OSError) as error:  # a library that all readers need is missing
        return Finding(name, "broken", summary(error), _install("textsafe"))
    remedy = programs.command_to_add_libreoffice()
    program = programs.libreoffice()
    if program is None or not programs.has_component(program, component):
        reason = message("doctor_missing", lang, tool=f"LibreOffice {component}").text
        if component == "Writer" and (reserve := programs.antiword()):
            reason += message("doctor_antiword", lang, path=reserve).text
        return Finding(name, "missing", reason, remedy)
    try:
        version = soffice.version(program)
    except (DocumentError, OSError) as error:
        return Finding(name, "broken", summary(error), remedy)
    return Finding(f"{name}  LibreOffice {component} {version}  {program}")


def _ocr(lang: Language) -> Finding:
    """Return whether the packages that read scans can be imported."""
    name = f"{message('doctor_scans', lang).text} {PICTURES}"
    remedy = f'"{sys.executable}" -m pip install "textsafe[{EXTRA}]"'
    for distribution, module in OCR:
        if find_spec(module) is None:
            reason = message("doctor_missing", lang, tool=distribution).text
            return Finding(name, "missing", reason, remedy)
    return replace(_packages(name, OCR), remedy=remedy)


def _install(distribution: str) -> str:
    """Return the command that installs `distribution` in the version that textsafe asks for."""
    try:
        required = metadata.requires("textsafe") or []
    except metadata.PackageNotFoundError:
        required = []
    asked = next((line for line in required if line.startswith(distribution)), distribution)
    return f'"{sys.executable}" -m pip install --force-reinstall "{asked}"'


def _trial(lang: Language) -> Finding:
    """Return whether one sentence gives the task and the deadline that it holds."""
    import textsafe

    subject = message("doctor_trial", lang).text
    try:
        record = textsafe.extract_tasks(textsafe.parse_text(TRIAL))
        dues = [deadline.due for task in record.tasks for deadline in task.deadlines]
    except Exception as error:  # noqa: BLE001 - whatever is broken here is what doctor is for
        return Finding(subject, "broken", summary(error), _install("textsafe"))
    if dues != [TRIAL_DUE]:
        reason = message("doctor_trial_wrong", lang).text
        return Finding(subject, "broken", reason, _install("textsafe"))
    return Finding(subject)


def _report(formats: list[Finding], trial: Finding, lang: Language) -> Iterator[str]:
    import textsafe

    yield message("doctor_place", lang).text
    yield f"  textsafe {__version__}  {Path(textsafe.__file__).parent}"
    yield f"  Python {platform.python_version()}  {sys.executable}"
    yield f"  {platform.platform()}"
    yield message("doctor_formats", lang).text
    for finding in formats:
        yield from _lines(finding, lang)
    yield message("doctor_work", lang).text
    yield from _lines(trial, lang)


def _lines(finding: Finding, lang: Language) -> Iterator[str]:
    said = {
        "good": message("doctor_ok", lang).text,
        "missing": finding.reason,
        "broken": message("doctor_broken", lang, reason=finding.reason).text,
    }
    yield f"  {MARKS[finding.state]} {finding.subject}  {said[finding.state]}"
    if finding.state != "good":
        yield f"    {message('doctor_command', lang, command=finding.remedy).text}"
