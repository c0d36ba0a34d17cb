"""The list of people, a person's page, and what is done to her account."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from anyue.modules.orgs.selectors.units import units_for
from anyue.platform.authz import can, can_anywhere
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.forms import DangerPage, FormPage, danger_answer, form_answer
from anyue.platform.pages.lists import list_answer

from .. import services
from ..crumbs import PEOPLE, crumbs_of
from ..forms import ContactForm, PersonForm
from ..lists import people_list, with_posts_and_roles
from ..permissions import AccountPermission
from ..selectors import people_seen, person_seen
from ..selectors.acts import person_file
from .again import ask_again

VIEW, MANAGE, UNLOCK = AccountPermission.VIEW, AccountPermission.MANAGE, AccountPermission.UNLOCK


def page_of(pk: int) -> str:
    """The address of a person's page."""
    return reverse("people:person", args=[pk])


@requires(VIEW)
def index(request: Request) -> HttpResponse:
    """People whom she sees."""
    spec = people_list(request.actor, request.unit)
    rows = with_posts_and_roles(people_seen(request.actor))
    may = {"add": can_anywhere(request.actor, MANAGE)}
    answer: HttpResponse = list_answer(request, spec, rows, "accounts/index.html", {"may": may})
    return answer


@requires(VIEW)
def person(request: Request, pk: int) -> HttpResponse:
    """One person: posts, roles, devices, sign-ins."""
    user = person_seen(request.actor, pk)
    return render(request, "accounts/person.html", {"file": person_file(request.actor, user), "person": user})


@requires(MANAGE)
def add(request: Request) -> HttpResponse:
    """A new person; then the link with which she sets her password."""
    everywhere = can(request.actor, AccountPermission.GRANT_SYSTEM, "")

    def save(form: PersonForm) -> str:
        data = form.cleaned_data
        user = services.person_add(
            by=request.actor,
            unit=data["unit"],
            username=data["username"],
            name=data["name"],
            contact=form.contact(),
            title=data["title"],
            is_leader=data["is_leader"],
        )
        messages.success(request, gettext("%(name)s was added. Give her a role, then her link.") % {"name": user.name})
        return page_of(user.pk)

    page = FormPage(
        _("Add a person"), _("Add"), draft="accounts.person-add", cancel=reverse("people:index"), crumbs=PEOPLE
    )
    units = units_for(request.actor, MANAGE)
    initial = {"unit": request.unit if request.unit and can(request.actor, MANAGE, request.unit.path) else None}
    return form_answer(request, PersonForm, save, page, initial=initial, units=units, everywhere=everywhere)


@requires(MANAGE)
def edit(request: Request, pk: int) -> HttpResponse:
    """Correct her name and how she is reached."""
    user = person_seen(request.actor, pk, act=MANAGE)

    def save(form: ContactForm) -> str:
        services.person_edit(by=request.actor, user=user, name=form.cleaned_data["name"], contact=form.contact())
        return page_of(pk)

    initial = {name: getattr(user, name) for name in ("name", "phone", "office_phone", "email")}
    page = FormPage(
        gettext("Edit %(name)s") % {"name": user.name}, _("Save"), cancel=page_of(pk), crumbs=crumbs_of(user)
    )
    return form_answer(request, ContactForm, save, page, initial=initial)


@requires(UNLOCK)
def suspend(request: Request, pk: int) -> HttpResponse:
    """She can no longer sign in."""
    user = person_seen(request.actor, pk, act=UNLOCK)

    def act(reason: str) -> str:
        services.person_suspend(by=request.actor, user=user, reason=reason)
        messages.success(request, gettext("%(name)s is suspended.") % {"name": user.name})
        return page_of(pk)

    page = DangerPage(
        title=gettext("Suspend %(name)s") % {"name": user.name},
        what=_("She is signed out everywhere and cannot sign in until she is restored. Her posts and roles rest."),
        count=1,
        unit=_("account"),
        submit=_("Suspend"),
        cancel=page_of(pk),
        names=[user.name],
        crumbs=crumbs_of(user),
    )
    return danger_answer(request, page, act)


@requires(UNLOCK)
@require_POST
def restore(request: Request, pk: int) -> HttpResponse:
    """She may sign in again."""
    user = services.person_restore(by=request.actor, user=person_seen(request.actor, pk, act=UNLOCK))
    messages.success(request, gettext("%(name)s may sign in again.") % {"name": user.name})
    return redirect(page_of(pk))


@requires(UNLOCK)
@require_POST
def unlock(request: Request, pk: int) -> HttpResponse:
    """Failed sign-ins no longer count."""
    user = person_seen(request.actor, pk, act=UNLOCK)
    services.person_unlock(by=request.actor, user=user)
    messages.success(request, gettext("%(name)s can try again at once.") % {"name": user.name})
    return redirect(page_of(pk))


@requires(UNLOCK)
@never_cache
@require_POST
def invite(request: Request, pk: int) -> HttpResponse:
    """Her link for a password, shown this once."""
    user = person_seen(request.actor, pk, act=UNLOCK)
    ask_again(request)
    link = services.invitation_make(by=request.actor, user=user)
    return render(request, "accounts/link.html", {"person": user, "link": link})
