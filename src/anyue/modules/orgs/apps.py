"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    """Units."""

    name = "anyue.modules.orgs"
    label = "orgs"

    def ready(self) -> None:
        """Make the permissions known, and how its entries of the audit trail read."""
        from anyue.platform.authz import register  # noqa: PLC0415 - apps are loaded now

        from . import sentences  # noqa: PLC0415
        from .permissions import UnitPermission  # noqa: PLC0415

        register(UnitPermission)
        sentences.install()
