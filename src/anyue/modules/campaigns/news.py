"""What the messages about campaigns and duties say, chases apart (``texts``): what became of a campaign, and answers to units."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from anyue.platform.messaging.texts import Text, register
from anyue.platform.pages.dues import written

from .models import Campaign, Duty, Extension
from .texts import contact_of, title_of

PUBLISHED = Text(
    "campaigns.published",
    _("New: %(campaign)s"),
    _(
        "%(unit)s: %(office)s has published %(campaign)s. %(count)s items are for you%(first)s.\n"
        "Please sign the receipt and see to the items in time.%(contact)s"
    ),
    ("unit", "office", "campaign", "count", "first", "contact"),
)
ANNOUNCED = Text(
    "campaigns.announced",
    _("New: %(campaign)s"),
    _(
        "%(office)s has published %(campaign)s, addressed to %(count)s units. Please sign the receipt and see to what is "
        "asked of your unit in time.%(contact)s"
    ),
    ("office", "campaign", "count", "contact"),
)
REISSUED = Text(
    "campaigns.reissued",
    _("%(unit)s has issued %(campaign)s further down"),
    _("%(unit)s has issued %(campaign)s further down, to %(count)s units."),
    ("unit", "campaign", "count"),
)
CHANGED = Text(
    "campaigns.changed",
    _("Changed: %(campaign)s"),
    _("%(office)s has changed %(campaign)s. Please look at its tasks and deadlines again.%(contact)s"),
    ("office", "campaign", "contact"),
)
WITHDRAWN = Text(
    "campaigns.withdrawn",
    _("Withdrawn: %(campaign)s"),
    _("%(office)s has withdrawn %(campaign)s. Nothing more is asked of you in it.\nReason: %(reason)s%(contact)s"),
    ("office", "campaign", "reason", "contact"),
)
LEFT_OUT = Text(
    "campaigns.left_out",
    _("No longer asked: %(campaign)s"),
    _(
        "%(office)s no longer addresses %(unit)s in %(campaign)s. Nothing more is asked of you in it; what you did stays.\nReason: %(reason)s%(contact)s"
    ),
    ("office", "unit", "campaign", "reason", "contact"),
)
GRANTED = Text(
    "campaigns.extension_granted",
    _("More time granted: %(title)s"),
    _("%(unit)s: %(office)s has granted more time. “%(title)s” is now due %(due)s.%(answer)s"),
    ("unit", "office", "title", "due", "answer"),
)
REFUSED = Text(
    "campaigns.extension_refused",
    _("No more time: %(title)s"),
    _("%(unit)s: %(office)s grants no more time. “%(title)s” stays due %(due)s.%(answer)s"),
    ("unit", "office", "title", "due", "answer"),
)
AGREED = Text(
    "campaigns.not_ours_agreed",
    _("Not yours: %(title)s"),
    _("%(unit)s: %(office)s agrees that “%(title)s” is not the business of your unit. Nothing more need be done."),
    ("unit", "office", "title"),
)
INSISTED = Text(
    "campaigns.not_ours_refused",
    _("Yours after all: %(title)s"),
    _("%(unit)s: %(office)s holds that “%(title)s” is the business of your unit%(until)s.%(answer)s"),
    ("unit", "office", "title", "until", "answer"),
)
BY_LINK = Text(
    "campaigns.by_link",
    _("Done by link, to be confirmed: %(unit)s"),
    _("By the link of %(unit)s somebody acted in %(campaign)s. Please confirm it, or undo it if it is wrong."),
    ("unit", "campaign"),
)
TO_CONFIRM = Text(
    "campaigns.to_confirm",
    _("Done by link, to be confirmed: %(campaign)s"),
    _("In %(campaign)s units acted by their links. Please confirm what they did, or undo what is wrong."),
    ("campaign",),
)
register(
    PUBLISHED,
    ANNOUNCED,
    REISSUED,
    CHANGED,
    WITHDRAWN,
    LEFT_OUT,
    GRANTED,
    REFUSED,
    AGREED,
    INSISTED,
    BY_LINK,
    TO_CONFIRM,
)


def published_words(campaign: Campaign, unit: str, *, count: int, first: datetime | None) -> dict[str, Any]:
    """``count`` items for the unit called ``unit``, the first of them due at ``first``."""
    due = gettext(", the first is due %(due)s") % {"due": written(first)} if first else ""
    return {"unit": unit, "count": count, "first": due} | campaign_words(campaign)


def unit_text(campaign: Campaign, unit: str, *, count: int, first: datetime | None, link: str) -> str:
    """What is pasted into a chat for one unit, with its own ``link``."""
    body = PUBLISHED.written(published_words(campaign, unit, count=count, first=first))[1]
    return f"{body}\n{gettext('Open here: %(link)s') % {'link': link}}"


def group_text(campaign: Campaign, *, count: int, link: str) -> str:
    """What is pasted into the group of all units, without any unit's own link."""
    words = {name: value for name, value in campaign_words(campaign).items() if name in ANNOUNCED.places}
    body = ANNOUNCED.written({**words, "count": count})[1]
    return f"{body}\n{gettext('Open here: %(link)s') % {'link': link}}"


def campaign_words(campaign: Campaign) -> dict[str, Any]:
    """What every message about a campaign may say of it."""
    return {"campaign": campaign.name, "office": campaign.unit.name, "contact": contact_of(campaign)}


def extension_words(extension: Extension) -> dict[str, Any]:
    """The answer to a unit that asked for more time."""
    duty = extension.duty
    due = written(duty.due_at) if duty.due_at else ""
    return _duty_words(duty) | {"due": due, "answer": _said(extension.answer)}


def answer_words(duty: Duty) -> dict[str, Any]:
    """The answer to a unit that said "not ours"."""
    until = gettext(", due %(due)s") % {"due": written(duty.due_at)} if duty.due_at else ""
    return _duty_words(duty) | {"until": until, "answer": _said(duty.answer)}


def _duty_words(duty: Duty) -> dict[str, Any]:
    return {"unit": duty.unit.name, "office": duty.campaign.unit.name, "title": title_of(duty)}


def _said(answer: str) -> str:
    return "\n" + gettext("Answer: %(answer)s") % {"answer": answer} if answer else ""
