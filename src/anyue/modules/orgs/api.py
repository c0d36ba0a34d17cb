"""Units over REST."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Query, Router, Schema

from anyue.platform.authz import fetch
from anyue.platform.pages.access import Request
from anyue.platform.rest.access import needs
from anyue.platform.rest.paging import Cursor, Page, page_of

from .models import Unit
from .permissions import UnitPermission
from .selectors.units import search, units_for

router = Router(tags=["units"])


class UnitOut(Schema):
    """A unit as it is now."""

    id: int
    name: str
    short_name: str
    kind: str
    code: str | None
    area_code: str
    uscc: str | None
    parent_id: int | None
    closed_on: date | None


class Units(Cursor):
    """Which units: part of a name, code or initials; those right below one."""

    q: str = ""
    parent: int | None = None
    kind: str = ""
    closed: bool = False


@router.get("/units", response=Page[UnitOut], summary="Units that the caller may see")
@needs(UnitPermission.VIEW)
def units(request: Request, asked: Query[Units]) -> dict[str, Any]:
    """In the order of the tree."""
    rows = units_for(request.actor, closed=asked.closed)
    if asked.parent is not None:
        rows = rows.filter(parent=asked.parent)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.q:
        rows = search(rows, asked.q)
    return page_of(rows, asked, order=["path"])


@router.get("/units/{unit_id}", response=UnitOut, summary="One unit")
@needs(UnitPermission.VIEW)
def unit(request: Request, unit_id: int) -> Unit:
    """404 for one that the caller does not see."""
    return fetch(request.actor, Unit.objects.all(), see=UnitPermission.VIEW, place="path", pk=unit_id)
