"""Who may open a route. Every view says it by one of these; a view that says nothing is refused (tests hold it).

``open_to_all``: public, listed in the permission table as such. ``signed_in``: any person with an account.
``requires``: one of these permissions somewhere; without it the route does not exist (404). What a view then does to one
subject is asked again by ``authz.fetch`` and by the service.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django_htmx.http import HttpResponseClientRedirect

from anyue.platform.authz import Actor, Permission, can_anywhere

P = ParamSpec("P")
View = Callable[..., HttpResponseBase]


class Request(HttpRequest):
    """A request after the middleware: with its actor and the unit that she works for now. For types alone."""

    actor: Actor
    unit: Any
    htmx: Any


@dataclass(frozen=True, slots=True)
class Access:
    """What a view declared. ``public``: nobody is asked; ``permissions`` empty: any signed-in person."""

    public: bool = False
    permissions: tuple[Permission, ...] = ()
    note: str = ""


def access_of(view: Any) -> Access | None:
    """What ``view`` (or the class-based view behind it) declared."""
    found = getattr(view, "access", None) or getattr(getattr(view, "view_class", None), "access", None)
    return cast("Access | None", found)


def open_to_all(note: str) -> Callable[[View], View]:
    """Public, and ``note`` says why."""

    def decorate(view: View) -> View:
        view.access = Access(public=True, note=note)  # type: ignore[attr-defined]
        return view

    return decorate


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Only for persons who have one of ``permissions`` somewhere; a stranger who is signed in finds nothing here."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.actor.is_known:
                return to_sign_in(request)
            if permissions and not can_anywhere(request.actor, *permissions):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.access = Access(permissions=permissions)  # type: ignore[attr-defined]
        return guarded

    return decorate


def signed_in(view: View) -> View:
    """For any person with an account."""
    return requires()(view)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back here afterwards; the same whether the address exists or not."""
    answer = redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(answer.url)
    return answer
