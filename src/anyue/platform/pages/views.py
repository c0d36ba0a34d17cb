"""Saved views and drafts: a person's own, so any person with an account may keep them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from anyue.kernel.errors import RefusedError

from . import services
from .access import Request, signed_in
from .models import SavedView
from .refusals import sentence


def back(wanted: str, query: str = "") -> str:
    """``wanted``, the address on this site that a form came from; the home page if it is on another."""
    safe = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return (wanted if safe else "/") + (f"?{query}" if query else "")


@signed_in
@require_POST
def view_keep(request: Request, list_key: str) -> HttpResponse:
    """Keep the list as it is now under a name."""
    query = request.POST.get("query", "")
    try:
        view = services.saved_view_keep(
            by=request.actor, list_key=list_key, name=request.POST.get("name", ""), query=query
        )
    except RefusedError as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, gettext("The view %(name)s is saved.") % {"name": view.name})
    return redirect(back(request.POST.get("back", ""), query))


@signed_in
@require_POST
def view_drop(request: Request, pk: int) -> HttpResponse:
    """Forget a view."""
    view = SavedView.objects.filter(pk=pk, user=request.actor.key).first()
    if view is None:
        raise Http404
    services.saved_view_drop(by=request.actor, view=view)
    messages.success(request, gettext("The view %(name)s is deleted.") % {"name": view.name})
    return redirect(back(request.POST.get("back", "")))


@signed_in
@require_POST
def draft_keep(request: Request, form_key: str) -> HttpResponse:
    """Keep what is typed so far: 204, nothing to show. ``discard`` forgets it and leads back to the form at its value."""
    if "discard" in request.POST:
        services.draft_drop(by=request.actor, form_key=form_key)
        return redirect(back(request.POST["discard"]))
    data = {name: request.POST.getlist(name) for name in request.POST}
    services.draft_keep(by=request.actor, form_key=form_key, data=data)
    return HttpResponse(status=204)
