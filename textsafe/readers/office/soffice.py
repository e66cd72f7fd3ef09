"""LibreOffice without a window, as a converter of office files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from textsafe.errors import MissingToolError, ReaderCrashedError
from textsafe.readers.limits import DEFAULT_LIMITS, Limits
from textsafe.readers.office import programs
from textsafe.readers.office.process import run

Target = Literal["docx", "xlsx"]

OUTPUT = "converted"
_VERSION_SECONDS = 30
_COMPONENTS: dict[Target, programs.Component] = {"docx": "Writer", "xlsx": "Calc"}
_FILTERS: dict[Target, str] = {
    "docx": "docx:MS Word 2007 XML",
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
}
_SWITCHES = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo")
# No macros; no links of documents to other files or to the network (for "never" Writer says 2 and
# Calc 1); and a proxy where nothing listens, for what asks for the network nevertheless.
_SETTINGS: dict[str, dict[str, str]] = {
    "Office.Common/Security/Scripting": {
        "MacroSecurityLevel": "3",
        "DisableMacrosExecution": "true",
        "BlockUntrustedRefererLinks": "true",
    },
    "Office.Writer/Content/Update": {"Link": "2"},
    "Office.Calc/Content/Update": {"Link": "1"},
    # The short date of a workbook is written as the office does that it comes from.
    "Setup/L10N": {"ooSetupSystemLocale": "zh-CN"},
    "Inet/Settings": {
        "ooInetProxyType": "2",
        "ooInetNoProxy": "",
        "ooInetHTTPProxyName": "127.0.0.1",
        "ooInetHTTPProxyPort": "9",
        "ooInetHTTPSProxyName": "127.0.0.1",
        "ooInetHTTPSProxyPort": "9",
        "ooInetFTPProxyName": "127.0.0.1",
        "ooInetFTPProxyPort": "9",
    },
}


def find(target: Target, *, kind: str) -> Path:
    """Return where the LibreOffice is that writes `target`.

    Raises:
        MissingToolError: It is not installed, or not the part that reads files like `kind`.
    """
    component = _COMPONENTS[target]
    program = programs.libreoffice()
    if program is None or not programs.has_component(program, component):
        raise MissingToolError(
            "missing_tool",
            format=kind,
            tool=f"LibreOffice {component}",
            command=programs.command_to_add_libreoffice(),
        )
    return program


def convert(
    program: Path, names: Sequence[str], to: Target, *, folder: Path, limits: Limits
) -> None:
    """Convert the files called `names` in `folder`, in one call; what comes of it is in ``OUTPUT``.

    A file that cannot be loaded gives nothing. Where the call fails, those before the file that it
    failed on are converted.

    Args:
        program: What ``find`` returned.
        names: Names that are safe in a command line; the suffix must be true.
        to: Suffix of the files to be written.
        folder: A temporary folder of the caller's; everything stays in it.
        limits: ``seconds`` holds for the whole call.

    Raises:
        LimitExceededError: It took too long.
        ReaderCrashedError: LibreOffice came to a bad end.
    """
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_settings(), encoding="utf-8")
    code = run(
        [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            *_SWITCHES,
            "--convert-to",
            _FILTERS[to],
            "--outdir",
            OUTPUT,
            *names,
        ],
        folder=folder,
        limits=limits,
    )
    if code:
        raise _crashed(code)


def version(program: Path) -> str:
    """Return the version of the LibreOffice at `program`, such as ``7.4.7.2``.

    Raises:
        LimitExceededError: It does not answer.
        ReaderCrashedError: It does not start.
    """
    with TemporaryDirectory(prefix="textsafe-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        output = folder / "version"
        limits = replace(DEFAULT_LIMITS, seconds=_VERSION_SECONDS)
        code = run([program, "--version"], folder=folder, limits=limits, output=output)
        words = output.read_text(encoding="utf-8", errors="replace").split()
    if code or not words:
        raise _crashed(code)
    return words[1] if len(words) > 1 else words[0]


def _crashed(code: int) -> ReaderCrashedError:
    return ReaderCrashedError("reader_crashed", reason=f"LibreOffice: exit code {code}")


def _settings() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>\n"
        for path, settings in _SETTINGS.items()
        for name, value in settings.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
        f"{items}</oor:items>\n"
    )
