"""Zip containers and the XML in them, checked before a library sees them.

A docx of a few kilobytes can be made to inflate to gigabytes, and its XML can be made to grow
inside the parser. What is inflated is therefore counted while it is read, and XML is parsed
without entities, without the network, and no deeper than ``Limits.depth``.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from textsafe.errors import CorruptDocumentError, EncryptedDocumentError, LimitExceededError
from textsafe.readers.limits import MEBIBYTE, Budget, Limits

# All that zipfile and zlib were seen to raise on damaged input; OSError and OverflowError come
# from offsets that point outside of the file.
ZIP_ERRORS = (
    BadZipFile,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    ValueError,
    struct.error,
    zlib.error,
)
_CHUNK = MEBIBYTE
# Forms with thousands of equal cells compress well: 100,000 of them in Word make 13 MiB at a ratio
# of 150 (sheets stay below 35). A bomb shows only in what it inflates to.
_RATIO_MATTERS_ABOVE = 32 * MEBIBYTE
# libxml2 itself goes no deeper; readers that follow the tree by calling themselves rely on it.
_DEEPEST = 256
_TOO_DEEP = "Excessive depth"
_ENCRYPTED_FLAG = 0x1
# zipfile holds about 1 KB for each member in the list at the end of the file, before anybody can
# look at how many there are.
_MAX_LISTED = 200_000
_LISTED = b"PK\x01\x02"
_CONTENT_TYPES = "[Content_Types].xml"
# "Strict" documents differ from all others in little more than the names of the namespaces.
_STRICT_NAMES = {
    f"http://purl.oclc.org/ooxml/{family}/{name}".encode(): (
        f"http://schemas.openxmlformats.org/{family}/2006/{name}".encode()
    )
    for family, name in (
        ("wordprocessingml", "main"),
        ("spreadsheetml", "main"),
        ("officeDocument", "relationships"),
        ("officeDocument", "math"),
    )
}
# Programs that declare GB2312 or GBK write characters of GB 18030 as well, which holds all of both.
_GB_DECLARED = re.compile(
    rb"""\A(<\?xml[^>]{1,99}encoding=["'])(?:gb2312|gbk)(?=["'])""", re.IGNORECASE
)


def checked_package(
    data: bytes, limits: Limits, *, kind: str, steps: Sequence[frozenset[str]]
) -> BytesIO:
    """Return a copy of an office file that holds only the parts to be read, each of them checked.

    Left out are pictures and all else that nobody reads, comments and processing instructions,
    and relations that lead nowhere, such as the ``NULL`` that Word writes for a lost picture.

    Args:
        data: The whole file.
        limits: ``inflated_bytes`` and ``parts`` hold for the parts to be read.
        kind: Format named in errors, such as ``docx``.
        steps: Types of the relations to follow: first from the package, then from each part
            found so far.

    Raises:
        CorruptDocumentError: It is no complete zip file, or a part is damaged or not safe.
        EncryptedDocumentError: It is under a password.
        LimitExceededError: It inflates to more, or has more parts, than is allowed.
    """
    archive = Archive(data, Budget(limits), kind=kind)
    kept: dict[str, bytes] = {}
    sources = [""]
    for types in steps:
        sources = [
            target for source in sources for target in archive.keep_related(source, types, kept)
        ]
    content_types = archive.read_xml(_CONTENT_TYPES)
    if content_types is not None:
        kept[_CONTENT_TYPES] = _serialised(content_types)
    copy = BytesIO()
    with ZipFile(copy, "w") as package:
        for name, content in kept.items():
            package.writestr(ZipInfo(name), content)
    return copy


@dataclass(frozen=True)
class Relation:
    """A part of an office file that another part refers to.

    Attributes:
        identifier: What the other part calls it (``rId3``).
        kind: Last word of the type of the relation, such as ``worksheet``.
        target: Name of the member.
    """

    identifier: str
    kind: str
    target: str


def opened_zip(data: bytes) -> ZipFile:
    """Return the zip container in `data`; callers catch ``ZIP_ERRORS``."""
    if data.count(_LISTED) > _MAX_LISTED:
        raise BadZipFile(f"more than {_MAX_LISTED} members")
    return ZipFile(BytesIO(data))


class Archive:
    """The members of a zip container, inflated under the limits.

    Args:
        data: The whole file.
        budget: What may still be inflated; shared by archives inside one another.
        kind: Format named in errors, such as ``docx``.

    Raises:
        CorruptDocumentError: It is no complete zip file.
    """

    def __init__(self, data: bytes, budget: Budget, *, kind: str) -> None:
        self._budget = budget
        self._limits = budget.limits
        self._kind = kind
        try:
            self._zip = opened_zip(data)
        except ZIP_ERRORS as error:
            raise self._corrupt(error) from error

    def related(self, source: str) -> list[Relation]:
        """Return the parts inside the file that the part `source` refers to; ``""`` is the file.

        Raises:
            DocumentError: The list of these relations cannot be read; see :meth:`read_xml`.
        """
        folder, name = posixpath.split(source)
        relations = self.read_xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        return [
            Relation(
                identifier=relation.get("Id", ""),
                kind=posixpath.basename(relation.get("Type", "")),
                target=_target(folder, relation),
            )
            for relation in (() if relations is None else relations)
            if relation.get("TargetMode") != "External"
        ]

    def keep_related(self, source: str, types: frozenset[str], kept: dict[str, bytes]) -> list[str]:
        """Put the parts related to `source` by `types` into `kept`, with these relations.

        Returns:
            The names of the parts that were not there before.
        """
        folder, name = posixpath.split(source)
        place = posixpath.join(folder, "_rels", f"{name}.rels")
        relations = self.read_xml(place)
        if relations is None:
            return []
        found: list[str] = []
        for relation in list(relations):
            outside = relation.get("TargetMode") == "External"
            target = _target(folder, relation)
            wanted = relation.get("Type") in types and not outside
            part = self.read_xml(target) if wanted and target not in kept else None
            if part is not None:
                kept[target] = _serialised(part)
                found.append(target)
                self._limits.check("parts", len(kept))
            if wanted and target in kept:
                relation.set("Target", f"/{target}")
            else:
                relations.remove(relation)
        kept[place] = _serialised(relations)
        return found

    def read_xml(self, name: str) -> etree._Element | None:
        """Return the root element of the member called `name`, or None when it is not there.

        Raises:
            CorruptDocumentError: The member is not well-formed, or declares entities.
            LimitExceededError: Its elements stand too deep inside one another.
        """
        data = self._read_for_parsing(name)
        if data is None:
            return None
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            if error.msg.startswith(_TOO_DEEP):
                raise self._too_deep() from error
            raise self._corrupt(f"{name}: {error.msg}") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise self._corrupt(f"{name}: document type declaration")
        # One step for each level: evaluated in libxml2, in time linear in the number of elements.
        if root.xpath("boolean(" + "/*" * (self._depth + 1) + ")"):
            raise self._too_deep()
        return root

    def stream_xml(self, name: str, tags: Sequence[str]) -> Iterator[etree._Element]:
        """Yield the elements called one of `tags` in the member called `name`, one by one.

        For members that are too large to be held as a tree; what was yielded is then forgotten.

        Raises:
            CorruptDocumentError: The member is not well-formed, or declares entities.
            LimitExceededError: Its elements stand too deep inside one another.
        """
        data = self._read_for_parsing(name)
        if data is None:
            return
        parsing = etree.iterparse(
            BytesIO(data),
            tag=tags,
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        too_deep = etree.XPath("boolean(." + "/*" * self._depth + ")")
        try:
            for _, element in parsing:
                if element.getroottree().docinfo.internalDTD is not None:
                    raise self._corrupt(f"{name}: document type declaration")
                if too_deep(element):
                    raise self._too_deep()
                yield element
                _forget(element)
        except etree.XMLSyntaxError as error:
            if error.msg.startswith(_TOO_DEEP):
                raise self._too_deep() from error
            raise self._corrupt(f"{name}: {error.msg}") from error

    def _read_for_parsing(self, name: str) -> bytes | None:
        data = self.read(name)
        if data is None:
            return None
        for strict, transitional in _STRICT_NAMES.items():
            data = data.replace(strict, transitional)
        return _GB_DECLARED.sub(rb"\1GB18030", data, count=1)

    @property
    def _depth(self) -> int:
        return min(self._limits.depth, _DEEPEST)

    def _too_deep(self) -> LimitExceededError:
        depth = self._depth
        return LimitExceededError("limit_exceeded", limit="depth", value=depth + 1, allowed=depth)

    def read(self, name: str) -> bytes | None:
        """Return the member called `name`, or None when there is no such member.

        Raises:
            CorruptDocumentError: The member is damaged.
            EncryptedDocumentError: The member is under a password.
            LimitExceededError: It inflates to more than is allowed.
        """
        try:
            info = self._zip.getinfo(name)
        except KeyError:
            return None
        return self.inflate(info)

    def entries(self) -> list[ZipInfo]:
        """Return what the list of members at the end of the file names, in its order."""
        return self._zip.infolist()

    def inflate(self, info: ZipInfo) -> bytes:
        """Return the content of one member.

        Raises:
            CorruptDocumentError: The member is damaged.
            EncryptedDocumentError: The member is under a password.
            LimitExceededError: It inflates to more than is allowed.
        """
        self._budget.spend("inflated_bytes", 0)
        if info.flag_bits & _ENCRYPTED_FLAG:
            raise EncryptedDocumentError("encrypted", format=self._kind)
        if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise self._corrupt(f"compression method {info.compress_type}")
        try:
            with self._zip.open(info) as member:
                chunks: list[bytes] = []
                size = 0
                while chunk := member.read(_CHUNK):
                    size += len(chunk)
                    self._budget.spend("inflated_bytes", len(chunk))
                    if size > _RATIO_MATTERS_ABOVE:
                        ratio = size // max(info.compress_size, 1)
                        self._limits.check("compression_ratio", ratio)
                    chunks.append(chunk)
        except ZIP_ERRORS as error:
            raise self._corrupt(error) from error
        return b"".join(chunks)

    def _corrupt(self, reason: object) -> CorruptDocumentError:
        return CorruptDocumentError("corrupt", format=self._kind, reason=str(reason))


def _serialised(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="utf-8")


def _target(folder: str, relation: etree._Element) -> str:
    """Return the name of the member that a relation of a part in `folder` leads to."""
    target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
    return target.lstrip("/")


def _forget(element: etree._Element) -> None:
    """Drop an element that was read, and all before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
