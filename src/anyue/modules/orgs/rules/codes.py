"""The 12-digit statistical code of an area (统计用区划代码): 2 province, 2 prefecture, 2 county, 3 township, 3 village.

Levels that are not given are zeros. Ranges after GB/T 2260, GB/T 10114-2003 and the bureau's own tables: townships 001–099
streets, 100–199 towns, 200–399 townships, 400–599 units like them (development zones, farms); villages 001–199 residents'
committees, 200–399 villagers' committees, 400–599 units like them. Counties 71–80 are functional areas (development
zones) that the civil administration does not know. A prefecture without counties (Dongguan) has its townships right below it.
"""

from __future__ import annotations

import re
from enum import IntEnum

from . import names

LENGTH = 12
_PROVINCES = frozenset("11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46".split()) | frozenset(
    "50 51 52 53 54 61 62 63 64 65 71 81 82".split()
)
_SHORT = {2, 4, 6, 9}
_ENDS = (2, 4, 6, 9, 12)


class Level(IntEnum):
    """How far a code goes: the index of its last part that is not zero."""

    PROVINCE = 0
    PREFECTURE = 1
    COUNTY = 2
    TOWNSHIP = 3
    COMMUNITY = 4


class Fault(Exception):
    """What is wrong with a code: ``reason`` is one of length, province, gap, township, village."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def tidy(written: str) -> str:
    """A code as people and workbooks write it: full-width digits, blanks, a trailing ``.0``, the short forms of 2, 4, 6 and 9 digits.

    What is no such code comes back without blanks and otherwise as it was.
    """
    found = re.sub(r"\s+", "", written.translate(names.HALF_WIDTH))
    found = re.sub(r"(?<=\d)\.0+$", "", found)
    if found.isascii() and found.isdigit() and len(found) in _SHORT and found[:2] in _PROVINCES:
        return found.ljust(LENGTH, "0")
    return found


def check(code: str) -> None:
    """Raise ``Fault`` unless ``code`` is a statistical code of 12 digits."""
    if len(code) != LENGTH or not (code.isascii() and code.isdigit()):
        raise Fault("length")
    if code[:2] not in _PROVINCES:
        raise Fault("province")
    prefecture, county, township, village = code[2:4], code[4:6], code[6:9], code[9:12]
    below = county + township + village
    if (prefecture == "00" and below.strip("0")) or (township == "000" and village != "000"):
        raise Fault("gap")
    if int(township) > 599:
        raise Fault("township")
    if int(village) > 599:
        raise Fault("village")


def is_code(code: str) -> bool:
    """``code`` is a statistical code of 12 digits."""
    try:
        check(code)
    except Fault:
        return False
    return True


def level(code: str) -> Level:
    """How far a code that ``check`` lets pass goes."""
    parts = (code[2:4], code[4:6], code[6:9], code[9:12])
    return Level(max((number for number, part in enumerate(parts, 1) if part.strip("0")), default=0))


def ancestors(code: str) -> list[str]:
    """The codes of the areas that ``code`` lies in, nearest first. One that repeats another (no county) is named once."""
    found: list[str] = []
    for end in reversed(_ENDS[: level(code)]):
        above = code[:end].ljust(LENGTH, "0")
        if above != code and above not in found:
            found.append(above)
    return found


def parent(code: str) -> str | None:
    """The code of the area right above; None for a province."""
    return next(iter(ancestors(code)), None)


def is_functional(code: str) -> bool:
    """A development zone or the like, which the statistics know and the civil administration does not."""
    if level(code) is Level.COUNTY:
        return 71 <= int(code[4:6]) <= 80
    return level(code) is Level.TOWNSHIP and 400 <= int(code[6:9]) <= 599
