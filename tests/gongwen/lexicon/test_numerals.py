"""Chinese numbers there and back, and list numbers as Word prints them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gongwen.lexicon.numerals import format_number, from_chinese, half_width, to_chinese

NUMBERS = st.integers(0, 99_999_999)


@given(NUMBERS)
@example(0)
@example(10)
@example(10_010_000)
@example(99_999_999)
def test_a_number_said_in_chinese_is_that_number(number: int) -> None:
    assert from_chinese(to_chinese(number)) == number


@given(NUMBERS)
def test_what_is_said_holds_only_chinese_digits_and_no_zero_at_its_end(number: int) -> None:
    said = to_chinese(number)
    assert set(said) <= set("零一二三四五六七八九十百千万")
    assert "零零" not in said
    assert said == "零" or not said.endswith("零")


@given(NUMBERS)
def test_the_financial_digits_say_the_same(number: int) -> None:
    financial = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
    assert from_chinese(to_chinese(number).translate(financial)) == number


@given(st.text("〇一二三四五六七八九", min_size=1, max_size=8))
def test_digits_said_one_by_one_are_the_number_they_spell(text: str) -> None:
    assert from_chinese(text) == int("".join(str("〇一二三四五六七八九".index(digit)) for digit in text))


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("十二", 12),
        ("二十", 20),
        ("一百二十", 120),
        ("一百零二", 102),
        ("一百二", 120),
        ("两百", 200),
        ("两万五", 25_000),
        ("一千零五十", 1050),
        ("一万零三", 10_003),
        ("一二〇", 120),
        ("二〇二五", 2025),
        ("一亿二千万", 120_000_000),
        ("廿五", 25),
    ],
)
def test_numbers_as_people_say_them(said: str, number: int) -> None:
    assert from_chinese(said) == number


@pytest.mark.parametrize("text", ["", "甲", "十二个", "12"])
def test_what_is_no_chinese_number_gives_none(text: str) -> None:
    assert from_chinese(text) is None


@pytest.mark.parametrize(
    ("style", "number", "printed"),
    [
        ("decimal", 3, "3"),
        ("chineseCounting", 3, "三"),
        ("chineseCounting", 12, "十二"),
        ("chineseCountingThousand", 105, "一百零五"),
        ("japaneseCounting", 21, "二十一"),
        ("chineseLegalSimplified", 23, "贰拾叁"),
        ("decimalEnclosedCircle", 1, "①"),
        ("decimalEnclosedCircleChinese", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "21"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalZero", 7, "07"),
        ("upperLetter", 1, "A"),
        ("upperLetter", 27, "AA"),
        ("lowerLetter", 2, "b"),
        ("upperRoman", 4, "IV"),
        ("lowerRoman", 9, "ix"),
        ("ideographTraditional", 1, "甲"),
        ("ideographZodiac", 12, "亥"),
        ("a style of some later edition", 5, "5"),
    ],
)
def test_a_list_number_is_printed_as_word_prints_it(style: str, number: int, printed: str) -> None:
    assert format_number(number, style) == printed


def test_full_width_letters_digits_and_brackets_are_folded() -> None:
    assert half_width("（１２Ａ）　") == "(12A) "
