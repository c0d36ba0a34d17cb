"""The unified social credit code (统一社会信用代码), GB 32100-2015: 17 characters and a check character."""

from __future__ import annotations

import re

from . import names

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
_WEIGHTS = tuple(pow(3, place, 31) for place in range(LENGTH - 1))


def tidy(written: str) -> str:
    """As people write it: small letters, full-width characters, blanks and dashes."""
    return re.sub(r"[\s-]+", "", written.translate(names.HALF_WIDTH)).upper()


def check_character(first: str) -> str:
    """The 18th character for the first 17. Raises ``ValueError`` for a character outside the alphabet (I, O, S, V, Z)."""
    total = sum(weight * ALPHABET.index(character) for weight, character in zip(_WEIGHTS, first, strict=True))
    return ALPHABET[-total % 31]


def is_uscc(code: str) -> bool:
    """18 characters of the alphabet whose last one is the check character."""
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        return False
    return code[2:8].isdigit() and check_character(code[:-1]) == code[-1]
