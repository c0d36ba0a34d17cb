"""What campaigns show on pages of lower modules: the way on from a reviewed notice, a unit's campaigns on
its page, a person's calendar on the page of her account.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anyue.modules.accounts.sections import Section
from anyue.modules.notices.models import Item, Notice
from anyue.modules.notices.steps import Step
from anyue.modules.orgs.models import Unit
from anyue.modules.orgs.panels import Panel, PanelItem
from anyue.platform.authz import Actor, can

from .models import Campaign, Requirement, Task
from .permissions import CampaignPermission as May
from .selectors import campaigns_for
from .selectors.calendars import calendar_of

_SHOWN = 5


def steps_from(actor: Actor, notice: Notice) -> list[Step]:
    """Open the campaign of this notice, or start one. One query."""
    rows = campaigns_for(actor).filter(notice=notice).exclude(state=Campaign.State.WITHDRAWN)
    found = [_open(row) for row in rows]
    if not found and can(actor, May.MANAGE, notice.unit.path):
        address = reverse("campaigns:start", args=[notice.pk])
        found = [Step(gettext("Start the campaign"), address, "speakerphone", is_main=True)]
    return found


def uses_from(actor: Actor, item: Item) -> list[Step]:
    """The tasks and returns that were made of an item of a notice. Two queries."""
    campaigns = campaigns_for(actor).filter(notice=item.version.notice_id).exclude(state=Campaign.State.WITHDRAWN)
    here = {"item_key": item.key, "campaign__in": campaigns}
    tasks = Task.objects.filter(**here).select_related("campaign")
    returns = Requirement.objects.filter(**here).select_related("campaign")
    found = [(task, f"#task-{task.pk}") for task in tasks] + [(one, "") for one in returns]
    return [
        Step(
            f"{one.campaign.name}：{one}", reverse("campaigns:show", args=[one.campaign_id]) + anchor, "clipboard-list"
        )
        for one, anchor in found
    ]


def _open(row: Campaign) -> Step:
    if row.state == Campaign.State.DRAFT:
        return Step(
            gettext("Go on with the draft"),
            reverse("campaigns:names", args=[row.pk]),
            "speakerphone",
            is_main=True,
            uses=True,
        )
    return Step(
        gettext("To the campaign"), reverse("campaigns:show", args=[row.pk]), "speakerphone", is_main=True, uses=True
    )


def campaigns_of(actor: Actor, unit: Unit) -> tuple[int, Sequence[PanelItem]]:
    """The campaigns that ``unit`` runs or is addressed by, as far as ``actor`` sees them, the latest first."""
    own = Q(unit=unit) | Q(pk__in=unit.participations.order_by().values("campaign"))
    rows = campaigns_for(actor).filter(own).exclude(state=Campaign.State.WITHDRAWN)
    shown = [
        PanelItem(row.name, reverse("campaigns:show", args=[row.pk]), f"{row.unit.name} · {row.get_state_display()}")
        for row in rows[:_SHOWN]
    ]
    return (rows.count() if len(shown) == _SHOWN else len(shown)), shown


CAMPAIGNS = Panel("campaigns", _("Campaigns"), campaigns_of)
CALENDAR = Section("calendar", "campaigns/parts/calendar.html", lambda user: {"address": calendar_of(user)})
