"""Zip containers and the XML in them, opened with care.

A docx of a few kilobytes can be made to inflate to gigabytes, and its XML can be made to grow
inside the parser. What is inflated is therefore counted while it is read, and XML is parsed
without entities, without the network, and no deeper than libxml2 allows by default (256).
"""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from lxml import etree

from textsafe.errors import CorruptDocumentError, EncryptedDocumentError
from textsafe.readers.limits import MEBIBYTE, Limits

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
# Forms with thousands of equal cells compress well; a bomb shows only in what it inflates to.
_RATIO_MATTERS_ABOVE = 8 * MEBIBYTE
_ENCRYPTED_FLAG = 0x1
# "Strict" documents differ from all others in little more than the name of the namespace.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class Archive:
    """The members of a zip container, inflated under the limits.

    Args:
        data: The whole file.
        limits: ``inflated_bytes`` holds for all members together.
        kind: Format named in errors, such as ``docx``.

    Raises:
        CorruptDocumentError: It is not a complete zip file.
    """

    def __init__(self, data: bytes, limits: Limits, *, kind: str) -> None:
        self._limits = limits
        self._kind = kind
        self._inflated = 0
        try:
            self._zip = ZipFile(BytesIO(data))
        except ZIP_ERRORS as error:
            raise self._corrupt(error) from error

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
                    self._inflated += len(chunk)
                    self._limits.check("inflated_bytes", self._inflated)
                    if size > _RATIO_MATTERS_ABOVE:
                        ratio = size // max(info.compress_size, 1)
                        self._limits.check("compression_ratio", ratio)
                    chunks.append(chunk)
        except ZIP_ERRORS as error:
            raise self._corrupt(error) from error
        return b"".join(chunks)

    def read_xml(self, name: str) -> etree._Element | None:
        """Return the root element of the member called `name`, or None when it is not there.

        Raises:
            CorruptDocumentError: The member is not well-formed, too deep, or declares entities.
        """
        data = self.read(name)
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
            root = etree.fromstring(data.replace(_STRICT, _TRANSITIONAL), parser)
        except etree.XMLSyntaxError as error:
            raise self._corrupt(f"{name}: {error.msg}") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise self._corrupt(f"{name}: document type declaration")
        return root

    def _corrupt(self, reason: object) -> CorruptDocumentError:
        return CorruptDocumentError("corrupt", format=self._kind, reason=str(reason))
