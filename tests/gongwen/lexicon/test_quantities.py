"""Numbers as people write them into a form: what was meant, and what is doubtful about it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.lexicon.numerals import to_chinese
from gongwen.lexicon.quantities import NOT_APPLICABLE, read_quantity

PLAIN = [
    # the contract's list
    ("12", "场", 12),
    ("１２", "场", 12),
    ("1,200", "人次", 1200),
    ("1 200", "人次", 1200),
    ("十二", "场", 12),
    ("一百二十", "人次", 120),
    ("1.2万", "人次", 12_000),
    ("3场", "场", 3),
    # and more of the kind
    ("1，200", "人次", 1200),
    ("１，２００", "人次", 1200),
    ("12,345,678", "次", 12_345_678),
    (" 12 ", "场", 12),
    ("（12）", "场", 12),
    ("__12__", "场", 12),
    ("12。", "场", 12),
    ("12场次", "场", 12),
    ("三场", "场", 3),
    ("两", "场", 2),
    ("两百", "人次", 200),
    ("两万五", "人次", 25_000),
    ("200人", "人次", 200),
    ("共200", "人次", 200),
    ("2千", "人次", 2000),
    ("3万", "次", 30_000),
    ("12（含联合开展2场）", "场", 12),
    ("1.2", "万人次", 1.2),
]


@pytest.mark.parametrize(("written", "unit", "value"), PLAIN, ids=[row[0] for row in PLAIN])
def test_a_plain_number_is_read_without_a_doubt(written: str, unit: str, value: float) -> None:
    quantity = read_quantity(written, unit, decimal=unit.startswith("万"))
    assert (quantity.value, quantity.doubt) == (value, None)


@pytest.mark.parametrize("written", ["0", "０", "零", "无", "没有", "无。", "0场", "未开展", "暂无"])
def test_none_is_zero(written: str) -> None:
    assert read_quantity(written, "场") == read_quantity("0", "场")
    assert read_quantity(written, "场").value == 0


@pytest.mark.parametrize("written", ["/", "／", "—", "——", "-", "不涉及", "不适用", "N/A", "（/）"])
def test_not_applicable_is_no_number(written: str) -> None:
    quantity = read_quantity(written, "场")
    assert (quantity.value, quantity.doubt) == (NOT_APPLICABLE, None)


@pytest.mark.parametrize("written", ["", "   ", "　", "（　　）", "____", "( )"])
def test_nothing_is_nothing(written: str) -> None:
    quantity = read_quantity(written, "场")
    assert (quantity.value, quantity.doubt) == (None, None)


DOUBTFUL = [
    ("约200", "人次", 200, "approximate"),
    ("200余", "人次", 200, "approximate"),
    ("200+", "人次", 200, "approximate"),
    ("200余人次", "人次", 200, "approximate"),
    ("近200", "人次", 200, "approximate"),
    ("200左右", "人次", 200, "approximate"),
    ("200多", "人次", 200, "approximate"),
    ("3万余", "人次", 30_000, "approximate"),
    ("二十余", "场", 20, "approximate"),
    ("不少于5", "场", 5, "approximate"),
    ("12?", "场", 12, "approximate"),
    ("若干", "场", None, "words"),
    ("较多", "场", None, "words"),
    ("数十", "人次", None, "words"),
    ("几百", "人次", None, "words"),
    ("待统计", "人次", None, "words"),
    ("详见附件", "场", None, "words"),
    ("3-5", "场", 3, "range"),
    ("3～5", "场", 3, "range"),
    ("2+3=5", "场", 5, "several"),
    ("2+3", "场", 5, "several"),
    ("20 0", "人次", 20, "several"),
    ("12.5", "场", 12.5, "fraction"),
    ("-3", "场", -3, "negative"),
    ("500元", "万元", 0.05, "unit"),
    ("12000人次", "万人次", 1.2, "unit"),
    ("5千元", "万元", 0.5, "unit"),
    ("（5千元）", "万元", 0.5, "unit"),
    ("5千", "万元", 0.5, "unit"),
    ("2百万元", "万元", 200, "unit"),
    ("3亿元", "万元", 30_000, "unit"),
    ("1万5千元", "万元", 1.5, "unit"),
    ("一万五千元", "万元", 1.5, "unit"),
    ("5000（元）", "万元", 0.5, "unit"),
    ("5千余元", "万元", 0.5, "approximate"),
    ("5头", "只", 5, "unit"),
]


@pytest.mark.parametrize(("written", "unit", "value", "doubt"), DOUBTFUL, ids=[row[0] for row in DOUBTFUL])
def test_what_is_unclear_is_read_and_flagged(written: str, unit: str, value: float | None, doubt: str) -> None:
    quantity = read_quantity(written, unit, decimal=unit.startswith("万"))
    assert (quantity.value, quantity.doubt) == (value, doubt)


@pytest.mark.parametrize(
    ("written", "unit", "value"),
    [
        ("3500公斤", "吨", 3.5),
        ("3500 公斤", "吨", 3.5),
        ("3500kg", "吨", 3.5),
        ("2吨", "公斤", 2000),
        ("6斤", "公斤", 3),
        ("500克", "千克", 0.5),
        ("1.5亩", "平方米", 1000),
        ("1000㎡", "亩", 1.5),
        ("3公里", "米", 3000),
        ("90分钟", "小时", 1.5),
        ("5‰", "%", 0.5),
        ("5万公斤", "万吨", 0.005),
    ],
)
def test_a_measure_of_the_same_kind_is_converted_and_flagged(written: str, unit: str, value: float) -> None:
    quantity = read_quantity(written, unit, decimal=True)
    assert (quantity.value, quantity.doubt) == (value, "unit")


@pytest.mark.parametrize(
    ("written", "unit", "value"),
    [
        ("1.2万元", "万元", 1.2),
        ("1.5万元", "元", 15_000),
        ("1万5千元", "元", 15_000),
        ("5千克", "公斤", 5),
        ("5kg", "千克", 5),
        ("5千瓦", "千瓦", 5),
        ("3千米", "米", 3000),
        ("80㎡", "平方米", 80),
        ("5（万元）", "万元", 5),
        ("12（含联合开展2场）", "场", 12),
    ],
)
def test_the_same_measure_in_other_words_is_plain(written: str, unit: str, value: float) -> None:
    quantity = read_quantity(written, unit, decimal=True)
    assert (quantity.value, quantity.doubt) == (value, None)


@given(st.integers(1, 10**6), st.sampled_from([("千元", 1000), ("元", 1), ("百万元", 10**6), ("亿元", 10**8)]))
def test_money_is_the_same_sum_in_every_unit(number: int, said: tuple[str, int]) -> None:
    quantity = read_quantity(f"{number}{said[0]}", "万元", decimal=True)
    assert quantity.value == pytest.approx(number * said[1] / 10_000)
    assert quantity.doubt == "unit"


@pytest.mark.parametrize("written", ["1,2", "1234,567", "1,23,456", "12 34"])
def test_a_comma_or_blank_in_an_odd_place_is_never_passed_over_in_silence(written: str) -> None:
    assert read_quantity(written, "人次").doubt is not None


@given(st.integers(0, 99_999_999), st.sampled_from(["场", "人次", "条", None]), st.integers(0, 5))
def test_every_way_of_writing_a_number_gives_it_back(number: int, unit: str | None, way: int) -> None:
    written = [
        str(number),
        f"{number:,}",
        f"{number:,}".replace(",", " "),
        str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        to_chinese(number),
        f"（ {number}{unit or ''} ）",
    ][way]
    quantity = read_quantity(written, unit)
    assert (quantity.value, quantity.doubt) == (number, None)


@given(st.integers(1, 99_999), st.sampled_from(["约{}", "{}余", "{}+", "近{}", "{}多", "{}左右", "大约{}"]))
def test_an_approximate_number_keeps_its_value_and_says_so(number: int, way: str) -> None:
    quantity = read_quantity(way.format(number), "人次")
    assert (quantity.value, quantity.doubt) == (number, "approximate")


@given(st.text("0123456789,，. 万千百十一二约余+-/（）场人次无", max_size=12))
def test_nothing_that_is_written_ends_in_an_error(written: str) -> None:
    quantity = read_quantity(written, "场")
    assert quantity.value is None or isinstance(quantity.value, int | float | str)


@given(st.text("0123456789", min_size=1, max_size=6), st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=4))
def test_a_number_in_foreign_words_is_never_taken_for_zero(digits: str, words: str) -> None:
    quantity = read_quantity(words + digits, "场")
    assert quantity.value in (int(digits), None)


@pytest.mark.parametrize(
    ("written", "unit", "value", "doubt"),
    [
        ("男70人，女50人", "人次", 70, "several"),
        ("线上1场，线下2场", "场", 1, "several"),
        ("12场，其中线上2场", "场", 12, None),
        ("60人次（含线上观看20人次）", "人次", 60, None),
        ("①3", "场", 3, None),
        ("②120", "人次", 120, None),
        ("十几", "场", 10, "approximate"),
        ("≥100", "人次", 100, "approximate"),
        ("3k", "份", 3, "words"),
        ("l2", "人次", 2, "words"),
    ],
)
def test_what_a_hurried_hand_writes(written: str, unit: str, value: int, doubt: str | None) -> None:
    read = read_quantity(written, unit)
    assert (read.value, read.doubt) == (value, doubt)
