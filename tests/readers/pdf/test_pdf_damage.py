"""Whatever happens to a PDF file: a Content or a TextsafeError comes back."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pdf_builder import Page, Text, build_pdf, grid, page_of, wrap
from textsafe.errors import TextsafeError
from textsafe.readers import pdf
from textsafe.readers.options import Options

BODY = (
    "各镇人民政府要加强组织领导，落实属地管理责任，"
    "每月底前将进展情况报送县安全生产委员会办公室备案。"
)


@cache
def intact() -> bytes:
    table = Page([*grid((74, 274, 522), (200, 230, 260)), Text("县住建局", 80, 220, 12)])
    return build_pdf(page_of(wrap(BODY), number="— 1 —"), table, page_of(wrap(BODY)))


def read_or_refuse(data: bytes) -> None:
    try:
        content = pdf.read(data, Options())
    except TextsafeError:
        return
    content.text.encode("utf-8")
    for block in content.blocks:
        quoted = block.span.of(content.text)
        assert quoted
        assert quoted == quoted.strip()


@settings(deadline=None, max_examples=150)
@given(st.integers(min_value=0, max_value=10_000))
def test_truncated(length: int) -> None:
    read_or_refuse(intact()[:length])


@settings(deadline=None, max_examples=300)
@given(st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=8)), max_size=40))
def test_overwritten(changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(intact())
    for place, new in changes:
        start = place % len(data)
        data[start : start + len(new)] = new
    read_or_refuse(bytes(data))


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=2000))
def test_garbage_after_the_signature(noise: bytes) -> None:
    read_or_refuse(b"%PDF-1.7\n" + noise)
