"""The list of notices, and the page on which one comes in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from anyue.kernel.errors import RefusedError
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import can_anywhere, scopes
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.lists import Choice, Column, DateRange, Empty, ListSpec, list_answer
from anyue.platform.pages.refusals import into_form

from .. import jobs, selectors, services
from ..models import Notice
from ..permissions import NoticePermission

AWAITED = "notices_awaited"
"""In the session: the notices that this person sent in, so that she is told what became of a refused one."""
LIST: ListSpec[Notice] = ListSpec(
    key="notices.index",
    title=_("Notices"),
    columns=(
        Column("title", _("Title"), str, sort="title", link=lambda notice: reverse("notices:one", args=[notice.pk])),
        Column("doc_no", _("Document number"), lambda notice: notice.doc_no, sort="doc_no"),
        Column("issuer", _("Issuing office"), lambda notice: notice.issuer, sort="issuer"),
        Column("unit", _("Receiving unit"), lambda notice: notice.unit.label, sort="unit__path"),
        Column("issued_on", _("Issued on"), lambda notice: notice.issued_on, sort="issued_on"),
        Column(
            "state",
            _("State"),
            lambda notice: notice.get_state_display(),
            sort="state",
            part="notices/parts/state_cell.html",
        ),
        Column("created_at", _("Came in"), lambda notice: notice.created_at, sort="created_at"),
    ),
    filters=(
        Choice("state", _("State"), field="state", choices=Notice.State.choices),
        DateRange("issued", _("Issued on"), field="issued_on"),
    ),
    search=("title", "doc_no", "issuer", "unit__name"),
    order=("-created_at",),
    empty=Empty(
        _("No notices yet."),
        _("Upload the notice that came down, and the month begins from it."),
        reverse_lazy("notices:upload"),
        _("A new notice"),
    ),
)


@requires(NoticePermission.VIEW)
@require_GET
def index(request: Request) -> Any:
    """What came in and what was issued."""
    may = can_anywhere(request.actor, NoticePermission.UPLOAD)
    rows = selectors.notices_for(request.actor)
    spec = LIST if may else replace(LIST, empty=Empty(_("No notices yet.")))
    return list_answer(request, spec, rows, "notices/index.html", {"may_upload": may})


class Files(forms.FileInput):
    """Several files, photographs from the camera among them."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """All of them, in the order chosen."""
        return files.getlist(name)


class FilesField(forms.Field):
    """The files of a notice."""

    widget = Files(attrs={"class": "form-control", "multiple": True, "aria-describedby": "id_notice_helptext"})

    def clean(self, value: Any) -> list[UploadedFile[Any]]:
        """As they come: each is looked at by its content later."""
        return list(value or ())


class UploadForm(forms.Form):
    """A notice with its attachments, for one of the units that she works for."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("For which unit"), empty_label=None)
    notice = FilesField(
        label=_("Notice and attachments"),
        help_text=_(
            "The notice first, then its attachments: Word, WPS, PDF, Excel, photographs of the pages in order, or a .zip of them."
        ),
    )


@requires(NoticePermission.UPLOAD)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: Request) -> HttpResponse:
    """Drop or photograph a notice; it is read at once."""
    form = UploadForm(request.POST or None, request.FILES or None)
    units = Unit.objects.filter(scopes(request.actor, NoticePermission.UPLOAD).q(), closed_on=None)
    cast("forms.ModelChoiceField[Unit]", form.fields["unit"]).queryset = units
    mine = list(units[:2])
    form.fields["unit"].initial = getattr(request, "unit", None) or (mine[0] if mine else None)
    if request.method == "POST" and form.is_valid():
        try:
            notice = services.notice_receive(
                by=request.actor,
                unit=form.cleaned_data["unit"],
                uploads=form.cleaned_data["notice"],
                start=jobs.read(request.actor),
            )
        except RefusedError as refusal:
            into_form(refusal, form)
        else:
            request.session[AWAITED] = [*request.session.get(AWAITED, []), notice.pk][-20:]
            return redirect("notices:one", notice.pk)
    context = {"form": form, "one_unit": mine[0] if len(mine) == 1 else None}
    return render(request, "notices/upload.html", context, status=422 if form.errors else 200)
