"""Every route of the platform, from the URL configuration itself."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from anyue.platform.pages.access import Access, access_of

from .world import Subjects


@dataclass(frozen=True)
class Route:
    """One route: its full name (its pattern, if it has none), its address, its view."""

    name: str
    address: str
    view: Any

    @property
    def app(self) -> str:
        """The label of the app that the view stands in; ``allauth`` for all of that library."""
        if self.name.startswith("api:"):
            return "api"
        parts = self.view.__module__.split(".")
        return "allauth" if parts[0] == "allauth" else str(parts[2]) if parts[0] == "anyue" else str(parts[0])

    @property
    def access(self) -> Access | None:
        """What the view declared."""
        return access_of(self.view)


def routes() -> list[Route]:
    """All, in the order in which Django tries them."""
    return list(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, before: str, namespace: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        address = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, address, inner)
        elif isinstance(entry, URLPattern):
            yield Route(f"{namespace}{entry.name}" if entry.name else address, "/" + address, entry.callback)


def subjects_of(app: str) -> Subjects | None:
    """What the app's module here says; None if it has none."""
    name = f"{__package__}.{app}"
    if importlib.util.find_spec(name) is None:
        return None
    found: Subjects = importlib.import_module(name).SUBJECTS
    return found
