"""Word documents (.docx): the text as the reader of Word sees it.

Paragraphs and tables come in document order; automatic numbers stand in front of their
paragraphs as text; text boxes and notes follow the paragraph that they belong to; headers,
footers and page numbers are kept beside the text. Of a document with tracked changes one text is
read (``Options.tracked``). ``body`` is the place to start reading.
"""

from __future__ import annotations

from collections.abc import Iterator

from docx.opc.part import Part
from lxml import etree

from textsafe.errors import CorruptDocumentError
from textsafe.messages import message
from textsafe.readers.content import Content
from textsafe.readers.docx import package
from textsafe.readers.docx.body import BodyReader
from textsafe.readers.docx.furniture import page_furniture
from textsafe.readers.docx.notes import Notes
from textsafe.readers.docx.numbering import Numbering
from textsafe.readers.docx.paragraphs import ParagraphReader
from textsafe.readers.docx.revisions import View, has_changes
from textsafe.readers.docx.runs import LeftOut
from textsafe.readers.docx.styles import Styles
from textsafe.readers.docx.typography import Typography
from textsafe.readers.docx.wordml import W
from textsafe.readers.options import Options

_TRACKED = {"accepted": "docx_tracked_accepted", "original": "docx_tracked_original"}


def read(data: bytes, options: Options) -> Content:
    """Read a Word document.

    Raises:
        CorruptDocumentError: It is damaged or truncated.
        EncryptedDocumentError: It is under a password.
        LimitExceededError: It inflates to more than is allowed.
    """
    main = package.main_part(data, options.limits)
    body = package.root_of(main).find(W + "body")
    if body is None:
        raise CorruptDocumentError("corrupt", format="docx", reason=f"{main.partname}: no body")
    settings = next(package.related(main, package.SETTINGS), None)
    left_out = LeftOut()
    reader = _body_reader(main, body, settings, left_out, options)
    reader.read_blocks(body)
    for item in page_furniture(main, body, settings, reader):
        reader.builder.add_furniture(item)
    for warning in _warnings(left_out):
        reader.builder.warn(warning)
    return reader.builder.build()


def _body_reader(
    main: Part,
    body: etree._Element,
    settings: etree._Element | None,
    left_out: LeftOut,
    options: Options,
) -> BodyReader:
    view = View(options.tracked)
    styles = Styles(
        next(package.related(main, package.STYLES), None),
        next(package.related(main, package.THEME), None),
    )
    noted = [
        *package.related(main, package.FOOTNOTES),
        *package.related(main, package.ENDNOTES),
    ]
    paragraphs = ParagraphReader(
        styles,
        Numbering(next(package.related(main, package.NUMBERING), None), styles.lists()),
        view=view,
        notes=Notes(noted, settings, body),
        typography=Typography(styles, view, body),
        left_out=left_out,
    )
    reader = BodyReader(paragraphs, view, options.limits)
    if any(has_changes(root) for root in (body, *noted)):
        reader.builder.warn(message(_TRACKED[options.tracked]).text)
    return reader


def _warnings(left_out: LeftOut) -> Iterator[str]:
    """Say what the document holds that was not read."""
    if left_out.comments:
        yield message("docx_comments", count=len(left_out.comments)).text
    if left_out.objects:
        yield message("docx_objects", count=left_out.objects).text
    if left_out.chunks:
        yield message("docx_chunks", count=left_out.chunks).text
    if left_out.notes:
        yield message("docx_notes_missing", count=left_out.notes).text
