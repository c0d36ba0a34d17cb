"""An endpoint that writes, to try what holds for every one of them. Beside the real addresses."""

from __future__ import annotations

from typing import Any

from django.urls import path
from ninja import Router, Schema, Status

from anyue.config.urls import handler403, handler404, handler500
from anyue.config.urls import urlpatterns as real
from anyue.kernel.errors import Problem, RefusedError
from anyue.modules.orgs.models import Group, Unit
from anyue.modules.orgs.permissions import UnitPermission
from anyue.platform.pages.access import Request
from anyue.platform.rest.access import needs
from anyue.surfaces.api.site import Api, Bearer, add_handlers

router = Router()
NAMELESS = Problem("test.nameless", 422, "%(name)s will not do")


class GroupIn(Schema):
    name: str
    owner: int


@router.post("/groups", response={201: dict[str, Any]})
@needs(UnitPermission.GROUP)
def groups(request: Request, body: GroupIn) -> Status[dict[str, Any]]:
    """Makes a group, and only then looks at its name."""
    made = Group.objects.create(name=body.name, owner=Unit.objects.get(pk=body.owner))
    if body.name == "none":
        raise RefusedError(NAMELESS, fields={"name": NAMELESS}, name=body.name)
    if body.name == "bug":
        raise ZeroDivisionError
    return Status(201, {"id": made.pk})


api = Api(auth=Bearer(), urls_namespace="test", docs_url=None)
add_handlers(api)
api.add_router("", router)
urlpatterns = [path("api/test/", api.urls), *real]
__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]
