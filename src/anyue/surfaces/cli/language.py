"""Which language the person reads, and the sentence in it."""

from __future__ import annotations

import os
from typing import Literal

from .catalogue import CATALOGUE

Language = Literal["zh", "en"]


def language() -> Language:
    """Chinese where ``ANYUE_LANG`` or else the locale says zh, English otherwise. The first that is set decides."""
    for name in ("ANYUE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def text(key: str, **details: object) -> str:
    """The sentence of ``key``, its details filled in by name."""
    sentence = CATALOGUE[key][0 if language() == "zh" else 1]
    return sentence.format(**details) if details else sentence


def listed(items: list[str]) -> str:
    """Several names in one cell."""
    return ("、" if language() == "zh" else ", ").join(items)


def translated(key: str | None) -> str | None:
    """The sentence where ``key`` is one, else the words themselves."""
    return text(key) if key in CATALOGUE else key
