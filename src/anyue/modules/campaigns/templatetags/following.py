"""Words of the chase page, the table of completeness and the board; boxes of units to choose."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

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


@register.simple_tag
def unit_boxes(units: Iterable[tuple[int, str]], chosen: Collection[int]) -> SafeString:
    """A tick box for each of ``units`` (key and name). Put together here: a district has thousands, and a template takes a second."""
    boxes = (
        f'<div class="form-check" data-choose-row><input class="form-check-input" type="checkbox" name="units" value="{pk}" '
        f'id="unit-{pk}"{" checked" if pk in chosen else ""}><label class="form-check-label" for="unit-{pk}">{escape(name)}'
        "</label></div>"
        for pk, name in units
    )
    return mark_safe("".join(boxes))  # noqa: S308 - the keys are whole numbers, the name is escaped


@register.inclusion_tag("campaigns/chasing/tabs.html", takes_context=True)
def following_tabs(context: Any, campaign: Campaign, here: str = "") -> dict[str, Any]:
    """The pages on which a campaign is followed, those that its reader may open. ``here``: the one that is open. At most one query."""
    may = scopes(context["request"].actor, May.CHASE)
    office = may.covers(campaign.unit.path)
    some = office or here == "chase"
    below = some or (bool(may) and campaign.participations.filter(may.q("unit__path")).exists())
    return {"campaign": campaign, "here": here, "may_chase": below, "may_report": office}
