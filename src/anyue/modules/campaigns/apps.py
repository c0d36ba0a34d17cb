"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Campaigns."""

    name = "anyue.modules.campaigns"
    label = "campaigns"

    def ready(self) -> None:
        """Make the permissions known."""
        from anyue.platform.authz import register  # noqa: PLC0415 - apps are loaded now

        from .permissions import CampaignPermission  # noqa: PLC0415

        register(CampaignPermission)
