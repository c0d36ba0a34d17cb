"""Links of units without accounts: made anew, revoked, switched off, used."""

from __future__ import annotations

from django.db import transaction

from anyue.kernel import clock
from anyue.kernel.errors import Problem, RefusedError
from anyue.platform.audit.services import Subject, record
from anyue.platform.authz import Actor, ActorKind

from .. import policies, problems
from ..models import Campaign, Participation
from ..permissions import CampaignPermission as May
from ..rules import links, phones
from .keys import fresh_link


@transaction.atomic
def link_renew(*, by: Actor, participation: Participation) -> Participation:
    """A new link for the unit; the old one opens nothing from now on."""
    participation = _locked(participation)
    policies.require_office(by, May.MANAGE, campaign=participation.campaign)
    policies.require_running(participation.campaign)
    if participation.dropped_at is not None:
        raise RefusedError(problems.NOT_ADDRESSED, name=participation.campaign.name, unit=participation.unit.name)
    for name, value in fresh_link().items():
        setattr(participation, name, value)
    participation.save()
    _tell(by, "link.renewed", participation)
    return participation


@transaction.atomic
def link_revoke(*, by: Actor, participation: Participation) -> Participation:
    """The unit's link opens nothing any more, until a new one is made."""
    participation = _locked(participation)
    policies.require_office(by, May.MANAGE, campaign=participation.campaign)
    if participation.link_digest is not None:
        participation.link_digest, participation.link_nonce = None, ""
        participation.link_revoked_at = clock.now()
        participation.save()
        _tell(by, "link.revoked", participation)
    return participation


@transaction.atomic
def links_switch(*, by: Actor, campaign: Campaign, is_open: bool) -> Campaign:
    """Switch all links of the campaign on or off; the links themselves stay what they are."""
    campaign = Campaign.objects.select_for_update(of=("self",)).select_related("unit").get(pk=campaign.pk)
    policies.require_office(by, May.MANAGE, campaign=campaign)
    if campaign.links_open != is_open:
        campaign.links_open = is_open
        campaign.save(update_fields=["links_open"])
        action = "campaign.links_opened" if is_open else "campaign.links_closed"
        record(by=by, action=action, subject=campaign, place=campaign.unit.path)
    return campaign


def link_holder(participation: Participation, *, name: str, phone: str, address: str = "", device: str = "") -> Actor:
    """Whoever acts by the link of ``participation`` and says who she is. Refused without a name and a number that can be called."""
    name, number = " ".join(name.split())[:40], phones.tidy(phone)
    wrong: dict[str, Problem] = {}
    if not name:
        wrong["who_name"] = problems.WHO_ACTS
    if not phones.is_phone(number):
        wrong["who_phone"] = problems.PHONE_FORM if number else problems.WHO_ACTS
    if wrong:
        raise RefusedError(next(iter(wrong.values())), fields=wrong, phone=phone.strip())
    return holder(participation, label=f"{name} {number}", address=address, device=device)


def holder(participation: Participation, *, label: str, address: str = "", device: str = "") -> Actor:
    """The holder of a link as an actor: may do for this unit and this campaign what ``policies.BY_LINK`` says."""
    within = f"campaign:{participation.campaign_id}"
    return Actor(
        ActorKind.LINK, str(participation.pk), label[:120], within=within, address=address, device=device[:240]
    )


def link_used(participation: Participation) -> None:
    """Remember that the link was opened."""
    Participation.objects.filter(pk=participation.pk).update(link_used_at=clock.now())


def digest_of(token: str) -> str:
    """What is looked up for a token that somebody typed."""
    return links.digest(token)


def _locked(participation: Participation) -> Participation:
    rows = Participation.objects.select_for_update(of=("self",)).select_related("campaign__unit", "unit")
    return rows.get(pk=participation.pk)


def _tell(by: Actor, action: str, participation: Participation) -> None:
    subject = Subject.of(participation, label=participation.unit.name)
    record(by=by, action=action, subject=subject, place=participation.unit.path)
