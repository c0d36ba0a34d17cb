"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Audit."""

    name = "anyue.platform.audit"
    label = "audit"

    def ready(self) -> None:
        """Make the permissions known."""
        from anyue.platform.authz import register  # noqa: PLC0415 - apps are loaded now

        from .permissions import AuditPermission  # noqa: PLC0415

        register(AuditPermission)
