"""The one loader with which a view begins: 404 for what the actor may not see, 403 for what she may see but not do."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404

from .actors import Actor
from .engine import scopes
from .permissions import Permission

Found = TypeVar("Found", bound=Model)


def fetch(
    actor: Actor,
    among: QuerySet[Found],
    *,
    see: Permission,
    act: Permission | None = None,
    place: str = "unit__path",
    **where: Any,
) -> Found:
    """The one row of ``among`` at ``where``; ``place`` names the column with the path of the unit that it belongs to.

    Raises ``Http404`` if ``actor`` does not see it (or there is none: she cannot tell which), ``PermissionDenied`` if she
    sees it and may not ``act``.
    """
    rows = among.filter(**where)
    found = rows.filter(scopes(actor, see).q(place)).first()
    if found is None:
        raise Http404
    if act is not None and not rows.filter(scopes(actor, act).q(place)).exists():
        raise PermissionDenied
    return found
