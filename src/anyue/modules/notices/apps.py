"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices."""

    name = "anyue.modules.notices"
    label = "notices"

    def ready(self) -> None:
        """Make the permissions known, and how its entries of the audit trail read."""
        from anyue.platform.authz import register  # noqa: PLC0415 - apps are loaded now

        from . import sentences  # noqa: PLC0415
        from .permissions import NoticePermission  # noqa: PLC0415

        register(NoticePermission)
        sentences.install()

        from anyue.platform.files import holding  # noqa: PLC0415

        from .models import Notice  # noqa: PLC0415

        holding.used_by(lambda: Notice.objects.exclude(holding="").values_list("holding", flat=True))
