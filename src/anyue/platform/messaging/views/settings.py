"""Settings of channels: what is on at a place, trial messages, office hours."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from anyue.kernel import paths
from anyue.kernel.errors import RefusedError
from anyue.platform.authz import can, scopes
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.refusals import into_form

from .. import services, trying, working_days
from ..channels import ADAPTERS
from ..forms import ChannelForm, HoursForm, TrialForm
from ..models import Channel, Kind, Message
from ..permissions import MessagePermission
from ..settings_of import hours_at, settings_at


@requires(MessagePermission.SETTINGS)
@require_safe
def channels(request: Request) -> HttpResponse:
    """What is on at a place, and its office hours."""
    return _settings_page(request, _place(request))


@requires(MessagePermission.SETTINGS)
@require_POST
def channel(request: Request, kind: str) -> HttpResponse:
    """Switch a channel."""
    if kind not in Kind.values or kind == Kind.IN_APP:
        raise Http404
    place, form = _place(request), ChannelForm(request.POST, kind=kind, auto_id=f"id_{kind}_%s")
    if form.is_valid():
        try:
            words = form.cleaned_data
            services.channel_set(
                by=request.actor,
                place=place,
                kind=kind,
                is_on=words["is_on"],
                address=words.get("address", ""),
                secret=words.get("secret") or None,
            )
        except RefusedError as refusal:
            into_form(refusal, form)
            return _settings_page(request, place, {kind: form}, status=refusal.problem.status)
        messages.success(request, _("Saved."))
        return redirect(f"{reverse('messaging:channels')}?place={place}")
    return _settings_page(request, place, {kind: form}, status=422)


@requires(MessagePermission.SETTINGS)
@require_POST
def channel_try(request: Request, kind: str) -> HttpResponse:
    """Send a trial message by a channel and say what came of it."""
    if kind not in Kind.values or kind == Kind.IN_APP:
        raise Http404
    place, form = _place(request), TrialForm(request.POST, kind=kind, auto_id=f"id_try_{kind}_%s")
    status = 422
    if form.is_valid():
        try:
            row = trying.channel_try(by=request.actor, place=place, kind=kind, address=form.cleaned_data.get("to", ""))
        except RefusedError as refusal:
            into_form(refusal, form)
            status = refusal.problem.status
        else:
            _say_what_came(request, row)
            return redirect(f"{reverse('messaging:channels')}?place={place}#channel-{kind}")
    return _settings_page(request, place, {f"try {kind}": form}, status=status)


def _say_what_came(request: Request, row: Message) -> None:
    if row.state == Message.State.SENT:
        messages.success(request, _("The trial message has gone to %(to)s.") % {"to": row.recipient_label})
    else:
        messages.error(request, _("The trial message did not go: %(why)s") % {"why": row.last_error})


@requires(MessagePermission.SETTINGS)
@require_POST
def hours(request: Request) -> HttpResponse:
    """Set office hours."""
    place, form = _place(request), HoursForm(request.POST)
    if form.is_valid():
        try:
            services.office_hours_set(by=request.actor, place=place, **form.cleaned_data)
        except RefusedError as refusal:
            into_form(refusal, form)
            return _settings_page(request, place, {"hours": form}, status=refusal.problem.status)
        messages.success(request, _("Saved."))
        return redirect(f"{reverse('messaging:channels')}?place={place}")
    return _settings_page(request, place, {"hours": form}, status=422)


def _place(request: Request) -> str:
    """The place whose settings are meant; 404 where she may not set it up."""
    own = scopes(request.actor, MessagePermission.SETTINGS)
    first = "" if own.everything else next(iter((*own.subtrees, *own.places)), "")
    place = request.POST.get("place", request.GET.get("place", first))
    if not paths.is_path(place):
        raise Http404
    if not can(request.actor, MessagePermission.SETTINGS, place):
        raise PermissionDenied if can(request.actor, MessagePermission.VIEW, place) else Http404
    return place


def _settings_page(
    request: Request, place: str, bound: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    bound = bound or {}
    own = {row.kind: row for row in Channel.objects.filter(place=place)}
    now_at, hours_now = settings_at(place), hours_at(place)
    rows = [
        {
            "kind": kind,
            "label": Kind(kind).label,
            "is_on": now_at[kind].is_on,
            "has_address": bool(now_at[kind].address),
            "is_group": ADAPTERS[kind].is_group,
            "own": own.get(kind),
            "form": bound.get(kind)
            or ChannelForm(initial={"is_on": now_at[kind].is_on}, kind=kind, auto_id=f"id_{kind}_%s"),
            "trial": bound.get(f"try {kind}") or TrialForm(kind=kind, auto_id=f"id_try_{kind}_%s"),
        }
        for kind in Kind.values
        if kind != Kind.IN_APP
    ]
    form = bound.get("hours") or HoursForm(initial={"opens": hours_now.opens, "closes": hours_now.closes})
    context = {"rows": rows, "place": place, "hours_form": form, "calendar_fault": working_days.fault()}
    context["place_label"] = _label(request, place)
    return render(request, "messaging/channels.html", context, status=status)


def _label(request: Request, place: str) -> str:
    """Whose settings they are, where that is plain: the installation's, or those of the unit that she works for."""
    unit = getattr(request, "unit", None)
    return _("The whole installation") if not place else unit.name if unit and unit.path == place else ""
