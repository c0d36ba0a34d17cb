"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Messages."""

    name = "anyue.platform.messaging"
    label = "messaging"

    def ready(self) -> None:
        """Make the permissions known."""
        from anyue.platform.authz import register  # noqa: PLC0415 - apps are loaded now

        from .permissions import MessagePermission  # noqa: PLC0415

        register(MessagePermission)
