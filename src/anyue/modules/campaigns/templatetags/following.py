"""Words of the chase page, the table of completeness and the board."""

from __future__ import annotations

from django import template

from ..models import Duty
from ..texts import title_of

register = template.Library()


@register.simple_tag
def duty_title(duty: Duty) -> str:
    """What is to be done in few words."""
    return title_of(duty)
