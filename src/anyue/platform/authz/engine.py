"""The two questions, answered from the same grants, so that they never disagree (tests/anyue/platform/authz holds it)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from anyue.kernel import paths

from .actors import Actor
from .permissions import Permission, Reach
from .roles import role_named


@dataclass(frozen=True, slots=True)
class Scopes:
    """The places where something is allowed: whole subtrees, single places, or all."""

    subtrees: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    everything: bool = False

    def __bool__(self) -> bool:
        return self.everything or bool(self.subtrees or self.places)

    def covers(self, path: str) -> bool:
        """The place at ``path`` is among them."""
        return self.everything or path in self.places or any(paths.within(path, top) for top in self.subtrees)

    def q(self, field: str = "path") -> Q:
        """The same as a filter over the column ``field`` (``unit__path``)."""
        if self.everything:
            return Q()
        found = Q(pk__in=[])
        if self.places:
            found |= Q(**{f"{field}__in": self.places})
        for top in self.subtrees:
            found |= subtree(top, field)
        return found


def subtree(top: str, field: str = "path") -> Q:
    """``top`` and all below it, as a range over the index of ``field``."""
    end = paths.after(top)
    within = Q(**{f"{field}__gte": top})
    return within if end is None else within & Q(**{f"{field}__lt": end})


def scopes(actor: Actor, permission: Permission) -> Scopes:
    """Where ``actor`` has ``permission``. Default: nowhere."""
    if actor.may_everything:
        return Scopes(everything=True)
    if actor.scopes is not None and permission.value not in actor.scopes:
        return Scopes()
    subtrees: set[str] = set()
    places: set[str] = set()
    for held in actor.held:
        role = role_named(held.role)
        reach = role.reach(permission) if role else None
        if reach is Reach.SUBTREE and held.path == "":
            return Scopes(everything=True)
        if reach is Reach.SUBTREE:
            subtrees.add(held.path)
        elif reach is Reach.UNIT:
            places.add(held.path)
    tops = _topmost(subtrees)
    alone = tuple(sorted(place for place in places if not any(paths.within(place, top) for top in tops)))
    return Scopes(subtrees=tops, places=alone)


def _topmost(found: set[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for path in sorted(found):
        if not kept or not paths.within(path, kept[-1]):
            kept.append(path)
    return tuple(kept)


def can(actor: Actor, permission: Permission, path: str) -> bool:
    """``actor`` may do ``permission`` at the place ``path``."""
    return scopes(actor, permission).covers(path)


def can_anywhere(actor: Actor, *permissions: Permission) -> bool:
    """There is a place where ``actor`` may do one of ``permissions``."""
    return any(scopes(actor, permission) for permission in permissions)
