"""Text → Word file → text: what is written is what is read, with its place."""

from __future__ import annotations

import tempfile
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.office import OUTLINE, write_docx
from textsafe.document import Document
from textsafe.readers import read

HAN = st.sampled_from("各镇县局要排查整改燃气消防隐患落实责任日常检")
WORDS = st.text(HAN, min_size=1, max_size=12)
SENTENCES = WORDS.map(lambda words: words + "。")
LABELS = ("{}、", "（{}）", "{}.")


@st.composite
def visible_texts(draw: st.DrawFn) -> str:
    """Lines of a document whose numbers count as Word would count them."""
    lines = ["关于排查的通知", "各镇："]
    counts = [0, 0, 0]
    for _ in range(draw(st.integers(1, 8))):
        kind = draw(st.sampled_from([0, 1, 2, "text", "table"]))
        if kind == "text":
            lines.append(draw(SENTENCES))
        elif kind == "table":
            width = draw(st.integers(2, 3))
            cells = st.lists(WORDS, min_size=width, max_size=width)
            lines += ["\t".join(row) for row in draw(st.lists(cells, min_size=1, max_size=3))]
            lines.append(draw(SENTENCES))
        else:
            counts[kind] += 1
            counts[kind + 1 :] = [0] * (2 - kind)
            number = "一二三四五六七八九"[counts[kind] - 1] if kind < 2 else str(counts[kind])
            lines.append(LABELS[kind].format(number) + draw(WORDS | SENTENCES))
    return "\n".join(lines)


@settings(max_examples=30, deadline=None)
@given(visible_texts(), st.booleans(), st.booleans())
def test_text_comes_back(text: str, automatic: bool, heading_styles: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "通知.docx"
        lists = OUTLINE if automatic else ()
        write_docx(path, text, automatic=lists, heading_styles=heading_styles)
        found = read(path)
        assert found == read(path)
    assert found.text == text
    _check_places(found)


def _check_places(document: Document) -> None:
    """Blocks hold all of the text, in order, none over another."""
    spans = [block.span for block in document.blocks]
    assert "\n".join(span.of(document.text) for span in spans) == document.text
    assert all(before.end < after.start for before, after in pairwise(spans))
