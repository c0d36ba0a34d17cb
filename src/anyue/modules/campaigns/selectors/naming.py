"""Whom the names of a campaign mean: the units below its office, and the proposals for each name."""

from __future__ import annotations

from collections.abc import Iterable

from anyue.modules.orgs.models import Unit
from anyue.modules.orgs.selectors import members_of
from anyue.platform.authz.engine import subtree

from ..models import Campaign, Target
from ..rules import naming
from ..rules.naming import Proposal, UnitName


def names_below(unit: Unit) -> list[UnitName]:
    """The open units below ``unit`` as far as names go. One query."""
    rows = Unit.objects.filter(subtree(unit.path), closed_on=None).exclude(pk=unit.pk)
    return [
        UnitName(pk, name, short, kind, parent == unit.pk)
        for pk, name, short, kind, parent in rows.order_by("path").values_list(
            "pk", "name", "short_name", "kind", "parent_id"
        )
    ]


def words_used(campaign: Campaign) -> tuple[str, ...]:
    """Every name by which ``campaign`` says who owes something, each once. Two queries."""
    words: dict[str, None] = {}
    for who in campaign.requirements.filter(dropped_at=None).values_list("who", flat=True):
        words |= dict.fromkeys(who)
    tasks = campaign.tasks.filter(dropped_at=None, covered_by=None)
    for responsible, levels in tasks.values_list("responsible", "levels"):
        words |= dict.fromkeys(naming.words_of(responsible, levels))
    return tuple(words)


def proposals(campaign: Campaign, words: Iterable[str]) -> list[Proposal]:
    """For each of ``words`` whom it seems to mean. Two queries and one for each list of the office."""
    own = UnitName(campaign.unit.pk, campaign.unit.name, campaign.unit.short_name, campaign.unit.kind, is_child=False)
    units = names_below(campaign.unit)
    groups = {
        group.name: list(members_of(group).values_list("pk", flat=True))
        for group in campaign.unit.groups.select_related("below")
    }
    addressed: dict[int, None] = {}
    for name in campaign.addressed:
        addressed |= dict.fromkeys(naming.propose(name, own=own, units=units, groups=groups).units)
    addressed.pop(own.id, None)
    return [naming.propose(one, own=own, units=units, groups=groups, addressed=addressed) for one in words]


def targets_of(campaign: Campaign, participants: Iterable[int] = ()) -> dict[str, list[int]]:
    """For each name the units that were decided; what means "all addressed" follows the ``participants``. One query."""
    everybody = list(participants)
    return {
        target.words: everybody if target.why == "addressed" and everybody else target.units
        for target in campaign.targets.exclude(decided_at=None)
    }


def undecided(campaign: Campaign) -> list[Target]:
    """Names in use about which nobody has decided."""
    used = set(words_used(campaign))
    return [target for target in campaign.targets.filter(decided_at=None) if target.words in used]


def addressed_by(campaign: Campaign) -> set[int]:
    """The units that the campaign's addressees mean as decided or proposed so far, and those of the chosen lists; without any,
    all units that a name in use means. The office itself is not among them.
    """
    targets = {target.words: target for target in campaign.targets.all()}
    words = [name for name in campaign.addressed if name in targets] or list(targets)
    found = {pk for name in words for pk in targets[name].units}
    found |= set(campaign.addressees.values_list("units", flat=True)) - {None}
    return found - {campaign.unit_id}
