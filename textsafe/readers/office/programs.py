"""The programs that read legacy office files: where they are, and the command that adds them."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Literal

Component = Literal["Writer", "Calc"]

# The first of these package managers that is there is the one to use. Package names are those of
# Debian 12 and its descendants, Fedora and openEuler.
_LIBREOFFICE = {
    "winget": "winget install TheDocumentFoundation.LibreOffice",
    "apt-get": "sudo apt-get install --no-install-recommends libreoffice-writer libreoffice-calc",
    "dnf": "sudo dnf install libreoffice-writer libreoffice-calc",
    "brew": "brew install --cask libreoffice",
}
_DOWNLOAD = "https://www.libreoffice.org/download/"
_BROWSE = {"win32": "start", "darwin": "open"}
# Installers for Windows and macOS do not put the program on the search path.
_WINDOWS_PLACE = Path("LibreOffice", "program", "soffice.com")
_MACOS_PLACE = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
# Seen from the program: the folder with a description of each component that is installed.
_REGISTRIES = (Path("../share/registry"), Path("../Resources/registry"))


def libreoffice() -> Path | None:
    """Return where LibreOffice is, or None."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return Path(found)
    return next((place for place in _usual_places() if place.is_file()), None)


def has_component(soffice: Path, component: Component) -> bool:
    """Return whether a part of LibreOffice is installed; distributions pack each by itself.

    Args:
        soffice: What ``libreoffice`` returned.
        component: Writer reads documents, Calc workbooks.
    """
    folder = soffice.resolve().parent
    registries = [folder / place for place in _REGISTRIES if (folder / place).is_dir()]
    # Where the folder is not found, as with a wrapper script, LibreOffice is taken as complete.
    return not registries or any(
        (registry / f"{component.lower()}.xcd").is_file() for registry in registries
    )


def antiword() -> Path | None:
    """Return where antiword is, or None."""
    found = shutil.which("antiword")
    return Path(found) if found else None


def command_to_add_libreoffice() -> str:
    """Return the command that adds LibreOffice here, or opens the page where it is found."""
    browse = f"{_BROWSE.get(sys.platform, 'xdg-open')} {_DOWNLOAD}"
    return next(
        (command for manager, command in _LIBREOFFICE.items() if shutil.which(manager)), browse
    )


def _usual_places() -> list[Path]:
    if sys.platform == "win32":
        roots = (os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)"))
        return [Path(root, _WINDOWS_PLACE) for root in roots if root]
    return [_MACOS_PLACE]
