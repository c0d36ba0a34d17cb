"""The files of a run: all of them as a list, more of them added, single ones left out."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from anyue.kernel.errors import RefusedError
from anyue.platform.files.selectors import link_to
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.lists import Choice, Column, ListSpec, list_answer
from anyue.platform.pages.refusals import sentence

from .. import services
from ..models import QuickFile
from ..permissions import DeskPermission
from ..selectors import quick as selectors
from .quick import add_all, addresses, wants_json


def _list(request: Request) -> ListSpec[QuickFile]:
    def link(file: QuickFile) -> str | None:
        return link_to(file.stored, for_=request.actor) if file.stored is not None else None

    def issues(file: QuickFile) -> str:
        return "\n".join(f"{one['code']} {one['said']}" for one in selectors.issues_said(file))

    columns: tuple[Column[QuickFile], ...] = (
        Column(
            "file", _("File"), lambda row: row.path or gettext("(name forgotten)"), sort="path", link=link, width=34
        ),
        Column("unit", _("Unit"), lambda row: row.unit, sort="unit", blank=_("not known"), width=20),
        Column(
            "state", _("State"), lambda row: row.get_state_display(), part="desk/quick_parts/state.html", sort="state"
        ),
        Column("counted", _("In the totals"), lambda row: row.is_counted),
        Column("issues", _("What to look at"), issues, part="desk/quick_parts/issues_cell.html", blank="—", width=70),
    )
    states = Choice("state", _("State"), field="state", choices=QuickFile.State.choices)
    return ListSpec(
        key="desk.quick_files",
        title=_("Replies of this run"),
        columns=columns,
        filters=(states,),
        search=("path", "unit"),
        order=("order",),
    )


@requires(DeskPermission.QUICK)
@require_safe
def listing(request: Request, pk: int) -> Any:
    """All replies, with search, filters and a workbook."""
    run = selectors.the_run(request.actor, pk)
    return list_answer(request, _list(request), selectors.replies_of(run), "desk/quick_files.html", {"run": run})


@requires(DeskPermission.QUICK)
@require_POST
def add(request: Request, pk: int) -> HttpResponse:
    """More files; one of the same name takes the other's place."""
    run = selectors.the_run(request.actor, pk)
    try:
        add_all(request, run)
    except RefusedError as refusal:
        if wants_json(request):
            return JsonResponse({"errors": [sentence(refusal)]}, status=refusal.problem.status)
        raise
    if wants_json(request):
        return JsonResponse(addresses(run))
    return redirect("desk:quick-run", pk)


@requires(DeskPermission.QUICK)
@require_POST
def drop(request: Request, pk: int, file: int) -> HttpResponse:
    """Leave one out, or take it in again."""
    run = selectors.the_run(request.actor, pk)
    row = get_object_or_404(QuickFile.objects.select_related("run"), pk=file, run=run)
    services.quick_file_drop(by=request.actor, file=row)
    return redirect("desk:quick-run", pk)
