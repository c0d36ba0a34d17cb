"""What waits for those who keep the installation: its administrator, its auditor, who keeps units and people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from anyue.kernel import clock, paths
from anyue.modules.accounts.models import FailedSignIns, Grant, User
from anyue.modules.accounts.selectors import in_force
from anyue.modules.orgs.models import Change, Unit
from anyue.platform.audit.selectors import entries_seen, unsealed_count
from anyue.platform.audit.sentences import sentence
from anyue.platform.authz import Actor, role_named
from anyue.platform.jobs.job import job_named
from anyue.platform.jobs.models import Schedule
from anyue.platform.jobs.selectors import State, jobs_seen, label_of
from anyue.platform.messaging.models import Message
from anyue.platform.messaging.selectors import outbox_seen

from .. import links

ENDING = timedelta(days=14)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its words, its list, and whether it is good news (success), bad (danger, warning) or none (neutral)."""

    name: str
    value: int
    href: str
    unit: str = ""
    tone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Something that happened at a time, in words, with its page."""

    at: datetime | None
    text: str
    href: str


def jobs(actor: Actor) -> tuple[list[Number], list[Line]]:
    """How jobs stand, and the latest that failed. Two queries."""
    seen: Any = jobs_seen(by=actor)
    counted = dict(seen.order_by().values("state").annotate(n=Count("pk")).values_list("state", "n"))
    names = (
        (State.FAILED, _("Jobs that failed"), "danger"),
        (State.AGAIN, _("Jobs that are tried again"), "warning"),
        (State.WAITING, _("Jobs that wait"), ""),
        (State.RUNNING, _("Jobs that run"), ""),
    )
    numbers = [
        Number(name, counted.get(state.value, 0), links.address("jobs:jobs", state=state.value), tone=tone)
        for state, name, tone in names
    ]
    failed = [
        Line(one.task.finished_at, " · ".join(filter(None, (label_of(one), one.subject_label))), _job(one))
        for one in seen.filter(state=State.FAILED)[:5]
    ]
    return numbers, failed


def _job(one: Any) -> str:
    return links.address("jobs:job", one.pk)


def outbox(actor: Actor) -> list[Number]:
    """Messages that failed or wait. One query."""
    rows = outbox_seen(by=actor).aggregate(
        failed=Count("pk", filter=Q(state=Message.State.FAILED)),
        waiting=Count("pk", filter=Q(state=Message.State.WAITING)),
    )
    return [
        Number(
            _("Messages that failed"), rows["failed"], links.address("messaging:outbox", state="failed"), tone="danger"
        ),
        Number(_("Messages that wait"), rows["waiting"], links.address("messaging:outbox", state="waiting")),
    ]


def locks() -> Number:
    """Names and addresses whose sign-in is refused at the moment. One query."""
    rows = FailedSignIns.objects.filter(locked_until__gt=clock.now())
    counted = rows.aggregate(
        names=Count("pk", filter=Q(of=FailedSignIns.Of.NAME)), places=Count("pk", filter=Q(of=FailedSignIns.Of.ADDRESS))
    )
    note = _("and %(n)s addresses") % {"n": counted["places"]} if counted["places"] else ""
    people = links.address("people:index")
    return Number(_("User names locked out"), counted["names"], people, tone="warning", note=note)


def schedules() -> list[Line]:
    """Schedules that failed last time or should have run an hour ago, worst first. One query."""
    overdue = Q(next_at__lt=clock.now() - timedelta(hours=1))
    rows = Schedule.objects.filter(overdue | ~Q(last_error="")).order_by("next_at")[:5]
    return [
        Line(one.last_error_at or one.next_at, _schedule(one), links.address("jobs:jobs", q=one.job)) for one in rows
    ]


def _schedule(one: Schedule) -> str:
    job = job_named(one.job)
    said = _("failed the last time") if one.last_error else _("should have run and did not")
    return f"{job.label if job else one.job} · {said}"


ODD = {
    "sign_in.failed": "warning",
    "sign_in.locked": "danger",
    "duty.undone": "warning",
    "trail.exported": "",
    "people.exported": "",
}


def odd_things(actor: Actor) -> list[Number]:
    """What an auditor looks at first, of the last seven days. Two queries."""
    since = clock.today() - WEEK
    rows = entries_seen(actor).filter(action__in=list(ODD), at__gte=clock.start_of(since)).order_by()
    counted = dict(rows.values("action").annotate(n=Count("pk")).values_list("action", "n"))
    names = {
        "sign_in.failed": _("Failed sign-ins"),
        "sign_in.locked": _("Names and addresses locked out"),
        "duty.undone": _("Acts by link undone"),
        "trail.exported": _("Exports of the trail"),
        "people.exported": _("Exports of the list of people"),
    }
    found = [
        Number(
            names[action], counted.get(action, 0), links.address("audit:entries", action=action, since=since), tone=tone
        )
        for action, tone in ODD.items()
    ]
    waiting = unsealed_count()
    note = _("the sealer takes them within a second") if waiting else _("all entries are in the chain")
    return [*found, Number(_("Entries not yet sealed"), waiting, links.address("audit:entries"), note=note)]


def newest_entries(actor: Actor, most: int = 10) -> list[Line]:
    """The end of the trail. One query."""
    rows = entries_seen(actor).order_by("-at", "-id")[:most]
    return [Line(one.at, sentence(one), links.address("audit:entry", one.pk)) for one in rows]


@dataclass(frozen=True, slots=True)
class Ending:
    """A role that ends soon."""

    grant: Grant
    role: str


def people() -> list[Number]:
    """How many units and people there are, and whom something is missing. Two queries."""
    unset = Q(password__startswith="!") | Q(password="")  # noqa: S106 - no password, but the mark of none
    counted = User.objects.aggregate(
        active=Count("pk", filter=Q(is_active=True)),
        invited=Count("pk", filter=Q(is_active=True) & unset),
        suspended=Count("pk", filter=Q(is_active=False)),
    )
    units = Unit.objects.filter(closed_on=None).count()
    return [
        Number(_("Units"), units, links.address("orgs:index")),
        Number(_("People who may sign in"), counted["active"], links.address("people:index")),
        Number(
            _("Invited, no password yet"),
            counted["invited"],
            links.address("people:index", state="invited"),
            tone="warning",
        ),
        Number(_("Suspended"), counted["suspended"], links.address("people:index", state="suspended")),
    ]


def ending(most: int = 8) -> list[Ending]:
    """Roles that end within two weeks, the first to end on top. One query."""
    at = clock.now()
    rows = Grant.objects.filter(in_force(at), until_at__lte=at + ENDING).select_related("user", "unit")
    found = rows.order_by("until_at", "pk")[:most]
    return [Ending(one, str(role.label) if (role := role_named(one.role)) else one.role) for one in found]


def changes(most: int = 8) -> list[Change]:
    """The latest changes of the tree. One query."""
    return list(Change.objects.select_related("unit", "other").order_by("-on", "-pk")[:most])


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody to ask: who, of which unit, under which number."""

    name: str
    unit: str
    phone: str


def whom_to_ask(unit: Unit | None) -> list[Helper]:
    """Who can give a role: the administrators of the nearest unit that has some; without any, who keeps people for all.

    Two queries at most. Only the name and the office's number: whoever asks is a colleague with an account.
    """
    if unit is not None:
        above = Q(unit__in=_itself_and_above(unit))
        rows = Grant.objects.filter(in_force(clock.now()), above, role="unit_admin").select_related("user", "unit")
        found = list(rows.order_by("-unit__path", "pk")[:20])
        nearest = [one for one in found if one.unit_id == found[0].unit_id]
        if nearest:
            return [_helper(one) for one in nearest[:3]]
    rows = Grant.objects.filter(in_force(clock.now()), role="business_admin").select_related("user", "unit")
    return [_helper(one) for one in rows.order_by("pk")[:3]]


def _itself_and_above(unit: Unit) -> Any:
    return Unit.objects.filter(path__in=paths.ancestors(unit.path, itself=True)).values("pk")


def _helper(one: Grant) -> Helper:
    return Helper(one.user.name, one.unit.name if one.unit else "", one.user.office_phone)
