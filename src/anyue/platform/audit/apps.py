"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Audit."""

    name = "anyue.platform.audit"
    label = "audit"

    def ready(self) -> None:
        """Make the permissions and the sentences of the trail itself known."""
        from django.utils.translation import gettext_noop as _  # noqa: PLC0415 - apps are loaded now

        from anyue.platform.authz import register  # noqa: PLC0415

        from . import sentences  # noqa: PLC0415
        from .permissions import AuditPermission  # noqa: PLC0415

        register(AuditPermission)
        sentences.register("trail.exported", _("%(actor)s exported the audit trail"))
