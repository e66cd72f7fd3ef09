"""Web pages: what a visitor reads, without scripts, hidden parts and navigation.

The page is read as a stream of tags, not as a tree: libxml2 gives up on trees deeper than 2048
elements without a word to the caller, while real pages with unclosed ``<font>`` tags get deep.
Nothing is ever fetched; a page stands on its own.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from lxml import etree

from textsafe.errors import CorruptDocumentError
from textsafe.readers.content import Content, ContentBuilder, RawCell
from textsafe.readers.limits import Limits
from textsafe.readers.options import Options
from textsafe.readers.text import decode

# GBK and GB 2312 are subsets of GB 18030. UTF-8 and GB 18030 are told by content as well, but a
# short page is more surely told by what it declares; Big5 can only be told that way.
_DECLARED = {
    "utf-8": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
}
_CHARSET = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([a-zA-Z0-9_-]{1,20})", re.IGNORECASE)
_CHARSET_WITHIN = 4096

_BREAK = "\u2028"
_SPACE = re.compile(r"[ \t\r\n\f]+")
# A line end in the source, between two Chinese characters, is no space (CSS Text 3, section 4.1.3).
_WIDE = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
_WIDE_LINE_END = re.compile(rf"(?<={_WIDE})[ \t\r\f]*\n[ \t\r\n\f]*(?={_WIDE})")

_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd",
        "details", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
        "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend",
        "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
        "tfoot", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
_LEFT_OUT = frozenset(
    {
        "applet", "aside", "audio", "button", "canvas", "datalist", "dialog", "embed",
        "frameset", "head", "iframe", "map", "math", "nav", "noembed", "noframes", "noscript",
        "object", "option", "script", "select", "style", "svg", "template", "textarea", "title",
        "video",
    }
)  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_MAIN = frozenset({"article", "main"})
# The header or footer of an article belongs to the article, that of the page does not.
_PAGE_EDGES = frozenset({"header", "footer"})
_SECTIONING = frozenset({"article", "main", "section"})
_CHROME_ROLES = frozenset(
    {
        "banner", "complementary", "contentinfo", "dialog", "menu", "menubar", "navigation",
        "search",
    }
)  # fmt: skip
_INVISIBLE = re.compile(
    r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE
)
_LISTS = frozenset({"ul", "ol", "menu", "dl"})
_MENU_LINKS = 4
_MENU_SHARE = 0.9

_CHUNK = 64 * 1024
_MAX_COLUMNS = 256
_MAX_ROWS_SPANNED = 65534  # HTML Living Standard, 4.9.11


def read(data: bytes, options: Options) -> Content:
    """Read a web page.

    Raises:
        CorruptDocumentError: It is no web page.
        UnsupportedFormatError: It is not text in any encoding known here.
        LimitExceededError: Its elements stand too deep inside one another.
    """
    limits = options.limits
    text, warnings = _decode(data)
    limits.check("characters", len(text))
    page = _Page(limits)
    # The stubs ask for methods that take bytes as well; lxml calls them with str alone.
    parser = etree.HTMLParser(
        target=page,  # type: ignore[arg-type]
        encoding="utf-8",
        huge_tree=True,
        no_network=True,
    )
    encoded = text.encode("utf-8")
    try:
        # Fed in pieces, so that an error raised in `start` stops the parser at once: end tags
        # that match nothing cost time in proportion to the depth.
        for start in range(0, len(encoded), _CHUNK):
            parser.feed(encoded[start : start + _CHUNK])
        parser.close()
    except etree.XMLSyntaxError as error:
        raise CorruptDocumentError("corrupt", format="html", reason=str(error)) from error
    items = page.shown()
    limits.check("blocks", len(items))
    builder = ContentBuilder(limits)
    for item in items:
        if isinstance(item, _Table):
            builder.add_table(item.cells)
        else:
            builder.add_paragraph(item.text, level=item.level)
    for warning in warnings:
        builder.warn(warning)
    return builder.build()


def _decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    boms = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    declared = _CHARSET.search(data[:_CHARSET_WITHIN])
    if declared and not data.startswith(boms):
        encoding = _DECLARED.get(declared[1].decode("ascii").lower())
        try:
            text = data.decode(encoding) if encoding else None
        except UnicodeDecodeError:
            text = None  # the page is not what it declares: its content decides
        if text is not None and "\0" not in text:
            return text, ()
    return decode(data)


@dataclass(frozen=True)
class _Paragraph:
    text: str
    level: int | None
    main: bool


@dataclass(frozen=True)
class _Table:
    cells: tuple[RawCell, ...]
    main: bool

    @property
    def text(self) -> str:
        return "".join(cell.text for cell in self.cells)


@dataclass
class _OpenCell:
    row: int
    column: int
    row_span: int
    column_span: int
    first_item: int
    end_item: int = 0


@dataclass
class _OpenTable:
    """A table whose end has not come yet; only then is it known to hold data, or mere layout."""

    first_item: int
    row: int = -1
    column: int = 0
    cells: list[_OpenCell] = field(default_factory=list)
    taken_until: dict[int, int] = field(default_factory=dict)
    layout: bool = False

    def start_row(self) -> None:
        self.row += 1
        self.column = 0

    def start_cell(self, row_span: int, column_span: int, first_item: int) -> None:
        if self.row < 0:  # the first <tr> was left out
            self.start_row()
        row = self.row
        while self.taken_until.get(self.column, 0) > row:
            self.column += 1
        if self.column + column_span > _MAX_COLUMNS:
            self.layout = True
            return
        self.cells.append(_OpenCell(row, self.column, row_span, column_span, first_item))
        if row_span > 1:
            until = row + row_span
            self.taken_until.update(dict.fromkeys(self._columns(column_span), until))
        self.column += column_span

    def _columns(self, count: int) -> Iterable[int]:
        return range(self.column, self.column + count)

    def end_cell(self, end_item: int) -> None:
        if self.cells:
            self.cells[-1].end_item = end_item

    def holds_data(self) -> bool:
        rows = {cell.row for cell in self.cells}
        columns = {cell.column for cell in self.cells}
        return not self.layout and len(rows) > 1 and len(columns) > 1


@dataclass
class _Counts:
    """What has been read so far; kept at the start of a list, to know what stands in it."""

    first_item: int = 0
    characters: int = 0
    link_characters: int = 0
    links: int = 0


class _Page:
    """The target of the parser: turns tags into paragraphs and tables in reading order."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._items: list[_Paragraph | _Table] = []
        self._text: list[str] = []
        self._depth = 0
        self._left_out_from = 0
        self._level: int | None = None
        self._sections = 0
        self._mains = 0
        self._links_open = 0
        self._pre = 0
        self._counts = _Counts()
        self._lists: list[_Counts] = []
        self._tables: list[_OpenTable] = []
        self._opened: list[tuple[bool, bool]] = []

    # The four methods that lxml calls -----------------------------------------------------------

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._limits.check("html_depth", self._depth)
        if self._left_out_from:
            return
        if tag in _BLOCKS:
            self._flush()
        if self._is_left_out(tag, attributes):
            self._left_out_from = self._depth
            return
        main = tag in _MAIN or attributes.get("role") == "main"
        self._mains += main
        self._opened.append((tag in _SECTIONING, main))
        self._sections += tag in _SECTIONING
        if tag in _BLOCKS:
            self._start_block(tag, attributes)
        elif tag == "br":
            self._text.append(_BREAK)
        elif tag == "a":
            self._links_open += 1
            self._counts.links += 1

    def end(self, tag: str) -> None:
        self._depth -= 1
        if self._left_out_from:
            if self._depth < self._left_out_from:
                self._left_out_from = 0
            return
        if tag in _BLOCKS:
            self._flush()
            self._end_block(tag)
        elif tag == "a":
            self._links_open -= 1
        section, main = self._opened.pop()
        self._sections -= section
        self._mains -= main

    def data(self, text: str) -> None:
        if self._left_out_from:
            return
        self._text.append(text.replace("\n", _BREAK) if self._pre else text)
        visible = len(text) - len(_SPACE.findall(text))
        self._counts.characters += visible
        if self._links_open:
            self._counts.link_characters += visible

    def close(self) -> None:
        self._flush()

    # What stands behind them --------------------------------------------------------------------

    def shown(self) -> list[_Paragraph | _Table]:
        """Return what stands in the main part of the page, if that holds most of its text."""
        main = [item for item in self._items if item.main]
        characters = sum(len(item.text) for item in self._items)
        if 2 * sum(len(item.text) for item in main) >= characters:
            return main
        return self._items

    def _is_left_out(self, tag: str, attributes: dict[str, str]) -> bool:
        return (
            tag in _LEFT_OUT
            or (tag in _PAGE_EDGES and not self._sections)
            or attributes.get("role") in _CHROME_ROLES
            or "hidden" in attributes
            or attributes.get("aria-hidden") == "true"
            or bool(_INVISIBLE.search(attributes.get("style", "")))
        )

    def _start_block(self, tag: str, attributes: dict[str, str]) -> None:
        self._level = _HEADINGS.get(tag)
        if tag == "pre":
            self._pre += 1
        elif tag in _LISTS:
            self._lists.append(replace(self._counts, first_item=len(self._items)))
        elif tag == "table":
            if self._tables:
                self._tables[-1].layout = True
            self._tables.append(_OpenTable(len(self._items)))
        elif self._tables and tag == "tr":
            self._tables[-1].start_row()
        elif self._tables and tag in {"td", "th"}:
            self._tables[-1].start_cell(
                _span(attributes.get("rowspan"), _MAX_ROWS_SPANNED),
                _span(attributes.get("colspan"), _MAX_COLUMNS),
                len(self._items),
            )

    def _end_block(self, tag: str) -> None:
        self._level = None
        if tag == "pre":
            self._pre -= 1
        elif tag in _LISTS:
            self._end_list(self._lists.pop())
        elif tag == "table":
            self._end_table(self._tables.pop())
        elif self._tables and tag in {"td", "th"}:
            self._tables[-1].end_cell(len(self._items))

    def _end_list(self, opened: _Counts) -> None:
        """Drop a list that is nothing but links: a menu, not a part of the document."""
        characters = self._counts.characters - opened.characters
        link_characters = self._counts.link_characters - opened.link_characters
        links = self._counts.links - opened.links
        if links >= _MENU_LINKS and link_characters >= _MENU_SHARE * characters:
            del self._items[opened.first_item :]

    def _end_table(self, table: _OpenTable) -> None:
        if not table.holds_data():
            return
        inside = self._items[table.first_item :]
        in_cells = set[int]()
        cells: list[RawCell] = []
        rows = max(cell.row for cell in table.cells) + 1
        for cell in table.cells:
            items = range(cell.first_item - table.first_item, cell.end_item - table.first_item)
            in_cells.update(items)
            cells.append(
                RawCell(
                    text=" ".join(inside[index].text for index in items),
                    row=cell.row,
                    column=cell.column,
                    row_span=min(cell.row_span, rows - cell.row),
                    column_span=cell.column_span,
                )
            )
        captions = [item for index, item in enumerate(inside) if index not in in_cells]
        self._items[table.first_item :] = [*captions, _Table(tuple(cells), self._mains > 0)]

    def _flush(self) -> None:
        if not self._text:
            return
        text = _WIDE_LINE_END.sub("", "".join(self._text))
        self._text.clear()
        text = _SPACE.sub(" ", text).strip()
        if text:
            self._items.append(_Paragraph(text, self._level, self._mains > 0))


def _span(value: str | None, most: int) -> int:
    """Return a rowspan or colspan; the standard says that 0 rows mean all that follow."""
    digits = (value or "").strip()
    if not (digits.isascii() and digits.isdigit()):
        return 1
    number = int(digits[:6])
    return min(number, most) if number else most
