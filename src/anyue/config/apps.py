"""What is put together when the program starts."""

from __future__ import annotations

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Hands the table of roles to the engine of authority, and the names of units to the audit trail."""

    name = "anyue.config"
    label = "config"

    def ready(self) -> None:
        """Once, when all apps are loaded."""
        from anyue.platform.authz import install_roles  # noqa: PLC0415 - permissions are imported from the modules

        from .roles import ROLES  # noqa: PLC0415

        install_roles(ROLES)

        from django.core.checks import register  # noqa: PLC0415

        from .checks import chinese_is_compiled  # noqa: PLC0415

        register(chinese_is_compiled)

        from anyue.platform.audit.sentences import install_places  # noqa: PLC0415

        from .trail import unit_meant, unit_names  # noqa: PLC0415

        install_places(unit_names, unit_meant)
