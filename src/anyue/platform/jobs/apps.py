"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Jobs."""

    name = "anyue.platform.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Make the permissions known, and the jobs of every app: those in its ``jobs`` module."""
        from anyue.platform.authz import register  # noqa: PLC0415 - apps are loaded now

        from .permissions import JobPermission  # noqa: PLC0415

        register(JobPermission)
        autodiscover_modules("jobs")
