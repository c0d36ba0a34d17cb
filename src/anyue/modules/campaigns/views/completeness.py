"""The table of completeness: units × what is asked, with rates by row and column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, partial
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anyue.kernel import clock
from anyue.modules.orgs.models import Kind, Unit
from anyue.platform.authz import Actor, can
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.lists import Choice, Column, Empty, ListSpec, Place, Subtree, list_answer

from .. import selectors
from ..models import Campaign, Duty
from ..permissions import CampaignPermission as May
from ..rules.counting import Tally, total
from ..selectors.completeness import Completeness, Item, cells_of, completeness_by_part, key_of_duty
from ..selectors.completeness import completeness as counted
from ..selectors.following import streets_of

_LATE, _ALL_DONE, _BEGUN, _NOTHING = "late", "done", "begun", "nothing"
_HOW = {
    _LATE: _("something overdue"),
    _ALL_DONE: _("everything done"),
    _BEGUN: _("some done"),
    _NOTHING: _("nothing done"),
}


@requires(May.VIEW)
def completeness(request: Request, pk: int) -> HttpResponse:
    """How far each unit is with each thing."""
    campaign = selectors.campaign_for(request.actor, pk)
    # A row for each street, and each with all below it: counted only for whoever asks.
    parts = completeness_by_part(request.actor, campaign) if "parts" in request.GET else []
    below = [part.unit for part in parts] or streets_of(request.actor, campaign)
    streets = {str(unit.pk): unit for unit in below if unit.kind != Kind.DEPARTMENT}
    top = streets.get(request.GET.get("street", ""))
    levels = [level for level in request.GET.getlist("level") if level in Kind.values]
    found = counted(request.actor, campaign, top=top, levels=levels)
    spec = _table(campaign, found, streets)
    whole = not (top or levels)
    context = {
        "campaign": campaign,
        "found": found,
        "whole": whole,
        "parts": parts if whole else [],
        "is_office": can(request.actor, May.VIEW, campaign.unit.path),
        "top": top,
    }
    rows = _rows(request.actor, campaign, needs_counts=bool({"sort", "how"} & set(request.GET)))
    answer: HttpResponse = list_answer(request, spec, rows, "campaigns/following/completeness.html", context)
    return answer


def _rows(actor: Actor, campaign: Campaign, *, needs_counts: bool) -> QuerySet[Any, Any]:
    """The addressed units that she sees with what they owe; with the counts to sort and filter by where they are asked for."""
    asked = Duty.objects.filter(campaign=campaign).exclude(state=Duty.State.DROPPED)
    own = asked.filter(unit=OuterRef("unit")).order_by().values("unit")
    is_open = Q(state__in=(Duty.State.OPEN, Duty.State.STARTED))

    def count(condition: Q) -> Subquery:
        return Subquery(own.filter(condition).annotate(n=Count("pk")).values("n"))

    duties = asked.defer("note", "reason", "answer", "done_by", "declined_by", "accepted_by", "returned_by")
    rows = selectors.participations_for(actor, campaign).prefetch_related(
        Prefetch("unit__duties", queryset=duties, to_attr="owed")
    )
    if not needs_counts:
        return rows
    late = count(is_open & Q(due_at__lte=clock.now()))
    return rows.annotate(late=late, left=count(is_open), done=count(Q(state=Duty.State.DONE)))


def _table(campaign: Campaign, found: Completeness, streets: Mapping[str, Unit]) -> ListSpec[Any]:
    chips = _Chips()
    columns = [
        Column("unit", _("Unit"), lambda row: row.unit.name, sort="unit__path", link=partial(_mine, campaign)),
        Column("level", _("Level"), lambda row: str(row.unit.get_kind_display()), sort="unit__kind", shown=False),
        *(_column(item, chips) for item in found.items),
        Column(
            "rate",
            _("Done of"),
            partial(_rate, chips),
            figure=True,
            sort="left done",
            export=lambda row: _share(_sum(row)),
        ),
        Column("late", _("Overdue"), lambda row: _sum(row).late, figure=True, sort="late"),
    ]

    def find(value: str) -> Place | None:
        unit = streets.get(value)
        return Place(unit.path, unit.name) if unit else None

    return ListSpec(
        key="campaigns.completeness",
        title=_("Completeness"),
        columns=tuple(columns),
        filters=(
            Choice(
                "level",
                _("Level"),
                field="unit__kind",
                choices=[(value, str(label)) for value, label in Kind.choices if value in found.by_level],
            ),
            Choice("how", _("Progress"), choices=_HOW.items(), where=_how),
            Subtree("street", _("Street"), find=find, options=lambda: _pairs(streets.values())),
        ),
        search=("unit__name", "unit__initials"),
        search_hint=_("Name of the unit or its initials"),
        order=("unit__path",),
        size=30,
        empty=Empty(
            _("No unit is addressed yet"), hint=_("As soon as the campaign is published, its units stand here.")
        ),
    )


def _column(item: Item, chips: _Chips) -> Column[Any]:
    return Column(
        item.key.replace(":", "-"),
        item.title,
        lambda row: chips.cell(_of(row, item.key), row.owed.get(item.key, [])),
        export=lambda row: chips.words(item, _of(row, item.key)),
        figure=item.kind == Duty.Kind.TASK,
    )


def _of(row: Any, key: str) -> Tally:
    """The tally of one cell; a row's duties are sorted into its cells once."""
    if not hasattr(row, "owed"):
        row.owed = {}
        for duty in row.unit.owed:
            row.owed.setdefault(key_of_duty(duty), []).append(duty)
        at = clock.now()
        row.cells = {name: cells_of(duties, at=at)[name] for name, duties in row.owed.items()}
    cells: dict[str, Tally] = row.cells
    return cells.get(key, Tally())


