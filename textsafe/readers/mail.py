"""Mails: their own text, and what is attached to them.

The subject is the first paragraph. The fields above it (发件人, 收件人, 抄送, 日期) are furniture:
a mail has no letterhead, and the day on which it was sent is not the date of a document. Earlier
mails that are quoted below are part of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from textsafe.document import Furniture
from textsafe.errors import (
    CorruptDocumentError,
    DocumentError,
    EmptyDocumentError,
    EncryptedDocumentError,
    UnsupportedFormatError,
)
from textsafe.messages import message
from textsafe.readers import html, text
from textsafe.readers.content import Content, ContentBuilder, joined
from textsafe.readers.limits import Budget
from textsafe.readers.members import Member, Names, not_a_document, shown
from textsafe.readers.mime import Part, parse, parse_header, unquoted
from textsafe.readers.options import Options

LABELS = {"From": "发件人", "To": "收件人", "Cc": "抄送", "Date": "日期"}
_BOM = b"\xef\xbb\xbf"
_CID_LINK = re.compile(r"\bcid:([^\s\"'<>)]{1,500})", re.IGNORECASE)
_FLOWED_LINE_END = re.compile(r"(?<!\n--) \n(?![>\s]|\Z)")

_SHOWN = {"text/plain", "text/html"}
_SIGNATURES = {
    "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature",
}  # fmt: skip
# Written by programs for programs, or another form of the text that stands beside it.
_FOR_PROGRAMS = {
    "message/delivery-status", "message/disposition-notification", "text/calendar",
    "text/enriched", "text/rfc822-headers", "text/richtext", "text/x-amp-html",
}  # fmt: skip
_SECURED = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
_OUTLOOK_ONLY = {"application/ms-tnef", "application/vnd.ms-tnef"}
_SUFFIXES = {"message/rfc822": ".eml", "text/html": ".html", "text/plain": ".txt"}


def read(data: bytes, options: Options) -> Content:
    """Read a mail's own text.

    Raises:
        EmptyDocumentError: It has no text of its own, only attachments.
        EncryptedDocumentError: It is encrypted.
        LimitExceededError: It has too many parts, or they stand too deep.
    """
    root = parse(data, options.limits)
    _refuse_secured(root)
    found = _Found()
    found.look(root)
    bodies = [content for versions in found.texts for content in _text(versions, options)]
    if not any(content.blocks for content in bodies) and found.attached:
        raise EmptyDocumentError("mail_without_text")
    fields = {name: root.header_field(name) for name in LABELS}
    return joined([head(root.header_field("Subject"), fields), *bodies])


def head(subject: str, fields: dict[str, str]) -> Content:
    """Return what stands above the text of a mail.

    Args:
        subject: Its subject, which becomes the first paragraph.
        fields: Who wrote to whom and when, by the keys of ``LABELS``; empty ones are left out.
    """
    builder = ContentBuilder()
    builder.add_paragraph(subject)
    for name, label in LABELS.items():
        if value := fields.get(name):
            builder.add_furniture(Furniture(kind="header", text=f"{label}：{value}"))
    return builder.build()


def members(data: bytes, budget: Budget) -> Iterator[Member]:
    """Return what is attached to a mail, without the pictures that its text shows.

    Raises:
        LimitExceededError: It has too many parts, or they stand too deep.
    """
    found = _Found()
    found.look(parse(data, budget.limits))
    links = found.links()
    attached = [part for part in found.attached if part.content_id not in links]
    budget.spend("members", len(attached))
    return _members(attached)


def _members(attached: list[Part]) -> Iterator[Member]:
    names = Names()
    for number, part in enumerate(attached, start=1):
        body, whole = part.body()
        name = attached_name(part.name or _subject(part, body), number, _SUFFIXES.get(part.kind))
        problem = _problem(part, name)
        if problem is None and not whole:
            problem = CorruptDocumentError("corrupt", format="eml", reason="base64")
        yield Member(names.apart(name), problem or body)


def attached_name(name: str, number: int, suffix: str | None = None) -> str:
    r"""Return the name of an attachment: never a path, never empty.

    >>> attached_name("C:\\通知.docx", 1), attached_name("", 2, ".txt")
    ('通知.docx', '附件2.txt')
    """
    last = re.split(r"[/\\]", name)[-1].strip()
    if last in {"", ".", ".."}:
        return f"附件{number}{suffix or ''}"
    return shown(last)


def _subject(part: Part, body: bytes) -> str:
    if part.kind != "message/rfc822":
        return ""
    subject = parse_header(body).header_field("Subject")
    return re.sub(r"[/\\]", "_", subject) + ".eml" if subject else ""


def _problem(part: Part, name: str) -> DocumentError | None:
    if part.kind in _SECURED:
        return _secured(part)
    if part.kind in _OUTLOOK_ONLY or name.lower() == "winmail.dat":
        return UnsupportedFormatError("outlook_only")
    return not_a_document(name)


def _secured(part: Part) -> DocumentError:
    if part.parameter("smime-type").lower() == "signed-data":
        return UnsupportedFormatError("unsupported_format", format="p7m")
    return EncryptedDocumentError("encrypted", format="eml")


def _refuse_secured(root: Part) -> None:
    if root.kind == "multipart/encrypted":
        raise EncryptedDocumentError("encrypted", format="eml")
    if root.kind in _SECURED:
        raise _secured(root)


@dataclass
class _Found:
    """What a mail is made of.

    Attributes:
        texts: The texts in their order, each as its versions: plain and as a web page.
        attached: All that is not its text, in its order.
    """

    texts: list[list[Part]] = field(default_factory=list)
    attached: list[Part] = field(default_factory=list)

    def look(self, part: Part) -> None:
        """Add what `part` is made of."""
        if part.kind in _SIGNATURES or (part.kind in _FOR_PROGRAMS and not part.is_attached):
            return
        if part.parts:
            self._look_inside(part)
        elif _is_text(part):
            self.texts.append([part])
        else:
            self.attached.append(part)

    def _look_inside(self, whole: Part) -> None:
        inside = _Found()
        root = related_root(whole) if whole.kind == "multipart/related" else None
        for part in whole.parts:
            if root is None or part is root:
                inside.look(part)
            else:
                inside.attached += part.leaves()
        if whole.kind == "multipart/alternative":
            inside.texts = [[text for versions in inside.texts for text in versions]]
        self.texts += inside.texts
        self.attached += inside.attached

    def links(self) -> set[str]:
        """Return the names by which the texts refer to what they show."""
        return {
            link
            for versions in self.texts
            for part in versions
            if part.kind == "text/html"
            for link in linked(part.text()[0])
        }


def linked(web_page: str) -> set[str]:
    """Return the names by which a web page refers to what the mail carries for it."""
    return {unquoted(link) for link in _CID_LINK.findall(web_page)}


def _is_text(part: Part) -> bool:
    # A multipart without parts does not say where they begin.
    shown_in_place = part.kind in _SHOWN and not part.is_attached and not part.name
    return shown_in_place or part.kind.startswith("multipart/")


def related_root(related: Part) -> Part | None:
    """Return the part of a ``multipart/related`` that shows the others (RFC 2387)."""
    start = related.parameter("start").strip("<> ")
    named = (part for part in related.parts if start and part.content_id == start)
    return next(named, related.parts[0] if related.parts else None)


def _text(versions: list[Part], options: Options) -> list[Content]:
    plain = [_plain(part, options) for part in versions if part.kind != "text/html"]
    pages = [page(part, options) for part in versions if part.kind == "text/html"]
    return chosen(plain, pages)


def chosen(plain: list[Content], pages: list[Content]) -> list[Content]:
    """Return the plain text, or the web page where only that holds text, or tables."""
    has_plain = any(content.blocks for content in plain)
    return pages if not has_plain or any(content.tables for content in pages) else plain


def _plain(part: Part, options: Options) -> Content:
    content, warnings = part.text()
    if not part.body()[1]:
        warnings = (*warnings, message("mail_text_cut").text)
    content = content.replace("\r\n", "\n")
    if part.parameter("format").lower() == "flowed":
        space = "" if part.parameter("delsp").lower() == "yes" else " "
        content = _FLOWED_LINE_END.sub(space, content)
    return plain_text(content, options, warnings)


def plain_text(content: str, options: Options, warnings: tuple[str, ...] = ()) -> Content:
    """Return the text of a mail that was already decoded."""
    if not content.strip():
        return Content(text="", blocks=())
    found = text.read(_BOM + content.encode(), options)
    return replace(found, text=found.text.rstrip(), warnings=(*warnings, *found.warnings))


def page(part: Part, options: Options) -> Content:
    """Return the text of a web page that is part of a mail, or of a page saved as one."""
    body, whole = part.body()
    warnings: tuple[str, ...] = ()
    if part.parameter("charset"):  # what the mail says goes before what the page says
        decoded, warnings = part.text()
        body = _BOM + decoded.encode()
    if not body.strip():
        return Content(text="", blocks=())
    if not whole:
        warnings = (*warnings, message("mail_text_cut").text)
    found = html.read(body, options)
    return replace(found, warnings=(*warnings, *found.warnings))
