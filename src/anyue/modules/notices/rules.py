"""Pure rules of notices: marks of secrecy, states, and what the value of each kind of item may be.

The value of an item has the shape that ``gongwen.spec`` gives it (contract ``anyue/notice@1``) without its evidence:
a string for title, number, day and name; an object for a deadline, a task, a contact, a form.
"""

from __future__ import annotations

from typing import Any

from gongwen.spec import LEVELS

SECRECY = frozenset({"绝密", "机密", "秘密"})
"""国家秘密 (Law on Guarding State Secrets): refused before anything is stored."""

TEXTS = ("title", "doc_no", "issuer", "addressee", "campaign_name", "campaign_theme")
DAYS = ("issued_on", "campaign_start", "campaign_end")
NUMBERS = ("campaign_year", "campaign_edition")
OBJECTS = ("key_date", "deadline", "task", "contact", "attachment", "reference", "form", "field")
NOTES = ("warning",)
KINDS = (*TEXTS, *DAYS, *NUMBERS, *OBJECTS, *NOTES)
SINGLE = (*TEXTS[:3], *TEXTS[4:], *DAYS, *NUMBERS)
"""A notice has one of these at most."""
ADDABLE = ("addressee", "key_date", "deadline", "task", "contact", "reference")
"""What a person may add when the program has missed it."""

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("head", ("title", "doc_no", "issuer", "issued_on", "addressee")),
    (
        "campaign",
        (
            "campaign_name",
            "campaign_year",
            "campaign_edition",
            "campaign_theme",
            "campaign_start",
            "campaign_end",
            "key_date",
        ),
    ),
    ("deadlines", ("deadline",)),
    ("tasks", ("task",)),
    ("contacts", ("contact",)),
    ("forms", ("form", "field", "attachment")),
    ("references", ("reference",)),
    ("warnings", ("warning",)),
)
"""How items stand together on the review page."""


def is_secret(classification: str | None) -> bool:
    """The mark is one of state secrecy."""
    if classification is None or "工作秘密" in classification:
        return False
    return any(mark in classification for mark in SECRECY)


def is_internal(classification: str | None) -> bool:
    """Not secret, and not for the public: 内部, 工作秘密, 不予公开."""
    return classification is not None and not is_secret(classification)


def without_evidence(value: Any) -> Any:
    """A value of the contract without where it stands; that is the item's own."""
    if isinstance(value, dict):
        return {key: without_evidence(part) for key, part in value.items() if key != "evidence"}
    if isinstance(value, list):
        return [without_evidence(part) for part in value]
    return value


def _words(values: Any) -> str:
    return "、".join(str(value) for value in values or ())


def shown(kind: str, value: Any) -> str:
    """One line for the list: what this item says."""
    if value is None:
        return ""
    if not isinstance(value, dict):
        return str(value)
    if kind == "deadline":
        due = value.get("due") or value.get("recurs") or value.get("relative") or _fuzzy(value.get("fuzzy"))
        return " · ".join(part for part in (due, _words(value.get("who")), _words(value.get("deliverables"))) if part)
    if kind == "key_date":
        return f"{value.get('date', '')} {value.get('name', '')}".strip()
    if kind == "contact":
        return " ".join(str(value[key]) for key in ("name", "phone", "email") if value.get(key))
    if kind == "attachment":
        return " ".join(str(value[key]) for key in ("label", "title") if value.get(key))
    if kind == "reference":
        title = f"《{value['title']}》" if value.get("title") else ""
        return f"{title}{value.get('doc_no') or ''}" or str(value.get("issuer") or "")
    if kind == "field":
        unit = f"（{value['unit']}）" if value.get("unit") else ""
        return f"{value.get('label', '')}{unit}"
    return str(value.get("text") or value.get("title") or value.get("message") or value.get("id") or "")


def _fuzzy(value: Any) -> str:
    return f"{value['earliest']} – {value['latest']}" if isinstance(value, dict) else ""


def levels(value: Any) -> list[str]:
    """The levels of a task that the contract knows, in its order."""
    chosen = set(value or ())
    return [level for level in LEVELS if level in chosen]


def at_pointer(document: Any, pointer: str) -> Any:
    """What stands at a JSON pointer (RFC 6901) of the compiled notice; None where nothing does."""
    found = document
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        try:
            found = found[int(key)] if isinstance(found, list) else found[key]
        except (KeyError, IndexError, ValueError, TypeError):
            return None
    return found
