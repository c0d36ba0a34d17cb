"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """The staff shell."""

    name = "anyue.surfaces.console"
    label = "console"
