"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Jobs."""

    name = "anyue.platform.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Make the permissions known, and the jobs of every app: those in its ``jobs`` module. Their records follow their unit."""
        from anyue.platform.authz import places, register  # noqa: PLC0415 - apps are loaded now

        from . import sentences  # noqa: PLC0415
        from .models import Progress  # noqa: PLC0415
        from .permissions import JobPermission  # noqa: PLC0415

        register(JobPermission)
        sentences.install()
        places.follows(Progress)
        autodiscover_modules("jobs")

        from anyue.platform.files.receiving import looked_at_by  # noqa: PLC0415

        from .jobs import look_soon  # noqa: PLC0415

        looked_at_by(look_soon)
