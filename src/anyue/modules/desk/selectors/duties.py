"""The list behind every figure of the desk: duties, narrowed as the figure counts them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anyue.kernel import clock
from anyue.modules.campaigns.models import Duty, Extension
from anyue.modules.campaigns.permissions import CampaignPermission
from anyue.modules.campaigns.selectors import campaigns_for
from anyue.modules.orgs.models import Kind, Unit
from anyue.platform.audit.services import Subject, record
from anyue.platform.authz import Actor, scopes
from anyue.platform.pages.dues import written
from anyue.platform.pages.lists import Choice, Column, DateRange, Empty, ListSpec, Place, Subtree
from anyue.platform.pages.lists.filters import Chip, Filter, Values

from .. import links
from .month import DONE, TODO, late_at

SOON = timedelta(days=3)
STATES = (
    ("late", _("Overdue")),
    ("soon", _("Due within three days")),
    ("todo", _("Not done")),
    ("done", _("Done")),
    ("not_ours", _("Not ours")),
)
WAITS = (
    ("asked", _("More time is asked for")),
    ("declined", _("Said to be not theirs")),
    ("by_link", _("By link, to be confirmed")),
    ("done", _("Done, to be accepted")),
)


@dataclass(frozen=True)
class Moment(Filter):
    """What is due at exactly one instant; set by links alone, so that a figure and its list are the same."""

    key: str
    label: Any
    template: str = "desk/parts/no_control.html"

    def read(self, given: Values) -> dict[str, tuple[str, ...]]:
        value = next(iter(given.get(self.key, ())), "")
        return {self.key: (value,)} if _instant(value) else {}

    def condition(self, values: Values) -> Q:
        return Q(due_at=_instant(values[self.key][0]))

    def chips(self, values: Values) -> list[Chip]:
        found = _instant(next(iter(values.get(self.key, ())), ""))
        if found is None:
            return []
        text = gettext("%(label)s: %(value)s") % {"label": self.label, "value": written(found)}
        return [Chip(text, self.key, values[self.key][0])]

    def control(self, values: Values) -> dict[str, Any]:
        return {"chosen": next(iter(values.get(self.key, ())), "")}


def _instant(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def _in_state(state: str) -> Q:
    at = clock.now()
    return {
        "late": late_at(at),
        "soon": TODO & Q(due_at__gt=at, due_at__lte=at + SOON),
        "todo": TODO,
        "done": DONE,
        "not_ours": Q(state=Duty.State.NOT_OURS),
    }[state]


def _waits(what: str) -> Q:
    asked = Extension.objects.filter(duty=OuterRef("pk"), state=Extension.State.ASKED)
    return {
        "asked": Q(Exists(asked)),
        "declined": Q(state=Duty.State.NOT_OURS, accepted_at=None),
        "by_link": Q(by_link=True),
        "done": Q(kind=Duty.Kind.TASK, state=Duty.State.DONE, accepted_at=None, by_link=False),
    }[what]


def duties_list(actor: Actor, near: Unit | None) -> ListSpec[Duty]:
    """The list for ``actor``, with the units at and right below ``near`` to choose from."""
    seen = scopes(actor, CampaignPermission.VIEW)

    def find(value: str) -> Place | None:
        """A unit that she sees, or one that a campaign of an office that she sees asks something of."""
        if not (value.isascii() and value.isdigit() and len(value) < 18):
            return None
        asked = Duty.objects.filter(seen.q("campaign__unit__path"), unit=OuterRef("pk"))
        unit = Unit.objects.filter(seen.q() | Q(Exists(asked)), pk=value).first()
        return Place(unit.path, unit.name) if unit else None

    def campaigns() -> Iterable[tuple[Any, Any]]:
        return [(one.pk, f"{one.unit.label} · {one.name}") for one in campaigns_for(actor)[:200]]

    def units() -> list[tuple[int, str]]:
        if near is None:
            return []
        there = Unit.objects.filter(seen.q()).filter(Q(pk=near.pk) | Q(parent=near), closed_on=None)
        return [(one.pk, one.label) for one in there.order_by("path")[:200]]

    def exported(request: Any, count: int) -> None:
        subject = Subject("campaigns.duty", "", gettext("Duties"))
        place = near.path if near else ""
        record(by=request.actor, action="duties.exported", subject=subject, place=place, after={"rows": count})

    return ListSpec(
        key="desk.duties",
        title=_("Duties"),
        columns=(
            Column("unit", _("Unit"), lambda row: row.unit.name, sort="unit__path", link=_unit_page),
            Column("title", _("What is owed"), lambda row: row.title, sort="title", link=lambda row: links.duty(row.pk)),
            Column("kind", _("Kind"), lambda row: str(row.get_kind_display()), sort="kind"),
            Column("state", _("State"), lambda row: str(row.get_state_display()), sort="state", part="desk/parts/state.html"),
            Column("due_at", _("Due"), lambda row: row.due_at, sort="due_at", part="desk/parts/due.html"),
            Column("done_at", _("Done at"), lambda row: row.done_at, sort="done_at", blank="—"),
            Column("done_by", _("Done by"), lambda row: row.done_by, blank="—"),
            Column("campaign", _("Campaign"), lambda row: row.campaign.name, sort="campaign__name", shown=False),
        ),
        filters=(
            Choice("campaign", _("Campaign"), field="campaign", choices=campaigns),
            Choice("kind", _("Kind"), field="kind", choices=tuple(Duty.Kind.choices)),
            Choice("level", _("Level"), field="unit__kind", choices=tuple(Kind.choices)),
            Choice("state", _("State"), choices=STATES, where=_in_state),
            Choice("waits", _("Waits for the office"), choices=WAITS, where=_waits),
            Subtree("unit", _("Unit"), find, options=units),
            DateRange("done", _("Done at"), field="done_at", instant=True),
            Moment("due", _("Due")),
        ),
        search=("title", "unit__name", "unit__initials"),
        search_hint=_("Unit, pinyin initials, what is owed"),
        order=("due_at", "unit__path"),
        empty=Empty(_("Nothing is owed."), _("Duties appear here once a campaign is published.")),
        exported=exported,
    )  # fmt: skip


def _unit_page(row: Duty) -> str:
    return links.mine(row.campaign_id, row.unit_id)
