"""What stands in a person's calendar: key days and deadlines of the campaigns that she sees and of what her units owe."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from anyue.kernel import clock
from anyue.modules.accounts.models import User
from anyue.modules.accounts.selectors import actor_of, units_of
from anyue.platform.authz import Actor

from ..models import CalendarAddress, Campaign
from ..rules.calendars import Entry
from .agenda import KEY_DAY, AgendaItem, agenda_between
from .campaigns import campaigns_for

_BACK, _AHEAD = timedelta(days=366), timedelta(days=800)


def calendar_of(user: User) -> CalendarAddress | None:
    """Her address, if she has one."""
    return CalendarAddress.objects.filter(user=user).first()


def calendar_entries(user: User) -> list[Entry]:
    """Hers with the authority that she has at this moment, from a year ago on. Seven queries at most, whatever the data."""
    actor, units = actor_of(user), units_of(user)
    rows = calendar_campaigns(actor, [unit.pk for unit in units])
    today = clock.today()
    return [_entry(item) for item in agenda_between(actor, rows, today - _BACK, today + _AHEAD)]


def calendar_campaigns(actor: Actor, units: Collection[int]) -> QuerySet[Campaign]:
    """Running and closed campaigns that ``actor`` sees. One that another office below made out of a campaign that she sees
    already is left out, unless one of ``units`` runs it or is addressed by it: her calendar holds each thing once.
    """
    seen = campaigns_for(actor).filter(state__in=(Campaign.State.RUNNING, Campaign.State.CLOSED))
    own = Q(unit__in=units) | Q(pk__in=Campaign.objects.filter(participations__unit__in=units).values("pk"))
    return seen.filter(Q(parent=None) | ~Q(parent__in=seen.order_by().values("pk")) | own)


def _entry(item: AgendaItem) -> Entry:
    campaign, day = item.campaign, item.kind == KEY_DAY
    parts = (
        "campaigns",
        campaign.pk,
        item.kind,
        item.duty_kind,
        item.task,
        item.requirement,
        item.title,
        item.at or item.on,
    )
    return Entry(
        key="/".join(str(part) for part in parts),
        on=item.on,
        title=item.title if day else _title(item),
        stamp=campaign.published_at or campaign.created_at,
        at=item.at,
        text=f"{campaign.name}\n{campaign.unit.name}",
        url=settings.PUBLIC_ADDRESS + _address(item),
    )


def _title(item: AgendaItem) -> str:
    words = {"title": item.title}
    return (gettext("Done: %(title)s") if not item.is_open else gettext("Due: %(title)s")) % words


def _address(item: AgendaItem) -> str:
    if item.duty is not None:
        return reverse("campaigns:duty", args=[item.duty])
    return reverse("campaigns:show", args=[item.campaign.pk])
