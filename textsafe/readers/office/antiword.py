"""antiword, which reads the text of .doc files where there is no LibreOffice."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import etree

from textsafe.errors import CorruptDocumentError, ReaderCrashedError
from textsafe.messages import message
from textsafe.readers.content import Content, ContentBuilder, RawCell
from textsafe.readers.limits import Limits
from textsafe.readers.office import programs
from textsafe.readers.office.process import run

_SWITCHES = ("-m", "UTF-8.txt", "-w", "0", "-x", "db")
_KILLED = 128
# The text begins here; before it stand a document type and, in the encoding of the file, its title.
_ROOT = b"<book"
_TABLE, _NOTE, _ABOUT = "informaltable", "footnote", "bookinfo"
_BLOCKS = frozenset({"para", "title"})


def read(program: Path, data: bytes, limits: Limits) -> Content:
    """Read a .doc file by `program`, with a warning about what antiword leaves out.

    Raises:
        CorruptDocumentError: antiword does not take it for a Word document.
        LimitExceededError: It takes too long.
        ReaderCrashedError: antiword crashed.
    """
    builder = ContentBuilder(limits)
    builder.warn(message("office_antiword", command=programs.command_to_add_libreoffice()).text)
    _fill(builder, _parsed(_docbook(program, data, limits)))
    return builder.build()


def _docbook(program: Path, data: bytes, limits: Limits) -> bytes:
    with TemporaryDirectory(prefix="textsafe-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "file.doc").write_bytes(data)
        output = folder / "file.xml"
        code = run([program, *_SWITCHES, "file.doc"], folder=folder, limits=limits, output=output)
        if code >= _KILLED:
            raise ReaderCrashedError("reader_crashed", reason=f"antiword: exit code {code}")
        if code:
            raise CorruptDocumentError("corrupt", format="doc", reason="antiword")
        limits.check("file_bytes", output.stat().st_size)
        return output.read_bytes()


def _parsed(docbook: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(docbook[max(docbook.find(_ROOT), 0) :], parser)
    except etree.XMLSyntaxError as error:
        raise CorruptDocumentError("corrupt", format="doc", reason=str(error)) from error


def _fill(builder: ContentBuilder, root: etree._Element) -> None:
    """Add paragraphs, tables and notes; antiword puts tables and notes inside of paragraphs."""
    pieces: list[str] = []
    notes: list[str] = []

    def flush() -> None:
        builder.add_paragraph("".join(pieces))
        for note in notes:
            builder.add_note(note)
        pieces.clear()
        notes.clear()

    steps = etree.iterwalk(root, events=("start", "end"))
    for event, element in steps:
        if event == "start":
            if element.tag in {_TABLE, _NOTE, _ABOUT}:
                steps.skip_subtree()
            else:
                pieces.append(element.text or "")
            continue
        if element.tag == _TABLE:
            flush()
            builder.add_table(_cells(element))
        elif element.tag == _NOTE:
            notes.append(_text(element))
        elif element.tag in _BLOCKS:
            flush()
        pieces.append(element.tail or "")


def _cells(table: etree._Element) -> list[RawCell]:
    return [
        RawCell(_text(cell), row_number, column)
        for row_number, row in enumerate(table.iter("row"))
        for column, cell in enumerate(row.iter("entry"))
    ]


def _text(element: etree._Element) -> str:
    return str(element.xpath("string()"))
