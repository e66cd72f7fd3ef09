"""Tables in plain text: runs of lines whose cells are parted by tabs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from textsafe.document import Block, Cell, Span, Table
from textsafe.readers.content import CELL_SEPARATOR
from textsafe.text import strip_range

_FEWEST_COLUMNS = 3
_FEWEST_ROWS = 2


def with_tables(text: str, blocks: Iterable[Block]) -> tuple[tuple[Block, ...], tuple[Table, ...]]:
    r"""Return the blocks with the rows of tables marked as such, and the tables.

    Two or more lines with the same number of tabs, at least two each, are a table.

    >>> from textsafe.document import Span
    >>> rows = [Block(kind="paragraph", span=Span(start=a, end=b)) for a, b in ((0, 5), (6, 11))]
    >>> _, tables = with_tables("甲\t乙\t丙\n丁\t戊\t己", rows)
    >>> len(tables[0].cells)
    6
    """
    found: list[Block] = []
    tables: list[Table] = []
    for tabs, run in groupby(blocks, key=lambda block: _tabs(text, block)):
        rows = list(run)
        if tabs + 1 >= _FEWEST_COLUMNS and len(rows) >= _FEWEST_ROWS:
            rows = [row.model_copy(update={"kind": "row", "level": None}) for row in rows]
            cells = tuple(cell for i, row in enumerate(rows) for cell in _cells(text, row, i))
            span = Span(start=rows[0].span.start, end=rows[-1].span.end)
            tables.append(Table(span=span, cells=cells))
        found.extend(rows)
    return tuple(found), tuple(tables)


def _tabs(text: str, block: Block) -> int:
    return text.count(CELL_SEPARATOR, block.span.start, block.span.end)


def _cells(text: str, row: Block, number: int) -> Iterator[Cell]:
    position = row.span.start
    for column, raw in enumerate(row.span.of(text).split(CELL_SEPARATOR)):
        start, end = strip_range(text, position, position + len(raw))
        span = Span(start=start, end=end) if start < end else None
        yield Cell(row=number, column=column, span=span)
        position += len(raw) + len(CELL_SEPARATOR)
