"""Who acts: addressees taken apart, and levels told from words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.lexicon.bodies import is_body, levels_of, split_bodies
from gongwen.spec import LEVELS

SPLIT = [
    ("各科室、各社区", ["各科室", "各社区"]),  # the contract's two examples
    ("各市、州卫生局", ["各市、州卫生局"]),
    ("机关各部门、四街一镇、直属事业单位、各驻区机构", ["机关各部门", "四街一镇", "直属事业单位", "各驻区机构"]),
    (
        "各街道办事处，各社区居民委员会，区安委会有关成员单位",
        ["各街道办事处", "各社区居民委员会", "区安委会有关成员单位"],
    ),
    ("各县、区人民政府，市直有关部门", ["各县、区人民政府", "市直有关部门"]),
    ("各乡、镇人民政府", ["各乡、镇人民政府"]),
    ("各区县安委会；市有关部门；有关企业", ["各区县安委会", "市有关部门", "有关企业"]),
    ("各镇（街道、园区），区级有关部门", ["各镇（街道、园区）", "区级有关部门"]),
    ("各村、社区", ["各村、社区"]),
    ("各街道：", ["各街道"]),
    ("区应急管理局", ["区应急管理局"]),
    ("", []),
]


@pytest.mark.parametrize(("words", "bodies"), SPLIT, ids=[row[0] or "nothing" for row in SPLIT])
def test_addressees_are_split_where_each_stands_alone(words: str, bodies: list[str]) -> None:
    assert split_bodies(words) == bodies


WORDS = st.text("各区县市街道社区村、局，；委办（）", max_size=24)


@given(WORDS)
def test_no_character_of_a_name_is_lost(words: str) -> None:
    kept = "".join(split_bodies(words))
    assert [c for c in kept if c not in "、，；"] == [c for c in words if c not in "、，；"]


@given(
    st.lists(
        st.sampled_from(["各街道办事处", "各社区居民委员会", "区应急管理局", "有关企业", "各驻区单位"]), max_size=6
    )
)
def test_bodies_joined_by_commas_come_apart_again(bodies: list[str]) -> None:
    for mark in "，；":
        assert split_bodies(mark.join(bodies)) == bodies


@given(WORDS)
def test_what_was_split_does_not_split_further(words: str) -> None:
    for body in split_bodies(words):
        assert split_bodies(body) == [body]


@pytest.mark.parametrize(
    "words",
    [
        "区应急管理局",
        "街道办事处",
        "公共安全办公室",
        "区安委会",
        "安委办",
        "消防救援支队",
        "某某有限公司",
        "各社区",
        "区应急管理局（区安委办）",
    ],
)
def test_a_body_is_known_by_its_last_word(words: str) -> None:
    assert is_body(words)


@pytest.mark.parametrize("words", ["活动总结", "安全生产月", "6月20日", "统计表", "张三"])
def test_other_words_are_no_body(words: str) -> None:
    assert not is_body(words)


@pytest.mark.parametrize(
    ("words", "levels"),
    [
        ("区级层面", ["county"]),
        ("街道、部门层面", ["township", "department"]),
        ("企业层面", ["enterprise"]),
        ("各社区", ["community"]),
        ("各科室、各社区", ["community", "department"]),
        ("省级", ["province"]),
        ("市级", ["prefecture"]),
        ("各学校", ["school"]),
        ("家庭", ["household"]),
        ("国家层面", ["nation"]),
        ("各乡镇", ["township"]),
        ("活动总结", []),
    ],
)
def test_words_name_levels(words: str, levels: list[str]) -> None:
    assert levels_of(words) == levels


@given(st.lists(st.sampled_from(["区级", "街道", "社区", "部门", "企业", "学校", "家庭"]), max_size=5))
def test_levels_come_in_the_order_of_the_contract_each_once(words: list[str]) -> None:
    found = levels_of("、".join(words))
    assert found == [level for level in LEVELS if level in found]
    assert len(found) == len(set(words))
