"""Pages with blocks drawn over them: each block once as a box and once as text, nothing fetched."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

import textsafe
from textsafe.document import Document
from textsafe.export.page_view import to_page_view
from textsafe.readers.pictures import page_pictures

CORPORA = Path(__file__).parents[2] / "corpora" / "tasks"


def viewed(name: str) -> tuple[Document, str]:
    path = CORPORA / name
    document = textsafe.parse(path)
    pictures = page_pictures(path.read_bytes(), document)
    return document, "".join(to_page_view([(document, pictures)]))


@pytest.mark.parametrize("name", ["T03.pdf", "T01.docx", "T03.txt"])
def test_every_block_is_listed_once_in_order(name: str) -> None:
    document, page = viewed(name)
    listed = re.findall(
        r'<li class="(\w+)" data-block="0\.\d+"><small>.*?</small><p>(.*?)</p>', page
    )
    texts = [unescape(text) for kind, text in listed if kind != "furniture"]
    assert texts == [block.span.of(document.text) for block in document.blocks]


def test_a_box_lies_where_its_block_lies() -> None:
    document, page = viewed("T03.pdf")
    boxes = re.findall(r'class="box \w+" data-block="0\.(\d+)" style="left:([\d.]+)%', page)
    pictures = list(page_pictures((CORPORA / "T03.pdf").read_bytes(), document))
    assert page.count("data:image/webp;base64,") == document.metadata.pages == len(pictures)
    for number, left in boxes[: len(document.blocks)]:
        block = document.blocks[int(number)] if int(number) < len(document.blocks) else None
        if block and block.bbox:
            assert float(left) == pytest.approx(100 * block.bbox[0] / pictures[0].width, abs=0.01)


def test_elements_and_levels_are_named() -> None:
    _, page = viewed("T03.pdf")
    assert "<small>主送机关</small>" in page
    assert "<small>标题 1</small>" in page


def test_text_of_the_document_is_no_markup() -> None:
    document = textsafe.parse_text("关于<script>alert(1)</script>的通知\n各镇要落实。")
    page = "".join(to_page_view([(document, ())], "en"))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "http" not in page.replace("http-equiv", "")
