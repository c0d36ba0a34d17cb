"""What a person chooses about the shell: appearance, elderly mode, language, and the campaign she works in.

A cookie holds it on this device, for pages without sign-in too; the account remembers it for her next device.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from anyue.modules.accounts.models import User
from anyue.modules.accounts.services import preferences_set
from anyue.platform.pages.access import Request, open_to_all, signed_in

from .context import TEXT_SIZES, WORKING_CAMPAIGN, visible_campaigns

YEAR = 365 * 24 * 3600
FOR_ALL = gettext_noop("how pages look is everybody's own choice, before sign-in too")


@open_to_all(FOR_ALL)
@require_POST
def elderly(request: Request) -> HttpResponse:
    """Elderly mode on (``on=1``) or off, and the size of its text (``size``)."""
    on = request.POST.get("on") == "1"
    answer = _remembered(request, "anyue_elderly", "1" if on else "0", elderly_mode=on)
    size = request.POST.get("size", "")
    if size in TEXT_SIZES:
        _set(answer, "anyue_text_size", size)
    return answer


@open_to_all(FOR_ALL)
@require_POST
def appearance(request: Request) -> HttpResponse:
    """Light, dark, or as the device (``appearance``)."""
    chosen = request.POST.get("appearance", "")
    if chosen not in User.Appearance.values:
        raise Http404
    return _remembered(request, "anyue_appearance", chosen, appearance=chosen)


@open_to_all(FOR_ALL)
@require_POST
def language(request: Request) -> HttpResponse:
    """One of the languages there are (``language``)."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        raise Http404
    return _remembered(request, settings.LANGUAGE_COOKIE_NAME, chosen, language=chosen)


@signed_in
@require_POST
def campaign(request: Request) -> HttpResponse:
    """Work in another campaign (``campaign``), one that she sees."""
    chosen = request.POST.get("campaign", "")
    found = next((one for one in visible_campaigns(request.actor) if str(one.pk) == chosen), None)
    if found is None:
        raise Http404
    request.session[WORKING_CAMPAIGN] = found.pk
    return HttpResponseRedirect(_back(request))


def _remembered(request: Request, cookie: str, value: str, **chosen: Any) -> HttpResponse:
    if isinstance(request.user, User):
        preferences_set(by=request.actor, user=request.user, **chosen)
    return _set(HttpResponseRedirect(_back(request)), cookie, value)


def _set(answer: HttpResponse, cookie: str, value: str) -> HttpResponse:
    answer.set_cookie(cookie, value, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True)
    return answer


def _back(request: Request) -> str:
    """Where she was (``next``), on this site alone."""
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return back if is_ours else reverse("desk:home")
