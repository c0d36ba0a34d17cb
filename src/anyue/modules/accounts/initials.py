"""The pinyin initials of a name, for search: 王小明 is found by wxm."""

from __future__ import annotations

from pypinyin import Style, lazy_pinyin


def initials_of(name: str) -> str:
    """Lower-case initials of the Chinese characters; letters and digits as they are, nothing else. At most 40."""
    parts = lazy_pinyin(name, style=Style.FIRST_LETTER)
    return "".join(letter for part in parts for letter in part.lower() if letter.isascii() and letter.isalnum())[:40]
