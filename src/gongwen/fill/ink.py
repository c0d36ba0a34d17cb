"""Values as they are printed, how wide they are, and how they sit in a blank."""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from ..collection import NOT_APPLICABLE, Scalar
from .xmltext import clean

SPACES = " \t\u3000\xa0\u2002\u2003\u2009\u200b"
_WIDTHS = {"\u2003": 1.0, "\u2002": 0.5, "\u2009": 0.2, "\u200b": 0.0, "\t": 2.0}
_ISO = re.compile(
    r"\s*(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ](?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2}\S*)?)?\s*$"
)
_LOOSE = re.compile(
    r"\s*(?:(?P<year>\d{4})\s*[年./-])?\s*(?P<month>\d{1,2})\s*[月./-]\s*(?:(?P<day>\d{1,2})\s*日?)?\s*(?:(?P<hour>\d{1,2})[时:](?P<minute>\d{1,2})?分?)?\s*$"
)


class Day(NamedTuple):
    """The parts of a date or time, each as printed; None where the value does not say."""

    year: str | None
    month: str | None
    day: str | None
    hour: str | None = None
    minute: str | None = None


def printed(value: Scalar) -> str:
    """A value as it stands in a form: numbers plainly, ``n/a`` as a stroke, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        text = format(Decimal(repr(value)), "f")
        return re.sub(r"\.?0+$", "", text) if "." in text else text
    return "/" if value == NOT_APPLICABLE else clean(value).strip("\n")


def day_of(value: Scalar) -> Day | None:
    """The parts of a date: ISO, or as people write it; None where the value is something else."""
    match = _ISO.match(str(value)) or _LOOSE.match(str(value)) if value is not None else None
    if match is None:
        return None
    parts = {name: str(int(text)) if text else None for name, text in match.groupdict().items()}
    minute = parts["minute"]
    return Day(parts["year"], parts["month"], parts["day"], parts["hour"], minute.zfill(2) if minute else None)


def day_printed(value: Scalar, pattern: str = "yyyy年M月d日") -> str:
    """A date in a format of Word (``yyyy年M月d日``), anything else as it is."""
    day = day_of(value)
    if day is None or day.year is None or day.month is None or day.day is None:
        return printed(value)
    if not re.search("[yMd]", pattern) or re.search("[EeAaO]|ddd|MMM", pattern):
        pattern = "yyyy年M月d日"
    if day.hour is not None and not re.search("[hH]", pattern):
        pattern += " HH:mm" if "-" in pattern or "/" in pattern else "H时m分"
    words = {
        "yyyy": day.year, "yy": day.year[-2:], "MM": day.month.zfill(2), "M": day.month, "dd": day.day.zfill(2), "d": day.day,
        "HH": (day.hour or "0").zfill(2), "H": day.hour or "0", "hh": (day.hour or "0").zfill(2), "h": day.hour or "0",
        "mm": day.minute or "00", "m": str(int(day.minute or "0")), "ss": "00", "s": "0",
    }  # fmt: skip
    return re.sub("|".join(words), lambda match: words[match.group(0)], pattern.replace("'", ""))


def width(text: str, space: float = 0.5) -> float:
    """How wide text is in characters (em); ``space`` is the width of a blank in the font at hand."""
    total = 0.0
    for char in text:
        if char in " \xa0":
            total += space
        elif char in _WIDTHS:
            total += _WIDTHS[char]
        else:
            total += 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5
    return total


class Fit(NamedTuple):
    """``keep_left`` and ``keep_right`` characters of the blank stay; ``before`` and ``after`` are new padding."""

    keep_left: int
    keep_right: int
    before: str = ""
    after: str = ""


def fit(blank: str, value: str, *, space: float = 0.5, left: bool = False, debt: float = 0.0) -> Fit:
    """How a value sits in a blank so that the blank keeps its width where it can.

    In the middle, or at the ``left`` edge; ``debt`` is how much the line has grown already. A value too long takes all.
    """
    room = width(blank, space) - width(value.split("\n", 1)[0], space) - debt
    if room <= 0:
        return Fit(0, 0)
    wanted = 0.0 if left else room / 2
    keep_left = 0
    while keep_left < len(blank) and width(blank[: keep_left + 1], space) <= wanted + 0.01:
        keep_left += 1
    used = width(blank[:keep_left], space)
    thin = blank.strip("\u3000\u2003") == "" and "\u3000" in blank
    before = " " * int((wanted - used) / space + 0.01) if thin and not left else ""
    rest = room - used - len(before) * space
    keep_right = 0
    while keep_left + keep_right < len(blank) and width(blank[len(blank) - keep_right - 1 :], space) <= rest + 0.01:
        keep_right += 1
    rest -= width(blank[len(blank) - keep_right :], space) if keep_right else 0
    after = " " * int(rest / space + 0.01) if thin else ""
    return Fit(keep_left, keep_right, before, after)
