"""How far a campaign is: counts for its pages, and what is done below for what is owed above."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from anyue.modules.orgs.models import Unit

from ..models import Campaign, Duty, Extension, LiaisonOfficer, Participation, Task

_DONE = Q(duties__state=Duty.State.DONE)
_TO_ACCEPT = Q(kind=Duty.Kind.TASK, state=Duty.State.DONE, accepted_at=None)
_ASKED = ~Q(duties__state=Duty.State.DROPPED)


class Standing(NamedTuple):
    """How many of how many."""

    done: int
    total: int


def standings(campaign: Campaign) -> dict[str, Standing]:
    """By kind of duty, in the order in which units come to them. One query."""
    rows = campaign.duties.exclude(state=Duty.State.DROPPED).order_by().values("kind")
    counted = rows.annotate(total=Count("pk"), done=Count("pk", filter=Q(state=Duty.State.DONE)))
    found = {row["kind"]: Standing(row["done"], row["total"]) for row in counted}
    order = (Duty.Kind.RECEIPT, Duty.Kind.LIAISON, Duty.Kind.TASK, Duty.Kind.RETURN)
    return {kind: found[kind] for kind in order if kind in found}


def tasks_with_standing(campaign: Campaign) -> QuerySet[Task, Any]:
    """Its tasks, each with ``done`` and ``total`` of its duties. One query."""
    return (
        campaign.tasks.filter(dropped_at=None)
        .select_related("covered_by")
        .annotate(total=Count("duties", filter=_ASKED), done=Count("duties", filter=_DONE))
        .order_by("number", "pk")
    )


def done_below(campaign: Campaign, unit: Unit) -> dict[int, Standing]:
    """By task of ``campaign``: how many duties of the units below ``unit`` that serve it are done. One query."""
    rows = Duty.objects.filter(
        task__parent__campaign=campaign, campaign__unit=unit, campaign__state__in=["running", "closed"]
    ).exclude(state=Duty.State.DROPPED)
    counted = (
        rows.order_by()
        .values("task__parent")
        .annotate(total=Count("pk"), done=Count("pk", filter=Q(state=Duty.State.DONE)))
    )
    return {row["task__parent"] or 0: Standing(row["done"], row["total"]) for row in counted}


class Row(NamedTuple):
    """A unit in the table of receipts."""

    participation: Any
    receipt: Duty | None
    liaison: Duty | None
    officer: LiaisonOfficer | None


def receipts_of(participations: QuerySet[Any, Any], campaign: Campaign) -> list[Row]:
    """Receipt, officer and link of each unit among ``participations``. Three queries."""
    duties: dict[tuple[int, str], Duty] = {
        (duty.unit_id, duty.kind): duty
        for duty in campaign.duties.filter(kind__in=[Duty.Kind.RECEIPT, Duty.Kind.LIAISON])
    }
    officers = {one.unit_id: one for one in campaign.liaison_officers.filter(until_at=None)}
    return [
        Row(
            row,
            duties.get((row.unit_id, Duty.Kind.RECEIPT)),
            duties.get((row.unit_id, Duty.Kind.LIAISON)),
            officers.get(row.unit_id),
        )
        for row in participations
    ]


def with_receipts(campaign: Campaign) -> QuerySet[Participation]:
    """Its participations; each ``unit`` with ``asked_here`` (receipt and officer as duties) and ``officers_here``. Three queries."""
    asked = campaign.duties.filter(kind__in=[Duty.Kind.RECEIPT, Duty.Kind.LIAISON])
    named = campaign.liaison_officers.filter(until_at=None)
    return campaign.addressed_now.select_related("unit").prefetch_related(
        Prefetch("unit__duties", asked, to_attr="asked_here"),
        Prefetch("unit__liaison_officers", named, to_attr="officers_here"),
    )


def receipt_figures(campaign: Campaign) -> dict[str, int]:
    """How many ``units`` it addresses, how many ``signed``, how many ``named`` an officer; how many acts ``by_link`` nobody has
    confirmed, how many duties are ``declined`` without an answer. One query.
    """
    here = {"campaign": campaign, "unit": OuterRef("unit")}
    signed = Exists(Duty.objects.filter(**here, kind=Duty.Kind.RECEIPT, state=Duty.State.DONE))
    named = Exists(LiaisonOfficer.objects.filter(**here, until_at=None))

    def waiting(rows: QuerySet[Duty]) -> Coalesce:
        counted = rows.order_by().values("campaign").annotate(n=Count("pk")).values("n")
        return Coalesce(Max(Subquery(counted)), 0)

    found: dict[str, int] = campaign.addressed_now.order_by().aggregate(
        units=Count("pk"),
        signed=Count("pk", filter=signed),
        named=Count("pk", filter=named),
        by_link=waiting(by_link_waiting(campaign)),
        declined=waiting(declined_waiting(campaign)),
    )
    return found


def extensions_waiting(campaign: Campaign) -> QuerySet[Extension]:
    """Requests for more time that nobody has answered."""
    return (
        Extension.objects.filter(duty__campaign=campaign, state=Extension.State.ASKED)
        .exclude(duty__state=Duty.State.DROPPED)
        .select_related("duty__unit", "duty__task", "duty__requirement")
        .order_by("asked_at")
    )


def declined_waiting(campaign: Campaign) -> QuerySet[Duty]:
    """What units say is not theirs, unanswered."""
    rows = campaign.duties.filter(state=Duty.State.NOT_OURS, accepted_at=None)
    return rows.select_related("unit", "task").order_by("declined_at")


def done_waiting(campaign: Campaign) -> QuerySet[Duty]:
    """Tasks that units say are done, not yet accepted."""
    return campaign.duties.filter(_TO_ACCEPT).select_related("unit", "task").order_by("done_at")


def by_link_waiting(campaign: Campaign) -> QuerySet[Duty]:
    """What was done by link and nobody with an account has confirmed."""
    return campaign.duties.filter(by_link=True).select_related("unit").order_by("done_at")


def to_look_at(campaign: Campaign, most: int) -> tuple[list[Duty], list[Duty]]:
    """What was done by link and nobody with an account has confirmed, and tasks done that nobody has accepted. One query.

    At most ``most`` of each, the oldest; among very many, those by link come first.
    """
    rows = campaign.duties.filter(Q(by_link=True) | _TO_ACCEPT).select_related("unit").order_by("-by_link", "done_at")
    found = list(rows[: 2 * most])
    by_link = [duty for duty in found if duty.by_link]
    done = [duty for duty in found if duty.kind == Duty.Kind.TASK and duty.state == Duty.State.DONE]
    done = sorted(
        (duty for duty in done if duty.accepted_at is None), key=lambda duty: duty.done_at or campaign.created_at
    )
    return by_link[:most], done[:most]
