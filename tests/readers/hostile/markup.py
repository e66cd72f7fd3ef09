"""Office files, OFD and web pages whose XML is the weapon."""

from __future__ import annotations

from collections.abc import Callable

from tests.builders import (
    NAMESPACES,
    OFFICE,
    PACKAGE,
    abstract_list,
    cell,
    docx,
    numbered_list,
    paragraph,
    row,
    style,
    table,
    zipped,
)

LAUGHS = '<!DOCTYPE a [<!ENTITY e0 "嘭">' + "".join(
    f'<!ENTITY e{i + 1} "{f"&e{i};" * 10}">' for i in range(9)
) + "]>"  # fmt: skip
QUADRATIC = f'<!DOCTYPE a [<!ENTITY e9 "{"嘭" * 30_000}">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY e9 SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p.dtd"> %p; <!ENTITY e9 "嘭">]>'
PROLOGS = {"laughs": LAUGHS, "quadratic": QUADRATIC, "outside": OUTSIDE, "parameter": PARAMETER}
USES = {"laughs": "&e9;", "quadratic": "&e9;" * 10_000, "outside": "&e9;", "parameter": "&e9;"}

SHEET_TYPES = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFD_TYPES = "http://www.ofdspec.org/2016"


def relations(**targets: str) -> bytes:
    inside = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for name, (kind, target) in {
            name: value.split("|") for name, value in targets.items()
        }.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{inside}</Relationships>'.encode()


def xlsx(
    data: str, *, after: str = "", before: str = "", strings: str = "", styles: str = "",
    prolog: str = "",
) -> bytes:  # fmt: skip
    """Return a workbook with one sheet; `data` is the XML inside ``sheetData``."""
    spaces = f'xmlns="{SHEET_TYPES}" xmlns:r="{OFFICE}"'
    parts = {
        "_rels/.rels": relations(r1="officeDocument|xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": relations(
            r1="worksheet|worksheets/sheet1.xml",
            r2="sharedStrings|sharedStrings.xml",
            r3="styles|styles.xml",
        ),
        "xl/workbook.xml": f"<workbook {spaces}><sheets>"
        '<sheet name="台账" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f"{prolog}<worksheet {spaces}>{before}"
        f"<sheetData>{data}</sheetData>{after}</worksheet>",
        "xl/sharedStrings.xml": f"<sst {spaces}>{strings}</sst>",
        "xl/styles.xml": f"<styleSheet {spaces}>{styles}</styleSheet>",
    }
    return zipped(
        {name: part if isinstance(part, bytes) else part.encode() for name, part in parts.items()}
    )


def ofd(
    content: str, *, pages: int = 1, prolog: str = "", template: str = "", document: str = ""
) -> bytes:
    """Return an OFD file; `content` is the XML inside the layer of every page."""
    space = f'xmlns:ofd="{OFD_TYPES}"'
    listed = "".join(
        f'<ofd:Page ID="{place + 10}" BaseLoc="Pages/Page_0/Content.xml"/>'
        for place in range(pages)
    )
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    used = '<ofd:Template TemplateID="2" ZOrder="Background"/>' if template else ""
    declared = '<ofd:TemplatePage ID="2" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    parts = {
        "OFD.xml": f'<ofd:OFD {space} Version="1.0" DocType="OFD"><ofd:DocBody>'
        "<ofd:DocInfo><ofd:DocID>0</ofd:DocID></ofd:DocInfo>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData>"
        f"{area}{declared}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{document}</ofd:Document>",
        "Doc_0/Pages/Page_0/Content.xml": f"{prolog}<ofd:Page {space}>{used}<ofd:Content>"
        f'<ofd:Layer ID="3">{content}</ofd:Layer></ofd:Content></ofd:Page>',
    }
    if template:
        parts["Doc_0/Tpls/Tpl_0/Content.xml"] = (
            f'<ofd:Page {space}><ofd:Content><ofd:Layer ID="4">{template}</ofd:Layer></ofd:Content>'
            "</ofd:Page>"
        )
    return zipped({name: part.encode() for name, part in parts.items()})


