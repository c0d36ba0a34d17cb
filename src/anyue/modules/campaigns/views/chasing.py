"""Chasing: who is late with what, the text for chat groups, messages now, the leader, and what was done before."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from anyue.kernel import clock
from anyue.kernel.errors import RefusedError
from anyue.modules.orgs.models import Kind
from anyue.platform.authz import can
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.lists import (
    Choice,
    Column,
    DateRange,
    Empty,
    ListSpec,
    Place,
    Select,
    Subtree,
    list_answer,
)
from anyue.platform.pages.refusals import sentence

from .. import texts
from ..codes import qr_image
from ..models import Campaign, Chase, Duty, Participation
from ..permissions import CampaignPermission as May
from ..selectors import following
from ..selectors.chasing import calendar_at, campaigns_to_chase, chases_of, chasing_for, units_to_chase
from ..selectors.contacts import Contacts, contacts_of
from ..selectors.lateness import LateUnit
from ..services import address_of
from ..services.chasing import chase_escalate, chase_note, chase_send

_CARDS = 60
_HISTORY = 50
_ACTS: dict[str, Callable[..., list[Chase]]] = {
    "send": chase_send,
    "escalate": chase_escalate,
    "chat": partial(chase_note, channel=Chase.Channel.CHAT),
    "phone": partial(chase_note, channel=Chase.Channel.PHONE),
}


@requires(May.CHASE)
def chasing(request: Request) -> HttpResponse:
    """The running campaigns in which she chases somebody; the only one at once."""
    found = list(campaigns_to_chase(request.actor))
    if len(found) == 1:
        return redirect("campaigns:chase", found[0].pk)
    late = following.late_by_campaign(request.actor, found)
    rows = [(campaign, late.get(campaign.pk, 0)) for campaign in found]
    return render(request, "campaigns/chasing/index.html", {"rows": rows})


@requires(May.CHASE)
def chase(request: Request, pk: int) -> HttpResponse:
    """Who is late with what, or will be soon."""
    campaign = chasing_for(request.actor, pk)
    calendar = calendar_at(campaign.unit.path)
    late, streets = following.late_by_level(request.actor, campaign)
    context = {
        "campaign": campaign,
        "late": sum(late.values()),
        "is_office": can(request.actor, May.CHASE, campaign.unit.path),
        "is_open": calendar.is_open(clock.now()),
        "hours": calendar.hours,
    }
    rows = following.owing(request.actor, campaign)
    spec = _late_list(campaign, streets, levels=set(late))
    answer: HttpResponse = list_answer(request, spec, rows, "campaigns/chasing/list.html", context)
    return answer


@requires(May.CHASE)
@require_POST
def chase_choose(request: Request, pk: int) -> HttpResponse:
    """The ticked units, or all that are late, to the page where the chase is prepared."""
    campaign = chasing_for(request.actor, pk)
    ticked = [key for key in request.POST.getlist("units") if key.isdigit()]
    everybody = request.POST.get("all") == "1"
    if not ticked and not everybody:
        messages.warning(request, gettext("Tick at least one unit, then choose what to do."))
        return redirect("campaigns:chase", pk)
    way = redirect("campaigns:chase-text", campaign.pk)
    way["Location"] += "?all=1" if everybody else "?units=" + ",".join(ticked)
    return way


@requires(May.CHASE)
@never_cache
def chase_text(request: Request, pk: int) -> HttpResponse:
    """The texts to paste, and what else can be done with these units."""
    campaign = chasing_for(request.actor, pk)
    late = following.units_late(request.actor, campaign, _chosen(request.GET))
    with_links = request.GET.get("links") == "1" and campaign.links_open
    lines = _lines(campaign, late, contacts := contacts_of(campaign, [one.unit for one in late]))
    with translation.override(settings.LANGUAGE_CODE):
        shown = lines if with_links else [line._replace(link="") for line in lines]
        text = texts.group_text(campaign, shown)
        cards = [(line, texts.unit_text(campaign, line)) for line in lines[:_CARDS]]
    context = {
        "campaign": campaign,
        "text": text,
        "cards": cards,
        "more": max(len(lines) - _CARDS, 0),
        "count": len(lines),
        "reached": sum(one.is_reachable for one in contacts.values()),
        "led": sum(bool(contacts[one.unit.pk].leaders) for one in late if one.late),
        "overdue": sum(bool(one.late) for one in late),
        "units": request.GET.get("units", ""),
        "everybody": request.GET.get("all") == "1",
        "with_links": with_links,
    }
    return render(request, "campaigns/chasing/text.html", context)


@requires(May.CHASE)
@require_POST
def chase_act(request: Request, pk: int, act: str) -> HttpResponse:
    """Send now, tell the leaders, or record that it was done by telephone or in a chat group."""
    campaign = chasing_for(request.actor, pk)
    if act not in _ACTS:
        raise Http404
    chosen = _chosen(request.POST)
    late = following.units_late(request.actor, campaign, chosen)
    extra = {"note": request.POST.get("note", "")} if act in ("chat", "phone") else {}
    try:
        made = _ACTS[act](by=request.actor, campaign=campaign, units=[one.unit for one in late], **extra)
    except RefusedError as refusal:
        messages.error(request, sentence(refusal))
        return redirect("campaigns:chase", pk)
    _tell(request, made)
    back = request.POST.get("unit", "")
    return redirect("campaigns:chase-unit", pk, int(back)) if back.isdigit() else redirect("campaigns:chase", pk)


@requires(May.CHASE)
@never_cache
def chase_unit(request: Request, pk: int, unit: int) -> HttpResponse:
    """One unit: what it owes, whom to call, its link and code, and everything that was done to make it do its part."""
    campaign = chasing_for(request.actor, pk)
    found = get_object_or_404(units_to_chase(request.actor, campaign), pk=unit)
    late = next(iter(following.units_late(request.actor, campaign, [found.pk])), None) or LateUnit(found, (), ())
    contacts = contacts_of(campaign, [found])
    [line] = _lines(campaign, [late], contacts)
    with translation.override(settings.LANGUAGE_CODE):
        text = texts.unit_text(campaign, line) if late.duties else ""
    context = {
        "campaign": campaign,
        "unit": found,
        "late": late,
        "contacts": contacts[found.pk],
        "line": line,
        "text": text,
        "code": qr_image(line.link) if line.link else "",
        "history": chases_of(campaign, found)[:_HISTORY],
    }
    return render(request, "campaigns/chasing/unit.html", context)


@requires(May.CHASE)
def chase_history(request: Request, pk: int) -> HttpResponse:
    """Every chase of the campaign."""
    campaign = chasing_for(request.actor, pk)
    units = units_to_chase(request.actor, campaign)
    rows = Chase.objects.filter(campaign=campaign, unit__in=units).select_related("unit").prefetch_related("duties")
    context = {"campaign": campaign}
    answer: HttpResponse = list_answer(request, _HISTORY_LIST, rows, "campaigns/chasing/history.html", context)
    return answer


def _tell(request: Request, made: list[Chase]) -> None:
    reached = [one for one in made if one.channel != Chase.Channel.NONE]
    lost = len(made) - len(reached)
    if reached:
        words = ngettext("%(count)s unit chased.", "%(count)s units chased.", len(reached))
        messages.success(request, words % {"count": len(reached)})
    if lost:
        words = ngettext(
            "%(count)s unit has nobody who could be reached. Please call.",
            "%(count)s units have nobody who could be reached. Please call.",
            lost,
        )
        messages.warning(request, words % {"count": lost})
    if not made:
        messages.warning(request, gettext("Nothing of these units is overdue, so no leader was told."))


def _chosen(given: Any) -> list[int] | None:
    """The units that an address or a form names; None: all that are late."""
    if given.get("all") == "1":
        return None
    return [int(key) for key in given.get("units", "").split(",") if key.isascii() and key.isdigit() and len(key) < 18]


def _lines(campaign: Campaign, late: list[LateUnit], contacts: Any) -> list[texts.Line]:
    keys = [one.unit.pk for one in late]
    places = {row.unit_id: row for row in campaign.participations.filter(unit__in=keys)} if campaign.links_open else {}
    return [_line(one, contacts[one.unit.pk], places.get(one.unit.pk)) for one in late]


def _line(late: LateUnit, contacts: Contacts, place: Participation | None) -> texts.Line:
    return texts.Line(late, contacts.name, contacts.phone, address_of(place) if place else "")


# --- the lists --------------------------------------------------------------------------------------------------------------


def _late_list(campaign: Campaign, streets: list[following.Street], *, levels: set[str]) -> ListSpec[Any]:
    kinds = [(value, str(label)) for value, label in Kind.choices if value in levels]

    def find(value: str) -> Place | None:
        unit = next((one for one in streets if str(one.pk) == value), None)
        return Place(unit.path, unit.name) if unit else None

    def options() -> list[tuple[int, str]]:
        return [(one.pk, one.name) for one in streets]

    return ListSpec(
        key="campaigns.chasing",
        title=_("Overdue and due soon"),
        columns=(
            Column("unit", _("Unit"), lambda row: row.unit.name, sort="unit__path", link=partial(_unit_link, campaign)),
            Column("level", _("Level"), lambda row: str(row.unit.get_kind_display()), sort="unit__kind", shown=False),
            Column("missing", _("What is missing"), _missing_words, part="campaigns/chasing/missing.html"),
            Column("late", _("Overdue"), lambda row: row.late or 0, figure=True, sort="late", unit=_("items")),
            Column("oldest", _("Due since"), lambda row: row.oldest, sort="oldest", part="campaigns/chasing/due.html"),
            Column("who", _("Whom to call"), _who, part="campaigns/chasing/who.html", blank=_("nobody named")),
            Column("last", _("Last chased"), _last, sort="last_at", part="campaigns/chasing/last.html"),
        ),
        filters=(
            Choice("level", _("Level"), field="unit__kind", choices=kinds),
            Choice(
                "missing",
                _("What is missing"),
                choices=lambda: _askable(campaign),
                where=partial(following.with_missing, campaign),
            ),
            Choice("when", _("How late"), choices=_WHEN.items(), where=_when),
            Choice("chased", _("Chased"), choices=_CHASED.items(), where=_was_chased),
            Subtree("street", _("Street"), find=find, options=options),
        ),
        search=("unit__name", "unit__initials"),
        search_hint=_("Name of the unit or its initials"),
        order=("oldest", "unit__path"),
        empty=Empty(_("Nobody is late"), hint=_("Nothing is overdue, and nothing is due within two days.")),
        select=Select("chase-form", "units", lambda row: row.unit_id, lambda row: row.unit.name),
    )


_WHEN = {"late": _("overdue"), "soon": _("due soon")}
_CHASED = {"today": _("today"), "before": _("before today"), "never": _("not yet")}


def _when(value: str) -> Q:
    return Q(late__gt=0) if value == "late" else Q(late=None)


def _was_chased(value: str) -> Q:
    today = clock.start_of(clock.today())
    ways = {"today": Q(last_at__gte=today), "before": Q(last_at__lt=today), "never": Q(last_at=None)}
    return ways[value]


def _askable(campaign: Campaign) -> list[tuple[str, str]]:
    asked = campaign.requirements.filter(dropped_at=None, kind="return").values_list("pk", "title")
    simple = [Duty.Kind.RECEIPT, Duty.Kind.LIAISON, Duty.Kind.TASK]
    return [(kind.value, str(kind.label)) for kind in simple] + [(f"return:{pk}", title) for pk, title in asked]


def _unit_link(campaign: Campaign, row: Any) -> str:
    return reverse("campaigns:chase-unit", args=[campaign.pk, row.unit_id])


def _missing_words(row: Any) -> str:
    return "；".join(texts.line_of(duty) for duty in row.unit.owed)


def _who(row: Any) -> str:
    found = following.to_call(row)
    return f"{found.name} {found.phone}".strip()


def _last(row: Any) -> str:
    if row.last_at is None:
        return gettext("not yet")
    at = row.last_at.astimezone(clock.SHANGHAI)
    return f"{at:%m-%d %H:%M} {Chase.Channel(row.last_channel).label}"


_HISTORY_LIST: ListSpec[Chase] = ListSpec(
    key="campaigns.chases",
    title=_("Chases"),
    columns=(
        Column("unit", _("Unit"), lambda row: row.unit.name, sort="unit__path"),
        Column("at", _("When"), lambda row: row.at, sort="at"),
        Column("step", _("How far"), lambda row: str(row.get_step_display()), sort="step"),
        Column("channel", _("By what"), lambda row: str(row.get_channel_display()), sort="channel"),
        Column("recipient", _("Who was chased"), lambda row: row.recipient, blank="—"),
        Column("duties", _("About"), lambda row: "；".join(duty.title for duty in row.duties.all())),
        Column("note", _("Note on it"), lambda row: row.note, blank="—"),
        Column("by", _("By whom"), lambda row: row.done_by),
        Column("text", _("Message text"), lambda row: row.text, shown=False),
    ),
    filters=(
        Choice("step", _("How far"), field="step", choices=Chase.Step.choices),
        Choice("channel", _("By what"), field="channel", choices=Chase.Channel.choices),
        DateRange("at", _("When"), field="at", instant=True),
    ),
    search=("unit__name", "unit__initials", "recipient"),
    order=("-at",),
    empty=Empty(_("No chases yet")),
)
