"""``textsafe doctor``: what this installation can read, and what is missing."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module, metadata
from pathlib import Path

from textsafe import __version__
from textsafe.cli.common import EXIT_FAILED, EXIT_GOOD, output_option, summary
from textsafe.cli.group import Command
from textsafe.cli.output import opened
from textsafe.messages import Language, message

# What each format needs: the distribution to install and the module it gives.
FORMATS: dict[str, tuple[tuple[str, str], ...]] = {
    ".txt .md": (),
    ".html .docx": (("lxml", "lxml.etree"),),
    ".pdf": (("pypdfium2", "pypdfium2"), ("pdfplumber", "pdfplumber")),
}
NOT_YET = {".doc .wps": "doctor_office_hint", "scans": "doctor_scans_hint"}
TRIAL = "县住建局要在2024年6月底前完成燃气管网排查。"
TRIAL_DUE = "2024-06-30"


@dataclass(frozen=True)
class Finding:
    """One line of the report; `remedy` is the command that mends what is broken."""

    subject: str
    reason: str | None = None
    remedy: str | None = None


def command(lang: Language) -> Command:
    """Return the command with its help in `lang`."""

    def doctor(output: str | None) -> int:
        formats = [_format(name, needs) for name, needs in FORMATS.items()]
        trial = _trial(lang)
        with opened(output) as write:
            write("\n".join(_report(formats, trial, lang)) + "\n")
        sound = all(finding.reason is None for finding in (*formats, trial))
        return EXIT_GOOD if sound else EXIT_FAILED

    return Command("doctor", lang=lang, params=[output_option(lang)], callback=doctor)


def _format(name: str, needs: tuple[tuple[str, str], ...]) -> Finding:
    """Return whether the modules that a format needs can be imported."""
    versions = []
    for distribution, module in needs:
        try:
            import_module(module)
            versions.append(f"{distribution} {metadata.version(distribution)}")
        except (ImportError, OSError) as error:  # OSError: a shared library does not load
            return Finding(name, summary(error), _install(distribution))
    return Finding(f"{name}  {', '.join(versions)}".rstrip())


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
        return Finding(subject, summary(error), _install("textsafe"))
    if dues != [TRIAL_DUE]:
        return Finding(subject, message("doctor_trial_wrong", lang).text, _install("textsafe"))
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
    later = message("doctor_later", lang).text
    for name, hint in NOT_YET.items():
        subject = message("doctor_scans", lang).text if name == "scans" else name
        yield f"  - {subject}  {later}；{message(hint, lang).text}"
    yield message("doctor_work", lang).text
    yield from _lines(trial, lang)


def _lines(finding: Finding, lang: Language) -> Iterator[str]:
    if finding.reason is None:
        yield f"  ✓ {finding.subject}  {message('doctor_ok', lang).text}"
        return
    yield f"  ✗ {finding.subject}  {message('doctor_broken', lang, reason=finding.reason).text}"
    if finding.remedy:
        yield f"    {message('doctor_command', lang, command=finding.remedy).text}"
