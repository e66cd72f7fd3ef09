"""Legacy office files read by way of what LibreOffice converts them to."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from textsafe.errors import CorruptDocumentError, EncryptedDocumentError, MissingToolError
from textsafe.readers import docx, spreadsheet
from textsafe.readers.content import Content
from textsafe.readers.office import antiword, checks, programs, soffice
from textsafe.readers.office.ahead import take
from textsafe.readers.options import Options


def read_document(data: bytes, options: Options) -> Content:
    """Read a .doc, .wps, .rtf or .odt file.

    Raises:
        CorruptDocumentError: It is damaged or truncated.
        EncryptedDocumentError: It is under a password.
        LimitExceededError: It, or what it is converted to, is larger than is allowed, or
            converting it takes too long.
        MissingToolError: LibreOffice Writer is not installed.
        ReaderCrashedError: The program that was to read it crashed.
    """
    kind = checks.checked_kind(data, options.limits)
    try:
        converted = _converted(data, kind, "docx", options)
    except MissingToolError:
        program = programs.antiword() if kind == "doc" else None
        if program is None:
            raise
        return antiword.read(program, data, options.limits)
    return docx.read(converted, options)


def read_workbook(data: bytes, options: Options) -> Content:
    """Read an .xls, .et or .ods file.

    Raises:
        DocumentError: As for ``read_document``; the program is LibreOffice Calc.
    """
    kind = checks.checked_kind(data, options.limits)
    return spreadsheet.read(_converted(data, kind, "xlsx", options), options)


def _converted(data: bytes, kind: checks.Kind, to: soffice.Target, options: Options) -> bytes:
    """Return `data` as a file of the kind `to`."""
    if converted := take(data, to, options):
        return converted
    program = soffice.find(to, kind=kind)
    with TemporaryDirectory(prefix="textsafe-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / f"file.{kind}").write_bytes(data)
        soffice.convert(program, [f"file.{kind}"], to, folder=folder, limits=options.limits)
        output = folder / soffice.OUTPUT / f"file.{to}"
        if not output.is_file():
            if checks.may_need_password(data, kind):
                raise EncryptedDocumentError("encrypted", format=kind)
            raise CorruptDocumentError("corrupt", format=kind, reason="LibreOffice")
        options.limits.check("file_bytes", output.stat().st_size)
        return output.read_bytes()
