"""The ways people write a number into a bracket. Each returns None where it does not suit the number."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

Spelling = Callable[[int, str, Random], str | None]
"""number, measure word of the blank, dice -> what is written"""

FULLWIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """120 -> 一百二十. Up to 99,999,999."""
    if number == 0:
        return "零"
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        gap = "零" if 0 < low < 1000 else ""
        return chinese(high) + "万" + gap + (chinese(low) if low else "")
    said = ""
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, power)
        if digit:
            said += DIGITS[digit] + name
        elif said and number and not said.endswith("零"):
            said += "零"
    return said.removeprefix("一") if said.startswith("一十") else said


def digits(number: int, unit: str, dice: Random) -> str | None:
    return str(number)


def fullwidth_digits(number: int, unit: str, dice: Random) -> str | None:
    return str(number).translate(FULLWIDTH)


def chinese_numeral(number: int, unit: str, dice: Random) -> str | None:
    return chinese(number) if number else None


def chinese_numeral_with_two(number: int, unit: str, dice: Random) -> str | None:
    """200 -> 两百."""
    said = chinese(number)
    return said.replace("二百", "两百").replace("二千", "两千") if number >= 100 else None


def thousands_comma(number: int, unit: str, dice: Random) -> str | None:
    return f"{number:,}" if number >= 1000 else None


def thousands_space(number: int, unit: str, dice: Random) -> str | None:
    return f"{number:,}".replace(",", " ") if number >= 1000 else None


def in_ten_thousands(number: int, unit: str, dice: Random) -> str | None:
    """12000 -> 1.2万."""
    if number < 10_000 or number % 100:
        return None
    return f"{number / 10_000:.2f}".rstrip("0").rstrip(".") + "万"


def unit_repeated(number: int, unit: str, dice: Random) -> str | None:
    """3 -> 3场, inside the bracket that 场 already follows."""
    return f"{number}{unit.removesuffix('/次')}" if unit else None


def zero_as_word(number: int, unit: str, dice: Random) -> str | None:
    return dice.choice(["无", "零", "０"]) if number == 0 else None


ODD_SPELLINGS: tuple[Spelling, ...] = (
    fullwidth_digits,
    chinese_numeral,
    chinese_numeral_with_two,
    thousands_comma,
    thousands_space,
    in_ten_thousands,
    unit_repeated,
    zero_as_word,
)

NOT_APPLICABLE = ("/", "—", "不涉及", "——", "／")
NO_NUMBER = ("若干", "较多", "多", "数十", "部分", "待统计")


def approximate(number: int, dice: Random) -> tuple[int, str]:
    """A rounded number and the words for it: 200, 200余."""
    step = 100 if number >= 300 else 10
    rounded = max(step, round(number / step) * step)
    words = dice.choice(["约{}", "{}余", "{}+", "约{}余", "近{}", "{}多", "{}左右", "大约{}"])
    return rounded, words.format(rounded)
