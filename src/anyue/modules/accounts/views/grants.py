"""Giving and withdrawing roles."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anyue.kernel.clock import end_of
from anyue.modules.orgs.selectors.units import units_for
from anyue.platform.authz import Actor, Role, can_anywhere, role_named, roles, scopes
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.forms import DangerPage, FormPage, danger_answer, form_answer

from .. import services
from ..crumbs import crumbs_of
from ..forms import GrantForm
from ..models import Grant
from ..permissions import AccountPermission
from ..rules import may_give
from ..selectors import person_seen
from .again import ask_again
from .people import page_of

GRANT, SYSTEM = AccountPermission.GRANT, AccountPermission.GRANT_SYSTEM


def giveable(actor: Actor) -> list[Role]:
    """Roles that she may give somewhere: at the whole installation, or at the top of what she is over."""
    found = scopes(actor, GRANT)
    tops = [*found.subtrees, *found.places] + ([""] if found.everything else [])
    return [
        role
        for role in roles()
        if (may_give(actor, role, "") if role.everywhere else any(may_give(actor, role, top) for top in tops))
    ]


@requires(GRANT, SYSTEM)
def grant_give(request: Request, pk: int) -> HttpResponse:
    """A role for this person."""
    user = person_seen(request.actor, pk)
    ask_again(request)

    def save(form: GrantForm) -> str:
        data = form.cleaned_data
        grant = services.grant_give(
            by=request.actor,
            user=user,
            role=data["role"],
            unit=data["unit"],
            until=end_of(data["until"]) if data["until"] else None,
            reason=data["reason"],
        )
        role = role_named(grant.role)
        said = gettext("%(name)s now holds the role %(role)s.")
        messages.success(request, said % {"name": user.name, "role": role.label if role else grant.role})
        return page_of(pk)

    page = FormPage(
        gettext("Give %(name)s a role") % {"name": user.name},
        _("Give the role"),
        lead=_("A role works at its unit; what reaches further says so in its sentence."),
        cancel=page_of(pk),
        crumbs=crumbs_of(user),
    )
    units = units_for(request.actor, GRANT)
    post = user.posts.order_by("pk").select_related("unit").first()
    initial = {"unit": post.unit if post else None}
    return form_answer(request, GrantForm, save, page, initial=initial, units=units, roles=giveable(request.actor))


@requires(GRANT, SYSTEM)
def grant_end(request: Request, pk: int) -> HttpResponse:
    """Withdraw a role, and what was handed over from it."""
    grant = _grant(request, pk)
    ask_again(request)
    role = role_named(grant.role)
    label = role.label if role else grant.role
    handed = [one.user.name for one in grant.delegations.filter(ended_at=None).select_related("user")]

    def act(reason: str) -> str:
        services.grant_end(by=request.actor, grant=grant, reason=reason)
        messages.success(request, gettext("The role %(role)s was withdrawn.") % {"role": label})
        return page_of(grant.user_id)

    page = DangerPage(
        title=gettext("Withdraw %(role)s from %(name)s") % {"role": label, "name": grant.user.name},
        what=_("The role ends now, and with it everything that was handed over from it."),
        count=1 + len(handed),
        unit=_("role(s)"),
        submit=_("Take the role back"),
        cancel=page_of(grant.user_id),
        names=[grant.user.name, *handed],
        crumbs=crumbs_of(grant.user),
    )
    return danger_answer(request, page, act)


def _grant(request: Request, pk: int) -> Grant:
    """404 for a grant of somebody whom she does not see or at a place where she gives nothing."""
    grant = Grant.objects.select_related("unit", "user").filter(pk=pk).first()
    if grant is None:
        raise Http404
    person_seen(request.actor, grant.user_id)
    if grant.unit is None and not can_anywhere(request.actor, SYSTEM):
        raise Http404
    if grant.unit is not None and not scopes(request.actor, AccountPermission.VIEW).covers(grant.unit.path):
        raise Http404
    return grant
