"""A person's calendar: the file that calendar programs read, and its address on the page of her own account."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from anyue.modules.accounts.models import User
from anyue.modules.accounts.views.again import ask_again
from anyue.platform.pages.access import Request, open_to_all, signed_in

from .. import services
from ..rules.calendars import written
from ..selectors.calendars import calendar_entries
from .door import too_many

_NOTE = "a calendar program reads by the secret in the address; guessed and closed ones answer 404"


@open_to_all(_NOTE)
@require_safe
def calendar_file(request: Request, secret: str) -> HttpResponseBase:
    """The calendar behind ``secret``. Unchanged since the program last asked: 304."""
    address = request.actor.address or "-"
    if not services.knock("address", address) or services.has_missed_too_often(address):
        return too_many(request)
    row = services.calendar_opened_by(secret)
    if row is None:
        services.knock("miss", address)
        raise Http404
    if not services.knock("calendar", str(row.pk)):
        return too_many(request)
    with translation.override(row.user.language or settings.LANGUAGE_CODE):
        body = written(gettext("Work Safety Month: %(name)s") % {"name": row.user.name}, calendar_entries(row.user))
    return _answer(request, body)


def _answer(request: Request, body: bytes) -> HttpResponseBase:
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'inline; filename="anyue.ics"'
    answer.headers["ETag"] = etag
    found: Any = get_conditional_response(request, etag=etag, response=answer)
    found.headers["Cache-Control"] = "private, max-age=600"
    found.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    found.headers["Referrer-Policy"] = "no-referrer"
    assert isinstance(found, HttpResponseBase)
    return found


@signed_in
@require_POST
@never_cache
def calendar_open(request: Request) -> HttpResponse:
    """Make her address, or another one; shown this once."""
    ask_again(request)
    assert isinstance(request.user, User)
    address = services.calendar_open(by=request.actor, user=request.user)
    _scheme, _colon, rest = address.partition(":")
    return render(request, "campaigns/calendar_address.html", {"address": address, "subscribe": f"webcal:{rest}"})


@signed_in
@require_POST
def calendar_close(request: Request) -> HttpResponse:
    """It opens nothing any more."""
    assert isinstance(request.user, User)
    services.calendar_close(by=request.actor, user=request.user)
    messages.success(request, gettext("The calendar address is closed."))
    return redirect("people:profile")
