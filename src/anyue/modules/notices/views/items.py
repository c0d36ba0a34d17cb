"""Decisions about one item. With htmx the row and the bar come back, without it the page does, at that row."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.forms import kept_draft

from .. import rules, selectors, services
from ..forms import ValueForm, editor
from ..models import Item, Notice
from ..permissions import NoticePermission
from ..steps import uses_of
from .loading import the_item, the_notice

REVIEW = requires(NoticePermission.REVIEW)


@REVIEW
@require_POST
def accept(request: Request, pk: int) -> HttpResponse:
    """Right as proposed."""
    return _row(request, services.item_accept(by=request.actor, item=the_item(request.actor, pk)))


@REVIEW
@require_POST
def drop(request: Request, pk: int) -> HttpResponse:
    """Not to be used."""
    return _row(request, services.item_drop(by=request.actor, item=the_item(request.actor, pk)))


@REVIEW
@require_POST
def reset(request: Request, pk: int) -> HttpResponse:
    """Undecided again."""
    return _row(request, services.item_reset(by=request.actor, item=the_item(request.actor, pk)))


@REVIEW
@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Take back what was added."""
    row = the_item(request.actor, pk)
    notice = row.version.notice
    services.item_remove(by=request.actor, item=row)
    if request.htmx:
        return render(request, "notices/parts/removed.html", bar(notice))
    return redirect("notices:review", notice.pk)


@requires(NoticePermission.VIEW)
@require_safe
def item(request: Request, pk: int) -> HttpResponse:
    """One thing that was read: its sentence, what was decided, what came of it. On the review page only its row, as it stands."""
    if request.htmx:
        return _row(request, the_item(request.actor, pk))
    row = the_item(request.actor, pk, None)
    notice = row.version.notice
    context = {
        "item": row,
        "notice": notice,
        "version": row.version,
        "last": selectors.latest_version(notice),
        "uses": uses_of(request.actor, row),
    }
    return render(request, "notices/item.html", context)


@REVIEW
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Another value."""
    row = the_item(request.actor, pk)
    form = _editor(row.kind, request.POST or None, row.value)
    if request.method == "POST" and form.is_valid():
        return _row(request, services.item_correct(by=request.actor, item=row, value=form.value()))
    kept = kept_draft(request, form)
    page = "notices/parts/edit.html" if request.htmx else "notices/edit.html"
    status = 422 if request.method == "POST" else 200
    return render(request, page, {"item": row, "form": form, "kept": kept, "notice": row.version.notice}, status=status)


@REVIEW
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request, pk: int, kind: str) -> HttpResponse:
    """What the program missed; text that she marked in the document comes as ``evidence``."""
    notice = the_notice(request.actor, pk, NoticePermission.REVIEW)
    if kind not in rules.ADDABLE:
        raise Http404
    evidence = _evidence(request.POST.get("evidence") or request.GET.get("evidence"))
    form = _editor(kind, request.POST or None, _first_guess(kind, evidence) if request.method != "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.item_add(by=request.actor, notice=notice, kind=kind, value=form.value(), evidence=evidence)
        return redirect("notices:review", notice.pk)
    context = {
        "form": form,
        "kept": kept_draft(request, form),
        "notice": notice,
        "kind": kind,
        "evidence": json.dumps(evidence) if evidence else "",
    }
    return render(request, "notices/add.html", context, status=422 if request.method == "POST" else 200)


def bar(notice: Notice) -> dict[str, Any]:
    """How far the review is."""
    version = selectors.latest_version(notice)
    return {"notice": notice, "standing": selectors.standing(version) if version else None}


def _row(request: Request, row: Item) -> HttpResponse:
    notice = row.version.notice
    if request.htmx:
        return render(request, "notices/parts/decided.html", bar(notice) | {"item": row, "may_review": True})
    return redirect(f"{reverse('notices:review', args=[notice.pk])}#row-{row.pk}")


def _editor(kind: str, data: Any, current: Any) -> ValueForm:
    try:
        return editor(kind)(data, current=current)
    except KeyError:
        raise Http404 from None


def _evidence(text: str | None) -> dict[str, Any] | None:
    """The span that a person marked, if it is one: it is shown to others, so only its own keys are kept."""
    try:
        found = json.loads(text or "")
    except (ValueError, RecursionError):  # a thousand brackets one inside another
        return None
    whole = ("source", "block", "start", "end")
    if not isinstance(found, dict) or any(type(found.get(key)) is not int for key in whole):
        return None
    optional = {key: found[key] for key in ("row", "column") if type(found.get(key)) is int}
    span: dict[str, Any] = {key: found[key] for key in whole}
    return {"row": None, "column": None, **span, **optional, "text": str(found.get("text", ""))[:500]}


def _first_guess(kind: str, evidence: dict[str, Any] | None) -> Any:
    """The marked words where they most likely belong."""
    if evidence is None:
        return None
    text = evidence["text"]
    field = {
        "task": "text",
        "key_date": "name",
        "deadline": "deliverables",
        "contact": "name",
        "reference": "title",
    }.get(kind)
    if field is None:
        return text
    return {field: [text] if field == "deliverables" else text}
