"""Status: one word, one colour, one icon, the same everywhere. A module adds its own words when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Tone(StrEnum):
    """The colours that a status may have. Risk colours are not among them."""

    NEUTRAL = "neutral"
    BRAND = "brand"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Look:
    """How a status is shown. ``label`` is used where the caller gives no word of her own (``get_state_display``)."""

    label: str | Promise
    icon: str
    tone: Tone = Tone.NEUTRAL


_LOOKS: dict[str, Look] = {
    # something that is made, then goes out
    "draft": Look(_("Draft"), "pencil"),
    "reading": Look(_("Being read"), "loader", Tone.BRAND),
    "unreadable": Look(_("Could not be read"), "alert-circle", Tone.DANGER),
    "review": Look(_("To be reviewed"), "eye", Tone.WARNING),
    "reviewed": Look(_("Reviewed"), "check", Tone.SUCCESS),
    "issued": Look(_("Issued"), "send", Tone.SUCCESS),
    "running": Look(_("Running"), "player-play", Tone.BRAND),
    "closed": Look(_("Closed"), "archive"),
    "withdrawn": Look(_("Withdrawn"), "arrow-back-up"),
    "frozen": Look(_("Frozen"), "snowflake"),
    # something that is owed
    "open": Look(_("To do"), "circle-dashed"),
    "started": Look(_("In progress"), "hourglass", Tone.BRAND),
    "done": Look(_("Done"), "circle-check", Tone.SUCCESS),
    "soon": Look(_("Due soon"), "clock", Tone.WARNING),
    "late": Look(_("Overdue"), "clock-exclamation", Tone.DANGER),
    "not_ours": Look(_("Not ours"), "ban"),
    "dropped": Look(_("No longer asked"), "minus"),
    "returned": Look(_("Sent back"), "arrow-back-up", Tone.WARNING),
    "by_link": Look(_("By link"), "link", Tone.WARNING),
    # something that is asked
    "asked": Look(_("Asked"), "help-circle", Tone.WARNING),
    "granted": Look(_("Granted"), "check", Tone.SUCCESS),
    "refused": Look(_("Refused"), "x", Tone.DANGER),
    # something that is proposed
    "proposed": Look(_("To be decided"), "help-circle", Tone.WARNING),
    "accepted": Look(_("Accepted"), "check", Tone.SUCCESS),
    "corrected": Look(_("Corrected"), "edit", Tone.SUCCESS),
    "added": Look(_("Added"), "plus", Tone.SUCCESS),
    # something that works by itself
    "waiting": Look(_("Waiting"), "hourglass"),
    "sent": Look(_("Sent"), "send", Tone.SUCCESS),
    "failed": Look(_("Failed"), "circle-x", Tone.DANGER),
    "retrying": Look(_("Trying again"), "refresh", Tone.WARNING),
    # somebody
    "active": Look(_("Active"), "user-check", Tone.SUCCESS),
    "invited": Look(_("Invited"), "mail", Tone.BRAND),
    "locked": Look(_("Locked"), "lock", Tone.WARNING),
    "suspended": Look(_("Suspended"), "ban", Tone.DANGER),
    "ended": Look(_("Has ended"), "history"),
}
_UNKNOWN = "circle-dashed"


def register_statuses(**looks: Look) -> None:
    """Make the statuses of a module known (``AppConfig.ready``). Raises ``ValueError`` for a code that looks otherwise already."""
    for code, look in looks.items():
        if _LOOKS.setdefault(code, look) != look:
            raise ValueError(f"the status {code} has a look already")


def look_of(code: str) -> Look:
    """How ``code`` is shown; one that nobody registered is shown plainly, under its own name."""
    return _LOOKS.get(code) or Look(code, _UNKNOWN)


def looks() -> dict[str, Look]:
    """All that are known, for the page of components."""
    return dict(_LOOKS)
