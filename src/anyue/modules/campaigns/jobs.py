"""What happens by itself, or takes longer than a request: chasing in office hours, printing drafts."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from anyue.modules.accounts.models import User
from anyue.modules.accounts.selectors import actor_of
from anyue.platform.authz import Actor
from anyue.platform.jobs.job import job
from anyue.platform.jobs.schedules import every

from .models import Campaign, DraftDocument
from .models.chasing import BY_ITSELF as CODE
from .selectors.rosters import JOB as ROSTER
from .selectors.rosters import owner_of
from .services.chasing import chase_due
from .services.circulars import draft_print
from .services.rosters import roster_fill

logger = logging.getLogger(__name__)


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


@job("campaigns.print_draft", label=_("Print a draft"), retries=1, timeout=180)
def print_draft(draft: int) -> None:
    """The draft as a PDF beside its Word file."""
    row = DraftDocument.objects.select_related("file__blob", "campaign__unit").filter(pk=draft).first()
    if row is not None:
        draft_print(by=Actor.system("campaigns.print_draft"), draft=row)


@job(ROSTER, label=_("Fill the roster of liaison officers"), retries=0, timeout=600)
def roster(campaign: int, person: int) -> None:
    """In the issuer's own form, with the authority that she has when it runs."""
    by = actor_of(User.objects.get(pk=person))
    roster_fill(by=by, campaign=Campaign.objects.select_related("unit", "notice").get(pk=campaign))


def roster_starting(by: Actor) -> Callable[[Campaign], object]:
    """What starts that job for ``by``, who sees how far it is."""

    def start(campaign: Campaign) -> object:
        waiting = roster.by(by, subject=owner_of(campaign), place=campaign.unit.path)
        return waiting.enqueue(campaign.pk, int(by.id))

    return start
