"""Changing a campaign, its key days, its tasks and what is handed in, before and after it is published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import transaction

from anyue.kernel import clock
from anyue.kernel.errors import RefusedError
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor

from .. import policies, problems
from ..models import Campaign, Duty, KeyDay, Requirement, Task
from ..permissions import CampaignPermission as May
from ..selectors import limits_above
from .drafting import targets_propose
from .limits import check_limit
from .telling import tell_changed
from .versions import check_version, version_make

_FIELDS = (
    "name",
    "theme",
    "starts_on",
    "ends_on",
    "contact_name",
    "contact_phone",
    "contact_email",
    "links_until",
)
# What changes nothing of what is asked.
_QUIET = frozenset({"contact_name", "contact_phone", "contact_email", "links_until", "theme"})
_OPEN = (Campaign.State.DRAFT, Campaign.State.RUNNING)
_FAR = timedelta(days=366)
"""A key day further away is a slip of the pen in the year."""
Asked = TypeVar("Asked", Task, Requirement)


@transaction.atomic
def campaign_edit(*, by: Actor, campaign: Campaign, **values: Any) -> Campaign:
    """Set name, theme, days, contact or the links' last day of a draft or running campaign. Other names are a ``TypeError``."""
    if set(values) - set(_FIELDS):
        raise TypeError(f"not to be edited: {set(values) - set(_FIELDS)}")
    campaign = _ready(by, campaign)
    before = {name: getattr(campaign, name) for name in values}
    for name, value in values.items():
        setattr(campaign, name, value)
    if not campaign.name.strip():
        raise RefusedError(problems.NAME_MISSING, fields={"name": problems.NAME_MISSING})
    if campaign.ends_on < campaign.starts_on:
        raise RefusedError(problems.DAYS_MISSING, fields={"ends_on": problems.DAYS_MISSING})
    campaign.save(update_fields=list(values) or None)
    _tell(by, "campaign.edited", campaign, campaign, before, values)
    return campaign


@transaction.atomic
def key_days_set(
    *, by: Actor, campaign: Campaign, days: Iterable[tuple[date, str]], version: int | None = None
) -> list[KeyDay]:
    """The key days of the campaign, all of them. Each needs its name, and lies within a year of the campaign.

    ``version``: the one that was looked at; refused where somebody changed the campaign since.
    """
    campaign = _ready(by, campaign)
    check_version(campaign, version)
    before = [[day.on.isoformat(), day.name] for day in campaign.key_days.all()]
    wanted = sorted({(on, " ".join(name.split())[:120]) for on, name in days})
    for on, name in wanted:
        if not name:
            raise RefusedError(problems.KEY_DAY_NAME, on=on.isoformat())
        if not campaign.starts_on - _FAR <= on <= campaign.ends_on + _FAR:
            raise RefusedError(problems.KEY_DAY_FAR, on=on.isoformat(), name=name)
    after = [[on.isoformat(), name] for on, name in wanted]
    if after != before:
        campaign.key_days.all().delete()
        KeyDay.objects.bulk_create([KeyDay(campaign=campaign, on=on, name=name) for on, name in wanted])
        _tell(by, "campaign.key_days_set", campaign, campaign, {"days": before}, {"days": after})
    return list(campaign.key_days.all())


