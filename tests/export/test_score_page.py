"""The page of scores: one file that needs nothing else, and shows what anybody wrote as text."""

from __future__ import annotations

import re

import pytest

from tests.training.gold import TEXT, party, record, sector, task, write_corpus
from textsafe.export.score_page import to_score_page
from textsafe.export.scores import to_score_tables
from textsafe.training.corpus import GoldParty, GoldUnit, read_documents
from textsafe.training.evaluate import Compared, compare_document, task_figures
from textsafe.training.figures import Figures

MARKUP = '<script>alert("1")</script>&amp;<!--documents-->$title'


@pytest.fixture
def compared(tmp_path):
    (document,) = read_documents(write_corpus(tmp_path))
    found = record(
        task(
            "各村要在9月底前检修脱粒机。", parties=(party("各村", "lead"),), rules=("order.must",)
        ),
        task("去年发生两起事故。", sectors=(sector("gas"),)),
    )
    return compare_document(document, found, TEXT)


def page(*documents: Compared, lang="zh") -> str:
    figures = task_figures(documents, gold=["corpora"], split="dev")
    return "".join(to_score_page(figures, documents, lang))


def rows(text: str) -> list[str]:
    return re.findall(r'<tr class="(?:same|wrong|unscored)".*?</tr>', text, re.DOTALL)


def test_units_stand_side_by_side_with_their_differences_in_words(compared):
    shown = rows(page(compared))
    assert len(shown) == len(compared.units)
    assert "标题，不计分" in shown[0]
    right, wrong = shown[1], shown[3]
    assert 'class="mention differs"><b>异</b>各村（牵头）' in right
    assert "角色不符" in right
    assert "order.must" in right
    assert 'data-errors="task_missed sector_missed"' in wrong
    assert 'class="mention missed"><b>漏</b>是任务' in wrong


def test_page_needs_nothing_else(compared):
    text = page(compared)
    assert "default-src 'none'" in text
    assert not re.search(r"https?://|<link|<img|@import|url\(", text)
    assert not re.search(r"\$[a-z{]", text)


def test_page_speaks_english(compared):
    text = page(compared, lang="en")
    assert '<html lang="en">' in text
    assert "wrong role" in text
    frame = re.sub(r"(?s)<article.*</article>|<style>.*</style>|X01 通知", "", text)
    assert not re.search("[一-鿿]", frame)


def test_what_was_written_is_shown_and_not_obeyed():
    unit = GoldUnit(
        name=MARKUP, text=MARKUP, label="task", modality="must", sectors=(MARKUP,),
        parties=(GoldParty(name=MARKUP, role="owner"),),
    )  # fmt: skip
    found = task("x", text="x", rules=(MARKUP,), parties=(party(MARKUP, "lead"),))
    from textsafe.training.comparison import compare

    document = Compared(MARKUP, (compare(unit, [found]),), title=MARKUP, kind="news", split="dev")
    figures = task_figures([document], gold=[MARKUP])
    text = "".join(to_score_page(figures, [document]))
    assert text.count("<script") == 1
    assert "alert(&quot;1&quot;)" in text
    assert "<!--documents-->" not in text


def test_tables_hold_no_markup_and_no_control_codes(compared):
    figures = task_figures([compared], gold=["[red]x\x1b[2J"], errors=9)
    text = to_score_tables(figures)
    assert "[red]x[2J" in text
    assert "\x1b" not in text
    assert "角色不符：人工标注 各村（责任）；程序结果 各村（牵头）" in text


def test_empty_figures_are_no_figures():
    figures = Figures(
        subject="tasks", gold=(), split=None, count=0, units=0,
        fields=task_figures([]).fields, groups={},
    )  # fmt: skip
    assert "0.000" not in to_score_tables(figures)
    assert to_score_tables(figures, lang="en").count("–") > 10
