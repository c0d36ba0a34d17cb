"""What the page shows of a collection: numbers of each reply, totals with their names, issues in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gongwen.collection import NOT_APPLICABLE, Collection, Issue, Reply, RosterUnit
from gongwen.messages import CATALOGUE, say
from gongwen.outputs.naming import Label, labels
from gongwen.outputs.standing import sentence
from gongwen.spec import Field, Form

Number = int | float


def summed_fields(form: Form | None) -> list[Field]:
    """The fields whose numbers are added up, in the form's order."""
    return [field for field in form.fields if field.aggregate == "sum"] if form else []


def numbers_of(reply: Reply, fields: Iterable[Field]) -> dict[str, Number | str]:
    """Per field the number, or ``"n/a"``; what was left blank is not in it. A field of a group is summed over its rows."""
    found: dict[str, Number | str] = {}
    for field in fields:
        values = _values(reply, field)
        numbers = [value for value in values if isinstance(value, int | float)]
        if numbers:
            total = sum(numbers)
            found[field.id] = round(total, 6) if isinstance(total, float) else total
        elif NOT_APPLICABLE in values:
            found[field.id] = NOT_APPLICABLE
    return found


def _values(reply: Reply, field: Field) -> list[Any]:
    if field.group is None:
        return [reply.values.get(field.id)]
    rows = reply.values.get(field.group)
    return [row.get(field.id) for row in rows] if isinstance(rows, list) else []


def totals_of(collection: Collection) -> list[dict[str, Any]]:
    """The total of every indicator with its names and how many units gave a number."""
    names = labels(collection.form_spec)
    fields = {field.id: field for field in summed_fields(collection.form_spec)}
    counted = set(collection.counted)
    given = [numbers_of(reply, fields.values()) for reply in collection.replies if reply.file in counted]
    found = []
    for key, total in collection.totals.items():
        label = names.get(key, Label("", key, key))
        units = sum(1 for numbers in given if isinstance(numbers.get(key), int | float))
        found.append(
            {
                "field": key,
                "section": label.section,
                "label": label.full,
                "unit": (fields[key].unit if key in fields else None) or "",
                "total": total,
                "units": units,
            }
        )
    return found


def issues_of(reply: Reply, names: Mapping[str, Label]) -> list[dict[str, Any]]:
    """The issues of a reply, each as a sentence with what is needed to say it in another language."""
    return [issue_of(issue, names) for issue in reply.issues]


def issue_of(issue: Issue, names: Mapping[str, Label]) -> dict[str, Any]:
    """One issue, ready for JSON."""
    label = names.get(issue.field or "")
    place = [issue.section or (label.section if label else ""), label.full if label else ""]
    return {
        "code": issue.code,
        "doubt": issue.doubt,
        "text": sentence(issue, names),
        "place": " · ".join(dict.fromkeys(part for part in place if part)),
        "found": issue.found or "",
        "details": issue.details,
    }


def issue_said(issue: Mapping[str, Any], *, chinese: bool) -> str:
    """An issue as kept, in the reader's language; with a full stop."""
    if chinese or issue["code"] not in CATALOGUE:
        return f"{issue['text'].rstrip('。')}。"
    try:
        said = say(issue["code"], "en", **issue["details"])
    except (KeyError, IndexError):
        return str(issue["text"])
    place = f"{issue['place']}: " if issue["place"] and issue["place"].rpartition(" · ")[2] not in said else ""
    return f"{place}{said[:1].upper()}{said[1:]}."


def missing_of(collection: Collection) -> list[dict[str, str]]:
    """Units that sent nothing, with whom to call."""
    known = {unit.name: unit for unit in collection.roster}
    return [_person(known.get(name) or RosterUnit(name)) for name in collection.missing]


def _person(unit: RosterUnit) -> dict[str, str]:
    return {"name": unit.name, "contact": unit.contact or "", "phone": unit.phone or "", "parent": unit.parent or ""}


def forms_of(forms: Iterable[Form]) -> list[dict[str, Any]]:
    """The forms of the notice, for her to choose from."""
    return [
        {"id": form.id, "title": form.title or form.id, "attachment": form.attachment or "", "fields": len(form.fields)}
        for form in forms
    ]
