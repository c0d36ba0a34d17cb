"""Names of units: as they are kept, as they are compared, as they are found by initials."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pypinyin import Style, lazy_pinyin, pinyin

LONGEST = 120
_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇○"
_BLANK = re.compile(rf"(?<=[{_HAN}（）])\s+|\s+(?=[{_HAN}（）])")
HALF_WIDTH = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_WIDE = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F) if chr(full - 0xFEE0).isalnum()} | {0x3000: 0x20}
_BRACKETS = str.maketrans("()﹙﹚", "（）（）")
# Endings that most names share: read once, so that a nation's names are read in seconds.
_ENDING = re.compile(
    r"(?:社区)?居民委员会$|(?:社区)?居委会$|村民委员会$|村委会$|社区$|街道办事处$|街道$|人民政府$|有限责任公司$|股份有限公司$|有限公司$"
)


def tidy(written: str) -> str:
    """A name as it is kept: no blanks around or between Chinese characters, one blank between words, letters and digits half
    width, brackets full width, nothing invisible. Tidying twice is tidying once.
    """
    shown = "".join(c for c in written.translate(_WIDE) if unicodedata.category(c) not in ("Cf", "Co", "Cn", "Cs"))
    shown = re.sub(r"[\s\x00-\x1f\x7f-\x9f]+", " ", shown).strip()
    return _BLANK.sub("", shown.translate(_BRACKETS))


def key(name: str) -> str:
    """A name as it is compared: letters, digits and Chinese characters alone, small."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name)).casefold()


@lru_cache(maxsize=50_000)
def _letters(words: str) -> str:
    if not words:
        return ""
    if all(len(_first_letters(character)) == 1 for character in words):
        return "".join(next(iter(_first_letters(character))) for character in words)
    # Only where a character is read in several ways do the words around it matter (重庆 is cq, 重点 is zd).
    return "".join(lazy_pinyin(words, style=Style.FIRST_LETTER))


@lru_cache(maxsize=20_000)
def _first_letters(character: str) -> frozenset[str]:
    return frozenset(pinyin(character, style=Style.FIRST_LETTER, heteronym=True)[0])


def initials(name: str) -> str:
    """The first letter of each character's pinyin, small; letters and digits stay. 河北区 is hbq."""
    ending = _ENDING.search(name)
    cut = ending.start() if ending else len(name)
    letters = _letters(name[:cut]) + _letters(name[cut:])
    return re.sub(r"[^a-z0-9]", "", letters.lower())[:LONGEST]
