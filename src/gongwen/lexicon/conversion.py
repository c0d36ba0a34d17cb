"""A number in the unit that a form asks for, where people wrote another behind it: 5千元 for 万元, 3500公斤 for 吨."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from .measures import measure_at

POWERS = {
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
    "十亿": 1_000_000_000,
    "百亿": 10_000_000_000,
}
"""The words of size that stand before a measure or behind a number."""

_FAMILIES: tuple[dict[str, Fraction], ...] = (
    {"元": Fraction(1), "块": Fraction(1), "块钱": Fraction(1), "圆": Fraction(1), "元人民币": Fraction(1)},
    {
        "克": Fraction(1),
        "g": Fraction(1),
        "斤": Fraction(500),
        "市斤": Fraction(500),
        "公斤": Fraction(1000),
        "千克": Fraction(1000),
        "kg": Fraction(1000),
        "吨": Fraction(1_000_000),
        "t": Fraction(1_000_000),
    },
    {
        "毫米": Fraction(1, 1000),
        "mm": Fraction(1, 1000),
        "厘米": Fraction(1, 100),
        "cm": Fraction(1, 100),
        "米": Fraction(1),
        "m": Fraction(1),
        "公里": Fraction(1000),
        "千米": Fraction(1000),
        "km": Fraction(1000),
    },
    {
        "平方米": Fraction(1),
        "平米": Fraction(1),
        "平方": Fraction(1),
        "㎡": Fraction(1),
        "m2": Fraction(1),
        "m²": Fraction(1),
        "亩": Fraction(2000, 3),
        "公顷": Fraction(10_000),
        "平方公里": Fraction(1_000_000),
        "平方千米": Fraction(1_000_000),
        "km2": Fraction(1_000_000),
    },
    {
        "升": Fraction(1),
        "毫升": Fraction(1, 1000),
        "立方米": Fraction(1000),
        "立方": Fraction(1000),
        "m3": Fraction(1000),
        "方": Fraction(1000),
    },
    {"分钟": Fraction(1), "小时": Fraction(60), "个小时": Fraction(60)},
    {"瓦": Fraction(1), "千瓦": Fraction(1000), "kw": Fraction(1000), "兆瓦": Fraction(1_000_000)},
    {"千瓦时": Fraction(1), "kwh": Fraction(1), "度": Fraction(1)},
    {"‰": Fraction(1), "%": Fraction(10)},
)
_KNOWN = {name: (place, factor) for place, family in enumerate(_FAMILIES) for name, factor in family.items()}
_POWER = "|".join(sorted(POWERS, key=len, reverse=True))
_NAMED = re.compile(
    rf"(?:{_POWER})?(?:{'|'.join(sorted(map(re.escape, _KNOWN), key=len, reverse=True))})(?![A-Za-z0-9²])",
    re.IGNORECASE,
)
# Words that a short name begins but does not mean: 5方面, 3度假村.
_OTHER_WORD = re.compile(r"方[面案法式向便位针]|度[假过量]|块[状]|米粉|克[服隆]|瓦[斯房片]|升[级学旗降]|吨位|元[旦素]")
_SAME = (
    frozenset({"人", "名", "位", "人次", "人员"}),
    frozenset({"场", "场次", "次", "场/次", "期", "场(次)", "场（次）"}),
    frozenset({"条", "件", "个", "部", "篇", "项", "处"}),
    frozenset({"家", "户", "家次", "户次"}),
    frozenset({"张", "份", "幅", "册", "本"}),
)
"""Words of counting that people take for each other; none of them is another number."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit as a word of size and the measure itself: 万 and 元."""

    size: str
    base: str

    @property
    def power(self) -> int:
        """What the word of size is worth."""
        return POWERS.get(self.size, 1)

    def worth(self, other: Measure) -> Fraction | None:
        """How many of ``other`` one of this is; None where the two measure different things."""
        if self.base == other.base or any(self.base in same and other.base in same for same in _SAME):
            return Fraction(self.power, other.power)
        mine, theirs = _KNOWN.get(self.base.lower()), _KNOWN.get(other.base.lower())
        if mine is None or theirs is None or mine[0] != theirs[0]:
            return None
        return mine[1] * self.power / (theirs[1] * other.power)


def measure_of(unit: str) -> Measure:
    """A unit taken apart; 千克 and 千瓦 are measures of their own."""
    unit = unit.strip().replace("％", "%")
    if unit.lower() in _KNOWN:
        return Measure("", unit)
    match = re.match(rf"({_POWER})(?=.)", unit)
    return Measure(match.group(1), unit[match.end() :]) if match else Measure("", unit)


def unit_behind(rest: str) -> str | None:
    """The unit right behind a number, one that can be converted in brackets too: 吨, )公斤, （万元）."""
    rest = re.sub(r"^[余多]|^\+", "", rest.lstrip()).lstrip()
    opened = rest[:1] in "(（[【"
    inner = re.sub(r"^[()（）\[\]【】\s_]+", "", rest)
    named = _NAMED.match(inner)
    if named and not _OTHER_WORD.match(measure_of(named.group(0)).base + inner[named.end() : named.end() + 1]):
        closed = not opened or re.match(r"\s*[)）\]】]", inner[named.end() :])
        known = measure_at(inner)
        if closed and (known is None or len(known) <= len(named.group(0))):
            return named.group(0)
    return measure_at(rest)


def in_unit(value: int | float, size: str | None, rest: str, unit: str | None) -> tuple[int | float, str | None]:
    """A number in the field's own unit, and the doubt ``unit`` where another was written.

    ``value`` has the word of size behind it (``size``: 万 of 1.2万) counted in; ``rest`` is what stands behind both.
    A measure that is no relation of the field's is only pointed out.
    """
    if not unit:
        return value, None
    own, written = measure_of(unit), unit_behind(rest)
    if written is None:
        if size is None or own.power == 1:
            return value, None
        return _times(value, Fraction(1, own.power)), None if size == own.size else "unit"
    said = measure_of(written)
    worth = said.worth(own)
    if worth is None:
        return (_times(value, Fraction(1, own.power)) if size and size == own.size else value), "unit"
    # 1.2万 for 人次 and 5千克 for 公斤 are plain: the number, not another unit, is written short.
    same = own.power == 1 and not said.size and said.worth(Measure("", own.base)) == 1
    meant = worth * POWERS.get(size or "", 1) == 1 or (size == own.size and said.worth(Measure("", own.base)) == 1)
    return _times(value, worth), None if same or meant else "unit"


def _times(value: int | float, factor: Fraction) -> int | float:
    """A product without the dust of binary fractions."""
    exact = Fraction(str(value)) * factor
    return int(exact) if exact.denominator == 1 else round(float(exact), 6)
