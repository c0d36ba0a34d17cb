"""Where words stand that the compiler read without keeping their address: title, number, signature, contacts.

Blanks and the width of brackets and digits do not count, and words may run on from one paragraph into the next, as a title
set in two lines does.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import UNSET
from msgspec.structs import replace

from ..model import Document
from ..spec import Evidence
from .addresses import Place, places

_BRACKETS = str.maketrans("([【", "〔〔〔") | str.maketrans(")]】", "〕〕〕")


class Finder:
    """The characters of all documents in one row, each with its address."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._places: list[tuple[int, Place]] = [
            (source, place) for source, document in enumerate(documents) for place in places(document)
        ]
        self._where: list[tuple[int, int]] = []
        letters: list[str] = []
        for number, (_, place) in enumerate(self._places):
            for at, letter in enumerate(place.paragraph.text):
                folded = _folded(letter)
                if folded:
                    letters.append(folded)
                    self._where.append((number, at))
        self._text = "".join(letters)

    def first(self, *wordings: str) -> Evidence | None:
        """The first place of the first of these wordings that stands anywhere."""
        return next((self._evidence(*found) for words in wordings for found in self._all(words)), None)

    def last(self, *wordings: str) -> Evidence | None:
        """The last place of the first of these wordings that stands anywhere."""
        return next((self._evidence(*found[-1]) for words in wordings if (found := list(self._all(words)))), None)

    def alone(self, *wordings: str) -> Evidence | None:
        """Where one of these wordings is a paragraph by itself, as in a signature; else the first place of any."""
        for words in wordings:
            for start, end in self._all(words):
                if self._is_alone(start, end):
                    return self._evidence(start, end)
        return self.first(*wordings)

    def _all(self, words: str) -> Iterator[tuple[int, int]]:
        wanted = "".join(_folded(letter) for letter in words)
        at = self._text.find(wanted) if wanted else -1
        while at >= 0:
            yield at, at + len(wanted)
            at = self._text.find(wanted, at + 1)

    def _is_alone(self, start: int, end: int) -> bool:
        before = self._where[start - 1][0] if start else -1
        after = self._where[end][0] if end < len(self._where) else -1
        return before != self._where[start][0] == self._where[end - 1][0] != after

    def _evidence(self, start: int, end: int) -> Evidence:
        spans = [
            self._span(number, [at for _, at in letters])
            for number, letters in groupby(self._where[start:end], key=lambda one: one[0])
        ]
        if len(spans) == 1:
            return spans[0]
        return replace(spans[0], text="".join(span.text for span in spans), also=spans[1:])

    def _span(self, number: int, letters: list[int]) -> Evidence:
        source, place = self._places[number]
        low, high, address = letters[0], letters[-1] + 1, place.address
        return Evidence(
            source,
            address.block,
            address.row,
            address.column,
            place.start + low,
            place.start + high,
            place.paragraph.text[low:high],
            page=UNSET if place.paragraph.page is None else place.paragraph.page,
            box=UNSET if place.paragraph.box is None else place.paragraph.box,
            nested=list(address.nested) if address.nested else UNSET,
        )


def _folded(letter: str) -> str:
    """A character as it is compared, always one; nothing for a blank."""
    if letter.isspace():
        return ""
    half = unicodedata.normalize("NFKC", letter)
    return (half if len(half) == 1 else letter).translate(_BRACKETS)
