"""Posts of a person."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from anyue.modules.orgs.selectors.units import units_for
from anyue.platform.authz import fetch
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.forms import FormPage, form_answer

from .. import services
from ..crumbs import crumbs_of
from ..forms import PostForm
from ..models import Post
from ..permissions import AccountPermission
from ..selectors import person_seen
from .people import page_of

VIEW, MANAGE = AccountPermission.VIEW, AccountPermission.MANAGE


@requires(MANAGE)
def post_add(request: Request, pk: int) -> HttpResponse:
    """A further post."""
    user = person_seen(request.actor, pk)

    def save(form: PostForm) -> str:
        services.post_give(by=request.actor, user=user, **form.cleaned_data)
        return page_of(pk)

    page = FormPage(
        gettext("A further post for %(name)s") % {"name": user.name},
        _("Add"),
        cancel=page_of(pk),
        crumbs=crumbs_of(user),
    )
    return form_answer(request, PostForm, save, page, units=units_for(request.actor, MANAGE))


@requires(MANAGE)
@require_POST
def post_end(request: Request, pk: int) -> HttpResponse:
    """Today is her last day there."""
    post = fetch(request.actor, Post.objects.select_related("unit", "user"), see=VIEW, act=MANAGE, pk=pk)
    services.post_end(by=request.actor, post=post)
    said = gettext("%(name)s no longer works at %(unit)s. Withdraw her roles there as well if they should end.")
    messages.success(request, said % {"name": post.user.name, "unit": post.unit.name})
    return redirect(page_of(post.user_id))
