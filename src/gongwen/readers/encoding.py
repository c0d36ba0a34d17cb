"""Bytes of a text file to characters: UTF-8, GB18030 and UTF-16, with a mark or without."""

from __future__ import annotations

import codecs
import re
from functools import cache

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 20_000
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffe\uffff]")
_ORDINARY = 0.7
"""The least share of ordinary characters in a text that is no valid UTF-8."""


def decode(data: bytes) -> str | None:
    """The text of ``data`` without its mark, or None where it is no text: noise, control characters, NUL.

    A file cut in the middle of its last character is read without it.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _sound(_strict(data[len(mark) :], name))
    if b"\0" in data[:_SAMPLE]:
        return _sound(_best(data, ("utf-16-le", "utf-16-be")))
    text = _strict(data, "utf-8")
    return _sound(text if text is not None else _best(data, ("gb18030", "utf-16-le", "utf-16-be")))


def _strict(data: bytes, name: str) -> str | None:
    """Decoded, or None; an unfinished last character is dropped."""
    try:
        return codecs.getincrementaldecoder(name)("strict").decode(data)
    except UnicodeDecodeError:
        return None


def _best(data: bytes, names: tuple[str, ...]) -> str | None:
    """The decoding with the most ordinary characters, if it has enough of them."""
    candidates = [(ordinary(text[:_SAMPLE]), text) for name in names if (text := _strict(data, name)) is not None]
    share, text = max(candidates, key=lambda item: item[0], default=(0.0, ""))
    return text if share >= _ORDINARY else None


def _sound(text: str | None) -> str | None:
    """The text, unless it holds NUL or more than a trace of control characters."""
    if text is None or "\0" in text:
        return None
    head = text[:_SAMPLE]
    return None if len(_CONTROL.findall(head)) > len(head) // 200 else text


def ordinary(text: str) -> float:
    """The share of characters that ordinary Chinese office text is made of (GB2312 level 1, ASCII, punctuation)."""
    known = _ordinary_characters()
    return sum(character in known for character in text) / len(text) if text else 0.0


@cache
def _ordinary_characters() -> frozenset[str]:
    level_one = bytes(byte for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF) for byte in (high, low))
    marks = bytes(byte for high in range(0xA1, 0xA4) for low in range(0xA1, 0xFF) for byte in (high, low))
    ascii_ = "".join(map(chr, range(32, 127))) + "\t\r\n\f"
    return frozenset(
        level_one.decode("gb2312", "ignore") + marks.decode("gb2312", "ignore") + ascii_ + "—–·•²³㎡□☐☑✓√\u3000\xa0"
    )
