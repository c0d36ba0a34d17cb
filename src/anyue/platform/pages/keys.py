"""Keys of rows as a request brings them: text that anybody may have written."""

from __future__ import annotations

from collections.abc import Iterable

_LONGEST = 18  # digits that every database takes for a key


def key_of(text: str) -> int | None:
    """The key that ``text`` is; None for anything else (``²`` is a digit to Python and no number to anybody)."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST else None


def keys_of(texts: Iterable[str]) -> list[int]:
    """The keys among ``texts``, in their order; what is none is left out."""
    return [key for text in texts if (key := key_of(text)) is not None]
