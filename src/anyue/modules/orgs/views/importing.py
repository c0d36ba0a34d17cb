"""Bringing units in from a table: chosen, looked at by a job, confirmed, written by a job."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from anyue.kernel.errors import RefusedError
from anyue.platform.authz import can, scopes
from anyue.platform.jobs.selectors import standing_of
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.forms import FormPage, form_answer
from anyue.platform.pages.refusals import sentence

from .. import jobs, problems, selectors, services
from ..forms import ImportForm, unit_label
from ..models import UnitImport
from ..permissions import UnitPermission

IMPORT = requires(UnitPermission.IMPORT)
LATEST = 10


@IMPORT
def choose(request: Request) -> HttpResponse:
    """Which table, into which unit, from which day; and those that she brought lately."""
    places = selectors.units_for(request.actor, UnitPermission.IMPORT).order_by("path")

    def save(form: ImportForm) -> str:
        given = form.cleaned_data
        row = services.import_begin(
            by=request.actor,
            upload=given["file"],
            under=given["under"],
            on=given["on"],
            start=jobs.starting(jobs.look, request.actor),
        )
        return reverse("orgs:import-one", args=[row.pk])

    first = None if scopes(request.actor, UnitPermission.IMPORT).everything else places.first()
    lead = _("Nothing is written before you have seen what would change.")
    page = FormPage(
        _("Import units"), _("Try it out"), lead, reverse("orgs:index"), short="one file, which a browser does not keep"
    )
    initial = {"under": unit_label(first)} if first else {}
    context = {"latest": selectors.imports_of(request.actor)[:LATEST]}
    return form_answer(
        request, ImportForm, save, page, initial=initial, template="orgs/import.html", context=context, among=places
    )


@IMPORT
@require_safe
def one(request: Request, pk: int) -> HttpResponse:
    """How far it is; what it would change, and what is wrong in it by row; what became of it."""
    return render(request, "orgs/import_one.html", _context(_hers(request, pk)))


@IMPORT
@require_safe
def state(request: Request, pk: int) -> HttpResponse:
    """How far the job is, asked again and again; the whole page once it has ended."""
    row = _hers(request, pk)
    answer = render(request, "orgs/parts/import_state.html", _context(row))
    if not row.is_busy:
        answer.headers["HX-Refresh"] = "true"
    return answer


@IMPORT
@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """Have it written."""
    row = _hers(request, pk)
    try:
        services.import_confirm(by=request.actor, row=row, start=jobs.starting(jobs.write, request.actor))
    except RefusedError as refusal:
        messages.error(request, sentence(refusal))
    return redirect("orgs:import-one", row.pk)


@IMPORT
@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Call it off."""
    row = _hers(request, pk)
    try:
        services.import_withdraw(by=request.actor, row=row)
    except RefusedError as refusal:
        messages.error(request, sentence(refusal))
        return redirect("orgs:import-one", row.pk)
    messages.success(request, _("The import is called off. No unit has changed."))
    return redirect("orgs:import")


def _hers(request: Request, pk: int) -> UnitImport:
    """Her own table; one whose job was given up has failed, though nobody was left to write it down."""
    row = selectors.imports_of(request.actor).filter(pk=pk).first()
    if row is None:
        raise Http404
    if not can(request.actor, UnitPermission.IMPORT, row.under.path if row.under else ""):
        raise PermissionDenied
    if selectors.is_abandoned(row):
        services.import_fail(row=row, refusal=RefusedError(problems.IMPORT_STOPPED))
        row.refresh_from_db()
    return row


def _context(row: UnitImport) -> dict[str, Any]:
    faults = selectors.faults_of(row)
    return {
        "row": row,
        "standing": standing_of(row.task) if row.is_busy else None,
        "outcome": row.outcome,
        "faults": faults,
        "more": row.outcome.get("wrong", 0) - len(faults),
        "trouble": selectors.trouble_of(row),
    }
