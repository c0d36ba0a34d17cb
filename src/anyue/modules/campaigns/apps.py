"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Campaigns."""

    name = "anyue.modules.campaigns"
    label = "campaigns"

    def ready(self) -> None:
        """Make the permissions, the sentences of the trail and the texts of messages known."""
        from anyue.platform.authz import register  # noqa: PLC0415 - apps are loaded now

        from . import sentences, texts  # noqa: PLC0415, F401 - texts make themselves known
        from .permissions import CampaignPermission  # noqa: PLC0415

        sentences.install()
        register(CampaignPermission)
