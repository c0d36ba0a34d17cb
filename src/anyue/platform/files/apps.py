"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files."""

    name = "anyue.platform.files"
    label = "files"

    def ready(self) -> None:
        """Make known how its entries of the audit trail read. Files follow their unit."""
        from anyue.platform.authz import places  # noqa: PLC0415 - apps are loaded now

        from . import holding, sentences  # noqa: PLC0415
        from .models import StoredFile  # noqa: PLC0415

        sentences.install()
        places.follows(StoredFile)
        holding.used_by(lambda: StoredFile.objects.exclude(held="").values_list("held", flat=True))
