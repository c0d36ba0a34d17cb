"""Bringing units in from a table: chosen, tried out, looked at, confirmed. And the tree as a table."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from anyue.kernel.clock import today
from anyue.kernel.errors import RefusedError
from anyue.platform.audit.services import Subject
from anyue.platform.authz import can, scopes
from anyue.platform.files.kinds import SHEETS
from anyue.platform.files.models import StoredFile
from anyue.platform.files.selectors import content_of
from anyue.platform.files.services import file_store
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.forms import FormPage, form_answer
from anyue.platform.pages.refusals import sentence

from .. import problems, selectors, services, workbooks
from ..forms import ImportForm, unit_label
from ..models import Unit
from ..permissions import UnitPermission

OWNER = "orgs.import"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FAULTS_SHOWN = 200
EXPORTED = 100_000
IMPORT, VIEW = requires(UnitPermission.IMPORT), requires(UnitPermission.VIEW)


@IMPORT
def choose(request: Request) -> HttpResponse:
    """Which table, into which unit, from which day."""
    places = selectors.units_for(request.actor, UnitPermission.IMPORT).order_by("path")

    def save(form: ImportForm) -> str:
        under, day = form.cleaned_data["under"], form.cleaned_data["on"]
        _may_import(request, under)
        upload = form.cleaned_data["file"]
        owner = Subject(OWNER, str(under.pk if under else ""), day.isoformat())
        file = file_store(
            by=request.actor,
            upload=upload,
            name=upload.name,
            place=under.path if under else "",
            owner=owner,
            kinds=SHEETS | {"text"},
        )
        return reverse("orgs:import-preview", args=[file.pk]) + f"?on={day.isoformat()}"

    first = None if scopes(request.actor, UnitPermission.IMPORT).everything else places.first()
    lead = _("Nothing is written before you have seen what would change.")
    page = FormPage(_("Import units"), _("Try it out"), lead, reverse("orgs:index"))
    initial = {"under": unit_label(first)} if first else {}
    return form_answer(request, ImportForm, save, page, initial=initial, template="orgs/import.html", among=places)


def _may_import(request: Request, under: Unit | None) -> None:
    if not can(request.actor, UnitPermission.IMPORT, under.path if under else ""):
        raise RefusedError(problems.IMPORT_NOT_ALLOWED, place=under.name if under else "/")


@IMPORT
def preview(request: Request, pk: int) -> HttpResponse:
    """What the table would change, and what is wrong in it by row; confirmed, it is done."""
    file = (
        StoredFile.objects.filter(pk=pk, owner_kind=OWNER, uploaded_by=request.actor.key, removed_at=None)
        .select_related("blob")
        .first()
    )
    if file is None:
        raise Http404
    under = Unit.objects.filter(pk=int(file.owner_id)).first() if file.owner_id else None
    if not can(request.actor, UnitPermission.IMPORT, under.path if under else ""):
        raise PermissionDenied
    given: dict[str, Any] = {"file": file, "under": under, "on": request.GET.get("on", "")}
    status = 200
    try:
        result = services.units_import(
            by=request.actor,
            file=io.BytesIO(content_of(file)),
            name=file.name,
            under=under,
            on=day_given(request),
            dry_run=request.method != "POST",
        )
        status = 422 if request.method == "POST" and not result.done else 200
        given |= {"result": result, "faults": result.faults[:FAULTS_SHOWN], "more": len(result.faults) - FAULTS_SHOWN}
    except RefusedError as refusal:
        given["refused"], status = sentence(refusal), refusal.problem.status
    return render(request, "orgs/import_preview.html", given, status=status)


def day_given(request: Request) -> date:
    """The day from which the table counts: that of the address, else today."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today()


@IMPORT
def template(request: Request) -> HttpResponse:
    """The template to fill in."""
    return _workbook(workbooks.template(), _("Units-template.xlsx"))


@VIEW
def export(request: Request) -> HttpResponse:
    """What she sees of the tree, as a table that can be imported again."""
    rows = selectors.units_for(request.actor).select_related("parent").order_by("path")[:EXPORTED]
    name = _("Units_%(day)s.xlsx") % {"day": today().strftime("%Y%m%d")}
    return _workbook(workbooks.exported(rows.iterator(chunk_size=2000)), name)


def _workbook(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer
