"""The document model: one text, and everything else as ranges into it.

All positions are half-open ``[start, end)`` ranges of Unicode code points into
:attr:`Document.text`. No span starts or ends with white space.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["speech", "policy", "accident_report", "news", "other"]
BBox = tuple[float, float, float, float]


class Model(BaseModel):
    """Base of all records: frozen, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Model):
    """A half-open range ``[start, end)`` of code points in the document's text.

    >>> Span(start=2, end=4).of("要求落实责任")
    '落实'
    """

    start: int = Field(ge=0, description="first character, counted from 0")
    end: int = Field(ge=0, description="one past the last character")

    def of(self, text: str) -> str:
        """Return the characters of `text` that the span covers."""
        return text[self.start : self.end]

    def shift(self, offset: int) -> Span:
        """Return the same range moved `offset` characters to the right (left if negative)."""
        return Span(start=self.start + offset, end=self.end + offset)


class Block(Model):
    """A paragraph, a heading, one row of a table, or a footnote, in reading order.

    Attributes:
        kind: ``row`` blocks belong to a table; their cells are separated by a tab. A ``note``
            is a footnote or endnote; it stands behind the paragraph that refers to it.
        level: Heading level that the file itself states (style or outline level), from 1.
        page: Page number from 1 where the format has pages.
        bbox: ``(x0, top, x1, bottom)`` in points from the top left of the page.
        confidence: How sure text recognition is of the characters, from 0 to 1; None where the
            file itself says which characters they are.
    """

    kind: Literal["paragraph", "heading", "row", "note"]
    span: Span
    level: int | None = None
    page: int | None = None
    bbox: BBox | None = None
    confidence: float | None = None


class Cell(Model):
    """One cell of a table; an empty cell has no span.

    A merged cell is listed once, at its top left place.
    """

    row: int = Field(ge=0)
    column: int = Field(ge=0)
    row_span: int = Field(default=1, ge=1)
    column_span: int = Field(default=1, ge=1)
    span: Span | None = None


class Table(Model):
    """A table whose rows are blocks of the document.

    Attributes:
        kind: ``assignments`` says who does what by when (任务分解表), a ``ledger`` keeps account
            of hazards or of how far tasks are done (台账), a ``form`` has labels beside what is
            to be filled in.
    """

    span: Span
    cells: tuple[Cell, ...]
    kind: Literal["assignments", "ledger", "form"] | None = None
    page: int | None = None
    bbox: BBox | None = None


class Furniture(Model):
    """Text that belongs to the page, not to the document: page numbers, running headers."""

    kind: Literal["header", "footer", "page_number"]
    text: str
    page: int | None = None
    bbox: BBox | None = None


class Section(Model):
    """A numbered or styled heading with all that stands under it.

    Attributes:
        title: The heading as written, numbering included, without a closing full stop.
        title_span: Where the heading stands, its closing full stop included.
        span: The heading and everything under it.
        level: Depth in the section tree, from 1.
        parent: Index of the enclosing section in ``Document.sections``, or None.
        label: The numbering as written (``一、``, ``（二）``, ``第三条``), or None.
    """

    title: str
    title_span: Span
    span: Span
    level: int = Field(ge=1)
    parent: int | None = None
    label: str | None = None


ElementKind = Literal[
    "copy_number", "security", "urgency", "issuer_mark", "number", "signer", "title", "recipients",
    "attachments", "signature", "note", "cc", "imprint",
]  # fmt: skip


class Element(Model):
    """An element of an official document (公文要素, GB/T 9704-2012, clause 7) and where it stands.

    Attributes:
        kind: ``copy_number`` 份号, ``security`` 密级, ``urgency`` 紧急程度, ``issuer_mark``
            发文机关标志, ``number`` 发文字号, ``signer`` 签发人, ``title`` 标题, ``recipients``
            主送机关, ``attachments`` 附件说明, ``signature`` 署名和成文日期, ``note`` 附注, ``cc``
            抄送机关, ``imprint`` 印发机关和日期.
    """

    kind: ElementKind
    span: Span


class Part(Model):
    """A document inside the document: the notice itself, the plan it issues, an attachment.

    Attributes:
        kind: ``main`` is the document that carries the letterhead, ``enclosure`` the plan that a
            notice issues, ``attachment`` what stands under 附件1.
        title: The part's own title, or None.
        body: Where its running text stands: after title and addressee, before the signature.
    """

    kind: Literal["main", "enclosure", "attachment"]
    title: str | None
    title_span: Span | None = None
    span: Span
    body: Span


class Metadata(Model):
    """What the document says about itself; part of every record.

    Attributes:
        source: The path as the caller gave it.
        date: 成文日期, the date of the signature.
        pages: Number of pages where the format has pages.
    """

    source: str
    sha256: str
    format: str
    kind: Kind = "other"
    title: str | None = None
    issuer: str | None = None
    number: str | None = None
    date: dt.date | None = None
    recipients: tuple[str, ...] = ()
    urgency: str | None = None
    pages: int | None = None


class Document(Model):
    """One document as a person sees it: its text, blocks, tables, sections and letterhead."""

    metadata: Metadata
    text: str
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    sections: tuple[Section, ...] = ()
    parts: tuple[Part, ...] = ()
    elements: tuple[Element, ...] = ()
    warnings: tuple[str, ...] = ()

    def section_path(self, position: int) -> tuple[str, ...]:
        r"""Return the titles of the sections around `position`, outermost first.

        >>> import textsafe
        >>> document = textsafe.parse_text("一、排查隐患\n（一）燃气。各镇要逐户检查。")
        >>> document.section_path(document.text.index("逐户"))
        ('一、排查隐患', '（一）燃气')
        """
        around = (
            index
            for index in range(len(self.sections) - 1, -1, -1)
            if self.sections[index].span.start <= position < self.sections[index].span.end
        )
        return self.titles_to(next(around, None))

    def titles_to(self, section: int | None) -> tuple[str, ...]:
        """Return the titles from the outermost section to the one with index `section`."""
        titles: list[str] = []
        while section is not None:
            titles.append(self.sections[section].title)
            section = self.sections[section].parent
        return tuple(reversed(titles))
