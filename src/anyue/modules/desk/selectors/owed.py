"""What a unit owes, for who works for it: the one next thing, the rest by time, what came back, her drafts."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F
from django.utils.translation import gettext as _

from anyue.kernel import clock
from anyue.modules.campaigns.models import Campaign, Duty, KeyDay
from anyue.modules.campaigns.permissions import CampaignPermission as May
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import Actor, can
from anyue.platform.pages.models import Draft

from .. import links
from .month import DONE, TODO, late_at

MOST = 12


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that the unit owes. ``hers``: the person may do it; ``came_back``: the office sent it back."""

    duty: Duty
    href: str
    verb: str
    icon: str
    hers: bool
    came_back: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A campaign that the unit takes part in, and how far the unit is."""

    campaign: Campaign
    total: int
    done: int
    late: int
    href: str

    @property
    def days_left(self) -> int:
        """With today; 0 when it is over."""
        return max((self.campaign.ends_on - clock.today()).days + 1, 0)


def owed(actor: Actor, unit: Unit) -> list[Owed]:
    """What is not done, by time: late ones first, what has no deadline last. One query."""
    rows = Duty.objects.filter(TODO, unit=unit, campaign__state=Campaign.State.RUNNING)
    found = rows.select_related("campaign", "requirement").order_by(F("due_at").asc(nulls_last=True), "kind", "id")
    signs, works = can(actor, May.SIGN, unit.path), can(actor, May.WORK, unit.path)
    return [_owed(duty, unit, signs=signs, works=works) for duty in found[:MOST]]


def _owed(duty: Duty, unit: Unit, *, signs: bool, works: bool) -> Owed:
    one, page = links.duty(duty.pk), links.mine(duty.campaign_id, unit.pk)
    verb, icon, href, hers = {
        Duty.Kind.RECEIPT: (_("Read and sign"), "signature", page, signs),
        Duty.Kind.LIAISON: (
            _("Name the liaison officer"),
            "id-badge-2",
            links.liaison(duty.campaign_id, unit.pk),
            signs,
        ),
        Duty.Kind.TASK: (_("Report progress"), "clipboard-list", one, works),
        Duty.Kind.RETURN: (_("Hand in"), "report", one, works),
    }[Duty.Kind(duty.kind)]
    came_back = duty.returned_at is not None and bool(duty.answer)
    return Owed(duty, href if hers else page, verb if hers else _("Look"), icon, hers, came_back)


def next_of(rows: list[Owed]) -> Owed | None:
    """The one big thing: the first that she may do herself; what was sent back goes before what is merely open."""
    mine = [one for one in rows if one.hers]
    late = [one for one in mine if one.duty.due_at and one.duty.due_at <= clock.now()]
    back = [one for one in mine if one.came_back]
    return next(iter([*late, *back, *mine]), None)


def parts(unit: Unit) -> list[Part]:
    """The running campaigns that ask something of ``unit``, that which ends first on top. Two queries."""
    asked = Duty.objects.filter(unit=unit, campaign__state=Campaign.State.RUNNING).exclude(state=Duty.State.DROPPED)
    counted = (
        asked.order_by()
        .values("campaign")
        .annotate(total=Count("pk"), done=Count("pk", filter=DONE), late=Count("pk", filter=late_at(clock.now())))
    )
    rows = {row["campaign"]: row for row in counted}
    campaigns = Campaign.objects.filter(pk__in=list(rows)).select_related("unit").order_by("ends_on", "pk")
    return [
        Part(one, rows[one.pk]["total"], rows[one.pk]["done"], rows[one.pk]["late"], links.mine(one.pk, unit.pk))
        for one in campaigns
    ]


def owes_anything(unit: Unit) -> bool:
    """A running campaign asks something of ``unit``."""
    running = Duty.objects.filter(unit=unit, campaign__state=Campaign.State.RUNNING)
    return running.exclude(state=Duty.State.DROPPED).exists()


def key_days(campaigns: list[int], most: int = 5) -> list[KeyDay]:
    """The next named days of these campaigns. One query."""
    rows = KeyDay.objects.filter(campaign__in=campaigns, on__gte=clock.today()).select_related("campaign")
    return list(rows.order_by("on", "pk")[:most])


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that she began and did not send."""

    title: str
    href: str
    draft: Draft


def drafts(actor: Actor) -> list[Kept]:
    """Her drafts whose form is known here, newest first. One query."""
    rows = Draft.objects.filter(user=actor.key).order_by("-saved_at")[:20]
    found = ((links.form_of(row.form_key), row) for row in rows)
    return [Kept(title, href, row) for (title, href), row in found if href]
