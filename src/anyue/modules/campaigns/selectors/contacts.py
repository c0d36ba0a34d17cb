"""Whom a unit's chase reaches: its liaison officer, those who work for it, its leader, its duty phone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from anyue.kernel import clock, paths
from anyue.modules.accounts.models import Grant, Post, User
from anyue.modules.accounts.selectors.actors import in_force, running_posts
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import roles

from ..models import Campaign, LiaisonOfficer
from ..permissions import CampaignPermission as May


@dataclass(frozen=True, slots=True)
class Contacts:
    """The people of a unit. ``leaders`` are its own, else those of the nearest unit above it within the campaign."""

    unit: Unit
    officer: LiaisonOfficer | None = None
    workers: tuple[User, ...] = ()
    leaders: tuple[User, ...] = ()

    @property
    def name(self) -> str:
        """Who is to be called: the officer, else somebody who works for the unit."""
        if self.officer is not None:
            return self.officer.name
        return self.workers[0].name if self.workers else ""

    @property
    def phone(self) -> str:
        """Her number, else the duty phone of the unit."""
        if self.officer is not None and (self.officer.mobile or self.officer.office_phone):
            return self.officer.mobile or self.officer.office_phone
        found = next((number for one in self.workers[:1] for number in (one.phone, one.office_phone) if number), "")
        return found or self.unit.phone

    @property
    def numbers(self) -> list[str]:
        """The officer's numbers."""
        return [one for one in (self.officer.mobile, self.officer.office_phone) if one] if self.officer else []

    @property
    def is_reachable(self) -> bool:
        """There is somebody whom the system knows."""
        return bool(self.workers or self.officer)

    @property
    def is_officer(self) -> bool:
        """The unit named somebody."""
        return self.officer is not None


def contacts_of(campaign: Campaign, units: Iterable[Unit]) -> Mapping[int, Contacts]:
    """The contacts of each of ``units`` by key. Three queries, however many units."""
    known = {unit.pk: unit for unit in units}
    officers = {
        one.unit_id: one for one in LiaisonOfficer.objects.filter(campaign=campaign, unit__in=known, until_at=None)
    }
    workers = _workers(known)
    leaders = _leaders(campaign, known.values())
    return {
        pk: Contacts(unit, officers.get(pk), tuple(workers.get(pk, ())), leaders.get(unit.path, ()))
        for pk, unit in known.items()
    }


def working() -> QuerySet[Grant]:
    """Everything by which people sign or report for a unit itself, with the people."""
    return Grant.objects.filter(in_force(clock.now()), role__in=_acting()).select_related("user")


def in_order(grants: Iterable[Grant]) -> list[Grant]:
    """Whom to call first: liaison officers, then as the table of roles has it."""
    acting = _acting()
    return sorted(grants, key=lambda one: (one.role != "liaison_officer", acting.index(one.role), one.pk))


def _acting() -> list[str]:
    return [role.code for role in roles() if role.reach(May.SIGN) or role.reach(May.WORK)]


def _workers(units: Mapping[int, Unit]) -> dict[int, list[User]]:
    """Those who hold a role at the unit itself with which they sign or report for it; liaison officers first."""
    found: dict[int, list[User]] = {}
    for grant in in_order(working().filter(unit__in=units)):
        people = found.setdefault(grant.unit_id or 0, [])
        if grant.user not in people:
            people.append(grant.user)
    return found


def deciders_of(unit: Unit) -> list[User]:
    """Those who answer for the office ``unit`` what the units below report. One query."""
    deciding = [role.code for role in roles() if role.reach(May.DECIDE)]
    rows = Grant.objects.filter(in_force(clock.now()), role__in=deciding, unit=unit).select_related("user")
    return list({grant.user_id: grant.user for grant in rows.order_by("pk")}.values())


def _leaders(campaign: Campaign, units: Iterable[Unit]) -> dict[str, tuple[User, ...]]:
    """Leaders by the path of the unit: its own, else of the nearest one above it and below the office."""
    top = campaign.unit.path
    wanted = {unit.path: _up_to(unit.path, top) for unit in units}
    places = {path for way in wanted.values() for path in way}
    rows = Post.objects.filter(running_posts() & Q(is_leader=True, user__is_active=True, unit__path__in=places))
    led: dict[str, list[User]] = {}
    for post in rows.select_related("user", "unit").order_by("pk"):
        led.setdefault(post.unit.path, []).append(post.user)
    return {path: next((tuple(led[one]) for one in way if one in led), ()) for path, way in wanted.items()}


def _up_to(path: str, top: str) -> list[str]:
    """From ``path`` up to right below ``top``."""
    return [one for one in reversed(paths.ancestors(path, itself=True)) if len(one) > len(top)]
