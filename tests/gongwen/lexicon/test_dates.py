"""Dates as notices write them: a phrase, and what it means."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.lexicon.clock import DateWord
from gongwen.lexicon.dates import find_dates, resolve
from gongwen.lexicon.numerals import to_chinese


def only(text: str) -> DateWord:
    (word,) = find_dates(text)
    return word


# phrase, month, day, time, whether 前 or 止 bounds it
DAYS = [
    ("6月20日前", 6, 20, None, True),
    ("5月30日14点前", 5, 30, "14:00", True),
    ("于6月20日前", 6, 20, None, True),
    ("截至6月20日", 6, 20, None, False),
    ("6月20日", 6, 20, None, False),
    ("6 月 20 日前", 6, 20, None, True),
    ("６月２０日前", 6, 20, None, True),
    ("六月二十日前", 6, 20, None, True),
    ("十二月五日前", 12, 5, None, True),
    ("6月20号之前", 6, 20, None, True),
    ("6月20日以前", 6, 20, None, True),
    ("6月20日止", 6, 20, None, True),
    ("6月20日为止", 6, 20, None, True),
    ("6月20日（含）前", 6, 20, None, True),
    ("6月20日下班前", 6, 20, None, True),
    ("6月20日（星期六）前", 6, 20, None, True),
    ("6月20日（星期六）17:00前", 6, 20, "17:00", True),
    ("6月20日（周六，下午）5时前", 6, 20, "17:00", True),
    ("6月20日17：30前", 6, 20, "17:30", True),
    ("6月20日17时30分前", 6, 20, "17:30", True),
    ("6月20日下午5点半前", 6, 20, "17:30", True),
    ("6月20日上午9:30", 6, 20, "09:30", False),
    ("6月20日中午12点前", 6, 20, "12:00", True),
    ("6月20日24时前", 6, 20, None, True),  # the day ends at 24:00 anyway
    ("6月底前", 6, 30, None, True),
    ("6月末前", 6, 30, None, True),
    ("年底前", 12, 31, None, True),
    ("第一季度末", 3, 31, None, False),
]


@pytest.mark.parametrize(("text", "month", "day", "time", "bound"), DAYS, ids=[row[0] for row in DAYS])
def test_a_day_is_read_with_its_time_and_bound(text: str, month: int, day: int, time: str | None, bound: bool) -> None:
    word = only(text)
    assert (word.kind, word.month, word.days, word.time, word.bound) == ("day", month, (day,), time, bound)


# phrase, year as printed, year as said
YEARS = [
    ("2026年6月20日前", 2026, None),
    ("二〇二六年六月二十日", 2026, None),
    ("二○二六年六月二十日", 2026, None),
    ("2026-06-20", 2026, None),
    ("2026.6.20", 2026, None),
    ("2026/6/20前", 2026, None),
    ("明年6月20日前", None, "明年"),
    ("今年6月20日", None, "今年"),
    ("去年6月20日", None, "去年"),
    ("6月20日", None, None),
]


@pytest.mark.parametrize(("text", "year", "said"), YEARS, ids=[row[0] for row in YEARS])
def test_the_year_is_what_is_printed_or_how_it_is_said(text: str, year: int | None, said: str | None) -> None:
    word = only(text)
    assert (word.year, word.year_word, word.month, word.days) == (year, said, 6, (20,))


LISTS = [
    ("6月5、15日前", (6,), (5, 15)),
    ("6月5日、15日、25日前", (6,), (5, 15, 25)),
    ("6月5日和15日前", (6,), (5, 15)),
    ("6、8、10、12月3日前", (6, 8, 10, 12), (3,)),
    ("6月、8月和10月的3日前", (6, 8, 10), (3,)),
    ("7月、9月，每月28日前", (7, 9), (28,)),
]


@pytest.mark.parametrize(("text", "months", "days"), LISTS, ids=[row[0] for row in LISTS])
def test_a_list_of_days_is_one_word_with_them_all(text: str, months: tuple[int, ...], days: tuple[int, ...]) -> None:
    word = only(text)
    assert (word.months or (word.month,), word.days, word.bound) == (months, days, True)


def test_the_bound_behind_the_last_of_several_dates_holds_for_all() -> None:
    assert [(word.month, word.days, word.bound) for word in find_dates("5月30日、6月15日前")] == [
        (5, (30,), True),
        (6, (15,), True),
    ]


FUZZY = [
    ("6月上旬前", (6, 1), (6, 10)),
    ("6月中旬前", (6, 11), (6, 20)),
    ("11月中旬前", (11, 11), (11, 20)),
    ("6月下旬前", (6, 21), (6, 30)),
    ("6月初", (6, 1), (6, 10)),
    ("6月内", (6, 1), (6, 30)),
]


@pytest.mark.parametrize(("text", "earliest", "latest"), FUZZY, ids=[row[0] for row in FUZZY])
def test_a_fuzzy_day_says_between_which_days_it_lies(
    text: str, earliest: tuple[int, int], latest: tuple[int, int]
) -> None:
    word = only(text)
    assert (word.kind, word.earliest, word.latest) == ("fuzzy", earliest, latest)


RULES = [
    ("每周四12:00前", "FREQ=WEEKLY;BYDAY=TH;BYHOUR=12;BYMINUTE=0"),
    ("每周五前", "FREQ=WEEKLY;BYDAY=FR"),
    ("每周一、周四前", "FREQ=WEEKLY;BYDAY=MO,TH"),
    ("每周一至周五前", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
    ("每星期五下午4时前", "FREQ=WEEKLY;BYDAY=FR;BYHOUR=16;BYMINUTE=0"),
    ("每月底前", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("每月25日前", "FREQ=MONTHLY;BYMONTHDAY=25"),
    ("每月15日和30日前", "FREQ=MONTHLY;BYMONTHDAY=15,30"),
    ("每月最后一个工作日前", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
    ("每季度末月25日前", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=25"),
    ("每日16:00前", "FREQ=DAILY;BYHOUR=16;BYMINUTE=0"),
    ("每个工作日17时前", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=17;BYMINUTE=0"),
]


@pytest.mark.parametrize(("text", "rule"), RULES, ids=[row[0] for row in RULES])
def test_what_repeats_is_a_rule_of_rfc_5545(text: str, rule: str) -> None:
    word = only(text)
    assert (word.kind, word.rule, word.bound) == ("recurring", rule, True)


RELATIVE = [
    ("收文后3个工作日内", "收文", 3, "工作日"),
    ("活动结束后3日内", "活动结束", 3, "日"),
    ("活动结束后5个工作日内", "活动结束", 5, "工作日"),
    ("自收到通知之日起5个工作日内", "收到通知", 5, "工作日"),
    ("发现后1小时内", "发现", 1, "小时"),
    ("请于活动结束后一周内", "活动结束", 1, "周"),
    ("活动结束后两个月内", "活动结束", 2, "月"),
    ("会议召开前5日报送名单", "会议召开", -5, "日"),
]


@pytest.mark.parametrize(("text", "anchor", "count", "unit"), RELATIVE, ids=[row[0] for row in RELATIVE])
def test_what_hangs_on_an_act_names_the_act_and_the_distance(text: str, anchor: str, count: int, unit: str) -> None:
    word = only(text)
    assert (word.kind, word.anchor, word.count, word.unit) == ("relative", anchor, count, unit)


@pytest.mark.parametrize(("text", "anchor", "time"), [("当日15时", None, "15:00"), ("活动当日15时前", "活动", "15:00")])
def test_that_day_is_the_day_of_the_act_named_before_it(text: str, anchor: str | None, time: str) -> None:
    word = only(text)
    assert (word.kind, word.anchor, word.time) == ("that_day", anchor, time)


@pytest.mark.parametrize(
    "text",
    [
        *("13月5日", "6月32日", "0月5日", "2025年", "〔2025〕28号", "12345", "6.20版", "第24个", "12:00"),
        *("一、二、三", "1.2万人次", "2026年6月", "3日游", "附件6"),
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize("word", ["前往", "前期", "前言", "前身"])
def test_a_word_that_begins_with_before_is_no_bound(word: str) -> None:
    assert not only(f"6月20日{word}").bound


@given(st.dates(date(2001, 1, 1), date(2089, 12, 31)), st.integers(0, 6))
def test_every_spelling_of_a_day_is_that_day(day: date, spelling: int) -> None:
    said = [
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year} 年 {day.month:02} 月 {day.day:02} 日",
        f"{day.year}-{day.month:02}-{day.day:02}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{to_chinese(day.month)}月{to_chinese(day.day)}日",
        f"{day.year}年{day.month}月{day.day}号",
    ][spelling]
    word = only(f"请于{said}前报送。")
    assert (word.kind, word.bound) == ("day", True)
    assert resolve(word.year or 0, word.month or 0, word.days[0]) == day


@given(st.text("前日月年每周底6120一二十、和：:（）于报当后内工作 ", max_size=30))
def test_words_stand_in_order_apart_and_inside_the_text(text: str) -> None:
    at = 0
    for word in find_dates(text):
        assert at <= word.start < word.end <= len(text)
        assert not word.bound or word.end <= max(word.bounded_end, word.end) <= len(text)
        at = word.end


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        (2026, 2, 28, date(2026, 2, 28)),
        (2028, 2, 29, date(2028, 2, 29)),
        (2026, 2, 29, date(2026, 2, 28)),  # 2月29日前 in a common year is its last day
        (2026, 6, 31, date(2026, 6, 30)),
        (2026, 6, 32, None),
        (2026, 6, 0, None),
    ],
)
def test_a_day_past_the_end_of_its_month_is_the_last_one(
    year: int, month: int, day: int, expected: date | None
) -> None:
    assert resolve(year, month, day) == expected
