"""Units as they are now."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length

from anyue.kernel import paths
from anyue.platform.authz import Actor, Permission, scopes
from anyue.platform.authz.engine import subtree
from gongwen.spec import Level

from ..models import Kind, Unit
from ..permissions import UnitPermission
from ..rules import codes, kinds, names


def units_for(actor: Actor, permission: Permission = UnitPermission.VIEW, *, closed: bool = False) -> QuerySet[Unit]:
    """The units at which ``actor`` may ``permission``, open ones alone unless ``closed``."""
    found = Unit.objects.filter(scopes(actor, permission).q())
    return found if closed else found.filter(closed_on=None)


def below(
    unit: Unit, *, kinds: Iterable[Kind | str] | None = None, depth: int | None = None, itself: bool = False
) -> QuerySet[Unit]:
    """Open units below ``unit``: of these kinds, at most ``depth`` levels down (1: right below)."""
    found = Unit.objects.filter(subtree(unit.path), closed_on=None)
    if not itself:
        found = found.exclude(pk=unit.pk)
    if kinds is not None:
        found = found.filter(kind__in=[Kind(kind).value for kind in kinds])
    if depth is not None:
        found = found.alias(length=Length("path")).filter(length__lte=len(unit.path) + depth * paths.STEP)
    return found


def level_of(unit: Unit) -> Level:
    """The level of a notice's tasks that speaks to ``unit``. Reads the unit above only for a development zone without a code."""
    kind = Kind(unit.kind)
    above = None
    if kind is Kind.ZONE and not codes.is_code(unit.code or "") and unit.parent is not None:
        above = Kind(unit.parent.kind)
    return kinds.notice_level(kind, unit.code or "", above)


def ancestors_of(unit: Unit, *, itself: bool = False) -> QuerySet[Unit]:
    """The units above ``unit``, topmost first. One query."""
    return Unit.objects.filter(path__in=paths.ancestors(unit.path, itself=itself)).order_by("path")


def paths_above(unit: Unit) -> list[str]:
    """The places above ``unit``, topmost first."""
    return paths.ancestors(unit.path)


def children_of(unit: Unit | None, *, closed: bool = False) -> QuerySet[Unit]:
    """The units right below (None: at the top) in their order, each with ``has_children``."""
    found = Unit.objects.filter(parent=unit)
    open_below = Unit.objects.filter(parent=OuterRef("pk"), closed_on=None)
    if not closed:
        found = found.filter(closed_on=None)
    return found.annotate(has_children=Exists(open_below)).order_by("order", "path")


def unit_at(path: str) -> Unit | None:
    """The unit whose place is ``path``."""
    return Unit.objects.filter(path=path).first()


def search(among: QuerySet[Unit], words: str) -> QuerySet[Unit]:
    """Those of ``among`` that ``words`` means: part of a name, the beginning of a code or credit code, or of the initials."""
    wanted = names.tidy(words)
    if not wanted:
        return among
    found = Q(name__contains=wanted) | Q(short_name__contains=wanted)
    plain = re.sub(r"\s", "", wanted)
    if plain.isascii() and plain.isalnum():
        small = plain.lower()
        found |= starting("initials", small) | starting("code", plain.rstrip("0") or plain) | Q(uscc=plain.upper())
    return among.filter(found)


def starting(field: str, letters: str) -> Q:
    """``field`` begins with ``letters`` (0-9a-z), as a range that every index answers, whatever the collation."""
    order = "0123456789abcdefghijklmnopqrstuvwxyz"
    head = letters.rstrip("z")
    from_here = Q(**{f"{field}__gte": letters})
    if not head:
        return from_here
    last = order.find(head[-1].lower())
    if last < 0:
        return Q(**{f"{field}__startswith": letters})
    return from_here & Q(**{f"{field}__lt": head[:-1] + order[last + 1]})
