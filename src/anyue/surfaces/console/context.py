"""What the shell around every page shows. Two queries at most, and none for a page that is only a part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest

from anyue.kernel.clock import today
from anyue.modules.accounts.models import Post
from anyue.modules.campaigns.models import Campaign, Participation
from anyue.modules.campaigns.permissions import CampaignPermission
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import Actor, scopes

from .navigation import address_of, navigation

# In the session: the primary keys of the campaign and of the unit that she works in now.
WORKING_CAMPAIGN, WORKING_UNIT = "working_campaign", "working_unit"
MOST = 12
TEXT_SIZES = ("18", "24", "30")


@dataclass(frozen=True, slots=True)
class Running:
    """A campaign as the switcher shows it: how many days are left, or how many until it begins."""

    campaign: Campaign
    day: date

    @property
    def days_left(self) -> int | None:
        """With today; None before it begins and after it has ended."""
        begins, ends = self.campaign.starts_on, self.campaign.ends_on
        return (ends - self.day).days + 1 if begins <= self.day <= ends else None

    @property
    def days_until(self) -> int | None:
        """Until it begins; None from then on."""
        return max((self.campaign.starts_on - self.day).days, 0) or None


def visible_campaigns(actor: Actor) -> list[Campaign]:
    """The newest campaigns that ``actor`` runs or takes part in, drafts and withdrawn ones left out. One query."""
    where = scopes(actor, CampaignPermission.VIEW)
    if not where:
        return []
    part = Participation.objects.filter(where.q("unit__path")).values("campaign")
    seen = Campaign.objects.filter(where.q("unit__path") | Q(pk__in=part))
    states = (Campaign.State.RUNNING, Campaign.State.CLOSED)
    return list(
        seen.filter(state__in=states).only("name", "starts_on", "ends_on", "state", "year", "contact_phone")[:MOST]
    )


def current_campaign(request: HttpRequest) -> Campaign | None:
    """The campaign she works in: the one she chose, else the newest that runs, else the newest. Asked once a request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found: list[Campaign] = _once(request, "_console_campaigns", lambda: visible_campaigns(actor))
    chosen = request.session.get(WORKING_CAMPAIGN)
    running = (one for one in found if one.state == Campaign.State.RUNNING)
    return next((one for one in found if one.pk == chosen), None) or next(running, None) or next(iter(found), None)


def working_units(request: HttpRequest) -> list[Unit]:
    """The units of her posts, between which she switches. One query, asked once a request."""
    found: list[Unit] = _once(request, "_console_units", lambda: _units(request.user.pk))
    return found


def _units(user: int | None) -> list[Unit]:
    running = Q(from_on__lte=today()) & (Q(until_on=None) | Q(until_on__gte=today()))
    posts = Post.objects.filter(running, user=user, unit__closed_on=None).order_by(F("is_leader").desc(), "id")
    return list({post.unit_id: post.unit for post in posts.select_related("unit")}.values())


def _once(request: HttpRequest, name: str, read: Callable[[], Any]) -> Any:
    if not hasattr(request, name):
        setattr(request, name, read())
    return getattr(request, name)


def shell(request: HttpRequest) -> dict[str, Any]:
    """The navigation, campaigns and units of this person, read when the shell is drawn: parts for htmx draw none."""
    return {"shell": Shell(request)}


class Shell:
    """``shell`` in templates. Each attribute is read when a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._actor: Actor | None = getattr(request, "actor", None)

    @property
    def is_known(self) -> bool:
        """Somebody is signed in. False where the request failed before anybody could be known."""
        return self._actor is not None and self._actor.is_known

    @property
    def navigation(self) -> list[Any]:
        """The rail."""
        actor = self._actor
        if actor is None or not self.is_known:
            return []
        found: list[Any] = _once(self._request, "_console_navigation", lambda: navigation(self._request, actor))
        return found

    @property
    def campaign(self) -> Running | None:
        """The campaign she works in."""
        found = current_campaign(self._request) if self.is_known else None
        return Running(found, today()) if found else None

    @property
    def campaigns(self) -> list[Running]:
        """All between which she may switch."""
        if not self.is_known:
            return []
        current_campaign(self._request)
        return [Running(one, today()) for one in self._request._console_campaigns]  # type: ignore[attr-defined]

    @property
    def units(self) -> list[Unit]:
        """The units of her posts."""
        return working_units(self._request) if self.is_known else []

    @property
    def unit(self) -> Unit | None:
        """The one she works for now."""
        chosen = self._request.session.get(WORKING_UNIT)
        return next((unit for unit in self.units if unit.pk == chosen), None) or next(iter(self.units), None)

    @property
    def help_phone(self) -> str:
        """Whom to call, on every page of elderly mode: the contact of the campaign, else the unit's duty phone."""
        running, unit = self.campaign, self.unit
        return (running.campaign.contact_phone if running else "") or (unit.phone if unit else "")

    @property
    def search(self) -> str:
        """Where the search box leads."""
        return address_of("desk:search")

    @property
    def messages(self) -> str:
        """Where the bell leads."""
        return address_of("messaging:inbox")

    @property
    def unread(self) -> str:
        """What answers the number at the bell."""
        return address_of("messaging:unread")

    @property
    def work_as(self) -> str:
        """What takes the choice of a unit."""
        return address_of("people:work-as")

    @property
    def profile(self) -> str:
        """Her own page."""
        return address_of("people:profile")

    @property
    def text_size(self) -> str:
        """Of elderly mode, in pixels."""
        size = self._request.COOKIES.get("anyue_text_size", "")
        return size if size in TEXT_SIZES else TEXT_SIZES[0]
