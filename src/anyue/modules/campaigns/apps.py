"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    """Campaigns."""

    name = "anyue.modules.campaigns"
    label = "campaigns"

    def ready(self) -> None:
        """Make permissions, sentences of the trail and texts of messages known; show campaigns where notices and units are, and follow units."""
        from anyue.modules.accounts.sections import register_section  # noqa: PLC0415 - apps are loaded now
        from anyue.modules.notices.steps import register_steps, register_uses  # noqa: PLC0415
        from anyue.modules.orgs.panels import register_panel  # noqa: PLC0415
        from anyue.modules.orgs.services import follow, follow_divisions  # noqa: PLC0415
        from anyue.platform.authz import register  # noqa: PLC0415
        from anyue.platform.pages.statuses import Look, Tone, register_statuses  # noqa: PLC0415

        from . import news, offers, sentences, texts  # noqa: PLC0415, F401 - texts make themselves known
        from .permissions import CampaignPermission  # noqa: PLC0415
        from .services.successions import duties_divide, duties_follow  # noqa: PLC0415

        sentences.install()
        register_statuses(done_late=Look(_("Done late"), "circle-check", Tone.WARNING))
        register(CampaignPermission)
        register_steps("campaigns", offers.steps_from)
        register_uses("campaigns", offers.uses_from)
        register_panel(offers.CAMPAIGNS)
        register_section(offers.CALENDAR)
        follow(duties_follow)
        follow_divisions(duties_divide)
