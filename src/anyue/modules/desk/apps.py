"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Home pages, search, quick desk."""

    name = "anyue.modules.desk"
    label = "desk"

    def ready(self) -> None:
        """Make the permissions known."""
        from anyue.platform.authz import register  # noqa: PLC0415 - apps are loaded now

        from .permissions import DeskPermission  # noqa: PLC0415

        register(DeskPermission)
