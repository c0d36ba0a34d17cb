"""Text as a terminal shows it: names of files made printable, one line, columns counted with Chinese two wide."""

from __future__ import annotations

import unicodedata
from pathlib import PurePath


def width(words: str) -> int:
    """Terminal columns of ``words``."""
    return sum(_columns(character) for character in words)


def _columns(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def padded(words: str, columns: int) -> str:
    """``words`` followed by blanks up to ``columns``."""
    return words + " " * max(0, columns - width(words))


def clipped(words: str, columns: int) -> str:
    """``words``, cut to ``columns`` with … at the end."""
    if width(words) <= columns:
        return words
    kept = ""
    room = columns - 1
    for character in words:
        room -= _columns(character)
        if room < 0:
            break
        kept += character
    return kept + "…"


def wrapped(words: str, columns: int) -> list[str]:
    """Lines of at most ``columns``: broken at blanks, between Chinese characters, and never before their punctuation."""
    lines: list[str] = []
    for given in words.splitlines() or [""]:
        line = ""
        for piece in _pieces(given):
            if line and width(line) + width(piece.rstrip()) > columns:
                lines.append(line.rstrip())
                line = ""
            line += piece if line else piece.lstrip()
        lines.append(line.rstrip())
    return lines


def _pieces(words: str) -> list[str]:
    """What may not be broken: a word with the blanks behind it, a Chinese character with the punctuation around it."""
    pieces: list[str] = []
    for character in words:
        if pieces and not _may_break(pieces[-1][-1], character):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in "，。；：、！？）》”’…" or before in "（《“‘":
        return False
    return before == " " or _columns(before) == 2 or _columns(after) == 2


def one_line(words: str) -> str:
    """Printable and on one line: control characters, which could steer the terminal, become blanks."""
    return " ".join("".join(c if _printable(c) else " " for c in words).split())


def _printable(character: str) -> bool:
    return character.isprintable() or character == "\u3000"


def shown(path: str | PurePath) -> str:
    """The name of a file for a person, whatever its bytes: UTF-8, else GB18030 as in archives from Windows."""
    name = str(path)
    try:
        name.encode()
    except UnicodeEncodeError:
        from gongwen.readers import printable  # noqa: PLC0415 - hardly ever needed: the library makes names printable

        name = printable(name)
    return one_line(name)
