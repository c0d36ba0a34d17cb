"""Measure words behind a blank and in a label, and what kind of number each takes."""

from __future__ import annotations

import pytest

from gongwen.lexicon.measures import bracketed, is_decimal, is_measure, is_summed, measure_at

CONTRACT = ["场", "人次", "条", "件", "项", "个", "张", "份", "万人次", "场/次"]


@pytest.mark.parametrize("word", [*CONTRACT, "家", "户", "起", "处", "块", "支", "万元", "小时", "平方米", "%", "场次"])
def test_a_measure_word_is_known_alone_and_before_a_stop(word: str) -> None:
    assert is_measure(word)
    assert measure_at(f"{word}，参与") == word
    assert measure_at(f"　 {word}；") == word


@pytest.mark.parametrize(
    "word", ["场所", "人员", "人数", "条例", "件事", "项目", "个人", "次数", "家庭", "份额", "日期"]
)
def test_a_word_that_only_begins_like_a_measure_is_none(word: str) -> None:
    assert measure_at(word) is None
    assert not is_measure(word)


def test_the_longest_measure_is_taken() -> None:
    assert [measure_at(text) for text in ("人次；", "场/次，", "场次。", "万人次", "个处")] == [
        "人次",
        "场/次",
        "场次",
        "万人次",
        "个",
    ]


def test_a_measure_is_found_where_told() -> None:
    text = "开展（  ）场，参与（  ）人次"
    assert measure_at(text, text.rindex("）") + 1) == "人次"
    assert measure_at(text, text.index("（")) is None


@pytest.mark.parametrize(
    ("label", "unit", "bare"),
    [
        ("演练（场）", "场", "演练"),
        ("示范田面积（亩）", "亩", "示范田面积"),
        ("参与人数(人次)", "人次", "参与人数"),
        ("演练/场", "场", "演练"),
        ("维修支出，万元", "万元", "维修支出"),
        ("（单位：万元）", "万元", ""),
        ("投入资金【万元】", "万元", "投入资金"),
        ("整改率（%）", "%", "整改率"),
        ("整改率（％）", "%", "整改率"),
        ("活动名称", None, "活动名称"),
        ("活动名称（可另附页）", None, "活动名称（可另附页）"),
        ("安全生产月（2026年）", None, "安全生产月（2026年）"),
    ],
)
def test_a_label_may_name_its_measure(label: str, unit: str | None, bare: str) -> None:
    assert bracketed(label) == (unit, bare)


@pytest.mark.parametrize("unit", ["万元", "元", "%", "小时", "万人次", "平方米", "公里"])
def test_these_may_have_decimals(unit: str) -> None:
    assert is_decimal(unit)


@pytest.mark.parametrize("unit", ["场", "人次", "条", "件", "课时", "个", None])
def test_these_are_counted_whole(unit: str | None) -> None:
    assert not is_decimal(unit)


@pytest.mark.parametrize(
    ("unit", "label", "summed"),
    [
        ("场", "开展演练", True),
        ("人次", "参与", True),
        ("万元", "投入资金", True),
        ("%", "完成", False),
        (None, "隐患整改率", False),
        (None, "人均培训时长", False),
        ("个", "同比增加", False),
    ],
)
def test_shares_and_averages_do_not_add_up(unit: str | None, label: str, summed: bool) -> None:
    assert is_summed(unit, label) is summed
