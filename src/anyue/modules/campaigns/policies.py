"""Who may what around a campaign, for people and for links alike. Services ask here; default deny."""

from __future__ import annotations

from anyue.kernel import clock
from anyue.kernel.errors import RefusedError
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import Actor, ActorKind, can

from . import problems
from .models import Campaign, Participation
from .permissions import CampaignPermission as May

# What the holder of a link may do, for the unit of the link and nobody else.
BY_LINK = frozenset({May.VIEW, May.SIGN, May.WORK})


def of_link(by: Actor) -> tuple[int, int]:
    """Campaign and participation of the holder of a link, by key; zeros for anybody else."""
    campaign, number = by.within.removeprefix("campaign:"), by.id
    if by.kind is not ActorKind.LINK or not (campaign.isdecimal() and number.isdecimal()):
        return 0, 0
    return int(campaign), int(number)


def may(by: Actor, permission: May, *, campaign: Campaign, unit: Unit) -> bool:
    """``by`` may do ``permission`` for ``unit`` in ``campaign``. A link is looked up again: it may have been revoked since."""
    if by.kind is not ActorKind.LINK:
        return can(by, permission, unit.path)
    of_campaign, number = of_link(by)
    if permission not in BY_LINK or of_campaign != campaign.pk:
        return False
    row = Participation.objects.filter(campaign=campaign, unit=unit, pk=number).first()
    return row is not None and is_open_door(row, campaign)


def is_open_door(participation: Participation, campaign: Campaign) -> bool:
    """The link of ``participation`` opens at this moment."""
    return (
        participation.link_digest is not None
        and campaign.state == Campaign.State.RUNNING
        and campaign.links_open
        and campaign.links_until is not None
        and clock.today() <= campaign.links_until
    )


def require(by: Actor, permission: May, *, campaign: Campaign, unit: Unit) -> None:
    """Refuse unless ``may``."""
    if not may(by, permission, campaign=campaign, unit=unit):
        raise RefusedError(problems.NOT_ALLOWED, unit=unit.name)


def require_office(by: Actor, permission: May, *, campaign: Campaign) -> None:
    """Refuse unless ``by`` has ``permission`` in the office that runs ``campaign``."""
    if by.kind is ActorKind.LINK or not can(by, permission, campaign.unit.path):
        raise RefusedError(problems.NOT_ALLOWED, unit=campaign.unit.name)


def require_running(campaign: Campaign) -> None:
    """Refuse unless ``campaign`` is running."""
    if campaign.state != Campaign.State.RUNNING:
        raise RefusedError(problems.NOT_RUNNING, name=campaign.name)
