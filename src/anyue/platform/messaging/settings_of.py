"""What holds at a place: its own setting, else that of the nearest unit above, else the installation's."""

from __future__ import annotations

from anyue.kernel import paths
from anyue.kernel.workdays import Hours

from .channels import ADAPTERS, Setting
from .models import Channel, Kind, OfficeHours
from .sealing import unseal


def chain(place: str) -> list[str]:
    """The installation, then from the top down to ``place``."""
    return ["", *paths.ancestors(place, itself=True)]


def settings_at(place: str) -> dict[str, Setting]:
    """Every channel as it is at ``place``. One query. In the system is always on; e-mail and text messages are on where the
    operator set up a server and nobody switched them off; a robot is on where its address is.
    """
    found = {kind.value: Setting(is_on=kind is Kind.IN_APP or not ADAPTERS[kind].is_group) for kind in Kind}
    rows = Channel.objects.filter(place__in=chain(place)).order_by("place")
    for row in sorted(rows, key=lambda row: len(row.place)):
        found[row.kind] = Setting(row.is_on, unseal(row.address), unseal(row.secret))
    return {
        kind: setting if setting.is_on and ADAPTERS[kind].is_set_up(setting) else Setting()
        for kind, setting in found.items()
    }


def hours_at(place: str) -> Hours:
    """The office hours at ``place``. One query."""
    rows = OfficeHours.objects.filter(place__in=chain(place))
    nearest = max(rows, key=lambda row: len(row.place), default=None)
    return Hours(nearest.opens, nearest.closes) if nearest else Hours()
