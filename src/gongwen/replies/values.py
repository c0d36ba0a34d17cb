"""A written value as its field's type, with an issue where it is not plain."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..collection import NOT_APPLICABLE, Issue, Scalar, Value
from ..lexicon.quantities import Quantity, bare, read_quantity
from ..lexicon.written_days import read_day
from ..messages import say
from ..spec import Field
from .choices import read_choice
from .likeness import label_key

_DOUBTS = {
    "approximate": "R101",
    "words": "R102",
    "several": "R103",
    "range": "R104",
    "unit": "R105",
    "fraction": "R106",
    "negative": "R107",
}
_NOT_OURS = r"[/／—\-－]+|不涉及|不适用"
_SEAL = r"[（(]\s*(?:加?盖?公?章|签[字名章]|印章|手写)\s*[)）]"


@dataclass(slots=True)
class Reading:
    """What a reply says. ``matched`` is the share of the form's words found in it."""

    values: dict[str, Value] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    matched: float = 0.0
    year: int | None = None


def issue_of(
    code: str, one: Field | None, section: str | None, found: str | None, *, doubt: bool, **details: str
) -> Issue:
    """An issue with its sentence; a field names itself and its section."""
    label = (
        (one.label if one.subject is None or one.subject in one.label else f"{one.subject} {one.label}") if one else ""
    )
    details = {"label": label, "found": found or "", **details}
    return Issue(
        code,
        one.id if one else None,
        say(code, **details),
        found,
        section or (one.section if one else None),
        doubt,
        details,
    )


def value_of(reading: Reading, one: Field, written: str, printed: str) -> Scalar:
    """A value by its type; an issue where it is not plain."""
    if one.type in ("integer", "decimal"):
        return _number(reading, one, written, printed)
    if one.type == "choice":
        return _choice(reading, one, written, printed)
    text = _tidy(written, blank_lines=one.type == "longtext")
    if not text or (label_key(text) == label_key(printed) and label_key(printed) != ""):
        return None
    if re.fullmatch(_NOT_OURS, text):
        return NOT_APPLICABLE
    return _date(reading, one, text) if one.type in ("date", "datetime") else text


def _number(reading: Reading, one: Field, written: str, printed: str) -> Scalar:
    if written.strip() == printed.strip() or not bare(written):
        blank = re.sub(r"[\s_(（)）\u3000\xa0]", "", written)
        if not blank or blank == re.sub(r"[\s_(（)）\u3000\xa0]", "", printed):
            return None
    quantity: Quantity = read_quantity(written, one.unit, decimal=one.type == "decimal")
    if quantity.doubt is not None:
        found = bare(written).strip() or written.strip()
        reading.issues.append(
            issue_of(_DOUBTS[quantity.doubt], one, None, found[:60], doubt=one.aggregate in ("sum", "derived"))
        )
    return quantity.value


def _tidy(written: str, *, blank_lines: bool = False) -> str:
    """A text value without the blank's own marks, lines kept; empty lines between others only where asked."""
    # ）：锦绣社区: the end of a remark in the label, which the form's words do not hold.
    written = re.sub(rf"^[\s_]*(?:[)）\]】]+|{_SEAL})\s*[:：]\s*", "", written)
    lines = [
        re.sub(r"^[_\s:：（(【\[]+|[_\s）)】\]]+$", "", line)
        if line.count("(") + line.count("（") != line.count(")") + line.count("）")
        else line.strip(" _\t\u3000:：")
        for line in written.split("\n")
    ]
    text = "\n".join(line for line in lines if line or blank_lines).strip("\n")
    text = re.sub(r"^[（(][\s_]*[)）]\s*(?=\S)|(?<=\S)\s*[（(][\s_]*[)）]$", "", text)  # written beside the bracket
    inner = re.fullmatch(r"[(（]([^()（）]*)[)）][,，;；。、]?", text.strip())
    if inner:
        text = inner.group(1)
    if re.fullmatch(r"[\W_]*", text) and not re.search(r"[/／—\-－]", text):
        return ""
    return text.strip(" \u3000\t,，;；、_:：")


def _choice(reading: Reading, one: Field, written: str, printed: str) -> Scalar:
    """The options that are chosen, joined; words that are no option are kept, with an issue."""
    if not one.options:
        return _tidy(written) or None
    choice = read_choice(written, one.options, printed)
    said = _tidy(written) if choice.strange is None else choice.strange
    if not choice.options and re.search(rf"(?:^|\s)(?:{_NOT_OURS})$", said):
        return NOT_APPLICABLE
    if choice.strange is not None:
        reading.issues.append(issue_of("R109", one, None, choice.strange[:60], doubt=False))
    return "、".join(choice.options) or choice.strange


def _date(reading: Reading, one: Field, text: str) -> str:
    """The ISO day or instant; words that are no date are kept, with an issue."""
    day = read_day(text, reading.year)
    if day is None and label_key(text).strip("年月日时分点"):
        reading.issues.append(issue_of("R108", one, None, text[:60], doubt=False))
    return day or text
