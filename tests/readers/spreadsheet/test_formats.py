"""Numbers and dates as they are shown on a sheet in China."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textsafe.readers.spreadsheet.formats import BUILT_IN, shown


@pytest.mark.parametrize(
    ("number", "code", "expected"),
    [
        (1, "General", "1"),
        (1.0, "General", "1"),
        (0.1 + 0.2, "General", "0.3"),
        (13800001111, "General", "13800001111"),
        (-4, "General", "-4"),
        (3.5, "0", "4"),
        (2.5, "0", "3"),
        (1234.5, "#,##0.00", "1,234.50"),
        (1234.5, "¥#,##0.00", "¥1,234.50"),
        (12, "000000", "000012"),
        (0.5, "#.##", ".5"),
        (5, "0.##", "5"),
        (0.256, "0.0%", "25.6%"),
        (-3, "0;(0)", "(3)"),
        (0, '0;-0;"无"', "无"),
        (1_500_000, '0.0,,"百万"', "1.5百万"),
        (12345, "0.00E+00", "1.23E+04"),
        (3, '0"项"', "3项"),
        (7, "@", "7"),
        (5, "[红色]0", "5"),
        (9, "[$¥-804]#,##0", "¥9"),
        (1e300, "0.00000000000000000000000000000", "1E+300"),
    ],
)
def test_numbers(number: float, code: str, expected: str) -> None:
    assert shown(number, code) == expected


@pytest.mark.parametrize(
    ("number", "code", "expected"),
    [
        (43613, BUILT_IN[14], "2019/5/28"),
        (43613, BUILT_IN[31], "2019年5月28日"),
        (43613, BUILT_IN[57], "2019年5月"),
        (43613, BUILT_IN[58], "5月28日"),
        (43613, 'yyyy"年"m"月"d"日";@', "2019年5月28日"),
        (43613, "yyyy-mm-dd", "2019-05-28"),
        (43613, "yyyy\\-mm\\-dd", "2019-05-28"),
        (43613, "[$-804]yyyy.mm.dd", "2019.05.28"),
        (43613, "mm-dd-yy", "05-28-19"),
        (43613, "yyyy/m/d aaaa", "2019/5/28 星期二"),
        (43613, "[DBNum1][$-804]yyyy年m月d日", "二〇一九年五月二十八日"),
        (43613.75, "yyyy/m/d h:mm", "2019/5/28 18:00"),
        (43613.75, '上午/下午h"时"mm"分"', "下午6时00分"),
        (43613.7506944, "h:mm:ss", "18:01:00"),
        (1.5, "[h]:mm", "36:00"),
        (0.0104167, "mm:ss", "15:00"),
        (1, "yyyy/m/d", "1900/1/1"),
        (61, "yyyy/m/d", "1900/3/1"),
        (99_999_999, "yyyy/m/d", "99999999"),
        (-1, "yyyy/m/d", "-1"),
    ],
)
def test_dates(number: float, code: str, expected: str) -> None:
    assert shown(number, code) == expected


def test_days_from_1904() -> None:
    assert shown(42151, "yyyy/m/d", from_1904=True) == "2019/5/28"


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(alphabet='ymdhsae0#?,.%"\\[]$-E+;@_*/ 年月日AMPGenral', max_size=20),
)
def test_every_format_shows_every_number(number: float, code: str) -> None:
    assert isinstance(shown(number, code), str)
