"""Campaigns that an actor sees: those of her office, and the published ones that address her unit."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from anyue.modules.orgs.models import Unit
from anyue.platform.authz import Actor, ActorKind, can, scopes

from ..models import Campaign, Duty, Participation
from ..permissions import CampaignPermission as May
from ..policies import of_link

_PUBLISHED = (Campaign.State.RUNNING, Campaign.State.CLOSED, Campaign.State.WITHDRAWN)


def campaigns_for(actor: Actor) -> QuerySet[Campaign]:
    """What ``actor`` sees: campaigns of offices that she sees, and published ones that address a unit that she sees."""
    if actor.kind is ActorKind.LINK:
        campaign, participation = of_link(actor)
        return Campaign.objects.filter(participations=participation, pk=campaign)
    seen = scopes(actor, May.VIEW)
    addressed = Participation.objects.filter(seen.q("unit__path")).values("campaign")
    return Campaign.objects.filter(seen.q("unit__path") | Q(state__in=_PUBLISHED, pk__in=addressed)).select_related(
        "unit"
    )


def running_for(actor: Actor) -> QuerySet[Campaign]:
    """The running ones among them."""
    return campaigns_for(actor).filter(state=Campaign.State.RUNNING)


def campaign_for(actor: Actor, pk: int, *, act: May | None = None) -> Campaign:
    """The campaign ``pk``. Raises ``Http404`` if ``actor`` does not see it, ``PermissionDenied`` if she may not ``act`` in its
    office.
    """
    found = campaigns_for(actor).select_related("unit", "notice", "parent").filter(pk=pk).first()
    if found is None:
        raise Http404
    if act is not None and not can(actor, act, found.unit.path):
        raise PermissionDenied
    return found


def place_for(actor: Actor, pk: int, unit: int, *, act: May | None = None) -> tuple[Campaign, Unit]:
    """The published campaign ``pk`` and a ``unit`` that owes it something. ``Http404`` if ``actor`` sees neither the unit nor, as
    the office that asks, all that is owed to it; ``PermissionDenied`` if she may not ``act`` for the unit.
    """
    campaign = campaign_for(actor, pk)
    asked = Exists(Duty.objects.filter(campaign=campaign, unit=OuterRef("pk")))
    found = Unit.objects.filter(asked, pk=unit).first()
    seen = scopes(actor, May.VIEW)
    if found is None or campaign.state == Campaign.State.DRAFT:
        raise Http404
    if not seen.covers(found.path) and not seen.covers(campaign.unit.path):
        raise Http404
    if act is not None and not can(actor, act, found.path):
        raise PermissionDenied
    return campaign, found


def participations_for(actor: Actor, campaign: Campaign) -> QuerySet[Participation]:
    """The addressed units of ``campaign`` that ``actor`` sees: all for its office, her own for a unit below."""
    rows = campaign.addressed_now.select_related("unit")
    seen = scopes(actor, May.VIEW)
    return rows if seen.covers(campaign.unit.path) else rows.filter(seen.q("unit__path"))


def owed_by(actor: Actor, campaign: Campaign) -> list[Unit]:
    """The units that ``campaign`` addresses and that ``actor`` may act for, in the order of the tree."""
    acting = scopes(actor, May.SIGN).q("path") | scopes(actor, May.WORK).q("path")
    return list(Unit.objects.filter(acting, participations__campaign=campaign).order_by("path"))
