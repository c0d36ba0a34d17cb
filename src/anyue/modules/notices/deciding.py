"""What a notice says as a person decided it: the reading and the decisions about its items folded into one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from . import rules
from .models import Item, Notice

LISTS = {
    "addressee": "addressees",
    "key_date": "key_dates",
    "reference": "references",
    "deadline": "deadlines",
    "contact": "contacts",
    "attachment": "attachments",
    "task": "tasks",
    "form": "forms",
}
"""Kinds of items and the lists of the contract ``anyue/notice@1`` that they stand for."""
HEAD = ("title", "doc_no", "issuer", "issued_on")
_DECIDED = (Item.State.ACCEPTED, Item.State.CORRECTED, Item.State.ADDED)


def decided_spec(notice: Notice) -> dict[str, Any]:
    """The latest reading of ``notice`` as its review left it: shaped as ``gongwen.NoticeSpec.to_dict()``, two queries.

    Only what was accepted, corrected or added is in it, lists in the items' order; each object of a list carries ``item`` (the
    item's key) and ``evidence``, each form its decided ``fields``. ``undecided`` counts what is still open, remarks aside.
    """
    version = notice.versions.defer("html").first()
    spec: dict[str, Any] = dict(version.spec) if version else {}
    items = list(version.items.all()) if version else []
    return spec | folded(items)


def folded(items: Iterable[Item]) -> dict[str, Any]:
    """The parts of the contract that items stand for."""
    found: dict[str, Any] = {name: [] for name in LISTS.values()}
    found |= dict.fromkeys(HEAD) | {
        "campaign": dict.fromkeys(("name", "year", "edition", "theme", "start", "end")),
        "undecided": 0,
    }
    forms: dict[str, dict[str, Any]] = {}
    for item in items:
        if item.state == Item.State.PROPOSED and item.kind not in rules.NOTES:
            found["undecided"] += 1
        elif item.state in _DECIDED:
            _take(found, forms, item)
    return found


def _take(found: dict[str, Any], forms: dict[str, dict[str, Any]], item: Item) -> None:
    if item.kind in HEAD:
        found[item.kind] = item.value
    elif item.kind.startswith("campaign_"):
        found["campaign"][item.kind.removeprefix("campaign_")] = item.value
    elif item.kind == "field":
        form = forms.get(_form_pointer(item.pointer))
        if form is not None:  # the fields of a form that was dropped go with it
            form["fields"].append({**(item.value or {}), "evidence": item.evidence})
    elif item.kind in LISTS:
        value = item.value
        if isinstance(value, dict):
            value = {**value, "item": item.key, "evidence": item.evidence}
        if item.kind == "form":
            value = forms[item.pointer] = {**(value or {}), "fields": []}
        found[LISTS[item.kind]].append(value)


def _form_pointer(pointer: str) -> str:
    """``/forms/0/fields/3`` stands in ``/forms/0``."""
    return pointer.partition("/fields/")[0]
