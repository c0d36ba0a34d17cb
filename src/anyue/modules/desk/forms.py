"""What comes in on the quick desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from anyue.modules.orgs.models import Unit

from .models import QuickFile
from .services import Dropped

Role = QuickFile.Role
# The inputs of the page and where their files belong; a folder is another way to drop replies.
INPUTS = {"notice": Role.NOTICE, "replies": Role.REPLY, "folder": Role.REPLY, "roster": Role.ROSTER}


class UnitForm(forms.Form):
    """For which of her units a run is."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("For which of your units"), empty_label=None)

    def __init__(self, data: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = units


def dropped(request: HttpRequest, name: str) -> list[Dropped]:
    """The files of one input. ``NAME-path`` gives for each the folders it came in, which browsers send in no other way."""
    uploads: list[UploadedFile[Any]] = list(request.FILES.getlist(name))
    paths = request.POST.getlist(f"{name}-path")
    if len(paths) != len(uploads):
        paths = [upload.name or "" for upload in uploads]
    return [Dropped(path, upload) for path, upload in zip(paths, uploads, strict=True)]
