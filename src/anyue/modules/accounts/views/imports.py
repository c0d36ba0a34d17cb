"""People from Excel: choose a file, look at every row, bring all in, print their links."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from anyue.kernel.clock import today
from anyue.kernel.errors import RefusedError
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.forms import FormPage, PageForm, form_answer
from anyue.platform.pages.lists.export import KIND
from anyue.platform.pages.refusals import sentence

from .. import problems, services
from ..crumbs import PEOPLE
from ..permissions import AccountPermission
from ..sheets import PersonRow, links_sheet, read_people, template

MANAGE = AccountPermission.MANAGE
LARGEST = 2 << 20
_OLD = 3600


class FileForm(PageForm):
    """The table."""

    file = forms.FileField(label=_("Table of people (.xlsx)"))

    def clean_file(self) -> list[PersonRow]:
        """Its rows."""
        file: Any = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(gettext("The file is larger than 2 MB."))
        try:
            return read_people(file.read())
        except RefusedError as refusal:
            raise forms.ValidationError(sentence(refusal)) from refusal


@requires(MANAGE)
@never_cache
def import_people(request: Request) -> HttpResponse:
    """A file is shown row by row; ``rows`` (what was shown, signed) brings it in; ``?template=1`` is the empty table."""
    if "template" in request.GET:
        return _file(template(), gettext("Table of people"))
    if "rows" in request.POST:
        return _brought_in(request)

    def save(form: FileForm) -> HttpResponse:
        return _preview(request, form.cleaned_data["file"])

    page = FormPage(
        _("Bring in people from Excel"),
        _("Look at the rows"),
        cancel="../",
        crumbs=PEOPLE,
        short="one file, which a browser does not keep",
    )
    return form_answer(request, FileForm, save, page, template="accounts/import.html")


def _preview(request: Request, rows: list[PersonRow], error: str = "", status: int = 200) -> HttpResponse:
    checked = services.people_check(by=request.actor, rows=rows)
    shown = [(one, [sentence(fault) for fault in one.faults]) for one in checked]
    wrong = sum(1 for one in checked if one.faults)
    signed = signing.dumps([asdict(row) for row in rows], salt=_salt(request), compress=True)
    context = {"shown": shown, "wrong": wrong, "right": len(rows) - wrong, "signed": signed, "error": error}
    return render(request, "accounts/import_preview.html", context, status=status)


def _salt(request: Request) -> str:
    return f"accounts.import:{request.actor.key}"


def _unsigned(request: Request, name: str) -> Any:
    try:
        return signing.loads(request.POST.get(name, ""), salt=_salt(request), max_age=_OLD)
    except signing.BadSignature as bad:
        raise RefusedError(problems.SHEET_STALE) from bad


def _brought_in(request: Request) -> HttpResponse:
    rows = [PersonRow(**row) for row in _unsigned(request, "rows")]
    try:
        done = services.people_import(by=request.actor, rows=rows)
    except RefusedError as refusal:
        return _preview(request, rows, sentence(refusal), refusal.problem.status)
    lines = [(one.user.name, one.user.username, one.unit.name, one.link) for one in done]
    signed = signing.dumps(lines, salt=_salt(request), compress=True)
    return render(request, "accounts/import_done.html", {"lines": lines, "signed": signed})


@requires(MANAGE)
@never_cache
@require_POST
def import_sheet(request: Request) -> HttpResponse:
    """The links as a workbook to print; they stand nowhere else."""
    return _file(links_sheet(_unsigned(request, "lines")), gettext("Links for first passwords"))


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=KIND)
    header = content_disposition_header(as_attachment=True, filename=f"{name}_{today():%Y%m%d}.xlsx")
    answer.headers["Content-Disposition"] = header or "attachment"
    return answer
