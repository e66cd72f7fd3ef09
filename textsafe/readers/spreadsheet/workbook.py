"""The parts of an .xlsx file (ECMA-376 part 1, clause 18): sheets, shared strings, styles.

Sheets are read row by row, so that a million rows that are formatted but empty cost no memory.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from lxml import etree

from textsafe.errors import CorruptDocumentError
from textsafe.readers.archive import Archive
from textsafe.readers.limits import Budget, Limits
from textsafe.readers.spreadsheet.formats import BUILT_IN, GENERAL, serial_of, shown

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
# A character that XML cannot hold, as Excel writes it: _x000D_.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUE = frozenset({"1", "true", "on"})
_ROWS, _COLUMNS = 1_048_576, 16_384

Place = tuple[int, int]
T = TypeVar("T")


@dataclass(frozen=True)
class _Style:
    format: str = GENERAL
    framed: bool = False


@dataclass
class SheetRow:
    """A row that is not hidden and holds text.

    Attributes:
        number: From 1, as Excel counts.
        texts: The text of its cells by column, from 0.
        framed: The columns of its blank cells that have a border, or a value that cannot be shown.
        follows: No unframed blank row stands between it and the row before.
    """

    number: int
    texts: dict[int, str]
    framed: set[int]
    follows: bool


@dataclass
class Sheet:
    """A visible sheet.

    Attributes:
        merges: How many rows and columns each merged cell covers, by its row and column.
        hidden_columns: Ranges of columns that are not shown.
        hidden_rows: Rows that are not shown, as far as they hold text.
        errors: Number of cells that show an error (#N/A) in place of a value.
        uncounted: Number of formulas whose value was never saved.
    """

    name: str
    rows: list[SheetRow] = field(default_factory=list)
    merges: dict[Place, Place] = field(default_factory=dict)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    errors: int = 0
    uncounted: int = 0


class Workbook:
    """An .xlsx file.

    Args:
        data: The whole file.
        limits: How large its parts and its text may be.

    Raises:
        CorruptDocumentError: It has no workbook, or a part is damaged or not safe.
        LimitExceededError: A part is larger or deeper than the limits allow.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._archive = Archive(data, Budget(limits), kind="xlsx")
        self._limits = limits
        self._characters = 0
        self._rows = 0
        self._book, name = self._workbook()
        self._parts = {part.identifier: part for part in self._archive.related(name)}
        targets = {part.kind: part.target for part in self._parts.values()}
        self._strings = list(self._shared_strings(targets.get("sharedStrings")))
        self._styles = self._read_styles(targets.get("styles"))
        self._framed = {str(index) for index, style in enumerate(self._styles) if style.framed}
        properties = self._book.find(f"{S}workbookPr")
        self._from_1904 = properties is not None and _is_on(properties, "date1904")

    @property
    def hidden_sheets(self) -> list[str]:
        """The names of the sheets that are not shown."""
        return [s.get("name", "") for s in self._sheets() if s.get("state", "visible") != "visible"]

    def visible_sheets(self) -> Iterator[Sheet]:
        """Yield the sheets that are shown and hold cells (charts do not).

        Raises:
            DocumentError: A sheet is damaged, or larger than the limits allow.
        """
        for sheet in self._sheets():
            part = self._parts.get(sheet.get(_RELATION, ""))
            if sheet.get("state", "visible") == "visible" and part and part.kind == "worksheet":
                yield self._sheet(sheet.get("name", ""), part.target)

    def _workbook(self) -> tuple[etree._Element, str]:
        for part in self._archive.related(""):
            if part.kind == "officeDocument":
                root = self._archive.read_xml(part.target)
                if root is not None:
                    return root, part.target
        raise _corrupt("workbook.xml")

    def _sheets(self) -> Iterator[etree._Element]:
        return self._book.iterfind(f"{S}sheets/{S}sheet")

    def _shared_strings(self, name: str | None) -> Iterator[str]:
        if name is not None:
            for item in self._archive.stream_xml(name, [f"{S}si"]):
                yield _rich_text(item)

    def _read_styles(self, name: str | None) -> list[_Style]:
        root = self._archive.read_xml(name) if name is not None else None
        if root is None:
            return []
        codes = {
            found.get("numFmtId", ""): found.get("formatCode", GENERAL)
            for found in root.iterfind(f"{S}numFmts/{S}numFmt")
        }
        borders = [
            any(side.get("style", "none") != "none" for side in border)
            for border in root.iterfind(f"{S}borders/{S}border")
        ]
        return [
            _Style(
                format=codes.get(number := style.get("numFmtId", "0"))
                or BUILT_IN.get(_whole(number), GENERAL),
                framed=_at(borders, _whole(style.get("borderId", "0")), default=False),
            )
            for style in root.iterfind(f"{S}cellXfs/{S}xf")
        ]

    def _sheet(self, name: str, part: str) -> Sheet:
        sheet = Sheet(name)
        tags = [f"{S}col", f"{S}row", f"{S}mergeCell"]
        number, follows = 0, True
        for element in self._archive.stream_xml(part, tags):
            if element.tag == tags[0]:
                if _is_on(element, "hidden") or element.get("width") == "0":
                    first, last = (_whole(element.get(edge, "0")) for edge in ("min", "max"))
                    sheet.hidden_columns.append((first - 1, last))
            elif element.tag == tags[1]:
                above, number = number, _whole(element.get("r", "")) or number + 1
                if number > _ROWS:
                    raise _corrupt(f"{part}: row {number}")
                follows = follows and number == above + 1
                row = self._row(element, number, sheet) if any(map(len, element)) else None
                if row and row.texts:
                    row.follows = follows
                    self._keep(row, sheet, hidden=_is_on(element, "hidden"))
                    follows = True
                else:
                    follows = follows and any(cell.get("s") in self._framed for cell in element)
            else:
                _add_merge(element.get("ref", ""), sheet)
        return sheet

    def _keep(self, row: SheetRow, sheet: Sheet, *, hidden: bool) -> None:
        if hidden:
            sheet.hidden_rows.add(row.number)
        sheet.rows.append(row)
        self._rows += 1
        self._limits.check("blocks", self._rows)
        self._characters += sum(map(len, row.texts.values()))
        self._limits.check("characters", self._characters)

    def _row(self, element: etree._Element, number: int, sheet: Sheet) -> SheetRow:
        row = SheetRow(number, {}, set(), follows=True)
        column = -1
        for cell in element.iterchildren(f"{S}c"):
            column = _column(cell.get("r", ""), default=column + 1)
            style = _at(self._styles, _whole(cell.get("s", "0")), default=_Style())
            text = self._text(cell, style, sheet) if len(cell) else ""
            if text.strip():
                row.texts[column] = text
            elif style.framed or len(cell):  # framed, or a value that cannot be shown
                row.framed.add(column)
        return row

    def _text(self, cell: etree._Element, style: _Style, sheet: Sheet) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.find(f"{S}is")
            return "" if inline is None else _rich_text(inline)
        value = cell.findtext(f"{S}v")
        if value is None:
            sheet.uncounted += cell.find(f"{S}f") is not None
            return ""
        if kind == "e":
            sheet.errors += 1
            return ""
        if kind == "s":
            return _at(self._strings, _whole(value), default="")
        if kind == "str":
            return _unescaped(value)
        if kind == "b":
            return "TRUE" if value in _TRUE else "FALSE"
        return self._number(value, style, iso=kind == "d")

    def _number(self, value: str, style: _Style, *, iso: bool) -> str:
        try:
            number = serial_of(dt.datetime.fromisoformat(value)) if iso else float(value)
            if number - number != 0:  # endless, or not a number
                return value
            return shown(number, style.format, from_1904=self._from_1904 and not iso)
        except (ValueError, TypeError):  # no number, or a time of another zone: shown as it stands
            return value


def _corrupt(reason: str) -> CorruptDocumentError:
    return CorruptDocumentError("corrupt", format="xlsx", reason=reason)


def _is_on(element: etree._Element, name: str) -> bool:
    return element.get(name, "0") in _TRUE


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _at(values: list[T], index: int, *, default: T) -> T:
    return values[index] if index < len(values) else default


def _column(reference: str, *, default: int) -> int:
    """Return the column of a cell such as ``AB12``, counted from 0."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return default
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return min(number, _COLUMNS) - 1


def _add_merge(reference: str, sheet: Sheet) -> None:
    first, _, last = reference.partition(":")
    corners = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
    if corners[0] and corners[1]:
        top, bottom = (int(corner[2]) for corner in corners if corner)
        left, right = _column(first, default=0), _column(last, default=0)
        if bottom >= top and right >= left:
            sheet.merges[top, left] = bottom - top + 1, right - left + 1


def _rich_text(element: etree._Element) -> str:
    """Return the text of a string without the reading aids (phonetic runs) above it."""
    pieces = [
        text.text or ""
        for text in element.iter(f"{S}t")
        if text.getparent() is element or (text.getparent().tag == f"{S}r")  # type: ignore[union-attr]
    ]
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
