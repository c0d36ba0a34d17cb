"""The month calendar of a campaign and the board of its tasks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from anyue.kernel import clock
from anyue.modules.orgs.models import Kind
from anyue.platform.messaging.working_days import is_working_day
from anyue.platform.pages.access import Request, requires

from .. import selectors
from ..models import Campaign
from ..permissions import CampaignPermission as May
from ..rules.months import month_after, month_before, month_read, weeks
from ..selectors import following
from ..selectors.agenda import AgendaItem, agenda_between
from ..selectors.board import board as lanes_of


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar. ``mark``: rest on a weekday, work on a weekend."""

    on: date
    is_this_month: bool
    is_today: bool
    is_rest: bool
    mark: str
    items: list[tuple[AgendaItem, str]]


@requires(May.VIEW)
def calendar(request: Request, pk: int) -> HttpResponse:
    """A month with key days and deadlines; days that offices work are told from those they do not."""
    campaign = selectors.campaign_for(request.actor, pk)
    first = month_read(request.GET.get("month", "")) or _usual(campaign)
    grid = weeks(first)
    rows = Campaign.objects.filter(pk=campaign.pk)
    found: dict[date, list[tuple[AgendaItem, str]]] = {}
    for item in agenda_between(request.actor, rows, grid[0][0], grid[-1][-1]):
        found.setdefault(item.on, []).append((item, _address(item)))
    days = [[_day(day, first, found.get(day, [])) for day in week] for week in grid]
    context = {
        "campaign": campaign,
        "first": first,
        "before": f"{month_before(first):%Y-%m}",
        "after": f"{month_after(first):%Y-%m}",
        "weeks": days,
        "listed": [day for week in days for day in week if day.items and day.is_this_month],
    }
    return render(request, "campaigns/following/calendar.html", context)


@requires(May.VIEW)
def board(request: Request, pk: int) -> HttpResponse:
    """Tasks by state, for everybody she sees or some of them."""
    campaign = selectors.campaign_for(request.actor, pk)
    given = request.GET
    levels = _levels(campaign)
    level = given.get("level", "") if given.get("level") in dict(levels) else ""
    streets = list(following.streets_of(request.actor, campaign))
    street = next((one for one in streets if str(one.pk) == given.get("street")), None)
    words = given.get("q", "").replace("\0", "").strip()[:60]
    context: dict[str, Any] = {
        "campaign": campaign,
        "lanes": lanes_of(request.actor, campaign, top=street, level=level, words=words),
        "levels": levels,
        "level": level,
        "streets": streets,
        "street": street,
        "q": words,
    }
    return render(request, "campaigns/following/board.html", context)


def _usual(campaign: Campaign) -> date:
    """This month while the campaign runs, else its first."""
    today = clock.today()
    return (today if campaign.starts_on <= today <= campaign.ends_on else campaign.starts_on).replace(day=1)


def _day(day: date, first: date, items: list[tuple[AgendaItem, str]]) -> Day:
    works = is_working_day(day)
    mark = "" if works == (day.weekday() < 5) else "work" if works else "rest"
    return Day(day, day.month == first.month, day == clock.today(), not works, mark, items)


def _address(item: AgendaItem) -> str:
    """Where an entry of the calendar leads."""
    if item.duty is not None:
        return reverse("campaigns:duty", args=[item.duty])
    if item.task is not None:
        return reverse("campaigns:show", args=[item.campaign.pk]) + f"#task-{item.task}"
    if item.duty_kind:
        return reverse("campaigns:completeness", args=[item.campaign.pk])
    return ""


def _levels(campaign: Campaign) -> list[tuple[str, str]]:
    there = set(campaign.addressed_now.order_by().values_list("unit__kind", flat=True).distinct())
    return [(value, str(label)) for value, label in Kind.choices if value in there]
