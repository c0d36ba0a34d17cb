"""What chase messages say. The texts stand in the catalogue of messages; the places are filled by ``services.chasing``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from anyue.kernel import clock
from anyue.platform.messaging.texts import Text, register
from anyue.platform.pages.dues import span, written

from .models import Campaign, Duty
from .selectors.lateness import LateUnit

_PLACES = ("unit", "campaign", "count", "late", "lines", "contact")
REMIND = Text(
    "campaigns.remind",
    _("Due soon: %(count)s items of %(campaign)s"),
    _("%(unit)s: %(count)s items of %(campaign)s are due soon:\n%(lines)s\nPlease do them in time.%(contact)s"),
    ("unit", "campaign", "count", "lines", "contact"),
)
LATE = Text(
    "campaigns.late",
    _("Overdue: %(late)s items of %(campaign)s"),
    _(
        "%(unit)s: %(count)s items of %(campaign)s are not done, %(late)s of them overdue:\n%(lines)s\n"
        "Please do them as soon as possible; if there are difficulties, ask for an extension.%(contact)s"
    ),
    _PLACES,
)
LEADER = Text(
    "campaigns.leader",
    _("For the head of %(unit)s: %(late)s items of %(campaign)s are overdue"),
    _(
        "To the head of %(unit)s: after reminders %(late)s items of %(campaign)s are still overdue:\n%(lines)s\n"
        "Please see to it that they are done.%(contact)s"
    ),
    ("unit", "campaign", "late", "lines", "contact"),
)
register(REMIND, LATE, LEADER)
BY_STEP = {"remind": REMIND, "late": LATE, "leader": LEADER}
_LONGEST = 36


def words_of(campaign: Campaign, late: LateUnit, *, step: str, at: datetime | None = None) -> dict[str, Any]:
    """What fills the places of the text of ``step`` about one unit."""
    duties: Sequence[Duty] = late.late if step == "leader" else late.duties
    lines = [f"{number}. {line_of(duty, at=at)}" for number, duty in enumerate(duties, 1)]
    found: dict[str, Any] = {
        "unit": late.unit.name,
        "campaign": campaign.name,
        "count": len(duties),
        "late": len(late.late),
        "lines": "\n".join(lines),
        "contact": contact_of(campaign),
    }
    return {name: found[name] for name in BY_STEP[step].places}


def line_of(duty: Duty, *, at: datetime | None = None) -> str:
    """One duty with its deadline: "签收通知（6月12日（周五）17:00截止，已逾期 3 小时）"."""
    if duty.due_at is None:
        return title_of(duty)
    at = at or clock.now()
    words = {"title": title_of(duty), "due": written(duty.due_at), "span": _span(duty.due_at - at)}
    if duty.due_at > at:
        return gettext("%(title)s (due %(due)s, %(span)s left)") % words
    return gettext("%(title)s (due %(due)s, overdue by %(span)s)") % words


def title_of(duty: Duty) -> str:
    """What is to be done in few words."""
    if duty.kind == Duty.Kind.RECEIPT:
        return gettext("sign receipt of the notice")
    if duty.kind == Duty.Kind.LIAISON:
        return gettext("name the liaison officer")
    title = duty.title.strip().rstrip("。；;")
    return title if len(title) <= _LONGEST else title[: _LONGEST - 1] + "…"


def contact_of(campaign: Campaign) -> str:
    """Whom to ask, as a line of its own; nothing where the campaign names nobody."""
    words = {"name": campaign.contact_name, "phone": campaign.contact_phone}
    if campaign.contact_phone:
        return "\n" + (gettext("Contact: %(name)s %(phone)s") % words).replace("  ", " ").strip()
    return ""


def _span(length: timedelta) -> str:
    return span(abs(length)) or gettext("less than a minute")
