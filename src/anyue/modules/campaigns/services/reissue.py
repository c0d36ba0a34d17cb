"""A unit issues a campaign further down: its own draft, with tasks of its own and deadlines that are never later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from anyue.kernel.errors import RefusedError
from anyue.modules.orgs.models import Unit
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor, can

from .. import policies, problems
from ..models import Campaign, KeyDay, Requirement, Task
from ..permissions import CampaignPermission as May
from ..selectors import limits_above
from .drafting import targets_propose
from .limits import check_limit

EVERYBODY = "各单位"
_GONE = (Campaign.State.WITHDRAWN,)


@transaction.atomic
def campaign_reissue(
    *,
    by: Actor,
    parent: Campaign,
    unit: Unit,
    addressed: Iterable[str],
    tasks: Mapping[int, datetime | None],
    requirements: Mapping[int, datetime | None],
    liaison_due_at: datetime | None = None,
    name: str = "",
) -> Campaign:
    """A draft of ``unit`` that carries out the running ``parent``.

    ``tasks`` and ``requirements`` are keys of the parent's, each with the time that the units below get: refused where it is
    later than the unit's own. ``addressed`` are names as a notice would have them (各社区). The draft is edited, checked and
    published like any other; what is done below is then visible above.
    """
    policies.require_running(parent)
    if not can(by, May.REISSUE, unit.path):
        raise RefusedError(problems.NOT_ALLOWED, unit=unit.name)
    # Held until the end: who sends the form twice, or two at once, make one draft.
    if parent.addressed_now.select_for_update().filter(unit=unit).first() is None:
        raise RefusedError(problems.NOT_ADDRESSED, name=parent.name, unit=unit.name)
    before = parent.children.filter(unit=unit).exclude(state__in=_GONE).first()
    if before is not None:
        raise RefusedError(problems.ALREADY_REISSUED, unit=unit.name, name=before.name)
    if not tasks and not requirements:
        raise RefusedError(problems.NOTHING_TO_REISSUE)
    names = [words.strip() for words in addressed if words.strip()] or [EVERYBODY]
    campaign = Campaign.objects.create(
        unit=unit,
        parent=parent,
        name=(name.strip() or parent.name)[:200],
        year=parent.year,
        theme=parent.theme,
        starts_on=parent.starts_on,
        ends_on=parent.ends_on,
        addressed=names,
        contact_phone=unit.phone[:40],
        created_by=by.label[:120],
    )
    KeyDay.objects.bulk_create(KeyDay(campaign=campaign, on=day.on, name=day.name) for day in parent.key_days.all())
    _requirements(campaign, requirements, names, liaison_due_at)
    _tasks(campaign, tasks, names)
    targets_propose(campaign)
    after = {
        "parent": f"{parent.unit.name} · {parent.name}",
        "tasks": list(parent.tasks.filter(pk__in=tasks).values_list("text", flat=True)),
        "requirements": list(parent.requirements.filter(pk__in=requirements).values_list("title", flat=True)),
    }
    record(by=by, action="campaign.reissued", subject=campaign, place=unit.path, after=after)
    return campaign


def _requirements(
    campaign: Campaign, wanted: Mapping[int, datetime | None], names: list[str], liaison_due_at: datetime | None
) -> None:
    limits = limits_above(campaign).requirements
    rows = [Requirement(kind=Requirement.Kind.RECEIPT, title="签收", who=names)]
    if liaison_due_at is not None:
        rows.append(Requirement(kind=Requirement.Kind.LIAISON, title="联络员回执", who=names, due_at=liaison_due_at))
    known = Requirement.objects.filter(
        campaign=campaign.parent_id, kind=Requirement.Kind.RETURN, dropped_at=None, pk__in=wanted
    )
    _all_known(known.count(), wanted)
    for above in known:
        check_limit(wanted[above.pk], limits.get(above.pk))
        rows.append(
            Requirement(
                kind=Requirement.Kind.RETURN,
                parent=above,
                title=above.title,
                who=names,
                due_at=wanted[above.pk],
                form=above.form,
                evidence=above.evidence,
            )
        )
    for number, row in enumerate(rows, 1):
        row.campaign, row.number = campaign, number
    Requirement.objects.bulk_create(rows)


def _tasks(campaign: Campaign, wanted: Mapping[int, datetime | None], names: list[str]) -> None:
    limits = limits_above(campaign).tasks
    known = Task.objects.filter(campaign=campaign.parent_id, dropped_at=None, pk__in=wanted)
    _all_known(known.count(), wanted)
    rows = []
    for number, above in enumerate(known, 1):
        check_limit(wanted[above.pk], limits.get(above.pk))
        rows.append(
            Task(
                campaign=campaign,
                parent=above,
                number=number,
                section=above.section,
                heading=above.heading,
                text=above.text,
                evidence=above.evidence,
                levels=above.levels,
                responsible=names,
                due_at=wanted[above.pk],
                continues=above.continues,
            )
        )
    Task.objects.bulk_create(rows)


def _all_known(found: int, wanted: Mapping[int, datetime | None]) -> None:
    if found < len(wanted):
        raise RefusedError(problems.TASK_OF_OTHER)
