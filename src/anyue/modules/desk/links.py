"""Where figures and sentences of the desk lead. A page that is not there (yet) has no address, and "" says so."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from anyue.modules.notices.models import Notice


def address(name: str, *args: Any, **query: Any) -> str:
    """The address of a route with a query; "" if there is no such route."""
    try:
        found = reverse(name, args=args)
    except NoReverseMatch:
        return ""
    given = {key: value for key, value in query.items() if value not in (None, "")}
    return f"{found}?{urlencode(given)}" if given else found


def duties(**narrowed: Any) -> str:
    """The list of duties behind a number."""
    return address("desk:duties", **narrowed)


def chase(campaign: int) -> str:
    """Where units are chased."""
    return address("campaigns:chasing", campaign) or address("campaigns:chasing", campaign=campaign)


def office(campaign: int) -> str:
    """Where an office answers."""
    return address("campaigns:office", campaign)


def campaign(pk: int) -> str:
    """A campaign."""
    return address("campaigns:show", pk)


def mine(campaign: int, unit: int) -> str:
    """What a unit owes a campaign."""
    return address("campaigns:mine", campaign, unit)


def liaison(campaign: int, unit: int) -> str:
    """Where a unit names its liaison officer."""
    return address("campaigns:liaison", campaign, unit)


def duty(pk: int) -> str:
    """One duty."""
    return address("campaigns:duty", pk)


def form_of(key: str) -> tuple[str, str]:
    """Title and address of the form that a draft belongs to (``pages.Draft.form_key``); "" for one that is not known here."""
    if key == "accounts.person-add":
        return _("Add a person"), address("people:add")
    head, _dash, number = key.rpartition("-")
    if head == "orgs.add" and number.isdigit():
        return _("Add a unit"), address("orgs:add", int(number)) if int(number) else address("orgs:add-top")
    return "", ""


def notice(row: Notice) -> str:
    """Where work on a notice goes on."""
    if row.state == Notice.State.REVIEW:
        return address("notices:review", row.pk)
    if row.state == Notice.State.REVIEWED:
        return address("campaigns:start", row.pk)
    return address("notices:one", row.pk)
