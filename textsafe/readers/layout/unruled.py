"""Tables without lines: columns that are told by the white between them."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Sequence
from itertools import pairwise

from textsafe.document import BBox
from textsafe.readers.content import RawCell
from textsafe.readers.layout.gutters import Gutter, Row, build_rows, find_gutters
from textsafe.readers.layout.lines import LABEL, Line, joint
from textsafe.readers.layout.tables import PageTable

# The least that is called a table.
MIN_ROWS = 3
# The share of its rows that have something in two columns or more.
MOSTLY = 0.6
# Lines further apart than this, in parts of the font size, do not share a cell.
MAX_LEADING = 2.2
# How far the beginnings (or ends, or middles) of a column's cells may lie apart, in font sizes.
MAX_SPREAD = 1.2

_PAGE = re.compile(r"[.．·…⋯\s]{0,200}[\d０-９]{1,4}")
_NUMBER = re.compile(
    r"\d{1,3}(?:\.\d{1,3}){0,4}[.．、]?|附\s?[件表录图].{0,4}|[（(]?[a-zA-Z][)）.．、]?"
)
_LEADER = re.compile(r"[.．·…⋯]{3}|_{3}")
_DATE = re.compile(r"[\d〇○零一二三四五六七八九十]{2,4}\s?年.{1,4}月.{1,4}日")

Item = Line | PageTable


def with_unruled_tables(items: Sequence[Item]) -> list[Item]:
    """Return `items`, which stand on one page in reading order, with tables for their lines.

    A table has three or more lines with the same white between two or more columns. Contents,
    numbered lists, and the names and date under a document are none.
    """
    if sum(len(item.pieces) > 1 for item in items if isinstance(item, Line)) < MIN_ROWS:
        return list(items)
    lines = [item for item in items if isinstance(item, Line) and item.column == 0]
    tables = list(_tables(build_rows(lines)))
    if not tables:
        return list(items)
    of_line = {line: table for table, held in tables for line in held}
    kept: list[Item] = []
    for item in items:
        table = of_line.get(item) if isinstance(item, Line) else None
        if table is None:
            kept.append(item)
        elif not kept or kept[-1] is not table:
            kept.append(table)
    return kept


def _tables(rows: Sequence[Row]) -> Iterable[tuple[PageTable, list[Line]]]:
    free_from = 0
    gutters = [gutter for gutter in find_gutters(rows) if len(gutter.between) >= MIN_ROWS]
    for group in _overlapping(gutters):
        first = max(min(gutter.between[0] for gutter in group), free_from)
        last = max(gutter.between[-1] for gutter in group)
        first, last = _stretch(rows, first, last)
        places = _places(group, first, last)
        last = _wrapped_end(rows, last, places)
        band = rows[first : last + 1]
        if places and _is_table(band, places, rows[last + 1 : last + 2]):
            yield _table(band, places), [line for row in band for line in row.lines]
            free_from = last + 1


def _overlapping(gutters: Iterable[Gutter]) -> list[list[Gutter]]:
    groups: list[list[Gutter]] = []
    end = -1
    for gutter in sorted(gutters, key=lambda gutter: gutter.between[0]):
        if groups and gutter.between[0] <= end:
            groups[-1].append(gutter)
        else:
            groups.append([gutter])
        end = max(end, gutter.between[-1]) if len(groups[-1]) > 1 else gutter.between[-1]
    return groups


def _stretch(rows: Sequence[Row], first: int, last: int) -> tuple[int, int]:
    """Return the longest stretch of rows without a blank between them."""
    stretches = [[first, first]]
    for index in range(first + 1, last + 1):
        blank = rows[index].bottom - rows[index - 1].bottom
        if blank > MAX_LEADING * 1.5 * rows[index].size:
            stretches.append([index, index])
        stretches[-1][1] = index
    best = max(stretches, key=lambda stretch: stretch[1] - stretch[0])
    return best[0], best[1]


def _places(group: Iterable[Gutter], first: int, last: int) -> list[float]:
    """The middles of the gutters that run all the way."""
    return sorted(
        (gutter.left + gutter.right) / 2
        for gutter in group
        if gutter.first <= first and gutter.last >= last
    )


def _wrapped_end(rows: Sequence[Row], last: int, places: Sequence[float]) -> int:
    """Return the last row of the table's last cell, which may go on under itself."""
    while last + 1 < len(rows) and places:
        row, above = rows[last + 1], rows[last]
        under = _columns([row], places) <= _columns([above], places) - {0}
        near = row.bottom - above.bottom <= MAX_LEADING * row.size
        if not (len(row.pieces) == 1 and under and near and row.pieces[0].bbox[0] > places[0]):
            break
        last += 1
    return last