def _sum(row: Any) -> Tally:
    if not hasattr(row, "sum"):
        _of(row, "")
        row.sum = total(row.cells.values())
    summed: Tally = row.sum
    return summed


def _rate(chips: _Chips, row: Any) -> Any:
    found = _sum(row)
    if not found.expected:
        return chips.nothing()
    return format_html('{} <span class="ay-unit">{}%</span>', _share(found), found.percent)


def _share(found: Tally) -> str:
    return f"{found.done}/{found.expected}" if found.expected else gettext("not asked")


class _Chips:
    """Cells drawn once for each state, because a page has hundreds of them."""

    def __init__(self) -> None:
        self._drawn = cache(self._draw)
        self._duty = reverse("campaigns:duty", args=[0])

    @staticmethod
    def _draw(code: str) -> str:
        from anyue.platform.pages.templatetags.parts import status  # noqa: PLC0415

        return render_to_string("pages/parts/status.html", status(code))

    def nothing(self) -> Any:
        """It was never asked of this unit: neither nought nor undone."""
        return format_html('<span class="ay-na">{}</span>', gettext("not asked"))

    def cell(self, found: Tally, duties: list[Duty]) -> Any:
        """One cell: the state of a single duty, or how many of how many; it leads to the duty or to the unit's tasks."""
        if not found.asked:
            return self.nothing()
        if len(duties) == 1:
            link = self._duty.replace("/0/", f"/{duties[0].pk}/")
            return format_html('<a href="{}">{}</a>', link, mark_safe(self._drawn(state_of(found))))  # noqa: S308
        link = reverse("campaigns:mine", args=[duties[0].campaign_id, duties[0].unit_id])
        late = format_html(" {}", mark_safe(self._drawn("late"))) if found.late else ""  # noqa: S308
        css = "ay-zero" if not found.done else ""
        return format_html('<a href="{}" class="{}">{}</a>{}', link, css, _share(found), late)

    def words(self, item: Item, found: Tally) -> str:
        """The same for the workbook."""
        from anyue.platform.pages.statuses import look_of  # noqa: PLC0415

        if not found.asked:
            return gettext("not asked")
        return _share(found) if item.kind == Duty.Kind.TASK else str(look_of(state_of(found)).label)


def state_of(found: Tally) -> str:
    """The one word for a cell with a single duty."""
    if found.exempt or found.declined:
        return "not_ours"
    if found.done:
        return "done_late" if found.done_late else "done"
    return "late" if found.late else "open"


def _how(value: str) -> Q:
    ways = {
        _LATE: Q(late__gt=0),
        _ALL_DONE: Q(left=None, done__gt=0),
        _BEGUN: Q(left__gt=0, done__gt=0),
        _NOTHING: Q(done=None),
    }
    return ways[value]


def _mine(campaign: Campaign, row: Any) -> str:
    return reverse("campaigns:mine", args=[campaign.pk, row.unit_id])


def _pairs(units: Iterable[Unit]) -> list[tuple[int, str]]:
    return [(unit.pk, unit.name) for unit in units]
