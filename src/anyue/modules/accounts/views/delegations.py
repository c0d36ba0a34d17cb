"""Handing one's own roles over while on leave."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from anyue.platform.authz import can, role_named
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.forms import FormPage, form_answer

from .. import services
from ..crumbs import MINE
from ..forms import DelegateForm
from ..models import Grant, User
from ..permissions import AccountPermission
from ..selectors import colleagues_of, grants_in_force
from .again import ask_again

DELEGATE = AccountPermission.DELEGATE


def label_of(grant: Grant) -> str:
    """A grant in words: the role and its unit."""
    role = role_named(grant.role)
    label = str(role.label) if role else grant.role
    return f"{label} · {grant.unit.name}" if grant.unit else label


def own_grants(request: Request) -> list[tuple[Grant, str]]:
    """What she may hand over: her own roles first-hand, where she has the right to."""
    user = request.user
    assert isinstance(user, User)
    mine = grants_in_force(of=user).filter(delegated_from=None).select_related("unit")
    return [
        (grant, label_of(grant))
        for grant in mine
        if can(request.actor, DELEGATE, grant.unit.path if grant.unit else "")
    ]


@requires(DELEGATE)
def delegate(request: Request) -> HttpResponse:
    """Choose the roles, the colleague and the last day; below stands what is handed over now."""
    user = request.user
    assert isinstance(user, User)
    ask_again(request)
    grants = own_grants(request)
    people = User.objects.none()
    for grant, _label in grants:
        people = people | colleagues_of(user, grant)
    handed = Grant.objects.filter(delegated_from__user=user, ended_at=None).select_related("user", "unit")

    def save(form: DelegateForm) -> str:
        to, until_on = form.cleaned_data["to"], form.cleaned_data["until_on"]
        services.grant_delegate(
            by=request.actor, grants=form.chosen(), to=to, until_on=until_on, reason=form.cleaned_data["reason"]
        )
        messages.success(request, gettext("%(name)s stands in until %(day)s.") % {"name": to.name, "day": until_on})
        return reverse("people:delegate")

    page = FormPage(
        _("Stand-in while on leave"),
        _("Hand over"),
        lead=_("You keep your roles. What is handed over ends with its last day, and with your own role."),
        cancel=reverse("people:profile"),
        crumbs=MINE,
    )
    context = {"handed": [(grant, label_of(grant)) for grant in handed]}
    return form_answer(
        request,
        DelegateForm,
        save,
        page,
        template="accounts/delegate.html",
        context=context,
        grants=grants,
        people=people,
    )


@requires(DELEGATE)
@require_POST
def undelegate(request: Request, pk: int) -> HttpResponse:
    """Take it back before its day."""
    grant = Grant.objects.select_related("unit", "user", "delegated_from__user").filter(pk=pk).first()
    if grant is None or grant.delegated_from is None or grant.delegated_from.user_id != request.user.pk:
        raise Http404
    services.grant_undelegate(by=request.actor, grant=grant)
    messages.success(request, gettext("%(name)s no longer stands in.") % {"name": grant.user.name})
    return redirect("people:delegate")
