"""What happens by itself: chasing in office hours."""

from __future__ import annotations

import logging

from django.utils.translation import gettext_lazy as _

from anyue.platform.authz import Actor
from anyue.platform.jobs.job import job
from anyue.platform.jobs.schedules import every

from .models import Campaign
from .services.chasing import chase_due

logger = logging.getLogger(__name__)
CODE = "campaigns.chase"


@every(seconds=600)
@job(CODE, label=_("Chase what is late"), retries=1, timeout=900)
def chase() -> dict[str, int]:
    """Every running campaign by its own rules. A fault in one never keeps the others from being chased."""
    counts = {"units": 0, "campaigns": 0}
    fault: Exception | None = None
    for campaign in Campaign.objects.filter(state=Campaign.State.RUNNING, chases_itself=True):
        try:
            made = chase_due(by=Actor.system(CODE), campaign=campaign)
        except Exception as error:
            logger.exception("chasing of campaign %s failed", campaign.pk)
            fault = error
            continue
        counts["units"] += len({one.unit_id for one in made})
        counts["campaigns"] += bool(made)
    if fault is not None:
        raise fault
    return counts
