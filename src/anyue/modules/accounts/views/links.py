"""Pages behind one-time links: the first of an installation, and a person's password."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from anyue.kernel.errors import RefusedError
from anyue.platform.authz import role_named
from anyue.platform.pages.access import Request, open_to_all
from anyue.platform.pages.refusals import into_form

from ..forms import NewPassword, SystemPersonForm
from ..services import SystemPerson, installation_set_up, invitation_take
from ..services.first import system_roles
from ..services.invitations import invitation_of


@open_to_all("behind a one-time link: the holder sets her own password")
@never_cache
@sensitive_post_parameters()
def invitation(request: Request, token: str) -> HttpResponse:
    """Set a password by the link. 410 once it is used or expired."""
    person = invitation_of(token).user
    form = NewPassword(request.POST or None)
    if form.is_valid():
        try:
            invitation_take(
                token=token,
                password=form.cleaned_data["password"],
                address=request.actor.address,
                device=request.actor.device,
            )
        except ValidationError as weak:
            form.add_error("password", weak)
        else:
            messages.success(request, gettext("The password is set. Sign in with it."))
            return redirect("account_login")
    context = {"form": form, "person": person, "rules": NewPassword.rules()}
    return render(request, "accounts/invitation.html", context, status=422 if form.errors else 200)


@open_to_all("behind the one-time link of an installation without people")
@never_cache
def first(request: Request, token: str) -> HttpResponse:
    """Name the three system persons; answers with an invitation for each, shown this once."""
    invitation_of(token)
    forms = {code: SystemPersonForm(request.POST or None, prefix=code) for code in system_roles()}
    # Each is asked, so that all mistakes are shown at once.
    valid = [form.is_valid() for form in forms.values()]
    if request.method == "POST" and all(valid):
        people = {code: SystemPerson(**form.cleaned_data) for code, form in forms.items()}
        try:
            made = installation_set_up(
                token=token, people=people, address=request.actor.address, device=request.actor.device
            )
        except RefusedError as refusal:
            into_form(refusal, next(iter(forms.values())))
        else:
            shown = [(role_named(code), person, link) for code, (person, link) in made.items()]
            return render(request, "accounts/first_done.html", {"made": shown})
    parts = [(role_named(code), form) for code, form in forms.items()]
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "accounts/first.html", {"parts": parts}, status=status)
