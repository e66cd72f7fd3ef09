"""The main job in one call each: a path in, a Document or a record out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from textsafe import readers
from textsafe.document import Document
from textsafe.errors import DocumentError
from textsafe.extract.tasks import task_record
from textsafe.readers.options import DEFAULT_OPTIONS, Options
from textsafe.records import TaskRecord
from textsafe.structure import structured
from textsafe.taxonomies.local_event import LocalEvents


def parse(path: str | Path, *, options: Options = DEFAULT_OPTIONS) -> Document:
    """Read a document of any supported kind and find its structure and letterhead.

    Args:
        path: The file; its kind is told by its content, then by its suffix.
        options: How to read it, and how large it may be.

    Returns:
        The document with sections, parts and metadata.

    Raises:
        DocumentError: The file cannot be processed; ``textsafe.messages.explain`` says why and
            what to do.

    >>> import textsafe
    >>> textsafe.parse("no-such-file.docx")
    Traceback (most recent call last):
    ...
    textsafe.errors.UnreadableFileError: unreadable_missing
    """
    return structured(readers.read(path, options=options))


def parse_each(
    path: str | Path, *, options: Options = DEFAULT_OPTIONS
) -> Iterator[tuple[str, Document | DocumentError]]:
    """Yield every document in a file: one, or all that an archive or a mail holds.

    Args:
        path: The file. What it holds is named below it: ``资料.zip/通知.docx``.
        options: How to read it, and how large it may be.

    Yields:
        The source of each document, and the document or the error that says why there is none;
        one that cannot be read does not stop the others.

    >>> for source, found in parse_each("no-such-file.zip"):
    ...     print(source, type(found).__name__)
    no-such-file.zip UnreadableFileError
    """
    for source, found in readers.read_each(path, options=options):
        yield source, found if isinstance(found, DocumentError) else structured(found)


def parse_text(text: str, *, source: str = "-") -> Document:
    r"""Find structure and letterhead of a text that is already in memory.

    >>> parse_text("关于做好汛期安全生产工作的通知\n各乡镇：\n请抓好落实。").metadata.title
    '关于做好汛期安全生产工作的通知'
    """
    return structured(readers.read_bytes(text.encode(), source=source))


def extract_tasks(
    document: str | Path | Document,
    *,
    date: dt.date | None = None,
    events: LocalEvents | None = None,
    region: str | None = None,
) -> TaskRecord:
    """Return who must do what by when, in which sector, as the document says it.

    Args:
        document: A path, or a document that was already parsed.
        date: 成文日期 to resolve deadlines against, in place of the document's own.
        events: The days of local events, as :func:`textsafe.load_events` reads them.
        region: Where the document is in force, in place of what its issuer and title say.

    Raises:
        DocumentError: The file cannot be processed.

    >>> record = extract_tasks(parse_text("县住建局要在2024年6月底前完成燃气管网排查。"))
    >>> task = record.tasks[0]
    >>> task.parties[0].name, task.deadlines[0].due
    ('县住建局', '2024-06-30')
    """
    if not isinstance(document, Document):
        document = parse(document)
    return task_record(document, date=date, events=events, region=region)
