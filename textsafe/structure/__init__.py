"""From a flat Document to one with parts, sections, kind and letterhead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from textsafe.document import Block, Document, Metadata, Part, Section, Span
from textsafe.structure.contents import contents_entries
from textsafe.structure.elements import PartLines, part_elements
from textsafe.structure.kind import document_kind
from textsafe.structure.letterhead import (
    Line,
    find_signature,
    is_after_signature,
    is_attachment_heading,
    is_title_run,
    issuer_of_title,
    opens_imprint,
    parse_date,
    read_head,
)
from textsafe.structure.outline import Paragraph, outline
from textsafe.structure.tables import filled_in, with_kinds


def structured(document: Document) -> Document:
    r"""Return `document` with parts, sections, kind and letterhead filled in.

    >>> from textsafe import readers
    >>> text = "关于排查隐患的通知\n各镇：\n请立即排查。\n白石镇人民政府\n2024年3月5日"
    >>> metadata = structured(readers.read_bytes(text.encode(), source="-")).metadata
    >>> metadata.issuer, metadata.date.isoformat(), metadata.kind
    ('白石镇人民政府', '2024-03-05', 'policy')
    """
    # Notes are no element of a document.
    blocks = [block for block in document.blocks if block.kind != "note"]
    lines = _lines(blocks, document.text)
    found = _parts(lines)
    sections: list[Section] = []
    for part in found:
        sections.extend(_sections(document.text, blocks, part, lines, offset=len(sections)))
    return document.model_copy(
        update={
            "metadata": _with_filled_in(
                _metadata(document.metadata, found[0], lines, sections), document
            ),
            "parts": tuple(_part(part, lines) for part in found),
            "sections": tuple(sections),
            "tables": with_kinds(document),
            "elements": tuple(element for part in found for element in part_elements(lines, part)),
        }
    )


def _lines(blocks: Sequence[Block], text: str) -> list[Line]:
    texts = [block.span.of(text) for block in blocks]
    contents = contents_entries(texts)
    return [
        Line(block.span.start, block.span.end, line, index in contents)
        for index, (block, line) in enumerate(zip(blocks, texts, strict=True))
    ]


_TASK_ATTACHMENT = re.compile(
    r"方案|措施|意见|办法|细则|规定|计划|预案|制度|要求|安排|行动|要点|通知"
)


def holds_tasks(part: Part) -> bool:
    """Return whether the part's running text may hold tasks: lists and forms at the end do not.

    >>> span = Span(start=0, end=0)
    >>> holds_tasks(Part(kind="attachment", title="联系人名单", span=span, body=span))
    False
    """
    return part.kind != "attachment" or _names_tasks(part.title)


def _names_tasks(title: str | None) -> bool:
    return bool(_TASK_ATTACHMENT.search(title or ""))


def _parts(lines: list[Line]) -> list[PartLines]:
    main = _part_lines("main", lines, 0, len(lines))
    found = [main]
    first = main.last
    kind = "enclosure"
    while first < len(lines):
        if is_attachment_heading(lines[first].text):
            kind = "attachment"
        part = _part_lines(kind, lines, first, len(lines))
        if kind == "attachment" or _has_running_text(lines[first : part.last]):
            found.append(part)
        first = part.last
    return found


def _has_running_text(lines: list[Line]) -> bool:
    """What a web page leaves after the signature (扫一扫…) is no part of the document."""
    return any("。" in line.text or "\t" in line.text for line in lines)


def _part_lines(kind: str, lines: list[Line], first: int, end: int) -> PartLines:
    """Find the part that begins at line `first`: it ends after its signature or before 附件."""
    head = read_head(lines, first, end)
    limit = next(
        (i for i in range(max(head.body, first + 1), end) if is_attachment_heading(lines[i].text)),
        end,
    )
    if kind == "enclosure" or (kind == "attachment" and _names_tasks(head.title)):
        limit = _next_title(lines, head.body + 1, limit)
    text_end = next((i for i in range(head.body, limit) if opens_imprint(lines[i].text)), limit)
    signature = find_signature(lines, head.body, text_end)
    last = signature.last + 1 if signature else text_end
    while last < limit and (is_after_signature(lines[last].text) or _is_imprint(lines, last)):
        last += 1
    return PartLines(kind, first, last, head, signature.first if signature else text_end, signature)


def _next_title(lines: list[Line], start: int, end: int) -> int:
    """Return where the next plan begins among those that stand one after the other."""
    for i in range(start, end):
        if len(lines[i].text) <= 60 and any(
            is_title_run(lines, i, i + count) for count in range(1, 5) if i + count <= end
        ):
            return i
    return end


def _is_imprint(lines: list[Line], index: int) -> bool:
    """The line after 抄送 names who printed it and when."""
    return opens_imprint(lines[index - 1].text) and parse_date(lines[index].text) is not None


def _part(part: PartLines, lines: list[Line]) -> Part:
    title_span = None
    if part.head.title_lines:
        title_span = _span(lines, *part.head.title_lines)
    return Part.model_validate(
        {
            "kind": part.kind,
            "title": part.head.title,
            "title_span": title_span,
            "span": _span(lines, part.first, part.last),
            "body": _span(lines, min(part.head.body, part.body_end), part.body_end),
        }
    )


def _span(lines: list[Line], first: int, last: int) -> Span:
    """Return the span of ``lines[first:last]``; an empty range gives an empty span."""
    if first >= last:
        position = lines[first - 1].end if first > 0 else 0
        return Span(start=position, end=position)
    return Span(start=lines[first].start, end=lines[last - 1].end)


def _sections(
    text: str, blocks: Sequence[Block], part: PartLines, lines: list[Line], *, offset: int
) -> list[Section]:
    if part.head.body >= part.body_end:
        return []
    paragraphs = [
        Paragraph(block.span.start, block.span.end, block.level)
        for index, block in enumerate(blocks[part.head.body : part.body_end])
        if block.kind != "row" and not lines[part.head.body + index].in_contents
    ]
    sections = outline(text, paragraphs, lines[part.body_end - 1].end)
    return [
        section.model_copy(update={"parent": section.parent + offset})
        if section.parent is not None
        else section
        for section in sections
    ]


def _metadata(
    metadata: Metadata, main: PartLines, lines: list[Line], sections: list[Section]
) -> Metadata:
    head, signature = main.head, main.signature
    kind = document_kind(
        title=head.title,
        number=head.number,
        body=[line.text for line in lines[max(head.body - 1, 0) : main.body_end]],
        section_titles=[section.title for section in sections],
    )
    date = signature.date if signature else head.date or parse_date(head.title or "")
    issuer = None
    if kind != "speech":
        issuer = signature.issuer if signature else None
        issuer = issuer or head.mark or issuer_of_title(head.title)
    return metadata.model_copy(
        update={
            "kind": kind,
            "title": head.title,
            "issuer": issuer,
            "number": head.number,
            "date": date or _print_date(lines),
            "recipients": head.recipients,
            "urgency": head.urgency,
        }
    )


def _with_filled_in(metadata: Metadata, document: Document) -> Metadata:
    """A ledger without a letterhead was issued by those who filled it in."""
    if metadata.kind == "speech" or (metadata.issuer and metadata.date):
        return metadata
    issuer, date = filled_in(document)
    return metadata.model_copy(
        update={"issuer": metadata.issuer or issuer, "date": metadata.date or date}
    )


def _print_date(lines: list[Line]) -> object:
    """Return the date of the imprint, which stands where a signature has none."""
    for before, line in pairwise(lines[-6:]):
        if line.text.endswith("印发") or opens_imprint(before.text):
            date = parse_date(line.text)
            if date:
                return date
    return None
