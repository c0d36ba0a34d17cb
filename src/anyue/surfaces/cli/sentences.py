"""The library's own sentences in the person's language. It gives them in Chinese, with their code and details."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from gongwen.messages import CATALOGUE, say

from .language import language


def retold(code: str, message: str, details: Mapping[str, str]) -> str:
    """``message``, said anew from its code and details where the person reads English."""
    if language() == "zh":
        return message
    if code not in CATALOGUE:
        return again(message)
    try:
        chinese = say(code, "zh", **details)
        anew = say(code, "en", **{name: again(value) for name, value in details.items()})
    except (KeyError, IndexError):
        return message
    if message == chinese:
        return anew
    if message.endswith(chinese):  # the file stands before it
        return f"{message.removesuffix(chinese).rstrip('：')}: {anew}"
    return again(message)


def again(message: str) -> str:
    """A sentence of the library whose code is not known, in English; other words as they are."""
    return message if language() == "zh" or message.isascii() else _english(message)


@lru_cache(4096)
def _english(message: str) -> str:
    for chinese, english in CATALOGUE.values():
        if found := _pattern(chinese).fullmatch(message.rstrip("。")):
            reason, _, advice = english.format(**found.groupdict()).partition("|")
            return f"{reason}. {advice[:1].upper()}{advice[1:]}" if advice else reason
    return message


@cache
def _pattern(sentence: str) -> re.Pattern[str]:
    """What the sentence looks like with its details filled in."""
    seen: set[str] = set()

    def blank(found: re.Match[str]) -> str:
        name = found[1]
        if name in seen:
            return f"(?P={name})"
        seen.add(name)
        return f"(?P<{name}>.+?)"

    return re.compile(re.sub(r"\\\{(\w+)\\\}", blank, re.escape(sentence.replace("|", "。"))))
