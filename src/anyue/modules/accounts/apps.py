"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People."""

    name = "anyue.modules.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Make the permissions known, write down what allauth reports, and let people go along with their unit."""
        from anyue.modules.orgs.panels import register_panel  # noqa: PLC0415 - apps are loaded now
        from anyue.modules.orgs.services import follow  # noqa: PLC0415
        from anyue.platform.authz import register  # noqa: PLC0415

        from . import panels, sentences, trail  # noqa: PLC0415
        from .permissions import AccountPermission  # noqa: PLC0415
        from .services.successions import posts_follow  # noqa: PLC0415

        register(AccountPermission)
        sentences.install()
        trail.connect()
        register_panel(panels.PEOPLE)
        follow(posts_follow)
