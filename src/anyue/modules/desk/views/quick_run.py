"""The page of one run: how far it is, what came of it, and what she does with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from anyue.kernel.errors import RefusedError
from anyue.modules.notices import jobs as notice_jobs
from anyue.modules.notices.permissions import NoticePermission
from anyue.platform.authz import can
from anyue.platform.files.selectors import link_to
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.refusals import sentence

from .. import jobs, problems, services
from ..models import QuickFile, QuickRun
from ..permissions import DeskPermission
from ..selectors import quick as selectors
from .quick import wants_json


@requires(DeskPermission.QUICK)
@require_safe
def page(request: Request, pk: int) -> HttpResponse:
    """Everything about a run, drawn for how far it is."""
    run = _settled(selectors.the_run(request.actor, pk))
    return render(request, "desk/quick_run.html", _context(request, run))


@requires(DeskPermission.QUICK)
@require_safe
def progress(request: Request, pk: int) -> HttpResponse:
    """How far the reading is, asked for again and again; the whole page once it is over."""
    run = _settled(selectors.the_run(request.actor, pk))
    answer = render(request, "desk/quick_parts/progress.html", _context(request, run))
    if not run.is_busy:
        answer["HX-Refresh"] = "true"
    return answer


def _settled(run: QuickRun) -> QuickRun:
    """A run whose job has used up its second chances has failed, though nobody was left to write it down."""
    if selectors.is_abandoned(run):
        services.quick_run_fail(run=run, trouble={"kind": "problem", "code": problems.STOPPED.code, "details": {}})
        run.refresh_from_db()
    return run


def _context(request: Request, run: QuickRun) -> dict[str, Any]:
    context: dict[str, Any] = {
        "run": run,
        "summary": run.summary,
        "standing": selectors.standing(run),
        "documents": [_shown(request, file) for file in selectors.documents_of(run)],
        "problems": [_shown(request, file) for file in selectors.problems_of(run)],
        "limit": services.REPLY_LIMIT,
    }
    if run.state == QuickRun.State.FAILED:
        context["trouble"] = selectors.trouble_words(run)
    if run.state == QuickRun.State.DONE:
        context["downloads"] = selectors.downloads(run, request.actor)
        context["may_campaign"] = can(request.actor, NoticePermission.UPLOAD, run.unit.path)
    return context


def _shown(request: Request, file: QuickFile) -> dict[str, Any]:
    link = link_to(file.stored, for_=request.actor) if file.stored is not None else ""
    return {"row": file, "link": link, "issues": selectors.issues_said(file)}


@requires(DeskPermission.QUICK)
@require_safe
def figure(request: Request, pk: int, field: str) -> HttpResponse:
    """The replies that a total rests on."""
    run = selectors.the_run(request.actor, pk)
    parts = selectors.parts_of(run, field, request.actor)
    about = next(one for one in run.summary["totals"] if one["field"] == field)
    template = "desk/quick_parts/figure.html" if request.htmx else "desk/quick_figure.html"
    return render(request, template, {"run": run, "parts": parts, "about": about})


@requires(DeskPermission.QUICK)
@require_POST
def start(request: Request, pk: int) -> HttpResponse:
    """Have everything read, with the form she chose."""
    run = selectors.the_run(request.actor, pk)
    try:
        services.quick_run_start(
            by=request.actor, run=run, start=jobs.starting(jobs.read, request.actor, run), form=request.POST.get("form")
        )
    except RefusedError as refusal:
        if wants_json(request):
            return JsonResponse({"errors": [sentence(refusal)]}, status=refusal.problem.status)
        messages.error(request, sentence(refusal))
    if wants_json(request):
        return JsonResponse({"page": reverse("desk:quick-run", args=[pk])})
    return redirect("desk:quick-run", pk)


@requires(DeskPermission.QUICK)
@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Gone at once, with all its files."""
    run = selectors.the_run(request.actor, pk)
    services.quick_run_remove(by=request.actor, run=run, start=jobs.starting(jobs.purge, request.actor, run))
    messages.success(request, _("The run and all its files were removed."))
    return redirect("desk:quick")


@requires(DeskPermission.QUICK)
@require_POST
def to_notice(request: Request, pk: int) -> HttpResponse:
    """One click to a campaign: the notice goes to review."""
    run = selectors.the_run(request.actor, pk)
    notice = services.quick_run_to_notice(by=request.actor, run=run, start=notice_jobs.read(request.actor))
    return redirect("notices:one", notice.pk)
