"""What must hold for every Document, whatever file it was read from."""

from __future__ import annotations

import math
from itertools import pairwise

from textsafe.document import BBox, Document, Span


def assert_sound(document: Document) -> None:
    """Fail unless all places in a document as a reader made it are what the model promises."""
    text = document.text
    text.encode()  # no half of a pair of surrogates
    assert document.blocks
    spans = [block.span for block in document.blocks]
    for span in spans:
        _assert_place(span, text)
    for before, after in pairwise(spans):
        assert before.end < after.start, "blocks out of order, or over one another"
    starts = {span.start for span in spans}
    ends = {span.end for span in spans}
    for table in document.tables:
        _assert_place(table.span, text)
        assert table.span.start in starts
        assert table.span.end in ends
        places = [(cell.row, cell.column) for cell in table.cells]
        assert len(set(places)) == len(places), "two cells in one place"
        for cell in table.cells:
            if cell.span is not None:
                _assert_place(cell.span, text)
                assert table.span.start <= cell.span.start < cell.span.end <= table.span.end
    pages = document.metadata.pages
    for item in (*document.blocks, *document.tables, *document.furniture):
        assert item.page is None or (pages is not None and 1 <= item.page <= pages)
        _assert_box(item.bbox)


def _assert_place(span: Span, text: str) -> None:
    assert 0 <= span.start < span.end <= len(text)
    quoted = span.of(text)
    assert quoted == quoted.strip(), f"white space at an end of {quoted!r}"


def _assert_box(box: BBox | None) -> None:
    assert box is None or all(map(math.isfinite, box))
