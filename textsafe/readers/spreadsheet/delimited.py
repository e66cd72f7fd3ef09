"""Tables as text (.csv, .tsv): one table, its captions above it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from textsafe.errors import CorruptDocumentError
from textsafe.readers.content import Content, ContentBuilder, RawCell
from textsafe.readers.limits import Limits
from textsafe.readers.options import Options
from textsafe.readers.spreadsheet.grid import Grid, GridRow, add_grid
from textsafe.readers.text import decode

_DELIMITERS = ",\t;|"
_SAMPLE_LINES = 200
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
# Excel writes a text that looks like a number so: ="0013".
_KEPT_AS_TEXT = re.compile(r'="((?:[^"]|"")*)"')


def read(data: bytes, options: Options) -> Content:
    """Read a table as text; what parts its cells is told by the text.

    Args:
        data: The whole file, in any encoding that plain text may have.
        options: How large it may be.

    Raises:
        UnsupportedFormatError: The bytes are not text in any encoding known here.
        CorruptDocumentError: A cell is endless, for its quotation mark is never closed.
        LimitExceededError: The text is too long, or has too many lines or cells.
    """
    text, warnings = decode(data)
    options.limits.check("characters", len(text))
    builder = ContentBuilder(options.limits)
    for warning in warnings:
        builder.warn(warning)
    add_grid(_grid(text, options.limits), builder)
    return builder.build()


def _grid(text: str, limits: Limits) -> Grid:
    grid = Grid(part_columns=False)
    joined, cells = True, 0
    for number, record in enumerate(_records(text)):
        texts = [_KEPT_AS_TEXT.sub(r"\1", value.strip()) for value in record]
        row = [RawCell(value, number, column) for column, value in enumerate(texts) if value]
        cells += len(record)
        limits.check("blocks", cells)
        if row:
            grid.rows.append(GridRow(row, joined=joined))
        joined = bool(row)
    return grid


def _records(text: str) -> Iterator[list[str]]:
    try:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").splitlines(keepends=True)
        yield from csv.reader(lines, delimiter=_delimiter(text))
    except csv.Error as error:
        raise CorruptDocumentError("corrupt", format="csv", reason=str(error)) from error


def _delimiter(text: str) -> str:
    r"""Return the mark that cuts most lines into the same number of cells.

    >>> _delimiter("单位,事项\n县应急局,\"报表;清单\"\n"), _delimiter("序号\t隐患\n1\t短路，漏电\n")
    (',', '\t')
    """
    sample = _QUOTED.sub("", text[:100_000])
    lines = [line for line in sample.splitlines()[:_SAMPLE_LINES] if line.strip()]

    def agreement(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in lines]
        usual = max(set(counts) - {0}, key=counts.count, default=0)
        return (counts.count(usual) if usual else 0), -_DELIMITERS.index(mark)

    return max(_DELIMITERS, key=agreement)
