"""Ticks of every make on either side of their words, and what is written in their place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.collection import NOT_APPLICABLE, Scalar
from gongwen.replies.values import Reading, value_of
from gongwen.spec import Evidence, Field

WAYS = ["线上", "线下", "混合"]
BEFORE, BEHIND = "□线上　□线下　□混合", "线上□　线下□　混合□"


def choice(options: list[str]) -> Field:
    return Field(
        id="f-1",
        section=None,
        subject=None,
        label="培训方式",
        type="choice",
        unit=None,
        options=options,
        evidence=Evidence(0, 0, None, None, 0, 0, ""),
    )


def read(written: str, printed: str = BEFORE, options: list[str] = WAYS) -> tuple[Scalar, list[str]]:
    reading = Reading(year=2026)
    value = value_of(reading, choice(options), written, printed)
    return value, [issue.code for issue in reading.issues]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("□线上　□线下　☑混合", "混合"),
        ("□线上　☑线下　□混合", "线下"),
        ("□线上　☑线下　☑混合", "线下、混合"),
        ("[ ]线上 [ ]线下 [√]混合", "混合"),
        ("（ ）线上（√）线下（ ）混合", "线下"),
        ("□线上√　□线下　□混合", "线上"),
        ("□线上　√□线下　□混合", "线下"),
        ("□线上　□√线下　□混合", "线下"),
        ("□线上　□线下　□混合√", "混合"),
        ("🗹线上　□线下　□混合", "线上"),
        ("○线上　●线下　○混合", "线下"),
        ("线上√　线下　混合", "线上"),
        ("线上　√线下　混合", "线下"),
        ("线上□　线下☑　混合□", "线下"),
        ("□ 线上\n☑ 线 下\n□ 混合", "线下"),
        ("☑线下（3场）　□混合", "线下"),
        ("线上、线下", "线上、线下"),
        ("混合", "混合"),
        ("培训方式：混合", "混合"),
    ],
)
def test_a_tick_belongs_to_its_own_word(written: str, value: str) -> None:
    assert read(written) == (value, [])


@pytest.mark.parametrize(("written", "value"), [("线上☑　线下□　混合□", "线上"), ("线上□　线下□　混合√", "混合")])
def test_boxes_behind_their_words_are_read_as_the_form_prints_them(written: str, value: str) -> None:
    assert read(written, BEHIND) == (value, [])


@pytest.mark.parametrize("written", ["□是　☑否", "□是 √否", "□ 是 ☒ 否", "[ ]是[√]否", "是 否√", "否"])
def test_the_last_of_two_is_not_taken_for_the_first(written: str) -> None:
    assert read(written, "□是　□否", ["是", "否"]) == ("否", [])


def test_a_longer_option_is_not_taken_for_one_that_it_begins_with() -> None:
    options = ["需要", "需要接送", "不需要"]
    assert read("□需要　☑需要接送　□不需要", "□需要　□需要接送　□不需要", options) == ("需要接送", [])
    assert read("□需要　□需要接送　☑不需要", "□需要　□需要接送　□不需要", options) == ("不需要", [])


@pytest.mark.parametrize("written", ["", BEFORE, "　", "线上　线下　混合"])
def test_nothing_ticked_is_nothing(written: str) -> None:
    assert read(written) == (None, [])


@pytest.mark.parametrize("written", ["/", "□线上　□线下　□混合 /", "不涉及"])
def test_a_stroke_is_no_option(written: str) -> None:
    assert read(written) == (NOT_APPLICABLE, [])


@pytest.mark.parametrize(
    ("written", "kept"),
    [("线下培训", "线下培训"), ("☑线上线下　□混合", "线上线下"), ("√", "√"), ("不在线上", "不在线上")],
)
def test_words_that_are_no_option_are_kept_with_an_issue(written: str, kept: str) -> None:
    assert read(written) == (kept, ["R109"])


@given(
    st.lists(st.text("甲乙丙丁子丑寅卯", min_size=1, max_size=4), min_size=2, max_size=5, unique=True),
    st.data(),
    st.sampled_from(["", " ", "　", "\n"]),
    st.sampled_from(["□☑", "□☒", "□■", "☐🗹"]),
)
def test_what_is_ticked_before_its_word_is_read(options: list[str], data: st.DataObject, gap: str, boxes: str) -> None:
    wanted = data.draw(st.lists(st.sampled_from(options), min_size=1, unique=True))
    printed = gap.join(f"□{option}" for option in options)
    written = gap.join(f"{boxes[option in wanted]}{option}" for option in options)
    assert read(written, printed, options) == ("、".join(one for one in options if one in wanted), [])