def _column(piece: Item, places: Sequence[float]) -> int:
    middle = (piece.bbox[0] + piece.bbox[2]) / 2
    return sum(middle > place for place in places)


def _columns(rows: Iterable[Row], places: Sequence[float]) -> set[int]:
    return {_column(piece, places) for row in rows for piece in row.pieces}


def _groups(rows: Iterable[Row], places: Sequence[float]) -> list[list[Row]]:
    """Gather lines into rows of the table: one with nothing in the first column goes on."""
    groups: list[list[Row]] = []
    for row in rows:
        if groups and 0 not in _columns([row], places):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _is_table(rows: Sequence[Row], places: Sequence[float], after: Sequence[Row]) -> bool:
    columns: list[list[Line]] = [[] for _ in range(len(places) + 1)]
    for row in rows:
        for piece in row.pieces:
            if isinstance(piece, Line):
                columns[_column(piece, places)].append(piece)
    groups = _groups(rows, places)
    filled = sum(len(_columns(group, places)) > 1 for group in groups)
    if filled < MIN_ROWS or filled < MOSTLY * len(groups) or not all(columns):
        return False
    if any(_LEADER.search(line.text) for row in rows for line in row.lines):
        return False
    if len(columns) == 2 and (_is_numbering(columns[0]) or _are_pages(columns[1])):
        return False
    if _is_date(rows[-1]) or (after and _is_date(after[0])):
        return False
    return all(_is_aligned(cells) for cells in columns)


def _is_numbering(cells: Iterable[Line]) -> bool:
    """A list whose numbers stand apart from their text; a table would have a head over them."""
    return all(_NUMBER.fullmatch(cell.text) or _is_label(cell.text) for cell in cells)


def _is_label(text: str) -> bool:
    match = LABEL.match(text)
    return match is not None and match.end() == len(text)


def _are_pages(cells: Sequence[Line]) -> bool:
    """The page numbers of a table of contents."""
    if not all(_PAGE.fullmatch(cell.text) for cell in cells):
        return False
    numbers = [int(re.sub(r"\D", "", cell.text)) for cell in cells]
    return all(before <= after for before, after in pairwise(numbers))


def _is_date(row: Row) -> bool:
    return len(row.lines) == 1 and _DATE.fullmatch(row.lines[0].text) is not None


def _is_aligned(cells: Sequence[Line]) -> bool:
    """Tell whether most cells of a column begin, end, or have their middle, at one place."""
    em = statistics.median(cell.size for cell in cells)
    for edge in (
        [cell.x0 for cell in cells],
        [cell.x1 for cell in cells],
        [(cell.x0 + cell.x1) / 2 for cell in cells],
    ):
        usual = statistics.median(edge)
        if sum(abs(x - usual) <= MAX_SPREAD * em for x in edge) >= 0.7 * len(edge):
            return True
    return False


def _table(rows: Sequence[Row], places: Sequence[float]) -> PageTable:
    page = rows[0].lines[0].page
    x0 = min(piece.bbox[0] for row in rows for piece in row.pieces)
    x1 = max(piece.bbox[2] for row in rows for piece in row.pieces)
    cells: list[RawCell] = []
    boxes: list[BBox] = []
    for number, group in enumerate(_groups(rows, places)):
        boxes.append((x0, group[0].top, x1, max(row.bottom for row in group)))
        for column in range(len(places) + 1):
            texts = [
                piece.text
                for row in group
                for piece in row.pieces
                if isinstance(piece, Line) and _column(piece, places) == column
            ]
            cells.append(RawCell(_joined(texts), number, column))
    bbox = (x0, boxes[0][1], x1, boxes[-1][3])
    return PageTable(
        page,
        bbox,
        tuple(cells),
        edges=(x0, *places, x1),
        rows=tuple((page, box) for box in boxes),
        ruled=False,
    )


def _joined(texts: Sequence[str]) -> str:
    pieces = list(texts[:1])
    for above, below in pairwise(texts):
        pieces += [joint(above, below), below]
    return "".join(pieces)
