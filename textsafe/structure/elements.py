"""Which lines of a document are which of its elements (公文要素, GB/T 9704-2012, clause 7)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textsafe.document import Element, ElementKind, Span
from textsafe.structure.letterhead import Head, Line, Signature, is_issuer_mark, number_in
from textsafe.structure.lines import line_kind

_LISTED = re.compile(r"\d{1,2}\s?[.．、]\s?\S[^。；]*$")


@dataclass(frozen=True, slots=True)
class PartLines:
    """A part as ranges of lines.

    Attributes:
        first: Index of its first line.
        last: One past its last line.
        body_end: One past the last line of its body, which begins where the head ends.
    """

    kind: str
    first: int
    last: int
    head: Head
    body_end: int
    signature: Signature | None


def part_elements(lines: Sequence[Line], part: PartLines) -> Iterator[Element]:
    """Yield the elements of `part` in order; each is one line or several."""
    kind: ElementKind | None
    run: tuple[ElementKind, int] | None = None
    for index in range(part.first, part.last + 1):
        kind = None if index == part.last else _kind(lines[index], index, part, run and run[0])
        if run and kind != run[0]:
            span = Span(start=lines[run[1]].start, end=lines[index - 1].end)
            yield Element(kind=run[0], span=span)
            run = None
        if kind and run is None:
            run = kind, index


def _kind(
    line: Line, index: int, part: PartLines, before: ElementKind | None
) -> ElementKind | None:
    if index < part.head.body:
        return _kind_in_head(line, index, part.head)
    if index >= part.body_end:
        signature = part.signature
        signs = signature is not None and index <= signature.last
        return "signature" if signs else line_kind(line.text, "foot")
    # A list of attachments goes on with numbered lines: 附件：1.甲 / 2.乙.
    if before == "attachments" and _LISTED.match(line.text):
        return "attachments"
    return line_kind(line.text, "body")


def _kind_in_head(line: Line, index: int, head: Head) -> ElementKind | None:
    if head.title_lines and head.title_lines[0] <= index < head.title_lines[1]:
        return "title"
    if head.recipients and index == head.body - 1:
        return "recipients"
    if number_in(line.text):
        return "number"
    return line_kind(line.text, "head") or ("issuer_mark" if is_issuer_mark(line.text) else None)
