"""One document in every format: from its visible text to the bytes of a file.

What a reader makes of each must be the same Document up to layout. Formats that only a real
program writes (``by_office``) come from LibreOffice.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from html import escape
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pypdfium2

from tests.ofd_builder import build_ofd
from tests.office import OUTLINE, heading_level, write_docx
from tests.outlook import container, message
from tests.pdf_builder import build_pdf
from tests.typeset import typeset
from tests.visible import Rows, visible_blocks

# The formats that LibreOffice writes, by the file that it makes them from.
OFFICE_TARGETS = {"docx": ("doc", "rtf", "odt", "pdf"), "xlsx": ("xls", "ods")}
# WPS Office writes what Microsoft Office wrote, under names of its own.
TWINS = {"doc": "wps", "xls": "et"}
SCAN_DPI = 150


def as_txt(text: str) -> bytes:
    """Return the text as Windows saves it in China."""
    return text.replace("\n", "\r\n").encode("gb18030")


def as_markdown(text: str) -> bytes:
    """Return Markdown with numbered lines as headings."""
    pieces = []
    for _, block in visible_blocks(text.splitlines()):
        if isinstance(block, Rows):
            pieces.append("\n".join("\t".join(row) for row in block.rows))
        else:
            level = heading_level(block)
            pieces.append("#" * (level + 1) + " " + block if level else block)
    return "\n\n".join(pieces).encode()


def as_html(text: str) -> bytes:
    """Return a web page."""
    return page(text).encode("gb18030")


def page(text: str) -> str:
    """Return the source of a web page."""
    pieces = []
    for _, block in visible_blocks(text.splitlines()):
        if isinstance(block, Rows):
            pieces.append(_html_table(block))
        else:
            level = heading_level(block)
            tag = f"h{level + 1}" if level else "p"
            pieces.append(f"<{tag}>{escape(block)}</{tag}>")
    body = "\n".join(pieces)
    return f'<html><head><meta charset="gb2312"></head><body>\n{body}\n</body></html>'


def _html_table(block: Rows) -> str:
    rows = []
    for row in block.rows:
        span = f' colspan="{block.columns}"' if len(row) == 1 else ""
        rows.append("".join(f"<td{span}>{escape(cell)}</td>" for cell in row))
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def as_mht(text: str) -> bytes:
    """Return a web page saved as one file."""
    mail = EmailMessage()
    mail["Subject"] = "通知"
    mail["MIME-Version"] = "1.0"
    mail.set_content(page(text), subtype="html", charset="gb18030")
    mail.make_related()
    return mail.as_bytes()


def as_mail(text: str) -> bytes:
    """Return a mail whose body is the text."""
    mail = EmailMessage()
    mail["From"] = "office@example.cn"
    mail["To"] = "town@example.cn"
    mail.set_content(text, charset="utf-8")
    return mail.as_bytes()


def as_docx(text: str, *, styled: bool = False, automatic: bool = False) -> bytes:
    """Return a Word file, with heading styles or with numbers that Word counts if asked for."""
    file = BytesIO()
    write_docx(file, text, heading_styles=styled, automatic=OUTLINE if automatic else ())
    return file.getvalue()


def as_pdf(text: str) -> bytes:
    """Return a PDF set as GB/T 9704 asks."""
    return build_pdf(*typeset(text))


def as_ofd(text: str) -> bytes:
    """Return an OFD with the same pages."""
    return build_ofd(*typeset(text))


def as_xlsx(text: str) -> bytes:
    """Return a workbook: one sheet, paragraphs merged over the width of the tables below them."""
    book = openpyxl.Workbook()
    sheet = book.active
    blocks = [block for _, block in visible_blocks(text.splitlines())]
    columns = max([block.columns for block in blocks if isinstance(block, Rows)], default=1)
    for block in blocks:
        for row in block.rows if isinstance(block, Rows) else [(block,)]:
            sheet.append(row)
            if len(row) == 1 and columns > 1:
                sheet.merge_cells(None, sheet.max_row, 1, sheet.max_row, columns)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def as_csv(text: str) -> bytes:
    """Return what Excel saves of such a workbook as CSV."""
    blocks = [block for _, block in visible_blocks(text.splitlines())]
    columns = max([block.columns for block in blocks if isinstance(block, Rows)], default=1)
    file = StringIO()
    writer = csv.writer(file)
    for block in blocks:
        for row in block.rows if isinstance(block, Rows) else [(block,)]:
            writer.writerow([*row, *[""] * (columns - len(row))])
    return file.getvalue().encode("gb18030")


def as_outlook_mail(text: str) -> bytes:
    """Return a mail as Outlook saves it."""
    return container(message({0x1000: text}))


def as_scan(text: str) -> bytes:
    """Return the pages of the PDF as a scanner at 150 dpi saves them, in one TIFF."""
    pages = []
    with pypdfium2.PdfDocument(as_pdf(text)) as document:
        for page in document:
            pages.append(page.render(scale=SCAN_DPI / 72).to_pil())
            page.close()
    file = BytesIO()
    pages[0].save(
        file, "TIFF", save_all=True, append_images=pages[1:], dpi=(SCAN_DPI, SCAN_DPI),
        compression="tiff_lzw",
    )  # fmt: skip
    return file.getvalue()


WRITERS: Mapping[str, Callable[[str], bytes]] = {
    "txt": as_txt,
    "md": as_markdown,
    "html": as_html,
    "mht": as_mht,
    "eml": as_mail,
    "docx": as_docx,
    "docx with styles": lambda text: as_docx(text, styled=True),
    "docx with automatic numbers": lambda text: as_docx(text, automatic=True),
    "pdf": as_pdf,
    "ofd": as_ofd,
    "xlsx": as_xlsx,
    "csv": as_csv,
    "msg": as_outlook_mail,
}


def by_office(texts: Mapping[str, str], folder: Path) -> dict[tuple[str, str], Path]:
    """Return files that LibreOffice made of Word files and workbooks, by format and name.

    Args:
        texts: Visible texts by name.
        folder: An empty folder for the files and for the profile of LibreOffice.
    """
    program = shutil.which("soffice") or "soffice"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    made = {}
    for source, targets in OFFICE_TARGETS.items():
        files = [folder / f"{name}.{source}" for name in texts]
        for file, text in zip(files, texts.values(), strict=True):
            file.write_bytes(WRITERS[source](text))
        for target in targets:
            subprocess.run(
                [
                    program,
                    profile,
                    "--headless",
                    "--convert-to",
                    target,
                    "--outdir",
                    folder,
                    *files,
                ],
                check=True,
                capture_output=True,
                timeout=300,
            )
            made |= {(target, file.stem): file.with_suffix(f".{target}") for file in files}
    for kind, twin in TWINS.items():
        for name in texts:
            made[twin, name] = shutil.copy(made[kind, name], folder / f"{name}.{twin}")
    return made
