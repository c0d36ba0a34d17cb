"""A written value as its field's type, with an issue where it is not plain."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..collection import NOT_APPLICABLE, Issue, Scalar, Value
from ..lexicon.dates import find_dates, resolve
from ..lexicon.quantities import Quantity, bare, read_quantity
from ..messages import say
from ..spec import Field
from .template import label_key

_DOUBTS = {
    "approximate": "R101",
    "words": "R102",
    "several": "R103",
    "range": "R104",
    "unit": "R105",
    "fraction": "R106",
    "negative": "R107",
}


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
    text = _tidy(written)
    if one.type == "choice":
        return _choice(one, written)
    if not text or (label_key(text) == label_key(printed) and label_key(printed) != ""):
        return None
    if one.type in ("date", "datetime"):
        return _date(text, reading.year) or text
    if re.fullmatch(r"[/／—\-－]+|不涉及|不适用", text):
        return NOT_APPLICABLE
    return text


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


def _tidy(written: str) -> str:
    """A text value without the blank's own marks, lines kept."""
    lines = [
        re.sub(r"^[_\s:：（(【\[]+|[_\s）)】\]]+$", "", line)
        if line.count("(") + line.count("（") != line.count(")") + line.count("）")
        else line.strip(" _\t\u3000:：")
        for line in written.split("\n")
    ]
    text = "\n".join(line for line in lines if line)
    text = re.sub(r"^[（(][\s_]*[)）]\s*(?=\S)|(?<=\S)\s*[（(][\s_]*[)）]$", "", text)  # written beside the bracket
    inner = re.fullmatch(r"[(（]([^()（）]*)[)）][,，;；。、]?", text.strip())
    if inner:
        text = inner.group(1)
    if re.fullmatch(r"[\W_]*", text) and not re.search(r"[/／—\-－]", text):
        return ""
    return text.strip(" \u3000\t,，;；、_:：")


def _choice(one: Field, written: str) -> Scalar:
    """The options that are ticked, joined; None where none is."""
    chosen = []
    for match in re.finditer(
        r"[☑☒■√✓✔Vv]\s*[)）\]]?\s*([^□☐☑☒■√✓✔\s]{1,20})|([^□☐☑☒■√✓✔\s、，(（]{1,20})\s*[(（\[]?\s*[√✓✔☑]", written
    ):
        text = (match.group(1) or match.group(2) or "").strip("，,；;。 ")
        option = next(
            (
                option
                for option in one.options or []
                if label_key(option)
                and (label_key(text).startswith(label_key(option)) or label_key(option) == label_key(text))
            ),
            None,
        )
        if option and option not in chosen:
            chosen.append(option)
    plain = bare(written)
    if not chosen and one.options and plain in one.options:
        return plain
    return "、".join(chosen) or None


def _date(text: str, year: int | None = None) -> str | None:
    """An ISO day or instant; ``year`` where the text has none (6月13日)."""
    closed = re.sub(r"\s+", "", text)
    for word in find_dates(closed):
        if word.kind == "day" and (word.year or year) and word.month and word.days:
            day = resolve(word.year or year or 0, word.month, word.days[0])
            if day:
                return f"{day.isoformat()}T{word.time}" if word.time else day.isoformat()
    match = re.fullmatch(r"(20\d\d)(\d{2})(\d{2})", closed)
    if match:
        day = (
            resolve(int(match.group(1)), int(match.group(2)), int(match.group(3)))
            if 1 <= int(match.group(2)) <= 12
            else None
        )
        return day.isoformat() if day else None
    return None
