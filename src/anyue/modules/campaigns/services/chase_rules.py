"""When a campaign is chased: its own rules, or whether it is chased by itself at all."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from anyue.kernel.errors import RefusedError
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor

from .. import policies, problems
from ..models import Campaign, ChaseRule
from ..permissions import CampaignPermission as May
from ..rules.chasing import DEFAULTS, REMIND, Rule
from ..selectors.chasing import rules_of

_DAYS, _HOURS = 30, 72


@transaction.atomic
def chase_rules_set(*, by: Actor, campaign: Campaign, chases_itself: bool, rules: Iterable[Rule]) -> Campaign:
    """The rules of ``campaign`` from now on; none, or exactly the usual ones: the usual ones. What was chased stays chased."""
    policies.require_office(by, May.CHASE, campaign=campaign)
    campaign = Campaign.objects.select_for_update(of=("self",)).select_related("unit").get(pk=campaign.pk)
    policies.require_running(campaign)
    wanted = list(rules)
    _check(wanted)
    before = {"chases_itself": campaign.chases_itself, "rules": [_said(rule) for rule in rules_of(campaign)]}
    campaign.chases_itself = chases_itself
    campaign.save(update_fields=["chases_itself"])
    campaign.chase_rules.all().delete()
    if set(wanted) != set(DEFAULTS):
        ChaseRule.objects.bulk_create(ChaseRule(campaign=campaign, **rule._asdict()) for rule in wanted)
    after = {"chases_itself": chases_itself, "rules": [_said(rule) for rule in rules_of(campaign)]}
    record(
        by=by, action="campaign.chase_rules_set", subject=campaign, place=campaign.unit.path, before=before, after=after
    )
    return campaign


def _check(rules: list[Rule]) -> None:
    if any(abs(rule.working_days) > _DAYS or abs(rule.hours) > _HOURS for rule in rules):
        raise RefusedError(problems.RULE_RANGE)
    if len({rule._replace(step="") for rule in rules}) < len(rules):
        raise RefusedError(problems.RULE_TWICE)
    for rule in rules:
        is_before = (rule.working_days, rule.hours) < (0, 0)
        if is_before != (rule.step == REMIND):
            raise RefusedError(problems.RULE_REMIND)


def _said(rule: Rule) -> str:
    return " ".join(filter(None, (rule.kind, rule.level, rule.mark)))
