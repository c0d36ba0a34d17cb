"""What to write where: a blank's text and a value to the characters that change. Pure; the file is not seen here."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..collection import NOT_APPLICABLE, Scalar
from .ink import SPACES, Day, day_of, day_printed, fit, printed, width

BOXES = "□☐❏❑▢◻▫"
TICKED = "☑☒■✓✗√"
_LINE = "_＿﹍﹎▁"
_INSIDE = re.compile(rf"^[（(﹙](?P<inside>[{SPACES}]*)[)）﹚]$")
_GAP = rf"(?:[{SPACES}_＿]*|[（(][{SPACES}]*[)）]|[XxＸ×]{{1,4}}|[-—－]{{2,4}})"
_DATE = re.compile(
    rf"(?:(?P<year>(?:20|二[〇○零])?(?:\d\d)?{_GAP})年)?(?P<month>{_GAP})月(?:(?P<day>{_GAP})日)?(?:(?P<hour>{_GAP})[时点](?:(?P<minute>{_GAP})分)?)?"
)
_SEPARATOR = re.compile(r"[、，,；;/\n|]+|\s{2,}")


class Change(NamedTuple):
    """Characters ``start:end`` of a paragraph give way to ``text``.

    ``line`` says that the text is to be underlined, ``parted`` that its lines are to be paragraphs.
    """

    start: int
    end: int
    text: str
    line: bool = False
    parted: bool = False


class Look(NamedTuple):
    """What a blank's surroundings say: whether its run is underlined, how wide a space is, how much the line has grown.

    ``stops`` are the tab stops of the paragraph in characters; behind the last comes one every ``every`` characters.
    """

    underlined: bool = False
    space: float = 0.5
    debt: float = 0.0
    stops: tuple[float, ...] = ()
    every: float = 2.0


def changes(text: str, start: int, end: int, value: Scalar, kind: str, look: Look) -> list[Change]:
    """The changes that write a value into the blank ``text[start:end]`` of a field of a type; [] for None."""
    if printed(value) == "":
        return []
    blank = text[start:end]
    if kind in ("date", "datetime") or ("年" in blank and "月" in blank):
        parts = _of_date(blank, start, value, look)
        if parts is not None:
            return parts
        value = day_printed(value) if kind in ("date", "datetime") else value
    return [_of_gap(text, start, end, printed(value), look)]


def _of_gap(text: str, start: int, end: int, value: str, look: Look) -> Change:
    blank = text[start:end]
    inside = _INSIDE.match(blank)
    if inside:
        low, high = start + inside.start("inside"), start + inside.end("inside")
        return _seated(text, low, high, value, look._replace(debt=0.0), left=False)
    if "\t" in blank and not blank.strip(SPACES) and text.strip(SPACES + "\n"):
        return _of_tabs(text, start, end, value, look)
    if blank and not blank.strip(_LINE + SPACES) and blank.strip(SPACES):
        return _seated(text, start, end, value, look, left=False)._replace(line=True)
    if blank and not blank.strip(SPACES):
        return _of_spaces(text, start, end, value, look)
    return Change(start, end, value, line=False)


def _of_spaces(text: str, start: int, end: int, value: str, look: Look) -> Change:
    """A blank of white space: in the middle of a line drawn under it or of a sentence, else right behind its label."""
    if not text.strip(SPACES + "\n"):
        return Change(start, end, value)
    after_label = bool(re.search(r"[:：]\s*$", text[:start])) or start == 0
    behind = text[end:].lstrip("\n")
    change = _seated(text, start, end, value, look, left=after_label and not look.underlined)
    if behind and not look.underlined and change.end == end and change.start < end and after_label:
        kept = 2 if text[end - 2 : end] == "  " and change.start <= end - 2 else 1
        change = change._replace(end=end - kept, text=change.text.rstrip(" "))
    return change


def _of_tabs(text: str, start: int, end: int, value: str, look: Look) -> Change:
    """A blank of tabs: the value first, then as many of them as lead to where the blank ended."""
    line = text.rfind("\n", 0, start) + 1
    begun = _reach(0.0, text[line:start], look)
    ended = _reach(begun, text[start:end], look)
    at = begun + width(value.split("\n", 1)[0], look.space)
    kept = min(range(end - start + 1), key=lambda count: abs(_reach(at, text[end - count : end], look) - ended))
    crowded = not kept and text[end : end + 1].strip() and value[-1:].strip()
    return Change(start, end - kept, value + " " if crowded else value)


def _reach(at: float, text: str, look: Look) -> float:
    """Where text that begins at a place of the line ends."""
    for char in text:
        if char != "\t":
            at += width(char, look.space)
            continue
        stop = next((one for one in look.stops if one > at + 0.05), None)
        at = stop if stop is not None else (int(at / look.every + 0.01) + 1) * look.every
    return at


def _seated(text: str, start: int, end: int, value: str, look: Look, *, left: bool) -> Change:
    seat = fit(text[start:end], value, space=look.space, left=left, debt=look.debt)
    return Change(start + seat.keep_left, end - seat.keep_right, seat.before + value + seat.after)


def grown(text: str, changed: list[Change], space: float) -> float:
    """How much wider a line becomes by changes (narrower: below zero)."""
    return sum(width(one.text.split("\n", 1)[0], space) - width(text[one.start : one.end], space) for one in changed)


# -- dates


def _of_date(blank: str, start: int, value: Scalar, look: Look) -> list[Change] | None:
    """The gaps of ``　年　月　日`` filled; None where the blank has no such gaps or the value is no date."""
    match = _DATE.search(blank)
    if match is None:
        return None
    if value == NOT_APPLICABLE:
        return [Change(start, start + len(blank), "/")]
    day = day_of(value)
    if day is None:
        return [Change(start, start + len(blank), printed(value))]
    found: list[Change] = []
    for name, part in zip(Day._fields, day, strict=True):
        gap = match.groupdict().get(name)
        if gap is None or part is None or re.fullmatch(r"\s*\d{4}\s*", gap):
            continue
        low, high = start + match.start(name), start + match.end(name)
        found.append(_of_part(gap, low, high, part, look, name))
        change = found[-1]
        narrowed = width(gap, look.space) - width(
            gap[: change.start - low] + change.text + gap[len(gap) - (high - change.end) :], look.space
        )
        look = look._replace(debt=max(0.0, look.debt - max(0.0, narrowed)))
    return found


def _of_part(gap: str, low: int, high: int, part: str, look: Look, name: str) -> Change:
    if name == "year" and re.match(r"20|二", gap):  # 20__年: the century is printed
        century = 2 if gap.startswith("20") else len(re.match(r"二[〇○零]", gap).group(0))  # type: ignore[union-attr]
        low, gap, part = low + century, gap[century:], part[-2:]
    inside = _INSIDE.match(gap)
    if inside:
        low, high = low + inside.start("inside"), low + inside.end("inside")
        gap = inside.group("inside")
    elif gap.strip(_LINE + SPACES):
        return Change(low, high, part)
    if gap.strip(SPACES):  # a line left over beside the number (5_月) reads like another sign of the date
        return Change(low, high, part, line=True)
    seat = fit(gap, part, space=look.space, left=False, debt=look.debt)
    return Change(low + seat.keep_left, high - seat.keep_right, seat.before + part + seat.after)


# -- choices


class Choice(NamedTuple):
    """Which boxes to tick (numbers of characters) and what is left to write in words."""

    ticked: list[int]
    words: str


def choose(text: str, start: int, options: list[str], value: Scalar) -> Choice:
    """The boxes behind ``start`` whose words are chosen by a value, one or several options."""
    said = printed(value)
    boxes: dict[str, int] = {}
    for match in re.finditer(f"[{BOXES}{TICKED}]", text[start:]):
        behind = re.sub(r"^[\s\u3000]+", "", text[start + match.end() :])
        named = [option for option in options if option and behind.startswith(option)]
        if named:
            boxes.setdefault(max(named, key=len), start + match.start())
    wanted = [said] if said in options else [part.strip() for part in _SEPARATOR.split(said) if part.strip()]
    ticked = [boxes[one] for one in wanted if one in boxes]
    left = "、".join(one for one in wanted if one not in boxes)
    other = next((boxes[one] for one in boxes if one.startswith(("其他", "其它"))), None)
    if left and left != "/" and other is not None and other not in ticked:
        ticked.append(other)
    return Choice(sorted(ticked), left)
