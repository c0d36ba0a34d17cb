"""The page of one notice: how far it is, its files, its chain, last year's notice beside this year's."""

from __future__ import annotations

from typing import Any

import msgspec
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anyue.kernel.errors import RefusedError
from anyue.platform.authz import can
from anyue.platform.files.selectors import link_to
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.refusals import into_form
from gongwen import NoticeSpec
from gongwen.comparing import compare_notices

from .. import jobs, selectors, services
from ..models import Notice
from ..permissions import NoticePermission
from ..steps import steps_of
from .listing import AWAITED
from .loading import the_notice


@requires(NoticePermission.VIEW)
@require_GET
def notice(request: Request, pk: int) -> HttpResponse:
    """Everything about it on one page."""
    if pk in request.session.get(AWAITED, []) and not Notice.objects.filter(pk=pk).exists():
        return render(request, "notices/gone.html", status=410)
    row = the_notice(request.actor, pk)
    latest = selectors.latest_version(row)
    steps = steps_of(request.actor, row) if row.state in (Notice.State.REVIEWED, Notice.State.ISSUED) else []
    context: dict[str, Any] = {
        "steps": steps,
        "is_used": any(step.uses for step in steps),
        "notice": row,
        "version": latest,
        "earlier": row.versions.filter(number__lt=latest.number).defer("html", "spec") if latest else [],
        "standing": selectors.standing(latest) if latest else None,
        "files": [(one.file, link_to(one.file, for_=request.actor)) for one in row.files.select_related("file__blob")],
        "chain": selectors.chain(row),
        "children": selectors.notices_for(request.actor).filter(parent=row),
        "may_review": can(request.actor, NoticePermission.REVIEW, row.unit.path),
        "may_upload": can(request.actor, NoticePermission.UPLOAD, row.unit.path),
    }
    return render(request, "notices/one.html", context)


@requires(NoticePermission.VIEW)
@require_GET
def state(request: Request, pk: int) -> HttpResponse:
    """How far the reading is; asked for again and again until it is done.

    A notice that was refused for its mark of secrecy is gone with its row: whoever sent it in this session is told so, to
    everybody else it looks like one that never was.
    """
    if pk in request.session.get(AWAITED, []) and not Notice.objects.filter(pk=pk).exists():
        return render(request, "notices/parts/gone.html")
    row = the_notice(request.actor, pk)
    answer = render(request, "notices/parts/state.html", {"notice": row})
    if request.htmx and row.state != Notice.State.READING:
        answer.headers["HX-Refresh"] = "true"  # title, files and what comes next are there now
    return answer


class LinksForm(forms.Form):
    """The notice above, and the one of last year."""

    parent = forms.ModelChoiceField(Notice.objects.none(), required=False, label=gettext_lazy("Notice from above"))
    previous = forms.ModelChoiceField(Notice.objects.none(), required=False, label=gettext_lazy("Last year's notice"))


@requires(NoticePermission.REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: Request, pk: int) -> HttpResponse:
    """Say what it implements and what it follows."""
    row = the_notice(request.actor, pk, NoticePermission.REVIEW)
    form = LinksForm(request.POST or None, initial={"parent": row.parent, "previous": row.previous})
    likely = selectors.possible_parents(row, request.actor)
    for name in ("parent", "previous"):
        field = form.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = selectors.notices_for(request.actor).exclude(pk=row.pk)
        field.choices = [("", "—"), *((one.pk, f"{one}　{one.doc_no}".strip()) for one in likely)]
    if request.method == "POST" and form.is_valid():
        try:
            services.notice_parent_set(by=request.actor, notice=row, **form.cleaned_data)
            return redirect("notices:one", row.pk)
        except RefusedError as refusal:
            into_form(refusal, form)
    return render(request, "notices/links.html", {"notice": row, "form": form}, status=422 if form.errors else 200)


@requires(NoticePermission.VIEW)
@require_GET
def compare(request: Request, pk: int) -> HttpResponse:
    """Last year's notice beside this one."""
    row = the_notice(request.actor, pk)
    before = selectors.notices_for(request.actor).filter(following=row).first()
    specs = [one.versions.values_list("spec", flat=True).first() for one in (before, row) if one]
    found = (
        compare_notices(*(msgspec.convert(spec, NoticeSpec) for spec in specs))
        if len(specs) == 2 and all(specs)
        else None
    )
    return render(request, "notices/compare.html", {"notice": row, "before": before, "comparison": found})


@requires(NoticePermission.VIEW)
@require_GET
def version(request: Request, pk: int, number: int) -> HttpResponse:
    """One reading as it was, with what changed against the one before it. Nothing can be decided in it any more."""
    row = the_notice(request.actor, pk)
    found = get_object_or_404(row.versions, number=number)
    before = row.versions.filter(number__lt=number).defer("html").first()
    specs = [msgspec.convert(one.spec, NoticeSpec) for one in (before, found) if one and one.spec]
    items = list(found.items.all())
    context: dict[str, Any] = {
        "notice": row,
        "version": found,
        "before": before,
        "comparison": compare_notices(*specs) if len(specs) == 2 else None,
        "sections": selectors.sections(items),
        "numbers": list(row.versions.values_list("number", flat=True)),
    }
    return render(request, "notices/version.html", context)


@requires(NoticePermission.UPLOAD)
@require_POST
def read_again(request: Request, pk: int) -> HttpResponse:
    """A new version."""
    row = the_notice(request.actor, pk, NoticePermission.UPLOAD)
    services.notice_reread(by=request.actor, notice=row, start=jobs.compile_again(request.actor))
    messages.info(request, _("It is being read again. What you decided stays with the items that say the same."))
    return redirect("notices:one", row.pk)


@requires(NoticePermission.UPLOAD)
@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Set aside."""
    row = the_notice(request.actor, pk, NoticePermission.UPLOAD)
    services.notice_withdraw(by=request.actor, notice=row)
    messages.success(request, _("The notice has been set aside."))
    return redirect("notices:index")
