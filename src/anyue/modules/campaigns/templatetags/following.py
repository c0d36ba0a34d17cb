"""Words of the chase page, the table of completeness and the board."""

from __future__ import annotations

from django import template

from ..models import Duty, Participation
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
