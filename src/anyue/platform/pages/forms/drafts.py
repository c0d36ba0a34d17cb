"""Drafts of forms: offered, put back as they were typed, forgotten when the form went through.

``form_answer`` does all of it by itself. A page that draws its own form::

    kept = kept_draft(request, form)                                   # in the view; goes into the context
    <form method="post" {% draft_attributes kept %}>{% csrf_token %}{% draft_offer kept %} … {% draft_state %}

An answer that leads on (a redirect) forgets the draft: ``DraftMiddleware``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from anyue.platform.authz import Actor
from anyue.platform.pages.access import Request
from anyue.platform.pages.models import Draft


@dataclass(frozen=True, slots=True)
class Kept:
    """Under which ``key`` a form is kept, the draft that is ``offered``, and what is ``typed`` in again because she asked for it."""

    key: str
    offered: Draft | None = None
    typed: MultiValueDict[str, str] | None = None


def form_key(request: Request) -> str:
    """The key of the form at this address: its route and what the address names (``orgs.merge-12``)."""
    match = request.resolver_match
    named = [match.view_name, *map(str, match.kwargs.values())] if match else [request.path]
    return re.sub(r"[^\w.-]+", ".", "-".join(named))[:120]


def draft_of(actor: Actor, key: str) -> Draft | None:
    """What ``actor`` has typed into the form and not sent."""
    return Draft.objects.filter(user=actor.key, form_key=key).first() if actor.is_known else None


def kept_draft(request: Request, form: forms.BaseForm | None = None, *, key: str = "") -> Kept:
    """The draft of a form that its page draws itself. With ``?restore=1`` it is filled into ``form``, or given as ``typed``."""
    key = key or form_key(request)
    draft = draft_of(request.actor, key) if request.method in {"GET", "HEAD"} else None
    if draft is None or request.GET.get("restore") != "1":
        return Kept(key, draft)
    if form is not None:
        form.initial.update(typed(form, draft))
    return Kept(key, None, MultiValueDict(draft.data))


def typed(form: forms.BaseForm, draft: Draft) -> dict[str, Any]:
    """The draft as initial values: shown as typed, judged only when sent. Fields that are gone, files, passwords and what the page
    itself put in (a hidden version) are left out.
    """
    data: MultiValueDict[str, str] = MultiValueDict(draft.data)
    found: dict[str, Any] = {}
    for name, field in form.fields.items():
        full = form.add_prefix(name)
        if isinstance(field.widget, (forms.FileInput, forms.PasswordInput, forms.HiddenInput)):
            continue
        if not field.widget.value_omitted_from_data(data, MultiValueDict(), full):
            found[name] = field.widget.value_from_datadict(data, MultiValueDict(), full)
    return found
