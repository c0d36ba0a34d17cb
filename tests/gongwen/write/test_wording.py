"""Dates, numbers, levels and titles are written as the standard wants them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.write.wording import Counter, document_number, official_date, sentence, width
from gongwen.write.wrap import WIDEST, is_hourglass, title_lines

hanzi = st.text(
    st.sampled_from("关于开展安全生产月活动的通知情况报告汇总街道社区办事处委员会宣传教育隐患排查整治工作方案"),
    min_size=1,
    max_size=70,
)
any_title = st.text(st.sampled_from("关于安全生产的和《》“”（）、，—2025A 报告通知"), min_size=1, max_size=70).filter(
    lambda text: bool(text.strip())
)


@given(st.dates(date(1949, 10, 1), date(2100, 1, 1)))
def test_a_date_has_arabic_digits_a_full_year_and_no_leading_zeros(day: date) -> None:
    text = official_date(day)
    assert re.fullmatch(r"\d{4}年[1-9]\d?月[1-9]\d?日", text)
    assert [int(number) for number in re.findall(r"\d+", text)] == [day.year, day.month, day.day]


def test_an_unknown_date_is_a_row_of_visible_blanks() -> None:
    assert official_date(None) == "＿＿年＿月＿日"


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("示安委办〔2025〕8号", "示安委办〔2025〕8号"),
        ("示安委办[2025]8号", "示安委办〔2025〕8号"),
        ("示安委办［2025］08号", "示安委办〔2025〕8号"),
        ("示安委办（2025）第008号", "示安委办〔2025〕8号"),
        ("示安委办【2025年】8号", "示安委办〔2025〕8号"),
        ("示应急(办)〔2025〕10号", "示应急(办)〔2025〕10号"),
        ("", ""),
    ],
)
def test_a_document_number_has_six_cornered_brackets_and_no_leading_zeros(written: str, wanted: str) -> None:
    assert document_number(written) == wanted


def test_headings_are_counted_level_by_level() -> None:
    counter = Counter()
    numbers = [counter.next(level) for level in (1, 2, 3, 4, 4, 3, 2, 3, 1, 3)]
    assert numbers == ["一、", "（一）", "1.", "（1）", "（2）", "2.", "（二）", "1.", "二、", "1."]


def test_headings_count_beyond_ten() -> None:
    counter = Counter()
    assert [counter.next(1) for _ in range(21)][9:] == [
        "十、",
        "十一、",
        "十二、",
        "十三、",
        "十四、",
        "十五、",
        "十六、",
        "十七、",
        "十八、",
        "十九、",
        "二十、",
        "二十一、",
    ]


def test_a_sentence_gets_one_full_stop() -> None:
    assert [sentence(text) for text in ("完成", "完成。", "完成！", "")] == ["完成。", "完成。", "完成！", ""]


def test_a_short_title_stays_on_one_line() -> None:
    assert title_lines("关于开展安全生产检查的通知") == ["关于开展安全生产检查的通知"]


def test_a_title_breaks_between_words_and_before_the_word_about() -> None:
    assert title_lines("关于2025年“安全生产月”活动开展情况的汇总报告") == [
        "关于2025年“安全生产月”",
        "活动开展情况的汇总报告",
    ]
    assert title_lines("国务院安全生产委员会关于推动建立完善生产经营单位事故隐患内部报告奖励机制的意见") == [
        "国务院安全生产委员会",
        "关于推动建立完善生产经营单位",
        "事故隐患内部报告奖励机制的意见",
    ]


def test_line_breaks_the_author_made_are_kept() -> None:
    assert title_lines("关于开展检查的\n通知") == ["关于开展检查的", "通知"]


@given(any_title)
def test_the_lines_of_a_title_fit_and_lose_no_character(title: str) -> None:
    lines = title_lines(title)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", title)
    assert all(width(line) <= WIDEST for line in lines)


@given(hanzi)
def test_the_lines_of_a_title_are_never_an_hourglass_and_as_few_as_can_be(title: str) -> None:
    lines = title_lines(title)
    assert not is_hourglass([width(line) for line in lines])
    assert len(lines) <= -(-len(title) // WIDEST) + 1


@given(any_title)
def test_no_line_begins_with_a_closing_mark_unless_no_division_fits(title: str) -> None:
    lines = title_lines(title)
    filled = all(width(line) > WIDEST - 1 for line in lines[:-1])
    assert filled or not any(line[:1] in set("，、》”）") for line in lines[1:])


def test_a_very_long_title_is_divided_at_once() -> None:
    assert len(title_lines("安全生产" * 200)) >= 40
