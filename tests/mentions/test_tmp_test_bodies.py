"""Names of bodies: how lists of them are cut and where a name ends."""


from itertools import pairwise

import pytest
from hypothesis import settings; settings.register_profile("many", max_examples=3000, deadline=None); settings.load_profile("many")
from hypothesis import given
from hypothesis import strategies as st

from textsafe.mentions.bodies import ends_in_head, is_body, is_name, level_of, split_names

LISTS = {
    "县公安局、县交通局": ["县公安局", "县交通局"],
    "县公安局和县交通局": ["县公安局", "县交通局"],
    "县公安局及县交通局": ["县公安局", "县交通局"],
    "县公安局以及各镇": ["县公安局", "各镇"],
    "县住房和城乡建设局、县文化和旅游局": ["县住房和城乡建设局", "县文化和旅游局"],
    "县工业和信息化局及县发展和改革局": ["县工业和信息化局", "县发展和改革局"],
    "人力资源和社会保障部门": ["人力资源和社会保障部门"],
    "各有关部门和单位": ["各有关部门和单位"],
    "乡镇党委和政府": ["乡镇党委", "政府"],
    "各省、自治区、直辖市人民政府": ["各省、自治区、直辖市人民政府"],
    "各县（市、区）人民政府、各开发区": ["各县（市、区）人民政府", "各开发区"],
    "县公安局、县交通局等": ["县公安局", "县交通局"],
    "县公安局、县交通局等部门": ["县公安局", "县交通局"],
    "县公安局、县交通局等有关部门": ["县公安局", "县交通局"],
    "县公安局,县交通局": ["县公安局", "县交通局"],
    "县公安局；县交通局": ["县公安局", "县交通局"],
    "县公安局\t县交通局": ["县公安局", "县交通局"],
    "　县公安局 、 县交通局　": ["县公安局", "县交通局"],
    "由县公安局": ["县公安局"],
    "": [],
    "、、": [],
}
NAMES = sorted({name for names in LISTS.values() for name in names})


@pytest.mark.parametrize(("text", "names"), LISTS.items(), ids=LISTS)
def test_lists_are_cut_into_names(text: str, names: list[str]) -> None:
    assert [text[a:b] for a, b in split_names(text, 0, len(text))] == names


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=8))
def test_joined_names_come_back(names: list[str]) -> None:
    text = "，".join(names)
    assert [text[a:b] for a, b in split_names(text, 0, len(text))] == names


@given(st.text(alphabet="县市局部门单位和及与、，（）等由 \t各省镇", max_size=40))
def test_pieces_are_ordered_disjoint_and_stripped(text: str) -> None:
    found = split_names(text, 0, len(text))
    assert all(0 <= a < b <= len(text) for a, b in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))
    assert all(text[a:b] == text[a:b].strip() for a, b in found)


@pytest.mark.parametrize(
    "name",
    ["县应急管理局", "各镇（街道）", "企业主要负责人", "县安委会成员单位", "金河铸造有限公司"],
)
def test_names_end_in_a_head(name: str) -> None:
    assert ends_in_head(name)
    assert is_name(name)


@pytest.mark.parametrize("words", ["隐患", "燃气管网", "消防设施", "整改措施", ""])
def test_things_are_no_names(words: str) -> None:
    assert not is_name(words)


def test_short_names_are_names_only_as_a_whole() -> None:
    assert is_name("县财政")
    assert not is_name("消防演练")
    assert not ends_in_head("县财政")


def test_a_company_is_a_name_but_no_public_body() -> None:
    assert is_name("金河铸造有限公司")
    assert not is_body("金河铸造有限公司")
    assert is_body("县供销社")


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("国家矿山安全监察局", "state"),
        ("应急管理部", "state"),
        ("各省级安委会", "province"),
        ("省财政厅", "province"),
        ("各市人民政府", "city"),
        ("松川市应急管理局", "city"),
        ("各县（市、区）", "county"),
        ("云陵县公安局", "county"),
        ("各乡镇", "township"),
        ("青石街道办事处", "township"),
        ("施工单位", "enterprise"),
        ("各成员单位", None),
    ],
)
def test_level(name: str, level: str | None) -> None:
    assert level_of(name) == level
