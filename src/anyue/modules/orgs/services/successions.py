"""What a unit becomes when it is merged into another, split or closed: higher modules follow with what hangs on it (posts, groups,
open duties). One that moves is followed by whatever names it by its key; what names it by its path follows in ``authz.places``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from anyue.platform.authz import Actor, places

from ..models import Group, Unit


@dataclass(frozen=True, slots=True)
class Succession:
    """``unit`` closed on ``on`` and goes on in ``into``."""

    unit: Unit
    into: Unit
    on: date
    by: Actor


@dataclass(frozen=True, slots=True)
class Division:
    """From ``on`` on each of ``units`` goes on in ``into`` too (split), in them alone (``is_closed``), or in none (``into`` empty)."""

    units: tuple[Unit, ...]
    into: tuple[Unit, ...]
    on: date
    by: Actor
    is_closed: bool


_FOLLOWERS: list[Callable[[Succession], None]] = []
_DIVIDED: list[Callable[[Division], None]] = []


def follow(follower: Callable[[Succession], None]) -> Callable[[Succession], None]:
    """Call ``follower`` for each unit that is merged into another, in the transaction of the merger. For ``AppConfig.ready``."""
    if follower not in _FOLLOWERS:
        _FOLLOWERS.append(follower)
    return follower


def succeed(succession: Succession) -> None:
    """Let what is kept by place, the groups and all followers go along."""
    places.succeeded(succession.unit.path, succession.into.path)
    for group in Group.objects.filter(units=succession.unit):
        group.units.add(succession.into)
    Group.objects.filter(below=succession.unit).update(below=succession.into)
    for follower in _FOLLOWERS:
        follower(succession)


def follow_divisions(follower: Callable[[Division], None]) -> Callable[[Division], None]:
    """Call ``follower`` when a unit is split, or units are closed, in the transaction of it. For ``AppConfig.ready``."""
    if follower not in _DIVIDED:
        _DIVIDED.append(follower)
    return follower


def divide(division: Division) -> None:
    """Let all followers go along."""
    for follower in _DIVIDED:
        follower(division)
