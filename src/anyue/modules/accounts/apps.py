"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People."""

    name = "anyue.modules.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Make the permissions known, and write down what allauth reports."""
        from anyue.platform.authz import register  # noqa: PLC0415 - apps are loaded now

        from . import sentences, trail  # noqa: PLC0415
        from .permissions import AccountPermission  # noqa: PLC0415

        register(AccountPermission)
        sentences.install()
        trail.connect()
