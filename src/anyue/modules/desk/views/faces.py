"""What each home page shows. Every function gives what its template ``desk/home_….html`` draws."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from anyue.kernel import clock
from anyue.modules.accounts.models import Post
from anyue.modules.accounts.selectors import running_posts
from anyue.modules.campaigns.models import Campaign
from anyue.modules.campaigns.permissions import CampaignPermission
from anyue.modules.campaigns.selectors import campaigns_for
from anyue.modules.notices.permissions import NoticePermission
from anyue.modules.orgs.models import Kind, Unit
from anyue.platform.authz import can
from anyue.platform.pages.access import Request

from ..rules.faces import Face
from ..selectors import month as months
from ..selectors import owed, rooms, waiting
from .chosen import chosen

Context = dict[str, Any]


def leads(request: Request, unit: Unit) -> bool:
    """She leads ``unit`` and runs its month not herself. One query, none for who runs it."""
    if can(request.actor, CampaignPermission.MANAGE, unit.path):
        return False
    return Post.objects.filter(running_posts(), user=request.user.pk, unit=unit, is_leader=True).exists()


def office(request: Request, unit: Unit, campaigns: list[Any]) -> Context:
    """What waits for the office, how far its campaign is, what happened since yesterday."""
    running = [one for one in campaigns if one.state == Campaign.State.RUNNING]
    current = chosen(request, running)
    month = months.month_seen(request.actor, current) if current else None
    return {
        "todos": waiting.todos(request.actor, unit, campaigns),
        "month": month,
        "figures": months.figures(month.duties) if month else [],
        "happened": months.latest(month.duties, 6, since=months.yesterday()) if month else [],
        "yesterday": months.yesterday(),
        "may_upload": can(request.actor, NoticePermission.UPLOAD, unit.path),
    }


def leader(request: Request, unit: Unit) -> Context:
    """Five numbers against the plan, who is late, which days come."""
    current = chosen(request, months.months_for(request.actor))
    if current is None:
        return {"month": None}
    month = months.month_seen(request.actor, current, unit=unit)
    return {
        "month": month,
        "figures": months.figures(month.duties),
        "units": months.units(month.duties),
        "late": months.late_units(month.duties, 10),
        "days": months.due_days(month.duties, 6),
        "happened": months.latest(month.duties, 6),
        "yesterday": months.yesterday(),
    }


def unit(request: Request, unit: Unit) -> Context:
    """What the unit owes: one big next thing, the rest, its campaigns, her drafts."""
    rows = owed.owed(request.actor, unit)
    first = owed.next_of(rows)
    parts = owed.parts(unit)
    return {
        "first": first,
        "rest": [one for one in rows if one is not first],
        "parts": parts,
        "left": sum(part.total - part.done for part in parts),
        "late": sum(part.late for part in parts),
        "days": owed.key_days([part.campaign.pk for part in parts]),
        "drafts": owed.drafts(request.actor),
        "is_enterprise": unit.kind == Kind.ENTERPRISE,
    }


def watcher(request: Request, unit: Unit) -> Context:
    """Campaigns that she sees and their next days; what is asked of her own unit."""
    running = list(campaigns_for(request.actor).filter(state=Campaign.State.RUNNING).order_by("ends_on", "pk")[:8])
    return {
        "campaigns": [(one, max((one.ends_on - clock.today()).days + 1, 0)) for one in running],
        "days": owed.key_days([one.pk for one in running], 8),
        "parts": owed.parts(unit),
    }


def system(request: Request) -> Context:
    """Jobs, schedules, people locked out."""
    numbers, failed = rooms.jobs(request.actor)
    return {
        "numbers": [*numbers, *rooms.outbox(request.actor), rooms.locks()],
        "failed": failed,
        "schedules": rooms.schedules(),
    }


def audit(request: Request) -> Context:
    """Odd things of a week, and the end of the trail."""
    return {"numbers": rooms.odd_things(request.actor), "entries": rooms.newest_entries(request.actor)}


def business(request: Request) -> Context:
    """Units, people, roles that end, changes of the tree."""
    return {"numbers": rooms.people(), "ending": rooms.ending(), "changes": rooms.changes()}


def nobody(request: Request, unit: Unit | None) -> Context:
    """Whom to ask for a role."""
    return {"helpers": rooms.whom_to_ask(unit)}


ROOMS: dict[Face, Callable[[Request], Context]] = {
    Face.SYSTEM: system,
    Face.AUDIT: audit,
    Face.BUSINESS: business,
}
AT_UNIT: dict[Face, Callable[[Request, Unit], Context]] = {
    Face.LEADER: leader,
    Face.UNIT: unit,
    Face.WATCHER: watcher,
}