def ofd_text(text: str, *, boundary: str = "20 20 150 8", more: str = "", inside: str = "") -> str:
    return (
        f'<ofd:TextObject ID="5" Boundary="{boundary}" Font="1" Size="5" {more}>{inside}'
        f'<ofd:TextCode X="0" Y="5" DeltaX="g 1000000 5">{text}</ofd:TextCode></ofd:TextObject>'
    )


def sheet_cell(reference: str, value: str = "1", kind: str = "n") -> str:
    return f'<c r="{reference}" t="{kind}"><v>{value}</v></c>'


def sheet_row(number: str, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def wide_cells(count: int) -> str:
    wide = '<w:gridSpan w:val="9999"/><w:vMerge/>'
    return table(*[row(*[cell("甲", properties=wide)] * 10)] * (count // 10))


def style_cycle() -> bytes:
    styles = style("a", based_on="b") + style("b", based_on="a")
    return docx(paragraph("甲", style="a"), styles=styles)


def endless_number() -> bytes:
    levels = [("chineseCountingThousand", "%1%1%1%2%3%9、")] * 9
    numbering = abstract_list(0, *levels).replace(
        'w:start w:val="1"', f'w:start w:val="{"9" * 400}"'
    )
    return docx(paragraph("甲", numbered=(1, 8)) * 100, numbering=numbering + numbered_list(1, 0))


def deep_html(tag: str, depth: int) -> bytes:
    return f"<html>{f'<{tag}>' * depth}甲{f'</{tag}>' * depth}".encode()


def big_string_often() -> bytes:
    """A workbook of 3 MB whose cells all show the same string of 100,000 characters."""
    cells = [sheet_row(str(place), sheet_cell(f"A{place}", "0", "s")) for place in range(1, 50_000)]
    return xlsx("".join(cells), strings=f"<si><t>{'甲' * 100_000}</t></si>")


def merged(*ranges: str) -> str:
    inside = "".join(f'<mergeCell ref="{name}"/>' for name in ranges)
    return f"<mergeCells>{inside}</mergeCells>"


def note_often() -> bytes:
    """A Word file that refers 10,000 times to a note of 100,000 characters."""
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = paragraph("甲", inside=reference) * 10_000
    notes = (
        f'<w:footnotes {NAMESPACES}><w:footnote w:id="2">{paragraph("注" * 100_000)}</w:footnote>'
        "</w:footnotes>"
    )
    members = {
        "_rels/.rels": relations(r1="officeDocument|word/document.xml"),
        "word/_rels/document.xml.rels": relations(r1="footnotes|footnotes.xml"),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body>".encode()
        + b"</w:document>",
        "word/footnotes.xml": notes.encode(),
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        b'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    }
    return zipped(members)


def entity_cases() -> dict[str, tuple[str, Callable[[], bytes]]]:
    cases: dict[str, tuple[str, Callable[[], bytes]]] = {}
    for name, prolog in PROLOGS.items():
        text = paragraph("甲").replace("甲", USES[name])
        used = USES[name]
        cases |= {
            f"docx with entities: {name}": ("a.docx", lambda p=prolog, t=text: docx(t, prolog=p)),
            f"xlsx with entities: {name}": (
                "a.xlsx",
                lambda p=prolog, u=used: xlsx(sheet_row("1", sheet_cell("A1", u, "str")), prolog=p),
            ),
            f"ofd with entities: {name}": (
                "a.ofd", lambda p=prolog, u=used: ofd(ofd_text(u), prolog=p),
            ),
            f"html with entities: {name}": (
                "a.html", lambda p=prolog, u=used: f"{p}<html><p>甲{u}</p></html>".encode(),
            ),
        }  # fmt: skip
    return cases


CASES = entity_cases() | {
    "docx with 10,000 tables": ("a.docx", lambda: docx(table(row("单位", "期限")) * 10_000)),
    "docx with wide merged cells": ("a.docx", lambda: docx(wide_cells(20_000))),
    "docx with a paragraph of 10 MB": ("a.docx", lambda: docx(paragraph("安" * 4_000_000))),
    "docx with a paragraph of many runs": (
        "a.docx",
        lambda: docx(f"<w:p>{'<w:r><w:t>安</w:t></w:r>' * 400_000}</w:p>"),
    ),
    "docx with styles in a circle": ("a.docx", style_cycle),
    "docx with numbers beyond counting": ("a.docx", endless_number),
    "docx with one long note referred to often": ("a.docx", note_often),
    "docx in UTF-16": (
        "a.docx",
        lambda: docx(paragraph("甲"), prolog='<?xml version="1.0" encoding="UTF-16"?>'),
    ),
    "html with 10,000 tables": (
        "a.html",
        f"<html>{'<table><tr><td>甲<td>乙</table>' * 10_000}".encode,
    ),
    "html with tables in tables": ("a.html", lambda: deep_html("table><tr><td", 900)),
    "html with tables in tables, too deep": ("a.html", lambda: deep_html("table><tr><td", 100_000)),
    "html with deep lists": ("a.html", lambda: deep_html("ul><li", 400)),
    "html with cells that cover all": (
        "a.html",
        f"<table>{'<tr><td rowspan=65534 colspan=1000>甲' * 5000}</table>".encode,
    ),
    "html with many attributes": (
        "a.html",
        ("<p " + " ".join(f"a{i}=1" for i in range(200_000)) + ">甲").encode,
    ),
    "html with a paragraph of 9 MB": ("a.html", f"<p>{'安' * 3_000_000}</p>".encode),
    "html with references": (
        "a.html",
        f"<p>{'&#xD800;&#0;&#x110000;&amp' * 100_000}".encode,
    ),
    "xlsx with a cell in the last corner": (
        "a.xlsx",
        lambda: xlsx(
            sheet_row("1", sheet_cell("A1")) + sheet_row("1048576", sheet_cell("XFD1048576"))
        ),
    ),
    "xlsx with cells outside of the sheet": (
        "a.xlsx",
        lambda: xlsx(
            sheet_row("99999999999999999999", sheet_cell("ZZZZZZZZ99999999999999999999"))
            + sheet_row("-1", sheet_cell("A-1"))
            + sheet_row("", sheet_cell(""))
        ),
    ),
    "xlsx with a dimension that lies": (
        "a.xlsx",
        lambda: xlsx(sheet_row("1", sheet_cell("A1")), before='<dimension ref="A1:XFD1048576"/>'),
    ),
    "xlsx with one merged range over all": (
        "a.xlsx",
        lambda: xlsx(sheet_row("1", sheet_cell("A1")), after=merged("A1:XFD1048576")),
    ),
    "xlsx with merged ranges over one another": (
        "a.xlsx",
        lambda: xlsx(
            sheet_row("1", sheet_cell("A1")),
            after=merged(*[f"A{i}:XFD1048576" for i in range(1, 20_000)]),
        ),
    ),
    "xlsx with rubbish for merged ranges": (
        "a.xlsx",
        lambda: xlsx(sheet_row("1", sheet_cell("A1")), after=merged("", ":", "B2:A1", "1:1")),
    ),
    "xlsx with strings that are not there": (
        "a.xlsx",
        lambda: xlsx(
            sheet_row(
                "1",
                *[
                    sheet_cell(f"{column}1", value, "s")
                    for column, value in zip(
                        "ABCDEF", ("7", "-1", "1e30", "", "甲", "9" * 5000), strict=True
                    )
                ],
            ),
            strings="<si><t>甲</t></si>",
        ),
    ),
    "xlsx with numbers beyond counting": (
        "a.xlsx",
        lambda: xlsx(
            "".join(
                sheet_row(str(place), f'<c r="A{place}" s="{style}"><v>{value}</v></c>')
                for place, (style, value) in enumerate(
                    [
                        (s, v)
                        for s in (0, 1, 2, 99, -1)
                        for v in (
                            "1e308",
                            "-1e308",
                            "NaN",
                            "INF",
                            "1e-320",
                            "9" * 5000,
                            "-1",
                            "2958466",
                        )
                    ],
                    1,
                )
            ),
            styles='<numFmts count="1"><numFmt numFmtId="200" formatCode="[h]:mm:ss.000;@&quot;'
            + "yyyy" * 5000
            + '"/></numFmts><cellXfs><xf numFmtId="14"/><xf numFmtId="200"/>'
            '<xf numFmtId="46"/></cellXfs>',
        ),
    ),
    "xlsx with one long string often": ("a.xlsx", big_string_often),
    "xlsx with 100,000 columns in one row": (
        "a.xlsx",
        lambda: xlsx(f"<row>{'<c><v>1</v></c>' * 100_000}</row>"),
    ),
    "csv with 100,000 columns": ("a.csv", lambda: b"1," * 100_000 + b"\n" + b"1," * 100_000),
    "csv with one field of 100 MB": ("a.csv", lambda: b'"' + b"a" * (100 << 20) + b'"'),
    "csv with a quote left open": (
        "a.csv",
        lambda: "单位,期限\n".encode() + b'"' + "甲,乙\n".encode() * 100_000,
    ),
    "csv with NUL": ("a.csv", "单位\0,期限\n甲\0,乙\n".encode),
    "text of 11 million characters": ("a.txt", lambda: b"a" * 11_000_000),
    "ofd with 6000 pages": ("a.ofd", lambda: ofd(ofd_text("甲"), pages=6000)),
    "ofd with one template on all pages": (
        "a.ofd",
        lambda: ofd(ofd_text("甲"), pages=1000, template=ofd_text("密" * 10) * 100),
    ),
    "ofd with places beyond counting": (
        "a.ofd",
        lambda: ofd(
            "".join(
                ofd_text("甲乙丙", boundary=boundary, more=more)
                for boundary in (
                    "NaN NaN NaN NaN",
                    "1e308 1e308 1e308 1e308",
                    "0 0 0 0",
                    "1 2",
                    "",
                    "a b c d",
                )
                for more in (
                    "",
                    'CTM="NaN 0 0 inf 0 0"',
                    'CTM="1"',
                    'HScale="0"',
                    'ReadDirection="45"',
                )
            )
        ),
    ),
    "ofd with repeated widths": (
        "a.ofd",
        lambda: ofd(ofd_text("甲").replace("g 1000000 5", "g 999999999 5 " * 1000)),
    ),
    "ofd with a long path": (
        "a.ofd",
        lambda: ofd(
            '<ofd:PathObject ID="6" Boundary="0 0 200 200"><ofd:AbbreviatedData>'
            + "M 0 0 L 100 0 L 100 100 C " * 300_000
            + "</ofd:AbbreviatedData></ofd:PathObject>"
            + ofd_text("甲")
        ),
    ),
    "ofd with deep groups": (
        "a.ofd",
        lambda: ofd("<ofd:PageBlock>" * 90 + ofd_text("甲") + "</ofd:PageBlock>" * 90),
    ),
    "ofd with groups too deep": (
        "a.ofd",
        lambda: ofd("<ofd:PageBlock>" * 200 + ofd_text("甲") + "</ofd:PageBlock>" * 200),
    ),
    "ofd that leads outside": (
        "a.ofd",
        lambda: ofd(
            ofd_text("甲"), document="<ofd:Attachments>../../../etc/passwd</ofd:Attachments>"
        ),
    ),
}
