"""The page of jobs, and the part that shows how far one is."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from anyue.platform.authz import Actor, can, fetch
from anyue.platform.pages.access import Request, requires, signed_in
from anyue.platform.pages.lists import list_answer

from . import selectors, services
from .lists import JOBS
from .models import Progress
from .permissions import JobPermission
from .reporting import with_what_is_told


@requires(JobPermission.VIEW)
@require_safe
def jobs(request: Request) -> HttpResponseBase:
    """What runs, waits and failed, and why."""
    answer: HttpResponseBase = list_answer(request, JOBS, selectors.jobs_seen(by=request.actor), "jobs/jobs.html")
    return answer


@requires(JobPermission.VIEW)
@require_safe
def job(request: Request, task: uuid.UUID) -> HttpResponse:
    """One job: what it did, why it failed, the details for whoever looks after the program."""
    row = fetch(
        request.actor, Progress.objects.select_related("task"), see=JobPermission.VIEW, place="place", task_id=task
    )
    may_retry = can(request.actor, JobPermission.RETRY, row.place)
    return render(request, "jobs/job.html", {**_context(row), "may_retry": may_retry})


@requires(JobPermission.VIEW)
@require_POST
def retry(request: Request, task: uuid.UUID) -> HttpResponse:
    """Run a failed job again."""
    fetch(
        request.actor,
        Progress.objects.all(),
        see=JobPermission.VIEW,
        act=JobPermission.RETRY,
        place="place",
        task_id=task,
    )
    services.job_retry(by=request.actor, task=task)
    messages.success(request, _("The job runs again."))
    return redirect("jobs:job", task)


@signed_in
@require_safe
def progress(request: Request, task: uuid.UUID) -> HttpResponse:
    """How far it is; asks again by itself until it has ended, then tells the page by the event ``job:done``."""
    row = get_object_or_404(Progress.objects.select_related("task"), task_id=task)
    if not _may_watch(request.actor, row):
        raise Http404
    context = _context(row)
    answer = render(request, "jobs/progress.html", context)
    if context["has_ended"]:
        answer.headers["HX-Trigger-After-Swap"] = "job:done"
    return answer


def _may_watch(actor: Actor, row: Progress) -> bool:
    return row.started_by == actor.key or can(actor, JobPermission.VIEW, row.place)


def _context(row: Progress) -> dict[str, object]:
    state = selectors.state_of(row)
    return {
        "row": with_what_is_told(row),
        "state": state,
        "label": selectors.label_of(row),
        "trouble": selectors.trouble_of(row),
        "percent": selectors.percent_of(row),
        "has_ended": state in (selectors.State.DONE, selectors.State.FAILED),
    }
