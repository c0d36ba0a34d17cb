"""The names of units for the audit trail, which stands below the module that knows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Q

from anyue.modules.orgs.models import Unit


def unit_names(paths: Iterable[str]) -> Mapping[str, str]:
    """The names of the units at ``paths``."""
    return dict(Unit.objects.filter(path__in=list(paths)).values_list("path", "name"))


def unit_meant(words: str) -> str | None:
    """The path of the unit that is called so, or has this code; the highest where several are."""
    same = Unit.objects.filter(Q(name=words) | Q(short_name=words) | Q(code=words))
    return same.order_by("path").values_list("path", flat=True).first()
