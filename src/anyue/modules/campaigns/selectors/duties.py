"""Duties that an actor sees."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from anyue.modules.orgs.models import Unit
from anyue.platform.authz import Actor, ActorKind, can, scopes

from ..models import Campaign, Duty
from ..permissions import CampaignPermission as May
from ..policies import of_link


def duties_for(actor: Actor, *, running: bool = True) -> QuerySet[Duty]:
    """Duties of units that ``actor`` sees, and of all units in campaigns of offices that she sees.

    ``running``: only of campaigns that run, without those no longer asked. Campaign and unit come with them.
    """
    rows = Duty.objects.select_related("campaign", "unit")
    if running:
        rows = rows.filter(campaign__state=Campaign.State.RUNNING).exclude(state=Duty.State.DROPPED)
    if actor.kind is ActorKind.LINK:
        campaign, participation = of_link(actor)
        return rows.filter(campaign=campaign, unit__participations=participation)
    seen = scopes(actor, May.VIEW)
    return rows.filter(seen.q("unit__path") | seen.q("campaign__unit__path"))


def duties_of(unit: Unit, campaign: Campaign) -> QuerySet[Duty]:
    """What ``unit`` owes ``campaign``, without what is no longer asked: receipt, officer, then by due time."""
    return (
        Duty.objects.filter(unit=unit, campaign=campaign)
        .exclude(state=Duty.State.DROPPED)
        .select_related("task", "requirement", "campaign", "unit")
        .order_by("due_at", "task__number", "id")
    )


def duty_for(actor: Actor, pk: int, *, own: May | None = None, office: May | None = None) -> Duty:
    """The duty ``pk``: ``Http404`` if not seen; ``PermissionDenied`` without ``own`` at its unit or ``office`` at the campaign's."""
    found = duties_for(actor, running=False).select_related("campaign__unit", "unit", "task").filter(pk=pk).first()
    if found is None:
        raise Http404
    allowed = (own is not None and can(actor, own, found.unit.path)) or (
        office is not None and can(actor, office, found.campaign.unit.path)
    )
    if (own or office) and not allowed:
        raise PermissionDenied
    return found
