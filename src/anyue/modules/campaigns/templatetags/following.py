"""Words of the chase page, the table of completeness and the board."""

from __future__ import annotations

from typing import Any

from django import template

from anyue.platform.authz import scopes

from ..models import Campaign, Duty, Participation
from ..permissions import CampaignPermission as May
from ..selectors.contacts import Contacts
from ..selectors.following import to_call
from ..texts import title_of

register = template.Library()


@register.simple_tag
def duty_title(duty: Duty) -> str:
    """What is to be done in few words."""
    return title_of(duty)


@register.simple_tag
def contacts_of(row: Participation) -> Contacts:
    """Whom to call about a row of the chase page."""
    return to_call(row)


@register.inclusion_tag("campaigns/chasing/tabs.html", takes_context=True)
def following_tabs(context: Any, campaign: Campaign, here: str = "") -> dict[str, Any]:
    """The pages on which a campaign is followed, those that its reader may open. ``here``: the one that is open. At most one query."""
    may = scopes(context["request"].actor, May.CHASE)
    office = may.covers(campaign.unit.path)
    some = office or here == "chase"
    below = some or (bool(may) and campaign.participations.filter(may.q("unit__path")).exists())
    return {"campaign": campaign, "here": here, "may_chase": below, "may_report": office}
