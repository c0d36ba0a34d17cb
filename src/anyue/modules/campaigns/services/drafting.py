"""From a reviewed notice to the draft of a campaign: nobody owes anything until it is published."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from anyue.kernel.errors import RefusedError
from anyue.modules.notices.models import Notice
from anyue.modules.notices.selectors import decided_spec
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor, can

from .. import problems
from ..models import Campaign, KeyDay, Target
from ..permissions import CampaignPermission as May
from ..selectors import proposals, words_used
from . import proposing

_REVIEWED = (Notice.State.REVIEWED, Notice.State.ISSUED)


@transaction.atomic
def campaign_draft_from_notice(
    *, by: Actor, notice: Notice, name: str = "", starts_on: date | None = None, ends_on: date | None = None
) -> Campaign:
    """A draft with period, key days, tasks, requirements and a proposal for every name of the reviewed ``notice``.

    ``name`` and days given here go before those of the notice. Refused while the review is unfinished, where neither the
    notice nor the caller knows the days, and where a campaign of this notice is there already.
    """
    _allowed(by, notice)
    # Two presses of the button, or two officers: the second is told of the first one's draft.
    notice = Notice.objects.select_for_update(of=("self",)).select_related("unit").get(pk=notice.pk)
    before = notice.campaigns.exclude(state=Campaign.State.WITHDRAWN).first()
    if before is not None:
        raise RefusedError(problems.ALREADY_STARTED, name=before.name)
    spec = decided_spec(notice)
    if notice.state not in _REVIEWED or spec["undecided"]:
        raise RefusedError(problems.NOTICE_UNREVIEWED, count=spec["undecided"])
    about = spec["campaign"]
    told = head_of(notice, spec)
    starts_on, ends_on = starts_on or told["starts_on"], ends_on or told["ends_on"]
    if starts_on is None or ends_on is None or ends_on < starts_on:
        raise RefusedError(
            problems.DAYS_MISSING, fields={"starts_on": problems.DAYS_MISSING, "ends_on": problems.DAYS_MISSING}
        )
    contact: dict[str, Any] = next(iter(spec["contacts"]), {})
    campaign = Campaign.objects.create(
        unit=notice.unit,
        notice=notice,
        name=(name or told["name"])[:200],
        year=about.get("year") or starts_on.year,
        theme=(about.get("theme") or "")[:200],
        starts_on=starts_on,
        ends_on=ends_on,
        addressed=[words for words in spec["addressees"] if isinstance(words, str)],
        contact_name=(contact.get("name") or "")[:40],
        contact_phone=(contact.get("phone") or "")[:40],
        contact_email=(contact.get("email") or "")[:120],
        created_by=by.label[:120],
    )
    days = [(day, one.get("name", "")[:120]) for one in spec["key_dates"] if (day := proposing.day_of(one.get("date")))]
    KeyDay.objects.bulk_create(KeyDay(campaign=campaign, on=day, name=label) for day, label in days)
    proposing.requirements_from(campaign, spec)
    proposing.tasks_from(campaign, spec)
    targets_propose(campaign)
    record(by=by, action="campaign.drafted", subject=campaign, place=campaign.unit.path, after={"notice": str(notice)})
    return campaign


def head_of(notice: Notice, spec: dict[str, Any] | None = None) -> dict[str, Any]:
    """Name, first and last day of a campaign as the reviewed ``notice`` has them; None where it is silent."""
    spec = decided_spec(notice) if spec is None else spec
    about = spec["campaign"]
    days = {"starts_on": proposing.day_of(about.get("start")), "ends_on": proposing.day_of(about.get("end"))}
    return {"name": _name(about, notice), **days}


def targets_propose(campaign: Campaign) -> None:
    """A proposal for every name in use that has none yet; what a person decided stays."""
    known = set(campaign.targets.values_list("words", flat=True))
    fresh = [words for words in (*campaign.addressed, *words_used(campaign)) if words not in known]
    if not fresh:
        return
    Target.objects.bulk_create(
        Target(
            campaign=campaign,
            words=one.words[:200],
            units=list(one.units),
            why=one.why,
            details=dict(one.details),
            is_sure=one.is_sure,
        )
        for one in proposals(campaign, dict.fromkeys(fresh))
    )


def _allowed(by: Actor, notice: Notice) -> None:
    if not can(by, May.MANAGE, notice.unit.path):
        raise RefusedError(problems.NOT_ALLOWED, unit=notice.unit.name)


def _name(about: dict[str, Any], notice: Notice) -> str:
    """2026年“安全生产月”活动, else the notice's own title."""
    if not about.get("name"):
        return notice.title or gettext("Campaign")
    year = f"{about['year']}年" if about.get("year") else ""
    return f"{year}“{about['name']}”活动"
