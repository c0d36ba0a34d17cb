"""The door: what a unit without an account sees and does by its link."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from anyue.kernel.errors import RefusedError
from anyue.platform.authz import Actor
from anyue.platform.pages.access import Request, open_to_all
from anyue.platform.pages.refusals import into_form, sentence

from .. import selectors, services
from ..forms import ExtensionForm, OfficerForm, ProgressForm, ReasonForm, Who
from ..models import Duty, LiaisonOfficer, Participation
from ..services.door import WINDOW
from .acting import BY_UNIT, perform

WHO = "anyue_who"
View = Callable[..., HttpResponseBase]
_NOTE = (
    "a unit without an account acts by the link in its chase text; guessed, revoked and expired links all answer 404"
)


def at_the_door(view: View) -> View:
    """Open the door for ``view``: limits first, then the link; 404 for whatever opens nothing. Nothing of it is kept or indexed."""

    @wraps(view)
    def opened(request: Request, token: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        address = request.actor.address or "-"
        if not services.knock("address", address) or services.has_missed_too_often(address):
            return too_many(request)
        row = services.opened_by(token)
        if row is None:
            services.knock("miss", address)
            raise Http404
        if not services.knock("link", str(row.pk)):
            return too_many(request)
        answer = view(request, row, token, *args, **kwargs)
        answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        answer.headers["Referrer-Policy"] = "same-origin"  # none at all would send Origin: null with our own forms
        return answer

    return open_to_all(_NOTE)(never_cache(opened))


def too_many(request: Request) -> HttpResponse:
    """Somebody knocks too often."""
    answer = render(request, "door/too_many.html", status=429)
    answer.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
    return answer


@at_the_door
@require_http_methods(["GET", "HEAD"])
def door_open(request: Request, row: Participation, token: str) -> HttpResponse:
    """What the unit owes this campaign, and nothing else."""
    services.link_used(row)
    return render(request, "door/open.html", _context(request, row, token))


@at_the_door
@require_http_methods(["GET", "HEAD", "POST"])
def door_sign(request: Request, row: Participation, token: str) -> HttpResponse:
    """Sign the receipt."""
    who = Who(request.POST) if request.method == "POST" else Who(initial=_known(request, token))
    if request.method == "POST" and who.is_valid():
        try:
            services.receipt_sign(by=_holder(request, row, who), campaign=row.campaign, unit=row.unit)
            return _done(token, who)
        except RefusedError as refusal:
            into_form(refusal, who)
    context = _context(request, row, token) | {"who": who}
    return render(request, "door/sign.html", context, status=422 if who.errors else 200)


@at_the_door
@require_http_methods(["GET", "HEAD", "POST"])
def door_liaison(request: Request, row: Participation, token: str) -> HttpResponse:
    """Name the liaison officer."""
    posted = request.POST if request.method == "POST" else None
    who, form = Who(posted, initial=_known(request, token)), OfficerForm(posted, initial=_officer(row))
    if posted is not None and who.is_valid() and form.is_valid():
        try:
            by = _holder(request, row, who)
            services.liaison_name(by=by, campaign=row.campaign, unit=row.unit, officer=form.officer())
            return _done(token, who)
        except RefusedError as refusal:
            into_form(refusal, who if set(refusal.fields) & set(who.fields) else form)
    context = _context(request, row, token) | {"who": who, "form": form}
    return render(request, "door/liaison.html", context, status=422 if who.errors or form.errors else 200)


@at_the_door
@require_http_methods(["GET", "HEAD", "POST"])
def door_duty(request: Request, row: Participation, token: str, pk: int) -> HttpResponse:
    """One duty: progress with evidence, done, not ours, more time."""
    mine = selectors.duties_of(row.unit, row.campaign).filter(kind__in=[Duty.Kind.TASK, Duty.Kind.RETURN])
    duty = get_object_or_404(mine, pk=pk)
    who, wrong = Who(request.POST or None, initial=_known(request, token)), ""
    if request.method == "POST" and who.is_valid():
        try:
            perform(request, _holder(request, row, who), duty, request.POST.get("act", ""), BY_UNIT)
            return _done(token, who)
        except RefusedError as refusal:
            wrong = "" if set(refusal.fields) & set(who.fields) else sentence(refusal)
            if not wrong:
                into_form(refusal, who)
    context = _context(request, row, token) | {
        "who": who,
        "duty": duty,
        "evidence": duty.evidence.filter(removed_at=None).select_related("file__blob"),
        "wrong": wrong,
        "progress": ProgressForm(request.POST or None, initial={"progress": duty.progress, "note": duty.note}),
        "reason": ReasonForm(),
        "extension": ExtensionForm(),
    }
    return render(request, "door/duty.html", context, status=422 if wrong or who.errors else 200)


def _context(request: Request, row: Participation, token: str) -> dict[str, Any]:
    duties = list(selectors.duties_of(row.unit, row.campaign))
    viewer = services.holder(row, label="", address=request.actor.address)
    return {
        "row": row,
        "token": token,
        "campaign": row.campaign,
        "unit": row.unit,
        "viewer": viewer,
        "duties": duties,
        "receipt": next((duty for duty in duties if duty.kind == Duty.Kind.RECEIPT), None),
        "liaison": next((duty for duty in duties if duty.kind == Duty.Kind.LIAISON), None),
        "tasks": [duty for duty in duties if duty.kind not in (Duty.Kind.RECEIPT, Duty.Kind.LIAISON)],
        "officer": LiaisonOfficer.objects.filter(campaign=row.campaign, unit=row.unit, until_at=None).first(),
        "said": gettext("Done. Thank you.") if request.GET.get("done") else "",
    }


def _holder(request: Request, row: Participation, who: Who) -> Actor:
    return services.link_holder(
        row,
        name=who.cleaned_data["who_name"],
        phone=who.cleaned_data["who_phone"],
        address=request.actor.address,
        device=request.actor.device,
    )


def _done(token: str, who: Who) -> HttpResponse:
    """Back to the duties; who acted is remembered on this device, for this link alone, until the evening."""
    where = reverse("door:open", args=[token])
    answer = redirect(f"{where}?done=1")
    answer.set_cookie(
        WHO,
        signing.dumps(who.cleaned_data, salt=WHO + token),
        max_age=12 * 3600,
        path=where,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return answer


def _known(request: Request, token: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = signing.loads(request.COOKIES.get(WHO, ""), salt=WHO + token, max_age=12 * 3600)
    except signing.BadSignature:
        return {}
    return found


def _officer(row: Participation) -> dict[str, str]:
    """Whom the form starts with: nobody's numbers are shown to whoever holds the link."""
    named = LiaisonOfficer.objects.filter(campaign=row.campaign, unit=row.unit, until_at=None).first()
    return {"name": named.name, "post": named.post} if named else {}
