"""Tables in plain text: runs of lines whose cells are parted by tabs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textsafe.document import Block, Cell, Span, Table
from textsafe.readers.content import CELL_SEPARATOR
from textsafe.text import strip_range

_FEWEST_COLUMNS = 3
_FEWEST_ROWS = 2
_LONGEST_SUBTITLE = 20


def with_tables(text: str, blocks: Iterable[Block]) -> tuple[tuple[Block, ...], tuple[Table, ...]]:
    r"""Return the blocks with the rows of tables marked as such, and the tables.

    Two or more lines with the same number of tabs, at least two each, are a table. One short line
    without tabs between such lines is a subtitle within the table.

    >>> from textsafe.document import Span
    >>> rows = [Block(kind="paragraph", span=Span(start=a, end=b)) for a, b in ((0, 5), (6, 11))]
    >>> _, tables = with_tables("甲\t乙\t丙\n丁\t戊\t己", rows)
    >>> len(tables[0].cells)
    6
    """
    all_blocks = list(blocks)
    tabs = [text.count(CELL_SEPARATOR, b.span.start, b.span.end) for b in all_blocks]
    tables: list[Table] = []
    position = 0
    while position < len(all_blocks):
        end = _table_end(all_blocks, tabs, position)
        rows = all_blocks[position:end]
        if tabs[position] + 1 >= _FEWEST_COLUMNS and len(rows) >= _FEWEST_ROWS:
            rows = [row.model_copy(update={"kind": "row", "level": None}) for row in rows]
            all_blocks[position:end] = rows
            cells = tuple(cell for i, row in enumerate(rows) for cell in _cells(text, row, i))
            span = Span(start=rows[0].span.start, end=rows[-1].span.end)
            tables.append(Table(span=span, cells=cells))
        position = end
    return tuple(all_blocks), tuple(tables)


def _table_end(blocks: Sequence[Block], tabs: Sequence[int], start: int) -> int:
    """Return the index after the last line that goes on with the table of line `start`."""
    end = start + 1
    if tabs[start] + 1 < _FEWEST_COLUMNS:
        return end
    while end < len(blocks):
        if tabs[end] == tabs[start]:
            end += 1
        elif (
            end + 1 < len(blocks)
            and tabs[end] == 0
            and tabs[end + 1] == tabs[start]
            and blocks[end].span.end - blocks[end].span.start <= _LONGEST_SUBTITLE
        ):
            end += 2
        else:
            break
    return end


def _cells(text: str, row: Block, number: int) -> Iterator[Cell]:
    position = row.span.start
    for column, raw in enumerate(row.span.of(text).split(CELL_SEPARATOR)):
        start, end = strip_range(text, position, position + len(raw))
        span = Span(start=start, end=end) if start < end else None
        yield Cell(row=number, column=column, span=span)
        position += len(raw) + len(CELL_SEPARATOR)
