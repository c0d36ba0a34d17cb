"""Telephone numbers as offices write them."""

from __future__ import annotations

import re

_MOBILE = re.compile(r"1[3-9]\d{9}")
_FIXED = re.compile(r"(?:0\d{2,3}-?)?\d{7,8}(?:-\d{1,6})?")
_SHORT = re.compile(r"\d{4,6}")


def tidy(written: str) -> str:
    """Without blanks and brackets, full-width digits as digits, the country's prefix dropped."""
    plain = written.translate(str.maketrans("０１２３４５６７８９－（）＋", "0123456789-()+"))
    plain = re.sub(r"[\s　()·.]|(?<=\d)[—–－](?=\d)", lambda match: "-" if match[0] in "—–－" else "", plain)
    plain = re.sub(r"^(?:\+|00)86-?", "", plain)
    return plain.replace("-", "") if _MOBILE.fullmatch(plain.replace("-", "")) else plain


def is_mobile(number: str) -> bool:
    """Eleven digits of a mobile network."""
    return bool(_MOBILE.fullmatch(number))


def is_phone(number: str) -> bool:
    """A mobile number, a fixed line with or without area code and extension, or a short number of the house."""
    return is_mobile(number) or bool(_FIXED.fullmatch(number) or _SHORT.fullmatch(number))
