"""Which unit a person with several posts works for now."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from anyue.kernel.errors import RefusedError
from anyue.platform.pages.access import Request, signed_in

from .. import problems
from ..middleware import WORKING_UNIT
from ..models import User
from ..selectors import units_of


@signed_in
@require_POST
def stay(request: Request) -> HttpResponse:
    """She is still there: the page asks before she would be signed out."""
    return HttpResponse(status=204)


@signed_in
@require_POST
def work_as(request: Request) -> HttpResponse:
    """Take one of her own units; back to where she was (``next``)."""
    user = request.user
    assert isinstance(user, User)
    chosen = request.POST.get("unit", "")
    if chosen not in {str(unit.pk) for unit in units_of(user)}:
        raise RefusedError(problems.NOT_YOUR_UNIT)
    request.session[WORKING_UNIT] = int(chosen)
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(back if is_ours else reverse("desk:home"))
