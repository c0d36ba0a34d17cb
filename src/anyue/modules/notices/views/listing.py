"""The list of notices, and the page on which one comes in."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from anyue.kernel.errors import RefusedError
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import can_anywhere, scopes
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.refusals import into_form

from .. import jobs, selectors, services
from ..permissions import NoticePermission


@requires(NoticePermission.VIEW)
@require_GET
def index(request: Request) -> HttpResponse:
    """What came in and what was issued."""
    rows = selectors.notices_for(request.actor)
    may = can_anywhere(request.actor, NoticePermission.UPLOAD)
    return render(request, "notices/index.html", {"notices": rows[:100], "may_upload": may})


class Files(forms.FileInput):
    """Several files, photographs from the camera among them."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """All of them, in the order chosen."""
        return files.getlist(name)


class FilesField(forms.Field):
    """The files of a notice."""

    widget = Files

    def clean(self, value: Any) -> list[UploadedFile[Any]]:
        """As they come: each is looked at by its content later."""
        return list(value or ())


class UploadForm(forms.Form):
    """A notice with its attachments, for one of the units that she works for."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("For which unit"), empty_label=None)
    notice = FilesField(
        label=_("Notice and attachments"),
        required=False,
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
    form.fields["unit"].initial = getattr(request, "unit", None) or units.first()
    if request.method == "POST" and form.is_valid():
        try:
            notice = services.notice_receive(
                by=request.actor, unit=form.cleaned_data["unit"], uploads=form.cleaned_data["notice"], start=jobs.read
            )
        except RefusedError as refusal:
            into_form(refusal, form)
        else:
            return redirect("notices:one", notice.pk)
    return render(request, "notices/upload.html", {"form": form}, status=422 if form.errors else 200)
