"""The text that is printed into forms: rules and warnings that direct nobody in particular."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from textsafe.document import Document, Part
from textsafe.taxonomies import forms

_LONGEST_LEAD_IN = 24


def printed_in_forms(document: Document) -> frozenset[int]:
    """Return the indices of the paragraphs that are printed into the forms of the document.

    A part that begins with a form is that form: what stands between its tables was printed there
    (动火作业证 lists its rules in a cell of full width, which is read as paragraphs). What follows
    a label that asks for what is to be rectified (存在的隐患及整改要求：) was filled in.
    """
    tables = [table.span.start for table in document.tables if table.kind == "form"]
    if not tables:
        return frozenset()
    blocks = [block.span.start for block in document.blocks]
    return frozenset(
        index
        for part in document.parts
        for first, last in _form_of(document.text, part, tables, blocks)
        for index in _printed(document, first, last)
    )


def _form_of(
    text: str, part: Part, tables: Sequence[int], blocks: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Yield the range of blocks of the form that the part is, if it is one.

    `tables` and `blocks` say where the forms and the blocks of the document begin, in order.
    """
    own = tables[bisect_left(tables, part.span.start) : bisect_left(tables, part.span.end)]
    if len(own) > 1 and "。" not in text[part.span.start : own[0]]:
        yield bisect_left(blocks, own[0]), bisect_left(blocks, own[-1])


def _printed(document: Document, first: int, last: int) -> Iterator[int]:
    filled_in = False
    for index in range(first, last):
        said = document.blocks[index].span.of(document.text)
        if said.endswith(("：", ":")) and len(said) <= _LONGEST_LEAD_IN:
            filled_in = bool(forms().form_task.pattern.search(said))
        if not filled_in:
            yield index
