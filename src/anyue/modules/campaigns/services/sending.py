"""The one place where chases become messages."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from anyue.modules.accounts.models import User
from anyue.platform.audit.services import Subject
from anyue.platform.authz import Actor
from anyue.platform.messaging.services import Recipient, message_send

from ..models import Campaign
from ..selectors.contacts import Contacts
from ..selectors.lateness import LateUnit
from ..texts import BY_STEP, words_of


class Sent(NamedTuple):
    """Who was written to, and how many messages that made."""

    names: tuple[str, ...]
    reached: int


def send(*, by: Actor, campaign: Campaign, late: LateUnit, contacts: Contacts, step: str) -> Sent:
    """Write to those who act for the unit, or to its leaders. They leave in the unit's office hours, gathered by the outbox."""
    recipients = _leaders(contacts) if step == "leader" else workers_of(contacts)
    if not recipients:
        return Sent((), 0)
    recipients = [replace(one, language="") for one in recipients]  # its words are in the installation's language
    with translation.override(settings.LANGUAGE_CODE):
        words = words_of(campaign, late, step=step)
    rows = message_send(
        by=by,
        to=recipients,
        template=BY_STEP[step].code,
        about=Subject.of(campaign),
        place=late.unit.path,
        link=reverse("campaigns:mine", args=[campaign.pk, late.unit.pk]),
        **words,
    )
    reached = {(row.recipient_kind, row.recipient_id) for row in rows}
    return Sent(tuple(one.label for one in recipients if (one.kind, one.id) in reached), len(rows))


def text_for(campaign: Campaign, late: LateUnit, *, step: str) -> str:
    """What a chase of ``step`` says to the unit, in the language of the installation."""
    with translation.override(settings.LANGUAGE_CODE):
        _, body = BY_STEP[step].written(words_of(campaign, late, step=step))
    return body


def workers_of(contacts: Contacts) -> list[Recipient]:
    """Those with an account at the unit, and the officer it named, each by one entry."""
    found = [person(user) for user in contacts.workers]
    officer = contacts.officer
    known = {user.phone for user in contacts.workers} | {user.email for user in contacts.workers}
    if officer is not None and not {officer.mobile, officer.email} & (known - {""}):
        addresses = {"email": officer.email, "sms": officer.mobile}
        found.append(Recipient("liaison_officer", str(officer.pk), officer.name, addresses))
    return found


def _leaders(contacts: Contacts) -> list[Recipient]:
    return [person(user) for user in contacts.leaders]


def person(user: User) -> Recipient:
    """Somebody with an account."""
    return Recipient("person", str(user.pk), user.name, {"email": user.email, "sms": user.phone}, user.language)
