"""Drafts of forms: offered, put back as they were typed, forgotten when the form went through."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from anyue.platform.authz import Actor
from anyue.platform.pages.access import Request
from anyue.platform.pages.models import Draft


def draft_of(actor: Actor, form_key: str) -> Draft | None:
    """What ``actor`` has typed into the form and not sent."""
    return Draft.objects.filter(user=actor.key, form_key=form_key).first() if actor.is_known else None


def kept_for(request: Request, key: str) -> tuple[Draft | None, MultiValueDict[str, str] | None]:
    """For a page that draws its form itself: the draft to offer, and what to fill in again where she asks for it (``?restore=1``)."""
    draft = draft_of(request.actor, key) if request.method in {"GET", "HEAD"} else None
    if draft is not None and request.GET.get("restore") == "1":
        return None, MultiValueDict(draft.data)
    return draft, None


def typed(form: forms.BaseForm, draft: Draft) -> dict[str, Any]:
    """The draft as initial values: shown as typed, judged only when sent. Fields that are gone are left out."""
    data: MultiValueDict[str, str] = MultiValueDict(draft.data)
    found: dict[str, Any] = {}
    for name, field in form.fields.items():
        full = form.add_prefix(name)
        if isinstance(field.widget, (forms.FileInput, forms.PasswordInput)):
            continue
        if not field.widget.value_omitted_from_data(data, MultiValueDict(), full):
            found[name] = field.widget.value_from_datadict(data, MultiValueDict(), full)
    return found
