"""The review page: the document on the left, what was read from it on the right."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anyue.kernel.errors import RefusedError
from anyue.platform.authz import can
from anyue.platform.files.selectors import link_to
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.refusals import sentence

from .. import problems, rules, selectors, services
from ..models import Item, Notice
from ..permissions import NoticePermission
from .loading import the_notice


@requires(NoticePermission.VIEW)
@require_GET
def page(request: Request, pk: int) -> HttpResponse:
    """Everything of the latest version; who may not review sees it without buttons."""
    notice = the_notice(request.actor, pk)
    version = notice.versions.defer("spec").first()
    if version is None:
        raise Http404
    items = list(version.items.all())
    for item in items:
        item.version = version
    may = notice.state == Notice.State.REVIEW and can(request.actor, NoticePermission.REVIEW, notice.unit.path)
    context: dict[str, Any] = {
        "notice": notice,
        "version": version,
        "sections": selectors.sections(items),
        "standing": selectors.standing(version),
        "may_review": may,
        "addable": rules.ADDABLE,
        "has_pages": notice.pages.exists(),
    }
    return render(request, "notices/review.html", context)


@requires(NoticePermission.VIEW)
@require_GET
def pages(request: Request, pk: int) -> HttpResponse:
    """The original's pages as pictures, fetched when they are asked for."""
    notice = the_notice(request.actor, pk)
    rows = [(row, link_to(row.file, for_=request.actor)) for row in notice.pages.select_related("file__blob")]
    return render(request, "notices/parts/pages.html", {"pages": rows, "notice": notice})


@requires(NoticePermission.REVIEW)
@require_POST
def accept_section(request: Request, pk: int, section: str) -> HttpResponse:
    """Accept what is sure and still open in one section; unsure items are never accepted in a heap."""
    notice = the_notice(request.actor, pk, NoticePermission.REVIEW)
    version = selectors.latest_version(notice)
    kinds = dict(rules.SECTIONS).get(section)
    if version is None or kinds is None:
        raise Http404
    rows = version.items.filter(kind__in=kinds, is_sure=True, state=Item.State.PROPOSED).select_related(
        "version__notice__unit"
    )
    count = services.items_accept(by=request.actor, items=list(rows))
    messages.success(request, _("%(count)s items accepted.") % {"count": count})
    return redirect("notices:review", notice.pk)


@requires(NoticePermission.REVIEW)
@require_POST
def finish(request: Request, pk: int) -> HttpResponse:
    """The review is done. Too early: back to the first item that is open. Pressed twice: done once."""
    notice = the_notice(request.actor, pk, NoticePermission.REVIEW)
    if notice.state == Notice.State.REVIEWED:
        return redirect("notices:one", notice.pk)
    try:
        services.notice_review(by=request.actor, notice=notice)
    except RefusedError as refusal:
        if refusal.problem is not problems.STILL_OPEN:
            raise
        messages.warning(request, sentence(refusal))
        return redirect("notices:review", notice.pk)
    messages.success(request, _("The review is finished. The notice can be issued as a campaign now."))
    return redirect("notices:one", notice.pk)


@requires(NoticePermission.REVIEW)
@require_POST
def reopen(request: Request, pk: int) -> HttpResponse:
    """Review it again."""
    notice = the_notice(request.actor, pk, NoticePermission.REVIEW)
    services.notice_reopen(by=request.actor, notice=notice)
    return redirect("notices:review", notice.pk)
