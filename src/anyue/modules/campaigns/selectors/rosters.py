"""The official roster of liaison officers: whether the notice has a form for it, the file that was made, the job that makes it."""

from __future__ import annotations

from dataclasses import dataclass

from anyue.platform.audit.services import Subject
from anyue.platform.authz import Actor
from anyue.platform.files.models import StoredFile
from anyue.platform.jobs.models import Progress
from anyue.platform.jobs.selectors import State, state_of, trouble_of

from ..models import Campaign, LiaisonOfficer, Requirement

OWNER, JOB = "campaigns.roster", "campaigns.roster"


@dataclass(frozen=True, slots=True)
class Roster:
    """What the office's page shows of it. ``task`` is the job while it runs, ``trouble`` why the last one failed."""

    form: str
    file: StoredFile | None
    task: str
    trouble: str


def owner_of(campaign: Campaign) -> Subject:
    """To whom the file belongs."""
    return Subject(OWNER, str(campaign.pk), campaign.name)


def roster_of(actor: Actor, campaign: Campaign) -> Roster | None:
    """None where the notice has no form for liaison officers. Three queries."""
    if campaign.notice_id is None:
        return None
    asked = campaign.requirements.filter(kind=Requirement.Kind.LIAISON).exclude(form="").first()
    if asked is None:
        return None
    owner = owner_of(campaign)
    files = StoredFile.objects.filter(owner_kind=owner.kind, owner_id=owner.id, removed_at=None)
    jobs = Progress.objects.select_related("task").filter(
        job=JOB, subject_kind=owner.kind, subject_id=owner.id, started_by=actor.key
    )
    row = jobs.order_by("-task__enqueued_at").first()
    state = state_of(row) if row is not None else State.DONE
    task = str(row.pk) if row is not None and state in (State.WAITING, State.RUNNING, State.AGAIN) else ""
    trouble = trouble_of(row) if row is not None and state is State.FAILED else ""
    return Roster(asked.title, files.order_by("-uploaded_at", "-pk").first(), task, trouble)


def officers_named(campaign: Campaign) -> list[LiaisonOfficer]:
    """Who is liaison officer now, in the order of the tree. One query."""
    rows = LiaisonOfficer.objects.filter(campaign=campaign, until_at=None).select_related("unit")
    return list(rows.order_by("unit__path"))
