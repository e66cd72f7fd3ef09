"""Documents described by their visible text: what all writers of test files understand.

Each line is a paragraph. Consecutive lines with tabs are the rows of a table; a single line without
tabs between rows with equally many cells is a row of one cell, merged over the whole width.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Rows:
    """A table; a row of one cell is merged over all columns."""

    rows: tuple[tuple[str, ...], ...]

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return max(map(len, self.rows))


def visible_blocks(lines: Sequence[str]) -> Iterator[tuple[int, str | Rows]]:
    """Yield paragraphs and tables, each with the index of its first line."""
    index = 0
    while index < len(lines):
        end = index
        while end < len(lines) and _in_table(lines, end):
            end += 1
        if end > index:
            yield index, Rows(tuple(tuple(line.split("\t")) for line in lines[index:end]))
            index = end
            continue
        if lines[index].strip():
            yield index, lines[index]
        index += 1


def _in_table(lines: Sequence[str], index: int) -> bool:
    if "\t" in lines[index]:
        return True
    if not 0 < index < len(lines) - 1:
        return False
    cells_before, cells_after = lines[index - 1].count("\t"), lines[index + 1].count("\t")
    return cells_before == cells_after > 0
