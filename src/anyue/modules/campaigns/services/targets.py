"""A person decides whom the names of the notice mean."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from anyue.kernel import clock
from anyue.kernel.errors import RefusedError
from anyue.modules.orgs.models import Unit
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor
from anyue.platform.authz.engine import subtree

from .. import policies, problems
from ..models import Campaign, Target
from ..permissions import CampaignPermission as May

OWN_CHOICE = "chosen"
"""``Target.why`` of one that a person corrected."""


@transaction.atomic
def target_decide(*, by: Actor, target: Target, units: Iterable[Unit]) -> Target:
    """``units`` are those that the name means: below the office or the office itself; none is an answer too."""
    _ready(by, target.campaign)
    wanted = {unit.pk for unit in units}
    known = set(
        Unit.objects.filter(subtree(target.campaign.unit.path), closed_on=None, pk__in=wanted).values_list(
            "pk", flat=True
        )
    )
    if known != wanted:
        raise RefusedError(problems.UNITS_OUTSIDE, count=len(wanted - known), unit=target.campaign.unit.name)
    before = {"units": _names(target.units), "why": target.why}
    if wanted != set(target.units):
        target.units, target.why, target.details = sorted(wanted), OWN_CHOICE, {"count": len(wanted)}
    target.decided_at, target.decided_by = clock.now(), by.label[:120]
    target.save()
    record(
        by=by,
        action="campaign.target_decided",
        subject=target,
        place=target.campaign.unit.path,
        before=before,
        after={"units": _names(target.units), "why": target.why},
    )
    return target


@transaction.atomic
def targets_confirm(*, by: Actor, campaign: Campaign, targets: Iterable[Target] | None = None) -> int:
    """Take the proposals of ``targets`` (None: of all that are sure) as they are; returns how many. Nothing decided changes."""
    _ready(by, campaign)
    rows = campaign.targets.filter(decided_at=None)
    rows = rows.filter(is_sure=True) if targets is None else rows.filter(pk__in=[target.pk for target in targets])
    words = list(rows.values_list("words", flat=True))
    rows.update(decided_at=clock.now(), decided_by=by.label[:120])
    if words:
        record(
            by=by,
            action="campaign.targets_confirmed",
            subject=campaign,
            place=campaign.unit.path,
            after={"words": words},
        )
    return len(words)


def _names(keys: Iterable[int]) -> list[str]:
    return list(Unit.objects.filter(pk__in=list(keys)).order_by("path").values_list("name", flat=True))


def _ready(by: Actor, campaign: Campaign) -> None:
    policies.require_office(by, May.MANAGE, campaign=campaign)
    if campaign.state != Campaign.State.DRAFT:
        raise RefusedError(problems.NOT_DRAFT, name=campaign.name)
