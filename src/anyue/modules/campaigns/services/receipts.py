"""A unit signs that it has received the campaign."""

from __future__ import annotations

from django.db import transaction

from anyue.kernel.errors import RefusedError
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import Actor

from .. import problems
from ..models import Campaign, Duty
from .duties import duty_done


@transaction.atomic
def receipt_sign(*, by: Actor, campaign: Campaign, unit: Unit) -> Duty:
    """``unit`` signs its receipt. Signed already: the same row again, with the time and the name that it has."""
    duty = Duty.objects.filter(campaign=campaign, unit=unit, kind=Duty.Kind.RECEIPT).first()
    if duty is None:
        raise RefusedError(problems.NOT_ADDRESSED, name=campaign.name, unit=unit.name)
    if duty.state == Duty.State.DONE:
        return duty
    return duty_done(by=by, duty=duty)
