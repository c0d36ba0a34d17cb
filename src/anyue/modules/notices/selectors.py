"""What a notice says, as a person decided it."""

from __future__ import annotations

from typing import Any

from .models import Item, Notice

# Kinds of items and the lists of the contract ``anyue/notice@1`` that they stand for.
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
# One item each: ``header`` items have a key ``header:FIELD`` and a field of the contract as value, ``campaign`` is an object
# or, with a key ``campaign:FIELD``, one field of it.
HEADER, CAMPAIGN = "header", "campaign"
_DECIDED = (Item.State.ACCEPTED, Item.State.CORRECTED, Item.State.ADDED)


def decided_spec(notice: Notice) -> dict[str, Any]:
    """The latest reading of ``notice`` as its review left it: shaped as ``gongwen.NoticeSpec.to_dict()``, two queries.

    Lists hold what was accepted, corrected or added, in the items' order; each object of a list carries ``item`` (the item's
    key) and ``evidence``. What is dropped or not yet decided is not in it. ``undecided`` counts the latter. Title, number, issuer
    and day come from the notice itself, where a correction stands.
    """
    version = notice.versions.first()
    spec: dict[str, Any] = dict(version.spec) if version else {}
    spec |= {name: [] for name in LISTS.values()} | {"campaign": {}, "undecided": 0}
    for item in version.items.all() if version else ():
        if item.state == Item.State.PROPOSED:
            spec["undecided"] += 1
        elif item.state in _DECIDED:
            _take(spec, item)
    spec["title"], spec["doc_no"], spec["issuer"] = notice.title, notice.doc_no or None, notice.issuer or None
    spec["issued_on"] = notice.issued_on.isoformat() if notice.issued_on else None
    return spec


def _take(spec: dict[str, Any], item: Item) -> None:
    value = item.proposed if item.value is None else item.value
    if item.kind in LISTS:
        if isinstance(value, dict):
            value = {**value, "item": item.key, "evidence": item.evidence or value.get("evidence")}
        spec[LISTS[item.kind]].append(value)
    elif item.kind == CAMPAIGN and isinstance(value, dict):
        spec["campaign"] |= value
    elif item.kind == CAMPAIGN:
        spec["campaign"][item.key.partition(":")[2]] = value
    elif item.kind == HEADER:
        spec[item.key.partition(":")[2]] = value
