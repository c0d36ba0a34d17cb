"""Which options of a choice are ticked, whatever the tick is and on whichever side of its word it stands."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from .likeness import label_key

_TICK = "√✓✔🗸"
_OPEN = "□☐❏❑▢◻▫○◯"
_TICKED = "☑☒■🗹✅●"
_CROSS = "XxＸｘ×✗✘╳"
_MARK = re.compile(
    rf"(?P<held>[（(\[【［]\s*(?:[{_TICK}{_TICKED}Vv])\s*[)）\]】］])|(?P<crossed>[（(\[【［]\s*[{_CROSS}]\s*[)）\]】］])"
    rf"|(?P<joined>(?<!\S)[{_TICK}][{_OPEN}])|(?P<empty>[（(\[【［][\s_]*[)）\]】］])|(?P<open>[{_OPEN}])\s?(?P<in>[{_TICK}])?|(?P<ticked>[{_TICKED}])"
    rf"|(?P<tick>[{_TICK}]|(?<![A-Za-z])[Vv](?![A-Za-z]))"
)
_SPACE = " \t\r\n\u3000\xa0\u2002\u2003\u2009\u200b"
_LIST = re.compile(r"[、，,；;/\n|]+|\s{2,}|和|及|\s")


class Choice(NamedTuple):
    """The options chosen, and words that were chosen or written but are no option."""

    options: list[str]
    strange: str | None = None


class _Mark(NamedTuple):
    """A box or a bare tick, with the words up to its neighbours."""

    kind: Literal["box", "tick"]
    on: bool
    before: str
    after: str


def read_choice(written: str, options: list[str], printed: str) -> Choice:
    """The options of a form's choice that a reply ticks, or names in words where it has no marks.

    ``printed`` is the choice as the form prints it: on which side of its word a box stands is seen there where the
    reply does not tell.
    """
    text = written.replace("\ufe0f", "").strip(_SPACE + "：:")
    known = [option for option in options if label_key(option)]
    marks = _marks(text)
    if not any(mark.on for mark in marks):
        return _in_words(text if not marks else _behind_all(marks[-1].after, known), known, printed)
    behind = _boxes_behind(marks, known, printed)
    chosen: list[str] = []
    strange: str | None = None
    for mark in marks:
        if not mark.on:
            continue
        left, right = _ending(mark.before, known), _beginning(mark.after, known)
        sides = {"tick": _of_tick(mark, left, right), "box": left if behind else right}
        option = sides[mark.kind]
        if option is None:
            strange = strange or (mark.before if behind else mark.after).strip(_SPACE + "，,；;。、_") or text[:60]
        elif option not in chosen:
            chosen.append(option)
    return Choice(chosen, strange)


def _marks(text: str) -> list[_Mark]:
    """Every box and tick in order. A cross in brackets is a tick only where nothing else is ticked."""
    found = list(_MARK.finditer(text))
    ticked = any(_is_on(match) for match in found)
    marks: list[_Mark] = []
    for place, match in enumerate(found):
        low = found[place - 1].end() if place else 0
        high = found[place + 1].start() if place + 1 < len(found) else len(text)
        on = _is_on(match) or (bool(match["crossed"]) and not ticked)
        before, after = text[low : match.start()], text[match.end() : high]
        marks.append(_Mark("tick" if match["tick"] else "box", on, before, after))
    return marks


def _is_on(match: re.Match[str]) -> bool:
    return any(match[name] for name in ("held", "joined", "in", "ticked", "tick"))


def _behind_all(text: str, options: list[str]) -> str:
    """What is written behind the last box and its word, where no box is ticked."""
    option = _beginning(text, options)
    match = re.match(rf"[\W_]*{_pattern(option)}", text) if option is not None else None
    return text[match.end() :].strip(_SPACE) if match and len(text) - match.end() <= 40 else ""


def _boxes_behind(marks: list[_Mark], options: list[str], printed: str) -> bool:
    """Whether boxes stand behind their words: the reply's own order first, then the form's."""
    boxes = [mark for mark in marks if mark.kind == "box"]
    if not boxes:
        return False
    first, last = _ending(boxes[0].before, options), _beginning(boxes[-1].after, options)
    if (first is None) != (last is None):
        return first is not None
    form = [mark for mark in _marks(printed) if mark.kind == "box"]
    return bool(form) and _beginning(form[-1].after, options) is None and _ending(form[0].before, options) is not None


def _of_tick(mark: _Mark, left: str | None, right: str | None) -> str | None:
    """The word that a bare tick belongs to: the nearer of its neighbours, the one before it where both are as near."""
    if left is None or right is None:
        return left or right
    gap_left = len(mark.before) - len(mark.before.rstrip(_SPACE))
    gap_right = len(mark.after) - len(mark.after.lstrip(_SPACE))
    return left if gap_left <= gap_right else right


def _pattern(option: str) -> str:
    """An option's letters with whatever blanks and signs between them."""
    return r"[\W_]*".join(map(re.escape, label_key(option)))


def _beginning(text: str, options: list[str]) -> str | None:
    """The longest option with which the words begin; no other word may run on behind it."""
    for option in sorted(options, key=lambda one: -len(label_key(one))):
        tail = "" if option.startswith(("其他", "其它")) else r"(?![\u4e00-\u9fffA-Za-z])"
        if re.match(rf"[\W_]*{_pattern(option)}{tail}", text):
            return option
    return None


def _ending(text: str, options: list[str]) -> str | None:
    """The longest option with which the words end; no other word may run into it."""
    for option in sorted(options, key=lambda one: -len(label_key(one))):
        if re.search(rf"(?<![\u4e00-\u9fffA-Za-z]){_pattern(option)}[\W_]*$", text):
            return option
    return None


def _in_words(text: str, options: list[str], printed: str) -> Choice:
    """A choice without marks: one option, several in a list, or other words, which are kept to be looked at."""
    text = re.sub(r"^[（(【\[\s_]+|[\s_)）\]】]+$", "", text) if text.count("(") + text.count("（") < 2 else text
    key = label_key(text)
    if not key or key == label_key(printed) or not options:
        return Choice([])
    exact = next((option for option in options if label_key(option) == key), None)
    if exact:
        return Choice([exact])
    said = re.sub(r"^[^：:]{1,30}[：:]", "", text)
    if label_key(said) and said != text:  # 是否住宿：是
        again = _in_words(said, options, printed)
        if again.options:
            return again
    parts = [part for part in _LIST.split(text) if label_key(part)]
    named = [next((option for option in options if label_key(option) == label_key(part)), None) for part in parts]
    found = list(dict.fromkeys(one for one in named if one is not None))
    if found and None not in named and len(found) < max(2, len(options)):
        return Choice(found)
    if len(found) == len(options) > 1 and None not in named and not printed:
        return Choice([])  # the form's own words without their boxes
    return Choice([], re.sub(r"\s+", " ", text)[:60])
