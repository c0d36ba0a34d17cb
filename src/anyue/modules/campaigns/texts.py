"""What chase messages say. The texts stand in the catalogue of messages; the places are filled by ``services.chasing``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from anyue.kernel import clock
from anyue.modules.orgs.models import Kind
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
_LEVELS = list(Kind.values)
_NUMERALS = "一二三四五六七八九十"


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


class Line(NamedTuple):
    """A unit in the text for a chat group: what it owes, who is to be called, its own link (empty: none)."""

    late: LateUnit
    name: str
    phone: str
    link: str = ""


def group_text(campaign: Campaign, lines: Sequence[Line], *, at: datetime | None = None) -> str:
    """The text to paste into a chat group: by level, each unit with the person to call and all that it owes."""
    at = at or clock.now()
    words = {"campaign": campaign.name, "at": written(at), "count": len(lines)}
    parts = [
        gettext("Overdue and due soon: %(campaign)s") % words,
        gettext("As of %(at)s, these %(count)s units have something overdue or due soon. Please see to it:") % words,
    ]
    by_level: dict[str, list[Line]] = {}
    for line in sorted(lines, key=lambda one: (_LEVELS.index(one.late.unit.kind), one.late.unit.path)):
        by_level.setdefault(line.late.unit.kind, []).append(line)
    for number, found in enumerate(by_level.values()):
        level = found[0].late.unit.get_kind_display()
        head = gettext("%(number)s. %(level)s (%(count)s)")
        parts.append("\n" + head % {"number": numeral(number), "level": level, "count": len(found)})
        parts += [_unit_text(count, one, at) for count, one in enumerate(found, 1)]
    return "\n".join(parts) + contact_of(campaign).replace("\n", "\n\n", 1)


def unit_text(campaign: Campaign, line: Line, *, at: datetime | None = None) -> str:
    """The text for one unit alone, with its own link."""
    step = "late" if line.late.late else "remind"
    body = BY_STEP[step].written(words_of(campaign, line.late, step=step, at=at))[1]
    link = gettext("Open here: %(link)s") % {"link": line.link} if line.link else ""
    return "\n".join(filter(None, (body, link)))


def numeral(number: int) -> str:
    """The heading numbers of official texts, from 一 for 0."""
    return _NUMERALS[number] if number < len(_NUMERALS) else str(number + 1)


def _unit_text(number: int, line: Line, at: datetime) -> str:
    who = " ".join(filter(None, (line.name, line.phone)))
    words = {"number": number, "unit": line.late.unit.name, "who": who or gettext("no telephone number known")}
    rows = [gettext("%(number)s. %(unit)s (%(who)s)") % words]
    rows += [f"  · {line_of(duty, at=at)}" for duty in line.late.duties]
    rows += ["  " + gettext("Open here: %(link)s") % {"link": line.link}] if line.link else []
    return "\n".join(rows)
