"""What holds at a place: its own setting, else that of the nearest unit above, else the installation's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from anyue.kernel import paths
from anyue.kernel.workdays import Hours

from .channels import ADAPTERS, Setting
from .models import Channel, Kind, OfficeHours
from .sealing import unseal

Row = TypeVar("Row", Channel, OfficeHours)


def chain(place: str) -> list[str]:
    """The installation, then from the top down to ``place``."""
    return ["", *paths.ancestors(place, itself=True)]


def settings_at(place: str) -> dict[str, Setting]:
    """Every channel as it is at ``place``. One query. In the system is always on; e-mail and text messages are on where the
    operator set up a server and nobody switched them off; a robot is on where its address is.
    """
    return _settled(Channel.objects.filter(place__in=chain(place)))


def _settled(rows: Iterable[Channel]) -> dict[str, Setting]:
    found = {kind.value: Setting(is_on=kind is Kind.IN_APP or not ADAPTERS[kind].is_group) for kind in Kind}
    for row in sorted(rows, key=lambda row: len(row.place)):
        found[row.kind] = Setting(row.is_on, unseal(row.address), unseal(row.secret))
    return {
        kind: setting if setting.is_on and ADAPTERS[kind].is_set_up(setting) else Setting()
        for kind, setting in found.items()
    }


class Places:
    """The settings and hours of many places, in two queries; each is computed once for all places where the same rows hold."""

    def __init__(self) -> None:
        self._channels = _by_place(Channel.objects.all())
        self._hours = _by_place(OfficeHours.objects.all())
        self._known: dict[tuple[str, ...], dict[str, Setting]] = {}

    def settings(self, place: str) -> dict[str, Setting]:
        """As ``settings_at``."""
        steps = tuple(step for step in chain(place) if step in self._channels)
        if steps not in self._known:
            self._known[steps] = _settled(row for step in steps for row in self._channels[step])
        return self._known[steps]

    def hours(self, place: str) -> Hours:
        """As ``hours_at``."""
        return _nearest(row for step in chain(place) for row in self._hours.get(step, ()))


def _by_place(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.place, []).append(row)
    return found


def hours_at(place: str) -> Hours:
    """The office hours at ``place``. One query."""
    return _nearest(OfficeHours.objects.filter(place__in=chain(place)))


def _nearest(rows: Iterable[OfficeHours]) -> Hours:
    nearest = max(rows, key=lambda row: len(row.place), default=None)
    return Hours(nearest.opens, nearest.closes) if nearest else Hours()
