"""Refusals in a person's language, and put beside the fields of the form they came from."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext

from anyue.kernel.errors import Problem, RefusedError


def sentence(refusal: RefusedError, problem: Problem | None = None) -> str:
    """What happened, why and what to do, with the details in it."""
    return gettext((problem or refusal.problem).text) % refusal.details


def into_form(refusal: RefusedError, form: forms.BaseForm) -> None:
    """The same words at the fields and on top of the form, which keeps all that was entered."""
    for name, problem in refusal.fields.items():
        form.add_error(name if name in form.fields else None, sentence(refusal, problem))
    if not refusal.fields:
        form.add_error(None, sentence(refusal))
