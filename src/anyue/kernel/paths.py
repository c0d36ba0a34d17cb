"""Places in a tree as strings: each node adds four characters of base 36 to its parent's path.

The root of everything is the empty path. A subtree is a range of strings, which every index answers in one look and
every collation orders alike, because only ``0-9a-z`` occur and all steps are of one length.
"""

from __future__ import annotations

STEP = 4
LIMIT = 36**STEP
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def is_path(text: str) -> bool:
    """``text``, which came from outside, could be a place: whole steps of our digits, no deeper than a column holds."""
    return len(text) % STEP == 0 and len(text) <= 64 and not set(text) - set(_DIGITS)


def step(number: int) -> str:
    """The step of the ``number``-th child, counted from 0. Raises ``ValueError`` from 1,679,616 on."""
    if not 0 <= number < LIMIT:
        raise ValueError(f"a node has at most {LIMIT} children")
    digits = ""
    for _ in range(STEP):
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits


def number_of(path: str) -> int:
    """The number of the last step of ``path``."""
    return int(path[-STEP:], 36)


def child(parent: str, number: int) -> str:
    """The path of the ``number``-th child of ``parent``."""
    return parent + step(number)


def parent_of(path: str) -> str:
    """The path of the parent; the root's own is the root."""
    return path[:-STEP]


def depth(path: str) -> int:
    """How many steps below the root."""
    return len(path) // STEP


def ancestors(path: str, *, itself: bool = False) -> list[str]:
    """Paths from the topmost node down to the parent (or to ``path`` itself); the empty root is not among them."""
    last = len(path) if itself else len(path) - STEP
    return [path[:end] for end in range(STEP, last + 1, STEP)]


def within(path: str, top: str) -> bool:
    """``path`` is ``top`` or below it."""
    return path.startswith(top)


def after(path: str) -> str | None:
    """The first string behind the subtree of ``path``; None if nothing can stand behind it."""
    while path:
        number = number_of(path)
        if number + 1 < LIMIT:
            return path[:-STEP] + step(number + 1)
        path = path[:-STEP]
    return None
