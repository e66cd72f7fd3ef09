"""The parts of an OFD file: found by the locations that its XML gives, however they are written."""

from __future__ import annotations

import posixpath

from lxml import etree

from textsafe.errors import CorruptDocumentError, EncryptedDocumentError
from textsafe.readers.archive import Archive
from textsafe.readers.limits import Budget, Limits

ROOT = "OFD.xml"
# Names the parts that are enciphered. Source: GM/T 0099-2020, annex C.
_ENCRYPTIONS = "Encryptions.xml"


class Package:
    """The members of an OFD file.

    Args:
        data: The whole file.
        limits: They hold for all that is read.

    Raises:
        CorruptDocumentError: It is no complete zip file.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._reads = 0
        self._archive = Archive(data, Budget(limits), kind="ofd")
        # Zip programs write either slash, and names in an encoding that they do not declare.
        self._members: dict[str, str] = {}
        for info in self._archive.entries():
            name = _normal(_decoded(info.filename, info.flag_bits))
            self._members.setdefault(name, info.filename)
        self._lower = {name.lower(): member for name, member in self._members.items()}

    @property
    def enciphered(self) -> bool:
        """Whether some parts can be read only with a password or a certificate."""
        return self._member(_ENCRYPTIONS) is not None

    def locate(self, source: str, location: str | None) -> str | None:
        """Return the name of the part that `location` means, or None when there is no such part.

        Locations are relative to the part that gives them, or begin with a slash (GB/T
        33190-2016, 6.4, ST_Loc). Some programs leave the slash out.

        Args:
            source: Name of the part that gives the location.
            location: As it stands there.
        """
        wanted = (location or "").strip().replace("\\", "/")
        if not wanted:
            return None
        for candidate in (posixpath.join(posixpath.dirname(source), wanted), wanted):
            name = _normal(candidate)
            if self._member(name) is not None:
                return name
        return None

    def read(self, name: str) -> bytes:
        """Return the content of the part called `name`.

        Raises:
            CorruptDocumentError: There is no such part, or it is damaged.
            EncryptedDocumentError: It is under a password.
            LimitExceededError: It inflates to more than is allowed.
        """
        self._count()
        data = self._archive.read(self._member(name) or name)
        if data is None:
            raise self.missing(name)
        return data

    def read_xml(self, name: str) -> etree._Element:
        """Return the root element of the part called `name`.

        Raises:
            CorruptDocumentError: There is no such part, or it is damaged or not safe.
            EncryptedDocumentError: It is under a password.
            LimitExceededError: It inflates to more than is allowed, or is too deep.
        """
        self._count()
        root = self._archive.read_xml(self._member(name) or name)
        if root is None:
            raise self.missing(name)
        return root

    def _count(self) -> None:
        """Count what is read: a small part can be named any number of times."""
        self._reads += 1
        self._limits.check("parts", self._reads)

    def _member(self, name: str) -> str | None:
        return self._members.get(name) or self._lower.get(name.lower())

    def missing(self, name: str) -> CorruptDocumentError | EncryptedDocumentError:
        """Return what to raise where the part called `name` is not there."""
        if self.enciphered:
            return EncryptedDocumentError("encrypted", format="ofd")
        return CorruptDocumentError("corrupt", format="ofd", reason=f"缺少 {name}")


def _normal(name: str) -> str:
    """Write a name without ``.`` and ``..``; nothing lies above the root of the container.

    >>> _normal("/Doc_0/./Pages/../../../Res/a.png")
    'Res/a.png'
    """
    return posixpath.normpath(posixpath.join("/", name.replace("\\", "/"))).lstrip("/")


def _decoded(name: str, flags: int) -> str:
    """Return the name of a member whose encoding is not declared as it was most likely meant."""
    if flags & 0x800 or name.isascii():
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace, of which several are in use."""
    return str(element.tag).rpartition("}")[2]


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first element found by following the names in `path`."""
    for name in path:
        if element is None:
            return None
        element = next((found for found in element if local(found) == name), None)
    return element


def children(element: etree._Element | None, name: str) -> list[etree._Element]:
    """Return the elements called `name` directly inside `element`."""
    return [] if element is None else [found for found in element if local(found) == name]


def child_text(element: etree._Element | None, name: str) -> str:
    """Return the text of the first element called `name`, or an empty text."""
    found = child(element, name)
    return "" if found is None else (found.text or "").strip()
