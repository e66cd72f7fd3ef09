"""Sound files of every format that has a reader, to be damaged."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from PIL import Image

from tests import outlook
from tests.builders import (
    abstract_list,
    docx,
    numbered_list,
    paragraph,
    row,
    style,
    table,
    zipped,
)
from tests.formats import WRITERS, as_docx, as_mail, as_mht, as_pdf, as_xlsx, by_office
from tests.readers.hostile.markup import ofd, ofd_text, sheet_cell, sheet_row, xlsx
from tests.readers.hostile.paged import TEXT, one_page, stream

NOTICE = """青石县安全生产委员会办公室文件
青安办〔2024〕7号
关于开展夏季燃气安全专项检查的通知
各镇人民政府，县直有关部门：
一、全面排查隐患
（一）县住建局要在2024年6月底前完成老旧燃气管网排查。
二、任务分工
序号\t任务\t责任单位\t完成时限
1\t管网排查\t县住建局\t6月底前
2\t餐饮场所检查\t县市场监管局\t7月15日前
青石县安全生产委员会办公室
2024年5月10日
"""


def _word() -> bytes:
    """A Word file written by hand: shorter than what python-docx writes, with more in it."""
    return docx(
        paragraph("总则", style="heading1")
        + paragraph("县住建局要在6月底前完成排查。", numbered=(1, 0))
        + table(row("单位", "期限"), row("县教育局", "7月底前")),
        numbering=abstract_list(0, ("chineseCountingThousand", "%1、")) + numbered_list(1, 0),
        styles=style("heading 1"),
        headers={"footer1": paragraph("第 1 页")},
    )


def _sheet() -> bytes:
    rows = sheet_row("1", sheet_cell("A1", "0", "s"), sheet_cell("B1", "45413")) + sheet_row(
        "2", sheet_cell("A2", "1", "s"), sheet_cell("B2", "0.5")
    )
    merged = '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>'
    return xlsx(rows, after=merged, strings="<si><t>隐患</t></si><si><t>整改</t></si>")


def _page() -> bytes:
    rules = b"".join(
        b"%d 100 m %d 200 l S 100 %d m 200 %d l S\n" % (i, i, i, i) for i in (100, 200)
    )
    return one_page(stream(TEXT + rules + b"BT /F1 9 Tf 120 150 Td (cell) Tj ET"))


def _outlook() -> bytes:
    subject, body = 0x0037, 0x1000
    attached = outlook.attachment("甲\t乙".encode(), "附件.txt")
    said: dict[int, str | bytes | int] = {subject: "关于检查的通知", body: "各镇要落实责任。"}
    return outlook.container(outlook.message(said, attached))


def _picture(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise((120, 90), 40).save(buffer, kind)
    return buffer.getvalue()


@cache
def _office_files() -> dict[str, bytes]:
    if shutil.which("soffice") is None:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        made = by_office({"通知": NOTICE}, Path(folder))
        return {kind: path.read_bytes() for (kind, _), path in made.items()}


def _by_office(kind: str) -> list[bytes]:
    made = _office_files()
    return [made[kind]] if made else []


def _csv() -> bytes:
    return '序号,任务,责任单位\n1,"管网,排查",县住建局\n'.encode("gb18030")


SEEDS: Mapping[str, Callable[[], list[bytes]]] = {
    "txt": lambda: [WRITERS["txt"](NOTICE), NOTICE.encode("utf-16")],
    "md": lambda: [WRITERS["md"](NOTICE)],
    "html": lambda: [WRITERS["html"](NOTICE)],
    "mht": lambda: [as_mht(NOTICE)],
    "eml": lambda: [as_mail(NOTICE)],
    "msg": lambda: [_outlook()],
    "docx": lambda: [_word(), as_docx(NOTICE, styled=True), as_docx(NOTICE, automatic=True)],
    "pdf": lambda: [_page(), as_pdf(NOTICE)],
    "ofd": lambda: [ofd(ofd_text("各镇要落实")), WRITERS["ofd"](NOTICE)],
    "xlsx": lambda: [_sheet(), as_xlsx(NOTICE)],
    "csv": lambda: [_csv()],
    "zip": lambda: [zipped({"a.txt": NOTICE.encode(), "附/a.csv": _csv(), "a.eml": as_mail("")})],
    "png": lambda: [_picture("png")],
    "tif": lambda: [_picture("tiff")],
    "jpg": lambda: [_picture("jpeg")],
    "bmp": lambda: [_picture("bmp")],
    "doc": lambda: _by_office("doc"),
    "rtf": lambda: _by_office("rtf"),
    "odt": lambda: _by_office("odt"),
}  # fmt: skip
