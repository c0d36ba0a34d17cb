"""The tree as a workbook, and the one to fill in."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from anyue.kernel.clock import today
from anyue.platform.pages.access import Request, requires

from .. import selectors, workbooks
from ..permissions import UnitPermission

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXPORTED = 100_000


@requires(UnitPermission.IMPORT)
def template(request: Request) -> HttpResponse:
    """The template to fill in."""
    return _workbook(workbooks.template(), _("Units-template.xlsx"))


@requires(UnitPermission.VIEW)
def export(request: Request) -> HttpResponse:
    """What she sees of the tree, as a table that can be imported again."""
    rows = selectors.units_for(request.actor).select_related("parent").order_by("path")[:EXPORTED]
    name = _("Units_%(day)s.xlsx") % {"day": today().strftime("%Y%m%d")}
    return _workbook(workbooks.exported(rows.iterator(chunk_size=2000)), name)


def _workbook(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer
