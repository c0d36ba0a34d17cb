"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    """Messages."""

    name = "anyue.platform.messaging"
    label = "messaging"

    def ready(self) -> None:
        """Make the permissions known. Messages follow their unit; on a merger the unit that goes on keeps its own settings."""
        from anyue.platform.authz import places, register  # noqa: PLC0415 - apps are loaded now
        from anyue.platform.files.receiving import refusals_told_by  # noqa: PLC0415
        from anyue.platform.pages.statuses import Look, Tone, register_statuses  # noqa: PLC0415

        from . import sentences  # noqa: PLC0415
        from .models import Channel, Message, OfficeHours  # noqa: PLC0415
        from .permissions import MessagePermission  # noqa: PLC0415
        from .refusals import tell_sender  # noqa: PLC0415

        register(MessagePermission)
        sentences.install()
        register_statuses(
            unread=Look(_("Unread"), "bell-ringing", Tone.BRAND),
            channel_on=Look(_("On"), "circle-check", Tone.SUCCESS),
            channel_off=Look(_("Off"), "ban"),
        )
        refusals_told_by(tell_sender)
        places.follows(Message)
        places.follows(Channel, succeeds=False)
        places.follows(OfficeHours, succeeds=False)
