from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textsafe.document import Document
from textsafe.errors import DocumentError, LimitExceededError
from textsafe.readers import Limits, Options, read_bytes


def document(body: str) -> Document:
    return read_bytes(f"<html><body>{body}</body></html>".encode(), source="通知.html")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>各镇<p>各部门", ["各镇", "各部门"]),
        ("<div>甲<div>乙</div>丙</div>", ["甲", "乙", "丙"]),
        ("<p>县<b>住建</b>局<span>负责</span>", ["县住建局负责"]),
        ("<p>第一行<br>第二行", ["第一行", "第二行"]),
        ("<p>落实\n   责任", ["落实责任"]),
        ("<p>GB\n  6441", ["GB 6441"]),
        ("<p>　　各镇&nbsp;", ["各镇"]),
        ("<p>&#19968;&amp;&lt;a&gt;", ["一&<a>"]),
        ("<pre>甲\n乙</pre>", ["甲", "乙"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
        ("<script>if (a<b) {}</script><style>p {}</style>甲", ["甲"]),
        ("<nav>首页</nav><aside>热点</aside>甲<footer>版权</footer>", ["甲"]),
        ("<header>青石县政府网</header><p>甲", ["甲"]),
        ("<section><header>关于检查的通知</header>甲</section>", ["关于检查的通知", "甲"]),
        ("<p hidden>隐<p style='color:red; display : none'>隐<p aria-hidden=true>隐<p>甲", ["甲"]),
        ("<div role=navigation>首页</div>甲<select><option>选</select>", ["甲"]),
        ("首页<article>检查的通知<p>各镇要落实。</article>相关", ["检查的通知", "各镇要落实。"]),
        ("甲<nav>首页</nav>乙<script>1</script>丙", ["甲", "乙丙"]),
        ("<main>短</main>其余的文字要长得多，不能丢。", ["短", "其余的文字要长得多，不能丢。"]),
        ("<ul>" + "<li><a href=x>栏目</a>" * 4 + "</ul>甲", ["甲"]),
        ("<ul>" + "<li>附件：<a href=x>表</a>" * 4 + "</ul>", ["附件：表"] * 4),
        ("<p>甲<!-- 乙 --><?php 丙 ?>", ["甲"]),
    ],
)  # fmt: skip
def test_what_a_visitor_reads(body: str, expected: list[str]) -> None:
    assert document(body).text.split("\n") == expected


def test_headings_have_their_level() -> None:
    found = document("<h1>通知</h1><h3>一、要求</h3><p>正文")
    assert [(b.kind, b.level) for b in found.blocks] == [
        ("heading", 1),
        ("heading", 3),
        ("paragraph", None),
    ]


def test_table_with_spans_and_caption() -> None:
    found = document(
        "前<table><caption>任务表</caption>"
        "<tr><th>单位<th colspan=2>任务"
        "<tr><td rowspan=2>县住建局<td>排查<td><p>6月</p><p>底前</p>"
        "<tr><td>整改<td>7月底前</table>后"
    )
    assert found.text.split("\n") == [
        "前", "任务表", "单位\t任务", "县住建局\t排查\t6月 底前", "整改\t7月底前", "后",
    ]  # fmt: skip
    (table,) = found.tables
    places = [(c.row, c.column, c.row_span, c.column_span) for c in table.cells]
    assert places == [
        (0, 0, 1, 1), (0, 1, 1, 2), (1, 0, 2, 1), (1, 1, 1, 1), (1, 2, 1, 1), (2, 1, 1, 1),
        (2, 2, 1, 1),
    ]  # fmt: skip


def test_cells_before_the_first_row_tag_make_a_row() -> None:
    document = read_bytes(
        "<table><td>单位<td>期限<tr><td>甲<td>乙</table>".encode(), source="a.html"
    )
    places = [(cell.row, cell.column) for cell in document.tables[0].cells]
    assert places == [(0, 0), (0, 1), (1, 0), (1, 1)]


@pytest.mark.parametrize("rowspan", ["0", "99", "x", "-1", "9" * 5000])
def test_row_span_beyond_the_table_ends_with_it(rowspan: str) -> None:
    rows = f"<tr><td rowspan={rowspan}>甲<td>乙<tr><td>丙<td>丁"
    (table,) = document(f"<table>{rows}</table>").tables
    assert all(cell.row + cell.row_span <= 2 for cell in table.cells)


@pytest.mark.parametrize(
    "layout",
    [
        "<table><tr><td>左<td>右</table>",
        "<table><tr><td>左<tr><td>右</table>",
        "<table><tr><td>左<tr><td><table><tr><td>右<td></table></table>",
    ],
)
def test_table_for_layout_is_read_as_paragraphs(layout: str) -> None:
    found = document(layout)
    assert found.text == "左\n右"
    assert not found.tables


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("GBK", "gbk"),
        ("big5", "big5"),
        ("utf-8", "utf-8"),
        ("utf-8", "gb18030"),  # declared wrongly
        ("gb2312", "utf-8-sig"),
        ("unicode_escape", "utf-8"),  # known to Python, but no charset of the web
        ("utf-16", "utf-16-le"),
        ("", "utf-16"),
    ],
)
def test_charset(declared: str, encoding: str) -> None:
    text = "應急局要切實負責" if encoding == "big5" else "县应急局要切实负责，抓紧排查隐患。"
    meta = f"<meta http-equiv=Content-Type content='text/html; charset={declared}'>"
    page = f"<html><head>{meta}</head><body><p>{text}</p></body></html>"
    found = read_bytes(page.encode(encoding), source="a.htm")
    assert (found.metadata.format, found.text) == ("html", text)


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li", "blockquote"])
def test_deep_nesting_is_refused_at_once(tag: str) -> None:
    with pytest.raises(LimitExceededError) as caught:
        document(f"<{tag}>" * 100_000 + "甲" + "</i>" * 100_000)
    assert caught.value.params["limit"] == "html_depth"


def test_nesting_below_the_limit_is_read() -> None:
    assert document("<font>" * 900 + "甲").text == "甲"


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "嘭嘭"><!ENTITY b "&a;&a;">]><html><p>甲&b;'
    assert "嘭" not in read_bytes(bomb.encode(), source="a.html").text.replace('"嘭嘭"', "")


def test_number_of_blocks_is_limited() -> None:
    page = ("<html>" + "<p>甲" * 20).encode()
    with pytest.raises(LimitExceededError):
        read_bytes(page, source="a.html", options=Options(Limits(blocks=10)))


TAGS = [
    "p", "div", "h1", "table", "tr", "td", "th", "ul", "li", "br", "a", "b", "nav", "article",
    "pre", "script", "caption", "header", "main",
]  # fmt: skip
PIECE = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
    st.sampled_from(
        ["<td rowspan=3 colspan=2>", "<a href=x>", "<", "&", "&#x110000;", "\r", "\x01"]
    ),
    st.text("责任单位 \n\t，", max_size=5),
)


@given(st.lists(PIECE, max_size=60))
def test_any_soup_of_tags_gives_blocks_that_hold(pieces: list[str]) -> None:
    try:
        found = document("".join(pieces))
    except DocumentError:
        return
    end = 0
    for block in found.blocks:
        text = block.span.of(found.text)
        assert text == text.strip() != ""
        assert block.span.start >= end
        end = block.span.end
