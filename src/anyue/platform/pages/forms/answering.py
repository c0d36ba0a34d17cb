"""The way of a form: shown, refused with all that was typed, checked once more if it is long, sent, its draft forgotten."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django import forms
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRedirect

from anyue.kernel.errors import RefusedError
from anyue.platform.pages import services
from anyue.platform.pages.access import Request
from anyue.platform.pages.models import Draft
from anyue.platform.pages.refusals import into_form

from .checking import answers_of
from .drafts import draft_of, form_key, typed
from .fields import Text, keeps_secrets

FormT = TypeVar("FormT", bound=forms.BaseForm)
Saved = str | HttpResponse


@dataclass(frozen=True)
class FormPage:
    """What stands around a form. It is kept while it is typed under the key ``draft`` (empty: that of its address), unless it is
    ``short``, which says why there is nothing to keep. A form that asks for a password is never kept.
    ``crumbs``: the pages above it, each with its address.

    ``check``: the answers are shown once more before they are sent; not for forms with files.
    """

    title: Text
    submit: Text
    lead: Text = ""
    cancel: str = ""
    draft: str = ""
    check: bool = False
    is_danger: bool = False
    short: str = ""
    crumbs: Sequence[tuple[Text, Text]] = ()


def form_answer(
    request: Request,
    form_class: Callable[..., FormT],
    save: Callable[[FormT], Saved],
    page: FormPage,
    *,
    initial: Mapping[str, Any] | None = None,
    template: str = "pages/form_page.html",
    context: Mapping[str, Any] | None = None,
    **arguments: Any,
) -> HttpResponse:
    """Answer a GET or POST of the form.

    ``save`` writes what a valid form says and returns the address to go to (or an answer of its own); when it raises
    ``RefusedError``, its sentences stand in the form. ``arguments`` go to the form. Status 422, or the refusal's own, whenever
    the form comes back refused.
    """
    page = replace(page, draft="" if page.short else page.draft or form_key(request))
    if request.method == "POST":
        return _posted(request, form_class, save, page, initial, template, context, arguments)
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    form = form_class(initial=dict(initial or {}), **arguments)
    draft = _draft(request, page, form)
    if draft and request.GET.get("restore") == "1":
        form = form_class(initial={**(initial or {}), **typed(form, draft)}, **arguments)
        draft = None
    return _render(request, template, page, form, context, draft=draft)


def _posted(
    request: Request,
    form_class: Callable[..., FormT],
    save: Callable[[FormT], Saved],
    page: FormPage,
    initial: Mapping[str, Any] | None,
    template: str,
    context: Mapping[str, Any] | None,
    arguments: Mapping[str, Any],
) -> HttpResponse:
    form = form_class(data=request.POST, files=request.FILES, initial=dict(initial or {}), **arguments)
    if page.check and "change" in request.POST:
        again = form_class(
            initial={**(initial or {}), **typed(form, Draft(data=dict(request.POST.lists())))}, **arguments
        )
        return _render(request, template, page, again, context)
    if not form.is_valid():
        return _render(request, template, page, form, context, status=422)
    if page.check and "checked" not in request.POST:
        return render(request, "pages/check_page.html", {"page": page, "form": form, "answers": answers_of(form)})
    try:
        saved = save(form)
    except RefusedError as refusal:
        into_form(refusal, form)
        return _render(request, template, page, form, context, status=refusal.problem.status)
    if page.draft and request.actor.is_known:
        services.draft_drop(by=request.actor, form_key=page.draft)
    if isinstance(saved, HttpResponse):
        return saved
    return HttpResponseClientRedirect(saved) if getattr(request, "htmx", False) else HttpResponseRedirect(saved)


def _draft(request: Request, page: FormPage, form: forms.BaseForm) -> Draft | None:
    return draft_of(request.actor, page.draft) if page.draft and not keeps_secrets(form) else None


def _render(
    request: Request,
    template: str,
    page: FormPage,
    form: forms.BaseForm,
    context: Mapping[str, Any] | None,
    *,
    draft: Draft | None = None,
    status: int = 200,
) -> HttpResponse:
    given = {**(context or {}), "page": page, "form": form, "draft": draft}
    return render(request, template, given, status=status)
