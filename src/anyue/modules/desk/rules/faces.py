"""Which home pages a person has, and with which one she begins. Pure: it asks her grants alone."""

from __future__ import annotations

from enum import StrEnum

from anyue.modules.accounts.permissions import AccountPermission as Account
from anyue.modules.campaigns.permissions import CampaignPermission as Campaign
from anyue.platform.audit.permissions import AuditPermission as Audit
from anyue.platform.authz import Actor, can, can_anywhere
from anyue.platform.jobs.permissions import JobPermission as Job

from ..permissions import DeskPermission as Desk


class Face(StrEnum):
    """A home page."""

    SYSTEM = "system"
    AUDIT = "audit"
    BUSINESS = "business"
    OFFICE = "office"
    LEADER = "leader"
    UNIT = "unit"
    WATCHER = "watcher"
    NOBODY = "nobody"


def faces(actor: Actor, place: str | None) -> list[Face]:
    """All that she has while she works at ``place`` (None: for no unit), in the order in which they are offered."""
    found = []
    if can_anywhere(actor, Job.RETRY):
        found.append(Face.SYSTEM)
    if can_anywhere(actor, Audit.VIEW):
        found.append(Face.AUDIT)
    if can_anywhere(actor, Account.GRANT_SYSTEM):
        found.append(Face.BUSINESS)
    if place is not None:
        found += _at(actor, place)
    return found or [Face.NOBODY]


def _at(actor: Actor, place: str) -> list[Face]:
    found = []
    if can(actor, Campaign.DECIDE, place):
        found.append(Face.OFFICE)
    if can(actor, Desk.OVERVIEW, place):
        found.append(Face.LEADER)
    if can(actor, Campaign.SIGN, place) or can(actor, Campaign.WORK, place):
        found.append(Face.UNIT)
    if not found and can(actor, Campaign.VIEW, place):
        found.append(Face.WATCHER)
    return found


def first(offered: list[Face], *, asked: str = "", leads: bool = False, runs: bool = True, owes: bool = False) -> Face:
    """With which she begins: the one she asked for, if it is hers.

    ``leads``: she leads the unit and others run its month for her, so she begins with the figures. ``runs``: the unit has a
    campaign of its own; one that only owes something to others begins with that.
    """
    if asked in offered:
        return Face(asked)
    if Face.LEADER in offered and leads:
        return Face.LEADER
    if Face.OFFICE in offered and Face.UNIT in offered and owes and not runs:
        return Face.UNIT
    return offered[0]
