"""Inbox and delivery log."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anyue.platform.authz import can, fetch
from anyue.platform.pages.access import Request, requires, signed_in
from anyue.platform.pages.lists import list_answer

from .. import selectors, services
from ..lists import INBOX, OUTBOX
from ..models import Message
from ..permissions import MessagePermission


@signed_in
@require_safe
def inbox(request: Request) -> HttpResponseBase:
    """Her own messages."""
    context = {"has_unread": selectors.unread_count(by=request.actor) > 0}
    rows = selectors.inbox(by=request.actor)
    answer: HttpResponseBase = list_answer(request, INBOX, rows, "messaging/inbox.html", context)
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
@require_safe
def unread(request: Request) -> HttpResponse:
    """The number at the bell; nothing for none."""
    count = selectors.unread_count(by=request.actor)
    return render(request, "messaging/unread.html", {"count": count})


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
