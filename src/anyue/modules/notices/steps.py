"""What a higher module offers to do with a reviewed notice (start a campaign, open the one that runs), and what it made of one item
(a task). Registered in ``AppConfig.ready``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from anyue.platform.authz import Actor

from .models import Item, Notice


@dataclass(frozen=True, slots=True)
class Step:
    """A way on from the notice. ``uses``: something lives from the review, so that it is not to be opened again lightly."""

    label: str | Promise
    url: str
    icon: str = ""
    is_main: bool = False
    uses: bool = False


Find = Callable[[Actor, Notice], Sequence[Step]]
_FINDERS: dict[str, Find] = {}


def register_steps(code: str, find: Find) -> None:
    """Ask ``find`` on the page of every reviewed or issued notice."""
    _FINDERS[code] = find


def steps_of(actor: Actor, notice: Notice) -> list[Step]:
    """All ways on for ``actor``, in the order of registration."""
    return [step for find in _FINDERS.values() for step in find(actor, notice)]


Uses = Callable[[Actor, Item], Sequence[Step]]
_USES: dict[str, Uses] = {}


def register_uses(code: str, find: Uses) -> None:
    """Ask ``find`` on the page of every item."""
    _USES[code] = find


def uses_of(actor: Actor, item: Item) -> list[Step]:
    """Everything that came of ``item`` and that ``actor`` may see."""
    return [step for find in _USES.values() for step in find(actor, item)]
