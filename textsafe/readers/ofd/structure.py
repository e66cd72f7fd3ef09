"""What an OFD file consists of: documents, their pages, and what the pages share."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from textsafe.document import BBox
from textsafe.errors import CorruptDocumentError
from textsafe.readers.ofd.package import (
    ROOT,
    Package,
    child,
    child_text,
    children,
    local,
)
from textsafe.readers.ofd.values import box, is_true

# The size of A4 in millimetres, for files that give none.
_A4 = (0.0, 0.0, 210.0, 297.0)


@dataclass
class Resources:
    """What objects on pages refer to by its ID.

    Attributes:
        units: Composite graphic units, which are drawn wherever they are referred to.
        pictures: Names of the parts that hold pictures.
        draw_params: Colours that several objects share.
        fonts: Names of the fonts.
    """

    units: dict[str, etree._Element] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    draw_params: dict[str, etree._Element] = field(default_factory=dict)
    fonts: dict[str, str] = field(default_factory=dict)

    def copy(self) -> Resources:
        """Return resources to which a page may add its own."""
        return Resources(
            dict(self.units), dict(self.pictures), dict(self.draw_params), dict(self.fonts)
        )

    def add(self, package: Package, part: str | None) -> None:
        """Add what the resource file called `part` holds; a damaged one adds nothing."""
        root = read_or_none(package, part)
        if root is None or part is None:
            return
        folder = posixpath.join(posixpath.dirname(part), root.get("BaseLoc") or "", "-")
        for holder in root:
            for item in holder:
                self._note(package, item, folder, part)

    def _note(self, package: Package, item: etree._Element, folder: str, part: str) -> None:
        identity = (item.get("ID") or "").strip()
        match local(item):
            case "CompositeGraphicUnit":
                self.units[identity] = item
            case "DrawParam":
                self.draw_params[identity] = item
            case "Font":
                self.fonts[identity] = item.get("FontName") or ""
            case "MultiMedia" if item.get("Type") == "Image":
                file = child_text(item, "MediaFile")
                name = package.locate(folder, file) or package.locate(part, file)
                if name is not None:
                    self.pictures[identity] = name


@dataclass(frozen=True)
class PagePart:
    """One page: the part that holds it, if there is one, and the document that it belongs to."""

    name: str | None
    identity: str
    document: DocumentPart


@dataclass(frozen=True)
class DocumentPart:
    """One document of an OFD file; there may be several in one file.

    Attributes:
        name: The part that describes it.
        area: Place and size of pages that give none, in millimetres.
        templates: Names of the parts that hold pages to lie under or over others, by ID.
        noted: IDs of the pages with annotations (stamps, watermarks, remarks) that hold text.
        attachments: Names of the files that go with it.
    """

    name: str
    area: BBox
    resources: Resources
    templates: dict[str, str]
    noted: frozenset[str]
    attachments: tuple[str, ...]


def read_documents(package: Package) -> list[tuple[DocumentPart, list[PagePart]]]:
    """Return the documents of `package` with their pages.

    Raises:
        CorruptDocumentError: None of them can be found, or what describes them is damaged.
    """
    found = [
        _read_document(package, name)
        for body in children(package.read_xml(ROOT), "DocBody")
        if (name := _root_of(package, body)) is not None
    ]
    if not found:
        raise package.missing("Document.xml")
    return found


def read_or_none(package: Package, name: str | None) -> etree._Element | None:
    """Return the root of a part that the text can do without, or None if it is not to be had."""
    if name is None:
        return None
    try:
        return package.read_xml(name)
    except CorruptDocumentError:
        return None


def _root_of(package: Package, body: etree._Element) -> str | None:
    """Return the part that describes a document, in the version that is the current one."""
    for version in children(child(body, "Versions"), "Version"):
        if is_true(version.get("Current"), False):
            name = package.locate(ROOT, version.get("BaseLoc"))
            root = read_or_none(package, name)
            current = package.locate(name or ROOT, child_text(root, "DocRoot"))
            if current is not None:
                return current
    return package.locate(ROOT, child_text(body, "DocRoot"))


def _read_document(package: Package, name: str) -> tuple[DocumentPart, list[PagePart]]:
    root = package.read_xml(name)
    common = child(root, "CommonData")
    resources = Resources()
    for kind in ("PublicRes", "DocumentRes"):
        for location in children(common, kind):
            resources.add(package, package.locate(name, location.text))
    shared = {
        kind: package.locate(name, child_text(root, kind))
        for kind in ("Annotations", "Attachments")
    }
    document = DocumentPart(
        name=name,
        area=page_area(child(common, "PageArea")) or _A4,
        resources=resources,
        templates={
            (template.get("ID") or "").strip(): part
            for template in children(common, "TemplatePage")
            if (part := package.locate(name, template.get("BaseLoc"))) is not None
        },
        noted=frozenset(_noted_pages(package, shared["Annotations"])),
        attachments=tuple(_attachments(package, shared["Attachments"])),
    )
    pages = [
        PagePart(
            name=package.locate(name, page.get("BaseLoc")),
            identity=(page.get("ID") or "").strip(),
            document=document,
        )
        for page in children(child(root, "Pages"), "Page")
    ]
    return document, pages


def page_area(area: etree._Element | None) -> BBox | None:
    """Return place and size of the paper in millimetres, or None if `area` does not say."""
    found = box(child_text(area, "PhysicalBox"))
    return found if found and found[2] > 0 and found[3] > 0 else None


def _noted_pages(package: Package, part: str | None) -> Iterator[str]:
    """Yield the IDs of the pages with annotations in which there is text."""
    root = read_or_none(package, part)
    for page in children(root, "Page"):
        notes = read_or_none(package, package.locate(part or "", child_text(page, "FileLoc")))
        if any(_has_text(note) for note in children(notes, "Annot")):
            yield (page.get("PageID") or "").strip()


def _has_text(note: etree._Element) -> bool:
    visible = is_true(note.get("Visible"), True)
    return visible and any((code.text or "").strip() for code in note.iter("{*}TextCode"))


def _attachments(package: Package, part: str | None) -> Iterator[str]:
    root = read_or_none(package, part)
    for attachment in children(root, "Attachment"):
        location = child_text(attachment, "FileLoc")
        if is_true(attachment.get("Visible"), True) and location:
            yield attachment.get("Name") or posixpath.basename(location)
