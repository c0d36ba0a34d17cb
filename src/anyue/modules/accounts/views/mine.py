"""A person's own page: how she is reached, how pages look, devices, tokens."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from anyue.kernel.clock import now
from anyue.platform.authz import can_anywhere, registered
from anyue.platform.pages.access import Request, signed_in
from anyue.platform.pages.forms import FormPage, form_answer

from .. import services
from ..crumbs import MINE
from ..forms import ContactForm, TokenForm
from ..models import ApiToken, User
from ..permissions import AccountPermission
from ..sections import sections_of
from ..selectors import grants_in_force, units_of
from .again import ask_again
from .delegations import label_of


def herself(request: Request) -> User:
    """The person who is signed in."""
    assert isinstance(request.user, User)
    return request.user


@signed_in
def profile(request: Request) -> HttpResponse:
    """Everything about one's own account on one page; the form corrects how one is reached."""
    user = herself(request)

    def save(form: ContactForm) -> str:
        services.person_edit(by=request.actor, user=user, name=user.name, contact=form.contact())
        messages.success(request, gettext("Saved."))
        return reverse("people:profile")

    page = FormPage(_("My account"), _("Save"))
    initial = {name: getattr(user, name) for name in ("name", "phone", "office_phone", "email")}
    grants = grants_in_force(of=user).select_related("unit", "delegated_from__user")
    context = {
        "person": user,
        "units": units_of(user),
        "grants": [(grant, label_of(grant)) for grant in grants],
        "devices": UserSession.objects.filter(user=user).order_by("-last_seen_at"),
        "here": request.session.session_key,
        "factors": list(Authenticator.objects.filter(user=user).values_list("type", flat=True)),
        "tokens": ApiToken.objects.filter(user=user),
        "sections": sections_of(user),
        "now": now(),
        "may": {"delegate": can_anywhere(request.actor, AccountPermission.DELEGATE)},
    }
    return form_answer(
        request, OwnContactForm, save, page, initial=initial, template="accounts/profile.html", context=context
    )


class OwnContactForm(ContactForm):
    """How one is reached; one's name is kept by the administrator."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["name"].disabled = True


@signed_in
@require_POST
def device_end(request: Request, pk: int) -> HttpResponse:
    """Sign out on another device."""
    session = UserSession.objects.filter(pk=pk, user=herself(request)).first()
    if session is None:
        raise Http404
    services.session_end(by=request.actor, session=session)
    messages.success(request, gettext("Signed out there."))
    return redirect("people:profile")


@signed_in
@never_cache
def token_add(request: Request) -> HttpResponse:
    """A key for a program, shown this once."""
    ask_again(request)
    held = [permission for permission in registered() if can_anywhere(request.actor, permission)]

    def save(form: TokenForm) -> HttpResponse:
        token, text = services.token_make(by=request.actor, user=herself(request), **form.cleaned_data)
        return render(request, "accounts/token.html", {"token": token, "text": text})

    page = FormPage(_("New token"), _("Make the token"), cancel=reverse("people:profile"), crumbs=MINE)
    return form_answer(request, TokenForm, save, page, permissions=held)


@signed_in
@require_POST
def token_end(request: Request, pk: int) -> HttpResponse:
    """It works no more."""
    token = ApiToken.objects.select_related("user").filter(pk=pk, user=herself(request)).first()
    if token is None:
        raise Http404
    services.token_end(by=request.actor, token=token)
    messages.success(request, gettext("The token %(name)s has ended.") % {"name": token.name})
    return redirect("people:profile")
