"""Numbers as people write them in Chinese documents, read and printed."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = "零一二三四五六七八九"
_VALUE = {**{c: i for i, c in enumerate(_DIGITS)}, "〇": 0, "○": 0, "两": 2, "俩": 2}
_FINANCIAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_SCALE = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10_000, "萬": 10_000, "亿": 100_000_000}
CHINESE_NUMBER = "[零〇○一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟]+"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def to_chinese(number: int) -> str:
    """一百二十 for 120; below zero or from 100 million on the plain digits."""
    if not 0 <= number < 100_000_000:
        return str(number)
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        return to_chinese(high) + "万" + (("零" if low < 1000 else "") + to_chinese(low) if low else "")
    text, pending = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if pending and text else "") + _DIGITS[digit] + name
            pending = False
        elif text:
            pending = True
    if text.startswith("一十"):
        text = text[1:]
    return text or "零"


def from_chinese(text: str) -> int | None:
    """120 for 一百二十, 一二〇 or 壹佰贰拾; None where it is no number."""
    text = text.translate(_FINANCIAL).replace("廿", "二十").replace("卅", "三十")
    if not text:
        return None
    if all(c in _VALUE and _VALUE[c] < 10 for c in text):
        return int("".join(str(_VALUE[c]) for c in text))
    total = section = digit = 0
    last_scale = 0
    for c in text:
        if c in _VALUE:
            digit = _VALUE[c]
            if digit == 0:
                last_scale = 0
        elif c in _SCALE:
            section += (digit or 1) * _SCALE[c]
            digit, last_scale = 0, _SCALE[c]
        elif c in _BIG:
            section += digit
            if c == "亿":
                total = (total + section) * _BIG[c]
            else:
                total += (section or 1) * _BIG[c]
            section = digit = 0
            last_scale = _BIG[c]
        else:
            return None
    if digit and last_scale >= 100:  # 一百二 is 120, 两万五 is 25,000
        digit *= last_scale // 10
    return total + section + digit


def half_width(text: str) -> str:
    """Compatibility forms folded: １２ to 12, （ to (, full-width blank to a blank. Length may change for ligatures only."""
    return unicodedata.normalize("NFKC", text)


def format_number(number: int, style: str) -> str:
    """A list number in one of WordprocessingML's ``ST_NumberFormat`` (ECMA-376 17.18.59); decimal where unknown."""
    if style in (
        "chineseCounting",
        "chineseCountingThousand",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "japaneseCounting",
        "ideographDigital",
        "japaneseDigitalTenThousand",
        "taiwaneseDigital",
        "koreanDigital",
    ):
        return to_chinese(number)
    if style in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return to_chinese(number).translate(str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟"))
    if (
        style in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese", "decimalEnclosedCircleChi")
        and 1 <= number <= 20
    ):
        return _CIRCLED[number - 1]
    if style in ("decimalFullWidth", "decimalFullWidth2"):
        return str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    if style == "decimalZero":
        return f"{number:02d}"
    if style in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else "0"
        return letter if style == "upperLetter" else letter.lower()
    if style in ("upperRoman", "lowerRoman"):
        return _roman(number) if style == "upperRoman" else _roman(number).lower()
    if style in ("ideographTraditional", "ideographZodiac"):
        wheel = _STEMS if style == "ideographTraditional" else _BRANCHES
        return wheel[(number - 1) % len(wheel)]
    return str(number)


def _roman(number: int) -> str:
    text = ""
    for value, letters in (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while number >= value:
            text, number = text + letters, number - value
    return text


CIRCLED = {c: i + 1 for i, c in enumerate(_CIRCLED)}
ARABIC = re.compile(r"[0-9０-９]+")


_KEPT = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code) not in "：；（），＜＞［］"}


def half_width_keep(text: str) -> str:
    """Full-width digits and letters to half width, one character for one; punctuation stays."""
    return text.translate(_KEPT)
