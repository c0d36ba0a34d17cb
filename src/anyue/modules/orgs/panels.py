"""What higher modules show on a unit's page: people, campaigns, notices. Each registers a panel in its ``AppConfig.ready``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from anyue.platform.authz import Actor

from .models import Unit


@dataclass(frozen=True, slots=True)
class PanelItem:
    """One line of a panel."""

    label: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the unit's page. ``items`` gives how many there are that ``actor`` may see, and the first of them: two queries."""

    code: str
    title: str | Promise
    items: Callable[[Actor, Unit], tuple[int, Sequence[PanelItem]]]


_PANELS: dict[str, Panel] = {}


def register_panel(panel: Panel) -> None:
    """Show ``panel`` on every unit's page, behind those registered before."""
    _PANELS[panel.code] = panel


def panels_of(actor: Actor, unit: Unit) -> list[tuple[Panel, int, Sequence[PanelItem]]]:
    """Every panel with what it holds for ``unit``."""
    return [(panel, *panel.items(actor, unit)) for panel in _PANELS.values()]
