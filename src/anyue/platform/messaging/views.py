"""Inbox, delivery log, settings of channels."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anyue.kernel.errors import RefusedError
from anyue.platform.authz import can, fetch, scopes
from anyue.platform.pages.access import Request, requires, signed_in
from anyue.platform.pages.lists import list_answer
from anyue.platform.pages.refusals import into_form

from . import selectors, services, working_days
from .channels import ADAPTERS
from .forms import ChannelForm, HoursForm
from .lists import INBOX, OUTBOX
from .models import Channel, Kind, Message
from .permissions import MessagePermission
from .settings_of import hours_at, settings_at


@signed_in
@require_safe
def inbox(request: Request) -> HttpResponseBase:
    """Her own messages."""
    answer: HttpResponseBase = list_answer(request, INBOX, selectors.inbox(by=request.actor), "messaging/inbox.html")
    return answer


@signed_in
@require_http_methods(["GET", "POST"])
def read(request: Request, pk: int) -> HttpResponse:
    """One message of her own. A POST marks it as read and goes to what it is about."""
    message = get_object_or_404(selectors.inbox(by=request.actor), pk=pk)
    if request.method == "GET":
        return render(request, "messaging/letter.html", {"message": message})
    services.message_read(by=request.actor, messages=[pk])
    is_ours = message.link.startswith("/") and url_has_allowed_host_and_scheme(message.link, allowed_hosts=None)
    return redirect(message.link if is_ours else "messaging:inbox")


@signed_in
@require_POST
def read_all(request: Request) -> HttpResponse:
    """All of hers are read."""
    services.message_read(by=request.actor)
    return redirect("messaging:inbox")


@requires(MessagePermission.VIEW)
@require_safe
def outbox(request: Request) -> HttpResponseBase:
    """The delivery log."""
    rows = selectors.outbox_seen(by=request.actor)
    answer: HttpResponseBase = list_answer(request, OUTBOX, rows, "messaging/outbox.html")
    return answer


@requires(MessagePermission.VIEW)
@require_safe
def message(request: Request, pk: int) -> HttpResponse:
    """One message with what came of it."""
    row = fetch(request.actor, Message.objects.all(), see=MessagePermission.VIEW, place="place", pk=pk)
    may_manage = can(request.actor, MessagePermission.SETTINGS, row.place)
    return render(request, "messaging/message.html", {"row": row, "may_manage": may_manage, "parts": row.parts.all()})


@requires(MessagePermission.VIEW)
@require_POST
def act(request: Request, pk: int, what: str) -> HttpResponse:
    """Cancel a waiting message, or send a failed one again."""
    acts = {"cancel": services.message_cancel, "retry": services.message_retry}
    if what not in acts:
        raise Http404
    row = fetch(
        request.actor,
        Message.objects.all(),
        see=MessagePermission.VIEW,
        act=MessagePermission.SETTINGS,
        place="place",
        pk=pk,
    )
    acts[what](by=request.actor, message=row)
    return redirect("messaging:message", pk)


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
    place, form = _place(request), ChannelForm(request.POST)
    if form.is_valid():
        try:
            words = form.cleaned_data
            services.channel_set(
                by=request.actor,
                place=place,
                kind=kind,
                is_on=words["is_on"],
                address=words["address"],
                secret=words["secret"] or None,
            )
        except RefusedError as refusal:
            into_form(refusal, form)
            return _settings_page(request, place, {kind: form}, status=refusal.problem.status)
        messages.success(request, _("Saved."))
        return redirect(f"{request.path.rsplit('/', 1)[0]}?place={place}")
    return _settings_page(request, place, {kind: form}, status=422)


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
        return redirect(f"{request.path.rsplit('/', 1)[0]}?place={place}")
    return _settings_page(request, place, {"hours": form}, status=422)


def _place(request: Request) -> str:
    """The place whose settings are meant; 404 where she may not set it up."""
    own = scopes(request.actor, MessagePermission.SETTINGS)
    first = "" if own.everything else next(iter((*own.subtrees, *own.places)), "")
    place = request.POST.get("place", request.GET.get("place", first))
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
            "form": bound.get(kind) or ChannelForm(initial={"is_on": now_at[kind].is_on}, auto_id=f"id_{kind}_%s"),
        }
        for kind in Kind.values
        if kind != Kind.IN_APP
    ]
    form = bound.get("hours") or HoursForm(initial={"opens": hours_now.opens, "closes": hours_now.closes})
    context = {"rows": rows, "place": place, "hours_form": form, "calendar_fault": working_days.fault()}
    return render(request, "messaging/channels.html", context, status=status)
