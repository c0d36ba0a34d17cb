"""Reading the trail: pages by key, so that the millionth entry costs what the first does.

A person, an action, a subject and days are answered by an index. Words, and units with much below them, are looked for
from the newest entry back, ``REACH`` entries for one page; the page says how far it looked and goes on from there when asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat

from anyue.kernel.canonical import instant
from anyue.kernel.clock import end_of, start_of
from anyue.platform.authz import Actor, scopes
from anyue.platform.authz.engine import subtree

from .filters import Filters
from .models import Entry, Seal, Sealer
from .permissions import AuditPermission
from .sentences import place_found

SIZE = 50
REACH = 40_000
"""Entries that one page looks through for words: some tens of milliseconds."""
FEW = 3000
"""So many entries of a unit are fetched by its index; of a larger one enough are found from the newest back."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries, newest first. ``older`` is the key of the next page, None at the end of the trail; ``looked_to`` says how
    far back was looked where there was more to look through than one page allows. ``knows_unit``: the unit asked for exists.
    """

    rows: list[Entry]
    older: str | None
    looked_to: datetime | None
    knows_unit: bool


@dataclass(frozen=True, slots=True)
class _Question:
    """A search made ready once: what an index answers in the order of the trail, and what is looked through row by row."""

    indexed: QuerySet[Entry]
    looked_for: Q
    knows_unit: bool


def entries_seen(actor: Actor) -> QuerySet[Entry]:
    """All entries that ``actor`` may read."""
    return Entry.objects.filter(scopes(actor, AuditPermission.VIEW).q("place"))


def trail(actor: Actor, filters: Filters, *, key: str = "", size: int = SIZE) -> Page:
    """One page of what ``actor`` may read, from ``key`` back."""
    return _page(_question(actor, filters), key, size)


def each(actor: Actor, filters: Filters, limit: int) -> Iterator[Entry]:
    """The newest ``limit`` entries one by one, for a file."""
    question = _question(actor, filters)
    key: str | None = ""
    while key is not None and limit > 0:
        page = _page(question, key, min(1000, limit))
        yield from page.rows
        limit -= len(page.rows)
        key = page.older


def _page(question: _Question, key: str, size: int) -> Page:
    rows = _behind(question.indexed, key)
    edge = _edge(rows) if question.looked_for else None
    if edge is not None:
        rows = rows.filter(Q(at__gt=edge[0]) | Q(at=edge[0], id__gte=edge[1]), at__gte=edge[0])
    if question.looked_for:
        rows = _told(rows).filter(question.looked_for)
    found = list(rows[: size + 1])
    if len(found) > size:
        last = found[size - 1]
        return Page(found[:size], _key(last.at, last.pk), None, question.knows_unit)
    return Page(found, _key(*edge) if edge else None, edge[0] if edge else None, question.knows_unit)


def neighbours(actor: Actor, entry: Entry) -> QuerySet[Entry]:
    """The newest other entries about the same subject that ``actor`` may read."""
    same = entries_seen(actor).filter(subject_kind=entry.subject_kind, subject_id=entry.subject_id)
    return same.exclude(pk=entry.pk)[:10]


def seal_of(entry: Entry) -> Seal | None:
    """Its link in the chain; None if it is not sealed yet."""
    return Seal.objects.filter(entry=entry.pk).first()


def unsealed_count(most: int | None = None) -> int:
    """Entries that are not in the chain yet, counted up to ``most``."""
    settled = Coalesce(Subquery(Sealer.objects.filter(pk=1).values("settled")), 0)
    sealed = Seal.objects.filter(entry=OuterRef("id"))
    return Entry.objects.filter(~Exists(sealed), id__gt=settled).order_by()[:most].count()


def _question(actor: Actor, filters: Filters) -> _Question:
    found = Entry.objects.order_by("-at", "-id")
    looked_for = scopes(actor, AuditPermission.VIEW).q("told_place")
    if filters.actor:
        kind, _, number = filters.actor.partition(":")
        found = found.filter(actor_kind=kind, actor_id=number)
    if filters.person and Entry.objects.filter(actor_label=filters.person).exists():
        found = found.filter(actor_label=filters.person)
    elif filters.person:  # nobody is called exactly so: a part of a name is looked for like any words
        looked_for &= Q(actor_label__icontains=filters.person)
    if filters.action:
        found = found.filter(action=filters.action)
    if filters.subject:
        kind, _, number = filters.subject.partition(":")
        found = found.filter(subject_kind=kind, subject_id=number)
    if filters.since:
        found = found.filter(at__gte=start_of(filters.since))
    if filters.until:
        found = found.filter(at__lt=end_of(filters.until))
    path = place_found(filters.unit) if filters.unit else ""
    if path != "":
        looked_for &= _of_unit(path)
    for word in filters.words.split():
        looked_for &= _with_word(word)
    return _Question(found, looked_for, path is not None)


def _with_word(word: str) -> Q:
    texts = ("subject_label", "actor_label", "told_before", "told_after", "address")
    return reduce(or_, (Q(**{f"{text}__icontains": word}) for text in texts))


def _of_unit(path: str | None) -> Q:
    """Of a unit with few entries their keys, by its index; of a larger one enough are met from the newest back."""
    if path is None:
        return Q(pk__in=[])
    few = list(Entry.objects.filter(subtree(path, "place")).order_by().values_list("pk", flat=True)[: FEW + 1])
    return Q(pk__in=few) if len(few) <= FEW else subtree(path, "told_place")


def _told(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """With what is looked through. ``told_place`` is the place out of reach of its index, which a planner would take and then
    sort half the trail.
    """
    return rows.alias(
        told_before=Cast("before", TextField()),
        told_after=Cast("after", TextField()),
        told_place=Concat("place", Value("")),
    )


def _behind(rows: QuerySet[Entry], key: str) -> QuerySet[Entry]:
    at, number = _read(key) or (None, 0)
    if at is None:
        return rows
    return rows.filter(Q(at__lt=at) | Q(at=at, id__lt=number), at__lte=at)


def _edge(rows: QuerySet[Entry]) -> tuple[datetime, int] | None:
    """The last entry that one page looks at; None if there are not so many."""
    return rows.values_list("at", "id")[REACH : REACH + 1].first()


def _key(at: datetime, number: int) -> str:
    return f"{instant(at)}_{number}"


def _read(key: str) -> tuple[datetime, int] | None:
    at, _, number = key.partition("_")
    try:
        return datetime.fromisoformat(at), int(number)
    except ValueError:
        return None
