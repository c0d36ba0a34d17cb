"""The quick desk: three places to drop files on, and her runs so far."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from anyue.kernel.errors import RefusedError
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.refusals import sentence

from .. import jobs, services
from ..forms import INPUTS, UnitForm, dropped
from ..models import QuickRun
from ..permissions import DeskPermission
from ..selectors import quick as selectors

LATEST = 20


@requires(DeskPermission.QUICK)
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: Request) -> HttpResponse:
    """Drop a notice and its replies; what she dropped before stands below."""
    units = selectors.units_for(request.actor)
    form = UnitForm(request.POST if request.method == "POST" else None, units, initial=_working_unit(request))
    errors: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            return _begun(request, services.quick_run_open(by=request.actor, unit=form.cleaned_data["unit"]))
        except RefusedError as refusal:
            errors.append(sentence(refusal))
    errors += [str(one) for found in form.errors.values() for one in found]
    if errors and wants_json(request):
        return JsonResponse({"errors": errors}, status=422)
    context: dict[str, Any] = {
        "form": form,
        "units": units,
        "errors": errors,
        "runs": selectors.runs_of(request.actor).defer("summary")[:LATEST],
        "limit": services.REPLY_LIMIT,
    }
    return render(request, "desk/quick.html", context, status=422 if errors else 200)


def _begun(request: Request, run: QuickRun) -> HttpResponse:
    """The files of the first request added. A script adds more before it starts the run; without one it starts now."""
    try:
        add_all(request, run)
        if wants_json(request):
            return JsonResponse(addresses(run))
        services.quick_run_start(by=request.actor, run=run, start=jobs.starting(jobs.read, request.actor, run))
    except RefusedError:
        services.quick_run_remove(by=request.actor, run=run, start=jobs.starting(jobs.purge, request.actor, run))
        raise
    return redirect("desk:quick-run", run.pk)


def add_all(request: Request, run: QuickRun) -> None:
    """Add the files of every input. Why some were left out is said on the next page."""
    for name, role in INPUTS.items():
        files = dropped(request, name)
        if files:
            added = services.quick_files_add(by=request.actor, run=run, role=role, files=files)
            for refusal in added.refusals:
                messages.warning(request, sentence(refusal))


def addresses(run: QuickRun) -> dict[str, Any]:
    """Where a script goes on."""
    return {
        "add": reverse("desk:quick-add", args=[run.pk]),
        "start": reverse("desk:quick-start", args=[run.pk]),
        "page": reverse("desk:quick-run", args=[run.pk]),
    }


def wants_json(request: Request) -> bool:
    """A script of ours asks."""
    return request.headers.get("Accept", "").startswith("application/json")


def _working_unit(request: Request) -> dict[str, Any]:
    return {"unit": request.session.get("working_unit")}
