"""What holds for any text."""

import datetime as dt

from hypothesis import example, given
from hypothesis import strategies as st

from textsafe.mentions.deadlines import find_deadlines

WORDS = """
各镇 要 于 在 自 从 到 至 截至 不迟于 每 逐 按 “十四五” 期间 末 2024年 二〇二五年 今年 明年
次年 6月 十二月 上半年 第三季度 中旬 底 前 之前 内 后 起 止 5日 三十日 31日 17时 15个工作日
两个月 三年 半 小时 春节 国庆节 汛期 开学 复工 印发之日 收到通知 完成 报送 已 共 的 、 ， 。 ； ：
（ ） 《 》 — - 一次 至少 周五 本周 月底 年内 完成时限 立即 长期坚持 2024.6.30 99月 0日 未
"""
PIECES = st.sampled_from([*WORDS.split(), "\t", "\n", " ", "\u3000"])
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join))
DATES = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31))


@given(TEXTS, DATES)
def test_spans_are_exact_ordered_and_apart(text: str, date: dt.date | None) -> None:
    end = 0
    for deadline in find_deadlines(text, date):
        assert deadline.text == deadline.span.of(text) == deadline.text.strip() != ""
        assert deadline.span.start >= end
        end = deadline.span.end


@given(TEXTS, DATES)
@example("完成时限：即日起至2019年底。", dt.date(2024, 3, 5))  # ends before it begins
def test_values_are_consistent(text: str, date: dt.date | None) -> None:
    for deadline in find_deadlines(text, date):
        assert (deadline.every is not None) == (deadline.kind == "recurring")
        assert (deadline.duration is not None) == (deadline.kind == "relative")
        if deadline.kind == "by":
            assert (deadline.due is None) == (deadline.unresolved is not None)
        if deadline.start and deadline.due:
            assert deadline.start <= dt.date.fromisoformat(deadline.due)


@given(TEXTS, TEXTS, DATES)
def test_lines_do_not_influence_each_other(one: str, two: str, date: dt.date | None) -> None:
    together = find_deadlines(f"{one}\n{two}", date)
    apart = find_deadlines(one, date) + [
        deadline.model_copy(update={"span": deadline.span.shift(len(one) + 1)})
        for deadline in find_deadlines(two, date)
    ]
    assert together == apart