@transaction.atomic
def task_add(*, by: Actor, campaign: Campaign, text: str, **values: Any) -> Task:
    """One more task of a draft: ``section heading responsible levels due_at continues parent``."""
    campaign = _ready(by, campaign, draft=True)
    number = (campaign.tasks.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    task = Task(campaign=campaign, number=number, text=text.strip(), **values)
    _checked(task, campaign)
    task.save()
    targets_propose(campaign)
    _tell(by, "task.added", task, campaign, {}, {"text": task.text})
    return task


@transaction.atomic
def task_edit(*, by: Actor, task: Task, **values: Any) -> Task:
    """Change a task. Whom it is for only in a draft; a new text or due time of a running one reaches its open duties.

    A unit that was given more time keeps it where that is later.
    """
    campaign = _ready(by, task.campaign, draft=bool({"responsible", "levels", "covered_by"} & set(values)))
    return _edited(by, task, campaign, values, title="text")


@transaction.atomic
def requirement_add(*, by: Actor, campaign: Campaign, kind: str, title: str, **values: Any) -> Requirement:
    """One more thing to be handed in, in a draft: ``who due_at recipient form parent``."""
    campaign = _ready(by, campaign, draft=True)
    number = (campaign.requirements.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    one = Requirement(campaign=campaign, kind=kind, number=number, title=title.strip()[:200], **values)
    _checked(one, campaign)
    one.save()
    targets_propose(campaign)
    _tell(by, "requirement.added", one, campaign, {}, {"title": one.title})
    return one


@transaction.atomic
def requirement_edit(*, by: Actor, requirement: Requirement, **values: Any) -> Requirement:
    """Change what is handed in, with the same rules as for tasks."""
    campaign = _ready(by, requirement.campaign, draft=bool({"who", "kind"} & set(values)))
    return _edited(by, requirement, campaign, values, title="title")


@transaction.atomic
def asked_drop(*, by: Actor, asked: Task | Requirement) -> None:
    """Ask for it no longer: in a draft it is left out, in a running campaign its open duties are dropped."""
    campaign = _ready(by, asked.campaign)
    if asked.dropped_at is not None:
        return
    asked.dropped_at, asked.dropped_by = clock.now(), by.label[:120]
    asked.save(update_fields=["dropped_at", "dropped_by"])
    open_duties = asked.duties.exclude(state__in=[Duty.State.DONE, Duty.State.DROPPED])
    count = open_duties.update(
        state=Duty.State.DROPPED, declined_at=None, declined_by="", accepted_at=None, accepted_by=""
    )
    _tell(by, f"{asked._meta.model_name}.dropped", asked, campaign, {}, {"duties": count})


@transaction.atomic
def asked_restore(*, by: Actor, asked: Task | Requirement) -> None:
    """Ask for it again, in a draft."""
    campaign = _ready(by, asked.campaign, draft=True)
    asked.dropped_at, asked.dropped_by = None, ""
    asked.save(update_fields=["dropped_at", "dropped_by"])
    targets_propose(campaign)
    _tell(by, f"{asked._meta.model_name}.restored", asked, campaign, {}, {})


def _edited(by: Actor, asked: Asked, campaign: Campaign, values: Mapping[str, Any], *, title: str) -> Asked:
    before = {name: getattr(asked, name) for name in values}
    for name, value in values.items():
        setattr(asked, name, value)
    _checked(asked, campaign)
    asked.save(update_fields=list(values) or None)
    if campaign.state == Campaign.State.RUNNING:
        _reach_duties(asked, before, title)
    else:
        targets_propose(campaign)
    _tell(by, f"{asked._meta.model_name}.edited", asked, campaign, before, values)
    return asked


def _reach_duties(asked: Task | Requirement, before: Mapping[str, Any], title: str) -> None:
    open_duties = asked.duties.filter(state__in=[Duty.State.OPEN, Duty.State.STARTED])
    if title in before and asked.duties.exclude(kind__in=["receipt", "liaison"]).exists():
        open_duties.update(title=getattr(asked, title)[:300])
    if "due_at" in before and before["due_at"] != asked.due_at:
        same = open_duties.filter(due_at=before["due_at"])
        later = open_duties.exclude(pk__in=same.values("pk"))
        if asked.due_at is not None:
            later.filter(due_at__lt=asked.due_at).update(due_at=asked.due_at)
        same.update(due_at=asked.due_at)


def _checked(asked: Task | Requirement, campaign: Campaign) -> None:
    words = asked.text if isinstance(asked, Task) else asked.title
    if not words.strip():
        name = "text" if isinstance(asked, Task) else "title"
        raise RefusedError(problems.TEXT_MISSING, fields={name: problems.TEXT_MISSING})
    if asked.parent_id is None or campaign.parent_id is None:
        return
    above = limits_above(campaign)
    limits = above.tasks if isinstance(asked, Task) else above.requirements
    check_limit(asked.due_at, limits.get(asked.parent_id))


def _ready(by: Actor, campaign: Campaign, *, draft: bool = False) -> Campaign:
    campaign = Campaign.objects.select_for_update(of=("self",)).select_related("unit").get(pk=campaign.pk)
    policies.require_office(by, May.MANAGE, campaign=campaign)
    if draft and campaign.state != Campaign.State.DRAFT:
        raise RefusedError(problems.NOT_DRAFT, name=campaign.name)
    if campaign.state not in _OPEN:
        raise RefusedError(problems.NOT_RUNNING, name=campaign.name)
    return campaign


def _tell(
    by: Actor,
    action: str,
    subject: Campaign | Task | Requirement,
    campaign: Campaign,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> None:
    entry = record(
        by=by,
        action=action,
        subject=subject,
        place=campaign.unit.path,
        before={name: _plain(value) for name, value in before.items()},
        after={name: _plain(value) for name, value in after.items()},
    )
    version_make(campaign, entry)
    if {name for name in after if after[name] != before.get(name)} - _QUIET:
        tell_changed(by, campaign, asked=subject if isinstance(subject, Task | Requirement) else None)


def _plain(value: Any) -> Any:
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    return str(value) if isinstance(value, Requirement | Task) else value
